//! The transport over reqwest.

use std::{error::Error, time::Duration};

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use http::{Request, Response, Uri};
use pingone_client_core::{BuildError, Configuration, ProxyServer, ReplyTooLarge, TransportError};
use pingone_model::Environment;
use reqwest::{Url, redirect};
use tokio::time::{self, Instant};

use crate::Transport;

/// Carries requests with reqwest: HTTP/1.1 and HTTP/2, rustls with the platform's trust store, no redirects.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    addresses: Addresses,
    max_reply_bytes: usize,
    /// Whether it may follow redirects.
    is_handed_in: bool,
}

impl ReqwestTransport {
    /// A transport to the service of `configuration`, and to no less secure address.
    ///
    /// # Errors
    ///
    /// The proxy's address or a variable for it is invalid, the platform has no trust store, or TLS is needed
    /// and compiled out.
    pub fn new(configuration: &Configuration) -> Result<Self, BuildError> {
        let client = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .referer(false)
            .https_only(configuration.environment.is_https_only())
            .connect_timeout(configuration.connect_timeout);
        let client = match configuration.proxy_server()? {
            Some(server) => client.proxy(through(server)?),
            None => client.no_proxy(),
        };
        let client = crate::tls::configure(client, configuration)?;
        let client = client.build().map_err(set_up)?;
        Ok(Self { is_handed_in: false, ..Self::over(client, configuration)? })
    }

    /// A transport over a client of your own, with its connections, its TLS, its proxies and its DNS. Of
    /// the configuration, it applies the time limits of calls and `max_reply_bytes`.
    ///
    /// **You then have to set what our own client would:**
    ///
    /// - `redirect(Policy::none())`: reqwest follows redirects otherwise, and repeats requests there. A reply that
    ///   came by a redirect is refused, but by then the request was sent there.
    /// - `no_proxy()` for a service on loopback without TLS: a proxy of the environment variables would read the token.
    /// - TLS with the trust store that you want, and a `connect_timeout`.
    ///
    /// # Errors
    ///
    /// The environment id is empty or malformed.
    #[cfg(feature = "unstable-reqwest")]
    pub fn with_client(client: reqwest::Client, configuration: &Configuration) -> Result<Self, BuildError> {
        Self::over(client, configuration)
    }

    fn over(client: reqwest::Client, configuration: &Configuration) -> Result<Self, BuildError> {
        let addresses = Addresses::below(&configuration.environment)?;
        Ok(Self { client, addresses, max_reply_bytes: configuration.max_reply_bytes, is_handed_in: true })
    }
}

fn through(server: ProxyServer) -> Result<reqwest::Proxy, BuildError> {
    let address = Url::parse(server.address()).map_err(|error| BuildError::Transport(error.into()))?;
    let is_before = move |service: &Url| service.as_str().parse().is_ok_and(|service| server.is_before(&service));
    Ok(reqwest::Proxy::custom(move |service| is_before(service).then(|| address.clone())))
}

fn set_up(error: reqwest::Error) -> BuildError {
    BuildError::Transport(error.without_url().into())
}

#[async_trait]
impl Transport for ReqwestTransport {
    async fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        let request = self.addresses.request(request)?;
        let address = self.is_handed_in.then(|| request.url().clone());
        // reqwest's own time limit costs four allocations.
        let started = Instant::now();
        let response =
            time::timeout(timeout, self.client.execute(request)).await.map_err(TransportError::maybe_sent)?;
        let response = response.map_err(failed_to_send)?;
        if address.is_some_and(|address| address != *response.url()) {
            return Err(TransportError::maybe_sent(
                "the reqwest client followed a redirect: build it with `redirect(Policy::none())`",
            ));
        }
        read(response, self.max_reply_bytes, timeout.saturating_sub(started.elapsed())).await
    }
}

/// Converts our addresses to reqwest's. reqwest would parse each text, which costs more than everything else that
/// building a request does; but all are below two base URLs.
#[derive(Clone, Debug)]
struct Addresses([(Uri, Url); 2]);

