//! What travels, byte by byte.

use std::io::{self, Write};

use bytes::Bytes;
use http::{Request, Response, header::HeaderMap};
use pingone_client_core::TransportError;

use crate::{
    CANARY, Received, Rule, Server, Then,
    probe::{CONTENT_TYPE, PATIENT, Probe},
    reply,
};

/// Bytes that nobody may read as text, as a form or as lines.
fn odd_body() -> Vec<u8> {
    [&b"{\"a\": \"+ %41 &=\r\n\r\n\xc3\xa9 \xff\x00\"}"[..], &(0..=255).collect::<Vec<_>>()].concat()
}

/// Headers with an effect: compression, cookies, credentials, ranges.
const ACTING: [&str; 8] =
    ["content-encoding", "cookie", "expect", "if-none-match", "origin", "proxy-authorization", "range", "referer"];

pub(crate) fn the_request_on_the_wire(probe: &mut Probe<'_>) -> io::Result<()> {
    const TARGET: &str = "/e-1/deviceAuthentications/a~b.c_d-e?limit=1&filter=a%20eq%20%22b%22&cursor=%2F+~";
    let headers = [
        ("authorization", format!("Bearer {CANARY}.~+/==")),
        ("content-type", CONTENT_TYPE.to_owned()),
        ("accept", "application/json".to_owned()),
        ("user-agent", "pingone-transport-kit/1.0 (odd; \"quoted\")".to_owned()),
        ("x-ping-external-transaction-id", "a._-/@=#+Z".to_owned()),
    ];

    probe.situation("a request with a query, headers and a body");
    let server = answering(reply(200, "application/json", "{}"))?;
    let request = Request::post(format!("{}{TARGET}", server.url()));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
    let Ok(request) = request.body(Bytes::from(odd_body())) else { return Ok(()) };
    let end = probe.carry(request, PATIENT);
    probe.expect_status(&server, &end, 200);
    if let Some(received) = server.received().first() {
        compare(probe, received, &format!("POST {TARGET} HTTP/1.1"), &headers, &odd_body());
    }

    probe.situation("a request without a body");
    let server = answering(reply(200, "application/json", "{}"))?;
    let headers = [("accept", "application/json".to_owned())];
    let request = Request::get(format!("{}/e-1", server.url())).header("accept", "application/json");
    let Ok(request) = request.body(Bytes::new()) else { return Ok(()) };
    let end = probe.carry(request, PATIENT);
    probe.expect_status(&server, &end, 200);
    if let Some(received) = server.received().first() {
        compare(probe, received, "GET /e-1 HTTP/1.1", &headers, b"");
        for name in ["authorization", "content-type", "transfer-encoding"] {
            probe.expect(received.values(name).next().is_none(), Rule::Request, || format!("`{name}` was added"));
        }
    }
    Ok(())
}

fn compare(probe: &mut Probe<'_>, received: &Received, line: &str, headers: &[(&str, String)], body: &[u8]) {
    probe.expect(received.line == line, Rule::Request, || format!("its first line became `{}`", received.line));
    for (name, value) in headers {
        let came: Vec<_> = received.values(name).collect();
        probe.expect(came == [value.as_bytes()], Rule::Request, || match came[..] {
            [] => format!("`{name}` is missing"),
            [_] => format!("`{name}` was changed"),
            _ => format!("`{name}` came {} times", came.len()),
        });
    }
    for name in ACTING {
        probe.expect(received.values(name).next().is_none(), Rule::Request, || format!("`{name}` was added"));
    }
    let is_chunked = received.values("transfer-encoding").next().is_some();
    if is_chunked && !body.is_empty() {
        probe.fault(Rule::Request, "its body came in chunks: send it with `content-length`");
    } else {
        probe.expect(received.body == body, Rule::Request, || "its body was changed".to_owned());
    }
}

pub(crate) fn the_response_from_the_wire(probe: &mut Probe<'_>) -> io::Result<()> {
    let body = odd_body();
    let length = format!("content-length: {}\r\n", body.len());
    let chunks: Vec<u8> = body.chunks(100).fold(Vec::new(), |mut all, chunk| {
        all.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        all.extend_from_slice(&[chunk, b"\r\n"].concat());
        all
    });
    let chunks = [&chunks[..], b"0\r\n\r\n"].concat();
    for (framing, sent, situation) in [
        (&*length, &body, "a response with a length"),
        ("transfer-encoding: chunked\r\n", &chunks, "a response in chunks"),
        ("", &body, "a response until the connection is closed"),
    ] {
        probe.situation(situation);
        let head = format!(
            "HTTP/1.1 201 Whatever\r\ncontent-type: application/json\r\nX-Twice: one\r\nx-twice: two\r\n\
             correlation-id: c-1\r\n{framing}connection: close\r\n\r\n"
        );
        let server = answering([head.as_bytes(), sent].concat())?;
        let end = probe.post(&server);
        probe.expect_status(&server, &end, 201);
        expect_response(probe, end, &body);
    }

    probe.situation("a response that has no body");
    for status in [204, 304] {
        let server = answering(format!("HTTP/1.1 {status} Empty\r\ncorrelation-id: c-1\r\n\r\n").into_bytes())?;
        let end = probe.post(&server);
        probe.expect_status(&server, &end, status);
    }
    Ok(())
}

fn expect_response(probe: &mut Probe<'_>, end: Result<Response<Bytes>, TransportError>, body: &[u8]) {
    let Ok(response) = end else { return };
    let values = |headers: &HeaderMap, name| -> Vec<String> {
        headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect()
    };
    for (name, expected) in [("correlation-id", &["c-1"][..]), ("x-twice", &["one", "two"])] {
        let came = values(response.headers(), name);
        probe.expect(came == expected, Rule::Response, || format!("its header `{name}` became {came:?}"));
    }
    probe.expect(response.body() == body, Rule::Response, || "its body was changed".to_owned());
}

fn answering(answer: Vec<u8>) -> io::Result<Server> {
    Server::start(move |_, _, stream| {
        stream.write_all(&answer)?;
        Ok(Then::Close)
    })
}
