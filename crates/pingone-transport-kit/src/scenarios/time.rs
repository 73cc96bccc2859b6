//! A slow service.

use std::{
    io::{self, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use http::Method;

use crate::{Rule, Server, Then, probe::Probe};

/// The time limit here.
pub(super) const LIMIT: Duration = Duration::from_millis(300);

/// How long the service takes, so that a transport without a limit ends eventually.
const FOREVER: Duration = Duration::from_secs(4);

pub(crate) fn a_service_that_is_silent(probe: &mut Probe<'_>) -> io::Result<()> {
    probe.situation("a service that reads the request and is silent");
    let server = Server::start(|_, _, stream| {
        drip(stream, b"", &[])?;
        Ok(Then::Close)
    })?;
    let end = probe.send(Method::POST, &server.url(), LIMIT);
    probe.expect_lost(&server, &end, Rule::TimeLimit);
    Ok(())
}

/// Little of a call's time may be left. Many libraries count in whole milliseconds, and take 0 for no limit at all.
pub(crate) fn a_limit_below_a_millisecond(probe: &mut Probe<'_>) -> io::Result<()> {
    probe.situation("a time limit of less than a millisecond");
    let server = Server::start(|_, _, stream| {
        drip(stream, b"", &[])?;
        Ok(Then::Close)
    })?;
    let end = probe.send(Method::POST, &server.url(), Duration::from_micros(300));
    probe.expect(end.is_err(), Rule::TimeLimit, || "there was a response".to_owned());
    probe.expect_requests(&server, 1);
    Ok(())
}

/// Something arrives all the time, so that no timeout of a single read ever fires.
pub(crate) fn a_drip(probe: &mut Probe<'_>) -> io::Result<()> {
    const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 1000000\r\n\r\n";
    const OPEN_ENDED: &[u8] = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";
    const SLOW_HEAD: &[u8] = b"HTTP/1.1 200 OK\r\nx-slow: ";

    for (head, situation) in [
        (HEAD, "a body that drips past the time limit"),
        (OPEN_ENDED, "a body without a length that drips past the time limit"),
        (SLOW_HEAD, "a head that drips past the time limit"),
    ] {
        probe.situation(situation);
        let server = Server::start(move |_, _, stream| {
            drip(stream, head, b"a")?;
            Ok(Then::Close)
        })?;
        let end = probe.send(Method::POST, &server.url(), LIMIT);
        if head == SLOW_HEAD {
            probe.expect_lost(&server, &end, Rule::TimeLimit);
        } else {
            probe.expect_interrupted(&server, &end, Rule::TimeLimit);
        }
    }
    Ok(())
}

/// Writes `first`, and then `drop` again and again until the client hangs up.
fn drip(stream: &mut TcpStream, first: &[u8], drop: &[u8]) -> io::Result<()> {
    stream.write_all(first)?;
    let started = Instant::now();
    while started.elapsed() < FOREVER {
        stream.write_all(drop)?;
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