impl Addresses {
    fn below(environment: &Environment) -> Result<Self, BuildError> {
        let both = |uri: Uri| match Url::parse(&uri.to_string()) {
            Ok(url) => Ok((uri, url)),
            Err(error) => Err(BuildError::Transport(error.into())),
        };
        Ok(Self([both(environment.auth(&["any"])?)?, both(environment.api(&["any"])?)?]))
    }

    fn request(&self, request: Request<Bytes>) -> Result<reqwest::Request, TransportError> {
        let (parts, body) = request.into_parts();
        let is_beside = |any: &Uri| any.scheme() == parts.uri.scheme() && any.authority() == parts.uri.authority();
        let url = match self.0.iter().find(|(any, _)| is_beside(any)) {
            Some((_, any)) => {
                let mut url = any.clone();
                url.set_path(parts.uri.path());
                url.set_query(parts.uri.query());
                url
            }
            None => Url::parse(&parts.uri.to_string()).map_err(TransportError::not_sent)?,
        };
        let mut request = reqwest::Request::new(parts.method, url);
        *request.headers_mut() = parts.headers;
        *request.body_mut() = Some(body.into());
        Ok(request)
    }
}

async fn read(
    mut response: reqwest::Response,
    limit: usize,
    timeout: Duration,
) -> Result<Response<Bytes>, TransportError> {
    let mut head = Response::new(());
    *head.status_mut() = response.status();
    *head.headers_mut() = std::mem::take(response.headers_mut());
    match time::timeout(timeout, body(&mut response, limit)).await {
        Ok(Ok(body)) => Ok(head.map(|()| body)),
        Ok(Err(error)) => Err(TransportError::interrupted(head, error)),
        Err(elapsed) => Err(TransportError::interrupted(head, elapsed)),
    }
}

async fn body(response: &mut reqwest::Response, limit: usize) -> Result<Bytes, Box<dyn Error + Send + Sync>> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(reqwest::Error::without_url)? {
        if chunk.len() > limit - body.len() {
            return Err(ReplyTooLarge::new(limit).into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// Only a failure to connect proves that nothing was sent.
fn failed_to_send(error: reqwest::Error) -> TransportError {
    let not_sent = error.is_connect() || error.is_builder();
    let error = error.without_url();
    if not_sent { TransportError::not_sent(error) } else { TransportError::maybe_sent(error) }
}

#[cfg(test)]
mod tests {
    use pingone_model::{CancelDeviceAuthentication, CancelReason, Operation};

    use super::*;

    const ID: &str = "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6";

    #[test]
    fn an_address_is_the_same_whether_it_is_read_or_made_of_another() {
        let environments = [
            Environment::new(pingone_model::Region::Europe, ID),
            Environment::with_custom_domain(pingone_model::Region::Europe, "login.example.com", ID).unwrap(),
            Environment::at("http://[::1]:8080/some/where", ID).unwrap(),
            Environment::at_bases("https://auth.example.com", "https://api.example.com/x", ID).unwrap(),
        ];
        for environment in environments {
            let addresses = Addresses::below(&environment).unwrap();
            let [auth, api] = [environment.auth(&["x"]), environment.api(&["x"])].map(|uri| uri.unwrap().to_string());
            let with_query = format!("{api}~/a.b_c?q=a%20b&r");
            for address in [auth, api, with_query, "https://elsewhere.example/?q".to_owned()] {
                let request = Request::post(address.as_str()).body(Bytes::from_static(b"{}")).unwrap();
                let made = addresses.request(request).unwrap();
                assert_eq!(*made.url(), Url::parse(&address).unwrap());
            }
        }
    }

    #[test]
    fn a_request_takes_six_allocations_at_most_to_reqwest() {
        let environment = Environment::new(pingone_model::Region::Europe, ID);
        let addresses = Addresses::below(&environment).unwrap();
        let cancel =
            CancelDeviceAuthentication::new("004fd27a-c7e7-4e63-8644-0563e43dcd02", CancelReason::ChangeDevice);
        let mut made = None;
        let counted = allocation_counter::measure(|| {
            let request = cancel.request(&environment).unwrap();
            made = Some(addresses.request(request).unwrap());
        });
        assert!((1..=6).contains(&counted.count_total), "{}", counted.count_total);
    }
}
