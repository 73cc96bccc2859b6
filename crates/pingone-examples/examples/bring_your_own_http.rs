//! For the author of a library: the whole call over an HTTP stack of your own, without a client of ours.
//!
//! The stack here is a `TcpStream` and forty lines of HTTP/1.1, without TLS: it only speaks to an emulator.

use std::{
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant, SystemTime},
};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response};
use pingone_client_core::{Action, Error, Now, Outgoing, Session, TokenCache, TokenFetch, TransportError};
use pingone_examples::{Failure, Place, narrate_request, narrate_response, step};
use pingone_model::{CancelDeviceAuthentication, CancelReason, InitializeDeviceAuthentication, NextStep, Operation};

fn main() -> Result<(), Failure> {
    let place = Place::from_env()?;
    if place.configuration.environment.uses_tls() {
        return Err("this example does not support TLS: use it with the emulator".into());
    }
    // A program of yours passes something random, so that callers who failed together do not come back together.
    let session = Session::new(place.configuration.clone(), 0)?;
    let tokens = session.tokens();
    let mut driver = Driver { start: Instant::now(), session, tokens };

    step("1. Begin. The call asks for a token first, then for the request to be sent.");
    let begun = driver.call(&InitializeDeviceAuthentication::new(&place.user))?;
    let NextStep::Push(push) = begun.into_next_step() else {
        return Err("no push is pending".into());
    };

    step("2. Take the push back; the token is still good.");
    let cancelled = driver.call(&CancelDeviceAuthentication::new(push.id(), CancelReason::ChangeDevice))?;
    println!("\nNow at {}, with {} devices to choose from.", cancelled.status(), cancelled.devices().len());
    Ok(())
}

/// Does what a call asks for, and reports.
struct Driver {
    start: Instant,
    session: Session,
    tokens: TokenCache,
}

impl Driver {
    fn now(&self) -> Now {
        Now::new(self.start.elapsed(), SystemTime::now())
    }

    fn call<O: Operation>(&mut self, operation: &O) -> Result<O::Output, Error> {
        let mut call = self.session.call(operation, self.now())?;
        loop {
            match call.next(self.now()) {
                Action::Authorize(_) => {
                    if let Some(TokenFetch::Send(outgoing)) = call.authorize(self.now(), &mut self.tokens) {
                        let response = carry(&outgoing);
                        call.token_received(self.now(), &mut self.tokens, response);
                    }
                }
                // One call at a time is within any limit.
                Action::AcquirePermit(_) => call.permit_acquired(),
                Action::Send(outgoing) => call.received(self.now(), carry(&outgoing)),
                Action::Sleep(time) => thread::sleep(time),
                Action::Done(end) => return end?.read(operation),
            }
        }
    }
}

fn carry(outgoing: &Outgoing) -> Result<Response<Bytes>, TransportError> {
    narrate_request(&outgoing.request);
    let response = exchange(&outgoing.request, outgoing.timeout);
    narrate_response(&response);
    response
}

/// One request, one connection.
fn exchange(request: &Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
    let authority = request.uri().authority().ok_or_else(|| TransportError::not_sent("no host"))?.as_str();
    let mut stream = TcpStream::connect(authority).map_err(TransportError::not_sent)?;
    stream.set_read_timeout(Some(timeout)).map_err(TransportError::not_sent)?;

    let mut wire =
        format!("{} {} HTTP/1.1\r\nhost: {authority}\r\n", request.method(), request.uri().path()).into_bytes();
    for (name, value) in request.headers() {
        wire.extend_from_slice(&[name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    wire.extend_from_slice(format!("content-length: {}\r\nconnection: close\r\n\r\n", request.body().len()).as_bytes());
    wire.extend_from_slice(request.body());
    // From here on the service may have it.
    stream.write_all(&wire).map_err(TransportError::maybe_sent)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).map_err(TransportError::maybe_sent)?;
    read(&answer).ok_or_else(|| TransportError::maybe_sent("this is not an HTTP/1.1 response"))
}

fn read(answer: &[u8]) -> Option<Response<Bytes>> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let mut lines = std::str::from_utf8(&answer[..end]).ok()?.lines();
    let status = lines.next()?.split(' ').nth(1)?;
    let mut response = Response::builder().status(status);
    for line in lines {
        let (name, value) = line.split_once(':')?;
        response = response.header(name.parse::<HeaderName>().ok()?, value.trim().parse::<HeaderValue>().ok()?);
    }
    response.body(Bytes::copy_from_slice(&answer[end + 4..])).ok()
}
