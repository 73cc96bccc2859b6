use std::{
    env,
    io::{self, Write},
    time::Duration,
};

use bytes::Bytes;
use http::{Request, Response};
use pingone_client_core::TransportError;

use crate::{
    Report, Rule, Server, Then,
    probe::{Probe, told},
    reply,
    scenarios::SCENARIOS,
};

/// How much of a reply the transport under test may read: the default of the clients' configuration.
pub const MAX_REPLY_BYTES: usize = 4 * 1024 * 1024;

/// Tests a transport against the contract, on servers that misbehave, all on 127.0.0.1. It takes a few seconds.
///
/// `transport` is called on this thread, one request after the other; configure it with a limit of [`MAX_REPLY_BYTES`].
/// For an async transport, block on its future.
///
/// # Errors
///
/// No port is free.
pub fn check(
    transport: impl Fn(Request<Bytes>, Duration) -> Result<Response<Bytes>, TransportError>,
) -> io::Result<Report> {
    let mut probe = Probe::new(&transport);
    let knows_proxies = has_proxy();
    if is_there(&mut probe, knows_proxies)? {
        for scenario in SCENARIOS {
            scenario(&mut probe)?;
        }
    }
    Ok(Report { exchanges: probe.exchanges, faults: probe.faults, knows_proxies })
}

/// An ordinary exchange: if it fails, everything else would fail for the same reason.
fn is_there(probe: &mut Probe<'_>, has_proxy: bool) -> io::Result<bool> {
    probe.situation("a service that answers");
    let server = Server::start(|_, _, stream| {
        stream.write_all(&reply(200, "application/json", r#"{"here":1}"#))?;
        Ok(Then::Close)
    })?;
    let end = probe.post(&server);
    if !server.received().is_empty() {
        return Ok(true);
    }
    let how = match &end {
        Ok(response) => format!("a response {} that it did not give", response.status().as_u16()),
        Err(error) => told(error),
    };
    if has_proxy {
        probe.fault(
            Rule::NoProxy,
            format!("the request went elsewhere, apparently to the proxy that a variable names: {how}"),
        );
    } else {
        probe.fault(Rule::Response, format!("the request did not arrive: {how}"));
    }
    Ok(false)
}

/// Whether the variables name a proxy for plain HTTP to loopback, without exempting it.
fn has_proxy() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"].into_iter().any(is_set)
        && !["NO_PROXY", "no_proxy"].into_iter().any(is_set)
}
