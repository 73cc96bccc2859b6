//! A transport of `TcpStream` and little HTTP that keeps the contract, but for what is switched on.

use std::{
    cell::RefCell,
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, Response, Uri};
use pingone_client_core::{ReplyTooLarge, TransportError};
use pingone_transport_kit::MAX_REPLY_BYTES;

/// What it does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Resends,
    ResendsOnAConnectionInUse,
    RetriesByStatus,
    FollowsRedirects,
    AsksTheVariables,
    IgnoresTheLimit,
    TakesLittleTimeForAnyTime,
    LimitsEachRead,
    EndsTheBodyAtTheLimit,
    CutsTheBody,
    LosesTheHead,
    ReadsOn,
    ForgetsTheSizeLimit,
    ChangesAHeader,
    AddsAReferer,
    DropsAHeader,
    ChangesTheBody,
    Chunks,
    ChangesTheTarget,
    TakesStatusesForErrors,
    JoinsHeaders,
    ReadsTextOnly,
    SaysNotSent,
    SaysMaybeSent,
    KeepsDeadConnections,
    TakesLateReplies,
    KeepsCookies,
    ShowsTheRequest,
}

type Exchange<T> = Result<T, TransportError>;

pub(crate) struct Faulty {
    fault: Option<Fault>,
    kept: RefCell<Option<(String, BufReader<TcpStream>)>>,
    cookie: RefCell<Option<HeaderValue>>,
}

impl Faulty {
    pub(crate) fn new(fault: Option<Fault>) -> Self {
        Self { fault, kept: RefCell::default(), cookie: RefCell::default() }
    }

