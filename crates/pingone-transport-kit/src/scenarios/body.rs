//! Bodies that are incomplete, too large, or not HTTP.

use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::{MAX_REPLY_BYTES, Rule, Server, Then, probe::Probe, reply};

pub(crate) fn a_body_that_is_cut_off(probe: &mut Probe<'_>) -> io::Result<()> {
    const BY_LENGTH: &[u8] =
        b"HTTP/1.1 200 OK\r\nx-personal: canary\r\ncontent-length: 100\r\nconnection: close\r\n\r\n{\"canary\":";
    const BY_CHUNK: &[u8] =
        b"HTTP/1.1 200 OK\r\nx-personal: canary\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\na\r\n{\"canary\":\r\n";
    const IN_CHUNK: &[u8] =
        b"HTTP/1.1 200 OK\r\nx-personal: canary\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\nff\r\n{\"canary\":";

    for (answer, situation) in [
        (BY_LENGTH, "a body that ends before its length"),
        (BY_CHUNK, "a body whose last chunk is missing"),
        (IN_CHUNK, "a body that ends within a chunk"),
    ] {
        probe.situation(situation);
        let server = Server::start(move |_, _, stream| {
            stream.write_all(answer)?;
            Ok(Then::Close)
        })?;
        let end = probe.post(&server);
        probe.expect_interrupted(&server, &end, Rule::WholeBody);
    }
    Ok(())
}

pub(crate) fn a_body_that_is_too_large(probe: &mut Probe<'_>) -> io::Result<()> {
    for (length, situation) in [
        (MAX_REPLY_BYTES, "a body that is as large as the limit"),
        (MAX_REPLY_BYTES + 1, "a body that is one byte larger than the limit"),
    ] {
        probe.situation(situation);
        let server = Server::start(move |_, _, stream| {
            stream.write_all(&reply(200, "application/json", &"a".repeat(length)))?;
            Ok(Then::Close)
        })?;
        let end = probe.post(&server);
        if length > MAX_REPLY_BYTES {
            probe.expect_interrupted(&server, &end, Rule::SizeLimit);
            continue;
        }
        probe.expect_status(&server, &end, 200);
        if let Ok(response) = end {
            let came = response.body().len();
            probe.expect(came == length, Rule::WholeBody, || format!("{length} bytes became {came}"));
        }
    }
    an_endless_body(probe)
}

/// Reading all of it and then saying that it is too large is not a limit.
fn an_endless_body(probe: &mut Probe<'_>) -> io::Result<()> {
    /// What may be in the buffers of both sides, and more.
    const SLACK: usize = 24 * 1024 * 1024;

    probe.situation("a body that does not end");
    let written = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&written);
    let server = Server::start(move |_, _, stream| {
        let chunk = [&b"10000\r\n"[..], &[b'a'; 0x1_0000], b"\r\n"].concat();
        stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n")?;
        while counter.load(Ordering::Acquire) < MAX_REPLY_BYTES + 2 * SLACK {
            stream.write_all(&chunk)?;
            counter.fetch_add(0x1_0000, Ordering::AcqRel);
        }
        stream.write_all(b"0\r\n\r\n")?;
        Ok(Then::Close)
    })?;
    let end = probe.post(&server);
    probe.expect_interrupted(&server, &end, Rule::SizeLimit);
    let written = written.load(Ordering::Acquire);
    probe.expect(written <= MAX_REPLY_BYTES + SLACK, Rule::SizeLimit, || format!("{written} bytes of it were read"));
    Ok(())
}

pub(crate) fn what_is_no_http(probe: &mut Probe<'_>) -> io::Result<()> {
    probe.situation("an answer that is not HTTP");
    let server = Server::start(|_, _, stream| {
        stream.write_all(b"SSH-2.0-canary\r\n\r\n")?;
        Ok(Then::Close)
    })?;
    let end = probe.post(&server);
    probe.expect_lost(&server, &end, Rule::Response);
    Ok(())
}
