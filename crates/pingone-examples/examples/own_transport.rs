//! The blocking client over an HTTP library of your own choice, here attohttpc, and the kit that says whether that library
//! does what it is told and no more.
//!
//! `cargo run --example own_transport` runs the kit and then sends a push by it; with `-- as-it-comes` the kit names what
//! the library does unless told otherwise.

use std::{
    io::{self, Read},
    time::Duration,
};

use attohttpc::{ErrorKind, ProxySettings, RequestBuilder, ResponseReader};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use pingone_blocking::{Client, InitializeDeviceAuthentication, ReplyTooLarge, Transport, TransportError};
use pingone_examples::{Failure, Place, step};
use pingone_transport_kit::{MAX_REPLY_BYTES, check};

/// It makes a new connection for each request, so none that was in use is written to.
#[derive(Debug)]
struct Attohttpc;

impl Transport for Attohttpc {
    fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        let request = prepare(request)?
            .follow_redirects(false)
            // The variables would have a proxy read what goes to loopback. Behind a proxy, set it here for your service.
            .proxy_settings(ProxySettings::builder().build())
            .connect_timeout(timeout)
            .read_timeout(timeout)
            .timeout(timeout);
        read(request.send().map_err(failed_to_send)?)
    }
}

fn prepare(request: Request<Bytes>) -> Result<RequestBuilder<attohttpc::body::Bytes<Bytes>>, TransportError> {
    let (parts, body) = request.into_parts();
    let mut builder =
        RequestBuilder::try_new(parts.method, parts.uri.to_string()).map_err(TransportError::not_sent)?.bytes(body);
    // Its own are there already, and would come beside ours.
    builder.headers_mut().clear();
    builder.headers_mut().extend(parts.headers);
    Ok(builder)
}

fn read(response: attohttpc::Response) -> Result<Response<Bytes>, TransportError> {
    let (status, headers, body) = response.split();
    let mut head = Response::new(());
    *head.status_mut() = status;
    *head.headers_mut() = headers;
    // It takes a body that is cut off for the whole.
    let length = head.headers().get("content-length").and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    match whole(body) {
        Ok(body) if body.len() > MAX_REPLY_BYTES => {
            Err(TransportError::interrupted(head, ReplyTooLarge::new(MAX_REPLY_BYTES)))
        }
        Ok(body) if may_have_body(status) && length.is_some_and(|length| length != body.len()) => {
            Err(TransportError::interrupted(head, "the body was cut off"))
        }
        Ok(body) => Ok(head.map(|()| body.into())),
        Err(error) => Err(TransportError::interrupted(head, error)),
    }
}

/// A 304 has the length that another response would have.
fn may_have_body(status: StatusCode) -> bool {
    status != StatusCode::NOT_MODIFIED
}

/// No more than one byte above the limit.
fn whole(body: ResponseReader) -> io::Result<Vec<u8>> {
    let mut whole = Vec::new();
    body.take(MAX_REPLY_BYTES as u64 + 1).read_to_end(&mut whole)?;
    Ok(whole)
}

/// It does not say whether there was a connection. Of one that is refused it is certain.
fn failed_to_send(error: attohttpc::Error) -> TransportError {
    match error.kind() {
        ErrorKind::Io(io) if io.kind() == io::ErrorKind::ConnectionRefused => TransportError::not_sent(error),
        _ => TransportError::maybe_sent(error),
    }
}

/// What many would write first.
fn as_it_comes(request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
    let response = prepare(request)?.read_timeout(timeout).send().map_err(TransportError::maybe_sent)?;
    let (status, headers, body) = response.split();
    let mut response = Response::new(body.bytes().map_err(TransportError::maybe_sent)?.into());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

fn main() -> Result<(), Failure> {
    let place = Place::from_env()?;
    if place.configuration.environment.uses_tls() {
        return Err("this example is built without TLS: use it with the emulator".into());
    }
    let is_careless = std::env::args().nth(1).as_deref() == Some("as-it-comes");

    step("1. Hold the transport against the contract.");
    let report =
        if is_careless { check(as_it_comes)? } else { check(|request, limit| Attohttpc.send(request, limit))? };
    println!("  {report}");
    if !report.faults().is_empty() {
        return Err("the transport breaks the contract: do not use it".into());
    }

    step("2. Send a push by it.");
    let client = Client::builder(place.configuration.clone()).transport(Attohttpc).build()?;
    let begun = client.send(InitializeDeviceAuthentication::new(&place.user))?;
    println!("  {}", begun.status());
    Ok(())
}