    fn is(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    pub(crate) fn send(&self, mut request: Request<Bytes>, limit: Duration) -> Exchange<Response<Bytes>> {
        self.spoil(&mut request);
        let is_in_use = self.kept.borrow().is_some();
        let mut end = self.exchange(&request, limit);
        let resends = self.is(Fault::Resends) || (self.is(Fault::ResendsOnAConnectionInUse) && is_in_use);
        let wants_more = matches!(&end, Ok(response) if matches!(response.status().as_u16(), 429 | 503));
        if (resends && end.is_err()) || (self.is(Fault::RetriesByStatus) && wants_more) {
            end = self.exchange(&request, limit);
        }
        match &end {
            Ok(response) if self.is(Fault::FollowsRedirects) && response.status().is_redirection() => {
                let Some(location) = response.headers().get("location") else { return end };
                *request.uri_mut() = location.to_str().unwrap().parse().unwrap();
                self.exchange(&request, limit)
            }
            Ok(response) if self.is(Fault::TakesStatusesForErrors) && response.status().is_client_error() => {
                Err(TransportError::maybe_sent(response.status().to_string()))
            }
            Err(_) if self.is(Fault::SaysNotSent) => Err(TransportError::not_sent("failed")),
            Err(_) if self.is(Fault::SaysMaybeSent) => Err(TransportError::maybe_sent("failed")),
            Err(error) if self.is(Fault::ShowsTheRequest) && error.maybe_reached() && error.status().is_none() => {
                Err(TransportError::maybe_sent(format!("{:?} failed", request.headers())))
            }
            Err(error) if self.is(Fault::LosesTheHead) && error.maybe_reached() => {
                Err(TransportError::maybe_sent(error.to_string()))
            }
            _ => end,
        }
    }

    /// What is done to a request before it is sent.
    fn spoil(&self, request: &mut Request<Bytes>) {
        let headers = request.headers_mut();
        match self.fault {
            Some(Fault::ChangesAHeader) => {
                headers.insert("user-agent", HeaderValue::from_static("mine"));
            }
            Some(Fault::AddsAReferer) => {
                headers.insert("referer", HeaderValue::from_static("http://127.0.0.1/"));
            }
            Some(Fault::DropsAHeader) => {
                headers.remove("x-ping-external-transaction-id");
            }
            Some(Fault::KeepsCookies) => {
                if let Some(cookie) = &*self.cookie.borrow() {
                    headers.insert("cookie", cookie.clone());
                }
            }
            Some(Fault::ChangesTheBody) => {
                *request.body_mut() = String::from_utf8_lossy(request.body()).into_owned().into();
            }
            Some(Fault::ChangesTheTarget) => {
                *request.uri_mut() = request.uri().to_string().replace("%20", "+").parse::<Uri>().unwrap();
            }
            _ => {}
        }
    }

    /// One request; by one connection each, unless that is the fault.
    fn exchange(&self, request: &Request<Bytes>, limit: Duration) -> Exchange<Response<Bytes>> {
        let takes_it_for_none = self.is(Fault::TakesLittleTimeForAnyTime) && limit.as_millis() == 0;
        let ignores_it = self.is(Fault::IgnoresTheLimit) || takes_it_for_none;
        let limit = if ignores_it { Duration::from_secs(20) } else { limit };
        let ends = Instant::now() + limit;
        let authority = request.uri().authority().unwrap().to_string();
        let kept = self.kept.take().filter(|(other, _)| *other == authority);
        let mut stream = match kept {
            Some((_, stream)) => stream,
            None => BufReader::new(TcpStream::connect(self.next_hop(&authority)).map_err(TransportError::not_sent)?),
        };
        let written = stream.get_mut().write_all(&self.wire(request, &authority));
        written.map_err(TransportError::maybe_sent)?;
        let end = self.read(&mut stream, if self.is(Fault::LimitsEachRead) { None } else { Some(ends) }, limit);
        let keeps = match self.fault {
            Some(Fault::ResendsOnAConnectionInUse | Fault::KeepsDeadConnections) => end.is_ok(),
            Some(Fault::TakesLateReplies) => {
                end.is_ok() || matches!(&end, Err(error) if error.maybe_reached() && error.status().is_none())
            }
            _ => false,
        };
        if keeps {
            self.kept.replace(Some((authority, stream)));
        }
        end
    }

    fn next_hop(&self, authority: &str) -> String {
        let proxy = std::env::var("HTTP_PROXY").ok().filter(|_| self.is(Fault::AsksTheVariables));
        proxy.map_or(authority.to_owned(), |proxy| proxy.replace("http://", ""))
    }

    fn wire(&self, request: &Request<Bytes>, authority: &str) -> Vec<u8> {
        let target = request.uri().path_and_query().unwrap();
        let mut wire = format!("{} {target} HTTP/1.1\r\nhost: {authority}\r\n", request.method()).into_bytes();
        for (name, value) in request.headers() {
            wire.extend_from_slice(&[name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
        }
        let body = request.body();
        if self.is(Fault::Chunks) && !body.is_empty() {
            wire.extend_from_slice(format!("transfer-encoding: chunked\r\n\r\n{:x}\r\n", body.len()).as_bytes());
            wire.extend_from_slice(&[body, &b"\r\n0\r\n\r\n"[..]].concat());
        } else if request.method() == Method::GET {
            wire.extend_from_slice(b"\r\n");
        } else {
            wire.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
            wire.extend_from_slice(body);
        }
        wire
    }

    fn read(
        &self,
        stream: &mut BufReader<TcpStream>,
        ends: Option<Instant>,
        limit: Duration,
    ) -> Exchange<Response<Bytes>> {
        let mut source = Timed { stream, ends, limit };
        let head = self.head(&mut source).map_err(TransportError::maybe_sent)?;
        if let Some(cookie) = head.headers().get("set-cookie") {
            self.cookie.replace(Some(cookie.clone()));
        }
        match self.body(&mut source, &head) {
            Ok(body) if self.is(Fault::ReadsTextOnly) => {
                Ok(head.map(|()| String::from_utf8_lossy(&body).into_owned().into()))
            }
            Ok(body) => Ok(head.map(|()| body.into())),
            Err(error) => Err(TransportError::interrupted(head, error)),
        }
    }

    fn head(&self, source: &mut Timed<'_>) -> io::Result<Response<()>> {
        let invalid = || io::Error::new(io::ErrorKind::InvalidData, "this is no HTTP");
        let line = source.line()?;
        let status = line.strip_prefix("HTTP/1.1 ").and_then(|line| line.split(' ').next()).ok_or_else(invalid)?;
        let mut response = Response::builder().status(status).body(()).map_err(|_| invalid())?;
        loop {
            let line = source.line()?;
            let Some((name, value)) = line.split_once(':') else { break };
            let name: HeaderName = name.parse().map_err(|_| invalid())?;
            let value = value.trim().parse().map_err(|_| invalid())?;
            if self.is(Fault::JoinsHeaders) {
                response.headers_mut().insert(name, value);
            } else {
                response.headers_mut().append(name, value);
            }
        }
        Ok(response)
    }

    fn body(
        &self,
        source: &mut Timed<'_>,
        head: &Response<()>,
    ) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
        let mut body = Vec::new();
        let value = |name| head.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        if matches!(head.status().as_u16(), 204 | 304) {
            return Ok(body);
        }
        let length = value("content-length").and_then(|length| length.parse().ok());
        if value("transfer-encoding") == Some("chunked") {
            loop {
                let size = match usize::from_str_radix(&source.line()?, 16) {
                    Ok(size) => size,
                    Err(_) if self.is(Fault::CutsTheBody) => break,
                    Err(error) => return Err(error.into()),
                };
                self.part(source, &mut body, Some(size))?;
                source.line()?;
                if size == 0 {
                    break;
                }
            }
        } else {
            self.part(source, &mut body, length)?;
        }
        // Too late: it has been read by then.
        if self.is(Fault::ReadsOn) && body.len() > MAX_REPLY_BYTES {
            return Err(ReplyTooLarge::new(MAX_REPLY_BYTES).into());
        }
        Ok(body)
    }

    /// So many bytes, or all until the connection is closed.
    fn part(
        &self,
        source: &mut Timed<'_>,
        body: &mut Vec<u8>,
        length: Option<usize>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let mut left = length.unwrap_or(usize::MAX);
        while left > 0 {
            let chunk = match source.some(left) {
                Ok(chunk) => chunk,
                Err(_) if self.is(Fault::EndsTheBodyAtTheLimit) => return Ok(()),
                Err(error) => return Err(error.into()),
            };
            if chunk.is_empty() {
                let is_whole = length.is_none() || self.is(Fault::CutsTheBody);
                return if is_whole { Ok(()) } else { Err("the body was cut off".into()) };
            }
            left -= chunk.len();
            body.extend_from_slice(&chunk);
            let has_limit = !matches!(self.fault, Some(Fault::ForgetsTheSizeLimit | Fault::ReadsOn));
            if has_limit && body.len() > MAX_REPLY_BYTES {
                return Err(ReplyTooLarge::new(MAX_REPLY_BYTES).into());
            }
        }
        Ok(())
    }
}

/// Reads until its time is up.
struct Timed<'a> {
    stream: &'a mut BufReader<TcpStream>,
    ends: Option<Instant>,
    limit: Duration,
}

impl Timed<'_> {
    fn arm(&self) -> io::Result<()> {
        let left = self.ends.map_or(self.limit, |ends| ends.saturating_duration_since(Instant::now()));
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.get_ref().set_read_timeout(Some(left))
    }

    /// What is there, `most` bytes of it at most; nothing at the end.
    fn some(&mut self, most: usize) -> io::Result<Vec<u8>> {
        self.arm()?;
        let available = self.stream.fill_buf()?;
        let bytes = available[..available.len().min(most)].to_vec();
        self.stream.consume(bytes.len());
        Ok(bytes)
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        while line.last() != Some(&b'\n') {
            self.arm()?;
            let mut byte = [0];
            if self.stream.read(&mut byte)? == 0 {
                break;
            }
            line.push(byte[0]);
        }
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }
}
