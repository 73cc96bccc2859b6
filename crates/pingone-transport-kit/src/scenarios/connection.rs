//! Connections that are not made, and those that outlive an exchange.

use std::{
    io::{self, Write},
    net::TcpListener,
    thread,
    time::Duration,
};

use http::Method;

use super::time::LIMIT;
use crate::{
    Rule, Server, Then,
    probe::{PATIENT, Probe, told},
};

/// Nothing listens there, so provably nothing was sent.
pub(crate) fn a_refused_connection(probe: &mut Probe<'_>) -> io::Result<()> {
    probe.situation("a connection that is refused");
    let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
    match probe.send(Method::POST, &format!("http://{address}"), PATIENT) {
        Ok(response) => {
            probe.fault(Rule::Response, format!("there was a response {}", response.status().as_u16()));
        }
        Err(error) => probe.expect(!error.maybe_reached(), Rule::NotSent, || {
            format!("it cannot have reached the service, and the error says: {}", told(&error))
        }),
    }
    Ok(())
}

fn kept_alive(body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\nset-cookie: session=canary; Path=/\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// What is written there is lost, and nobody can tell whether the service acted. It could be known before.
pub(crate) fn an_idle_connection_that_the_service_closed(probe: &mut Probe<'_>) -> io::Result<()> {
    probe.situation("an idle connection that the service has closed a while ago");
    let server = Server::start(|_, _, stream| {
        stream.write_all(&kept_alive("{}"))?;
        Ok(Then::Close)
    })?;
    // How the first ends is looked at elsewhere.
    let _ = probe.post(&server);
    thread::sleep(Duration::from_millis(200));
    let end = probe.post(&server);
    probe.expect_requests(&server, 2);
    if let Err(error) = end {
        probe.expect(!error.maybe_reached(), Rule::NothingKept, || {
            format!("the next request was lost on it; use a new connection for each request: {}", told(&error))
        });
    }
    Ok(())
}

/// The reply arrives too late: it must not be mistaken for the next one.
pub(crate) fn a_late_reply(probe: &mut Probe<'_>) -> io::Result<()> {
    const NEXT: &str = r#"{"next":1}"#;

    probe.situation("a reply that comes after the time limit");
    let server = Server::start(|number, _, stream| {
        if number == 0 {
            thread::sleep(LIMIT * 2);
        }
        stream.write_all(&kept_alive(if number == 0 { "{}" } else { NEXT }))?;
        Ok(Then::KeepAlive)
    })?;
    let _ = probe.send(Method::POST, &server.url(), LIMIT);
    thread::sleep(LIMIT * 2);
    if let Ok(response) = probe.post(&server) {
        probe.expect(response.body() == NEXT, Rule::NothingKept, || "the next request was given it".to_owned());
    }
    Ok(())
}

pub(crate) fn a_cookie(probe: &mut Probe<'_>) -> io::Result<()> {
    probe.situation("a response that sets a cookie");
    let server = Server::start(|_, _, stream| {
        stream.write_all(&kept_alive("{}"))?;
        Ok(Then::KeepAlive)
    })?;
    for _ in 0..2 {
        let _ = probe.post(&server);
    }
    let has_cookie = server.received().iter().any(|request| request.values("cookie").next().is_some());
    probe.expect(!has_cookie, Rule::NothingKept, || "it came with the next request".to_owned());
    Ok(())
}
