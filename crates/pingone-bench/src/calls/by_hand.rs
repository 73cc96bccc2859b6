//! The same calls by hand, with as little as each library needs.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use bytes::Bytes;
use http::{HeaderValue, Request, header};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use pingone_model::media_type::CANCEL_PUSH_AUTHENTICATION;
use serde::Deserialize;

use crate::{
    Failure,
    requests::{AUTHENTICATION, BODY, ENVIRONMENT, token, wire},
    server::Server,
    usual,
};

const MEDIA_TYPE: HeaderValue = HeaderValue::from_static(CANCEL_PUSH_AUTHENTICATION);

fn path() -> String {
    format!("/{ENVIRONMENT}/deviceAuthentications/{AUTHENTICATION}")
}

fn bearer() -> Result<HeaderValue, Failure> {
    Ok(HeaderValue::try_from(format!("Bearer {}", token()))?)
}

/// What the usual client makes of a body.
pub(crate) fn typed(body: &[u8]) -> Result<usual::Reply, Failure> {
    Ok(serde_json::from_slice(body)?)
}

/// What a client makes of it that polls.
pub(crate) fn status(body: &[u8]) -> Result<String, Failure> {
    #[derive(Deserialize)]
    struct Status {
        status: String,
    }
    Ok(serde_json::from_slice::<Status>(body)?.status)
}

/// A socket, and requests that were made before.
pub(crate) struct Socket {
    stream: TcpStream,
    cancel: Vec<u8>,
    read: Vec<u8>,
    buffer: Vec<u8>,
}

impl Socket {
    pub(crate) fn to(server: &Server) -> Result<Self, Failure> {
        let stream = TcpStream::connect(server.host())?;
        stream.set_nodelay(true)?;
        let (host, path, token) = (server.host(), path(), token());
        let read = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n\r\n");
        let cancel = wire(&host, ENVIRONMENT, AUTHENTICATION, &token);
        Ok(Self { stream, cancel, read: read.into_bytes(), buffer: vec![0; 16 * 1024] })
    }

    pub(crate) fn cancel(&mut self) -> Result<usize, Failure> {
        self.stream.write_all(&self.cancel)?;
        self.receive()
    }

    pub(crate) fn read(&mut self) -> Result<usize, Failure> {
        self.stream.write_all(&self.read)?;
        self.receive()
    }

    fn receive(&mut self) -> Result<usize, Failure> {
        let (mut filled, mut end) = (0, usize::MAX);
        while filled < end {
            filled += self.stream.read(&mut self.buffer[filled..])?;
            if end == usize::MAX {
                end = response_end(&self.buffer[..filled]).unwrap_or(end);
            }
        }
        Ok(end)
    }
}

fn response_end(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let length: usize = head.split_once("content-length: ")?.1.lines().next()?.parse().ok()?;
    Some(end + 4 + length)
}

/// One connection of hyper's.
pub(crate) struct Hyper {
    sender: SendRequest<Full<Bytes>>,
    host: HeaderValue,
    bearer: HeaderValue,
}

impl Hyper {
    pub(crate) async fn to(server: &Server) -> Result<Self, Failure> {
        let stream = tokio::net::TcpStream::connect(server.host()).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { sender, host: server.host().try_into()?, bearer: bearer()? })
    }

    pub(crate) async fn cancel(&mut self) -> Result<Bytes, Failure> {
        let request = Request::post(path())
            .header(header::HOST, self.host.clone())
            .header(header::AUTHORIZATION, self.bearer.clone())
            .header(header::CONTENT_TYPE, MEDIA_TYPE)
            .body(Full::new(Bytes::from_static(BODY.as_bytes())))?;
        Ok(self.sender.send_request(request).await?.into_body().collect().await?.to_bytes())
    }
}

/// reqwest's client and a URL that was parsed before.
#[derive(Clone)]
pub(crate) struct Reqwest {
    client: reqwest::Client,
    url: reqwest::Url,
    bearer: HeaderValue,
}

impl Reqwest {
    pub(crate) fn to(server: &Server) -> Result<Self, Failure> {
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let url = reqwest::Url::parse(&format!("{}{}", server.url(), path()))?;
        Ok(Self { client: client.build()?, url, bearer: bearer()? })
    }

    pub(crate) async fn cancel(&self) -> Result<Bytes, Failure> {
        let request = self.client.post(self.url.clone()).header(header::CONTENT_TYPE, MEDIA_TYPE);
        self.send(request.body(Bytes::from_static(BODY.as_bytes()))).await
    }

    pub(crate) async fn read(&self) -> Result<Bytes, Failure> {
        self.send(self.client.get(self.url.clone())).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Result<Bytes, Failure> {
        let request = request.header(header::AUTHORIZATION, self.bearer.clone());
        Ok(request.send().await?.error_for_status()?.bytes().await?)
    }
}

/// ureq's agent.
pub(crate) struct Ureq {
    agent: ureq::Agent,
    uri: http::Uri,
    bearer: HeaderValue,
}

impl Ureq {
    pub(crate) fn to(server: &Server) -> Result<Self, Failure> {
        let agent = ureq::Agent::config_builder().proxy(None).max_redirects(0).build().new_agent();
        Ok(Self { agent, uri: format!("{}{}", server.url(), path()).parse()?, bearer: bearer()? })
    }

    pub(crate) fn cancel(&self) -> Result<Vec<u8>, Failure> {
        let request = self.agent.post(self.uri.clone()).header(header::CONTENT_TYPE, MEDIA_TYPE);
        let mut response = request.header(header::AUTHORIZATION, self.bearer.clone()).send(BODY)?;
        Ok(response.body_mut().read_to_vec()?)
    }

    pub(crate) fn read(&self) -> Result<Vec<u8>, Failure> {
        let request = self.agent.get(self.uri.clone()).header(header::AUTHORIZATION, self.bearer.clone());
        Ok(request.call()?.body_mut().read_to_vec()?)
    }
}
