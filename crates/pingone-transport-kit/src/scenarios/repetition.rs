//! What makes HTTP libraries send a request again.

use std::io::{self, Write};

use http::Method;

use crate::{
    Rule, Server, Then,
    probe::{PATIENT, Probe},
    reply,
};

const KEPT_ALIVE: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

const ENDS: [(Then, &str, &str); 2] = [
    (
        Then::Close,
        "a connection that is closed after the request, without a response",
        "a connection in use that is closed after the second request, without a response",
    ),
    (
        Then::Reset,
        "a connection that is reset after the request",
        "a connection in use that is reset after the second request",
    ),
];

/// A repeated request would be answered, and nobody would notice.
pub(crate) fn a_reply_that_is_lost(probe: &mut Probe<'_>) -> io::Result<()> {
    for method in [Method::POST, Method::GET] {
        for (then, situation, _) in ENDS {
            probe.situation(situation);
            let server = Server::start(move |number, _, stream| {
                if number == 0 {
                    return Ok(then);
                }
                stream.write_all(&reply(200, "application/json", "{}"))?;
                Ok(Then::Close)
            })?;
            let end = probe.send(method.clone(), &server.url(), PATIENT);
            probe.expect_lost(&server, &end, Rule::Response);
        }
    }
    Ok(())
}

/// The same on a connection that had one exchange: many libraries send again only then.
pub(crate) fn a_reply_that_is_lost_on_a_connection_in_use(probe: &mut Probe<'_>) -> io::Result<()> {
    for method in [Method::POST, Method::GET] {
        for (then, _, situation) in ENDS {
            probe.situation(situation);
            let server = Server::start(move |number, _, stream| {
                if number == 1 {
                    return Ok(then);
                }
                stream.write_all(KEPT_ALIVE)?;
                Ok(Then::KeepAlive)
            })?;
            for _ in 0..2 {
                // How each ends is looked at elsewhere.
                let _ = probe.send(method.clone(), &server.url(), PATIENT);
            }
            probe.expect_requests(&server, 2);
        }
    }
    Ok(())
}

/// Statuses after which libraries log in, wait or try again.
pub(crate) fn statuses_that_ask_for_more(probe: &mut Probe<'_>) -> io::Result<()> {
    probe.situation("a status that asks to try again");
    for status in [400, 401, 404, 408, 421, 425, 429, 500, 502, 503, 504] {
        let server = Server::start(move |_, _, stream| {
            let head = format!(
                "HTTP/1.1 {status} Later\r\nretry-after: 0\r\nwww-authenticate: Basic realm=\"service\"\r\n\
                 content-length: 2\r\nconnection: close\r\n\r\n{{}}"
            );
            stream.write_all(head.as_bytes())?;
            Ok(Then::Close)
        })?;
        let end = probe.post(&server);
        probe.expect_status(&server, &end, status);
    }
    Ok(())
}
