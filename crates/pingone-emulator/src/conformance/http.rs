//! Carrying a request: no redirect is followed, no proxy asked on the way to this machine, and an error is an answer.

use std::{sync::Arc, time::Duration};

use http::{Method, Request};
use serde_json::Value;
use ureq::{
    Agent,
    tls::{RootCerts, TlsConfig, TlsProvider},
};

use super::{reply::Reply, target::is_loopback};

const TIMEOUT: Duration = Duration::from_secs(30);

pub(super) struct Http {
    agent: Agent,
}

impl Http {
    /// For requests to `base`.
    pub(super) fn to(base: &str) -> Self {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()));
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // Under one limit for the whole of it, ureq would start a thread for each look-up of an address.
            .timeout_connect(Some(TIMEOUT))
            .timeout_recv_response(Some(TIMEOUT))
            .timeout_recv_body(Some(TIMEOUT))
            .tls_config(tls.build());
        let config = if is_loopback(base) { config.proxy(None) } else { config };
        Self { agent: config.build().new_agent() }
    }

    pub(super) fn send(&self, request: Request<Vec<u8>>) -> Result<Reply, ureq::Error> {
        let has_body = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
        let response = if has_body { self.agent.run(request) } else { self.agent.run(request.map(|_| ())) }?;
        let (head, mut body) = response.into_parts();
        let body = body.read_to_vec()?;
        // What is no JSON has nothing to say, and differs from every expectation of a body.
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Ok(Reply { status: head.status.as_u16(), headers: head.headers, body })
    }
}
