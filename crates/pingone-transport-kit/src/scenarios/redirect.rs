//! A redirect to a server that records what arrives.

use std::io::{self, Write};

use http::Method;

use crate::{
    Rule, Server, Then,
    probe::{PATIENT, Probe},
    reply,
};

pub(crate) fn redirects(probe: &mut Probe<'_>) -> io::Result<()> {
    probe.situation("a redirect to another host");
    for method in [Method::POST, Method::GET] {
        let mut followed = Vec::new();
        let mut token = "";
        for status in [301, 302, 303, 307, 308] {
            let target = Server::start(|_, _, stream| {
                stream.write_all(&reply(200, "application/json", "{}"))?;
                Ok(Then::Close)
            })?;
            let server = redirecting(status, &target.url())?;
            let end = probe.send(method.clone(), &server.url(), PATIENT);
            let came = target.received();
            if came.is_empty() {
                probe.expect_status(&server, &end, status);
                continue;
            }
            followed.push(status.to_string());
            if came.iter().any(|request| request.values("authorization").next().is_some()) {
                token = ", with the token";
            }
        }
        probe.expect(followed.is_empty(), Rule::NoRedirect, || {
            format!("a {method} was taken there after {}{token}", followed.join(", "))
        });
    }
    Ok(())
}

fn redirecting(status: u16, to: &str) -> io::Result<Server> {
    let head = format!(
        "HTTP/1.1 {status} Elsewhere\r\nlocation: {to}/elsewhere\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    );
    Server::start(move |_, _, stream| {
        stream.write_all(head.as_bytes())?;
        Ok(Then::Close)
    })
}
