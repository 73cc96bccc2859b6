//! The transport over reqwest.

use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use pingone_client_core::{BuildError, Configuration, Proxy, ReplyTooLarge, TransportError};
use reqwest::redirect;

use crate::Transport;

/// Carries requests with reqwest: HTTP/1.1 and HTTP/2, rustls with the platform's trust store, no redirects.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    max_reply_bytes: usize,
}

impl ReqwestTransport {
    /// A transport to the service of `configuration`, and to no address that is less safe.
    ///
    /// # Errors
    ///
    /// The proxy's address is none, the platform has no trust store, or TLS is needed and compiled out.
    pub fn new(configuration: &Configuration) -> Result<Self, BuildError> {
        let client = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .referer(false)
            .https_only(configuration.environment.uses_tls())
            .connect_timeout(configuration.connect_timeout);
        let client = match configuration.effective_proxy() {
            Proxy::Environment => client,
            Proxy::None => client.no_proxy(),
            Proxy::Address(address) => client.proxy(reqwest::Proxy::all(address).map_err(set_up)?),
        };
        let client = crate::tls::configure(client, configuration)?;
        let client = client.build().map_err(set_up)?;
        Ok(Self { client, max_reply_bytes: configuration.max_reply_bytes })
    }
}

fn set_up(error: reqwest::Error) -> BuildError {
    BuildError::Transport(error.without_url().into())
}

#[async_trait]
impl Transport for ReqwestTransport {
    async fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        let mut request = reqwest::Request::try_from(request).map_err(failed_to_send)?;
        *request.timeout_mut() = Some(timeout);
        let response = self.client.execute(request).await.map_err(failed_to_send)?;
        read(response, self.max_reply_bytes).await
    }
}

async fn read(mut response: reqwest::Response, limit: usize) -> Result<Response<Bytes>, TransportError> {
    let mut head = Response::new(());
    *head.status_mut() = response.status();
    *head.headers_mut() = std::mem::take(response.headers_mut());

    let mut body = BytesMut::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if chunk.len() > limit - body.len() => {
                return Err(TransportError::interrupted(head, ReplyTooLarge::new(limit)));
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(head.map(|()| body.freeze())),
            Err(error) => return Err(TransportError::interrupted(head, error.without_url())),
        }
    }
}

/// Only a connection that was not made proves that nothing was sent.
fn failed_to_send(error: reqwest::Error) -> TransportError {
    let not_sent = error.is_connect() || error.is_builder();
    let error = error.without_url();
    if not_sent { TransportError::not_sent(error) } else { TransportError::maybe_sent(error) }
}
