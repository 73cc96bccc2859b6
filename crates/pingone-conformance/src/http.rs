//! Requests over the network: follows no redirect, uses no proxy to this machine, and returns error statuses as responses.

use std::{sync::Arc, time::Duration};

use ::http::{Method, Request};
use log::{Level, log_enabled};
use ureq::{
    Agent,
    tls::{RootCerts, TlsConfig, TlsProvider},
};

use crate::{CheckError, target::Carried, tenant::is_loopback};

const TIMEOUT: Duration = Duration::from_secs(30);

/// Carries requests to `base` over the network, for a [`Target`](crate::Target).
///
/// # Errors
///
/// When the log would show tokens.
pub fn over_http(base: &str) -> Result<impl Fn(Request<Vec<u8>>) -> Carried + use<>, CheckError> {
    // ureq writes every byte that it sends or receives to the log at this level.
    if log_enabled!(target: "ureq_proto::util", Level::Trace) {
        let problem = "the log would show tokens and codes: set the level of the target `ureq_proto` to DEBUG";
        return Err(CheckError::new(problem));
    }
    let agent = agent(base);
    Ok(move |request: Request<Vec<u8>>| {
        let has_body = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
        let response = if has_body { agent.run(request) } else { agent.run(request.map(|_| ())) }?;
        let (head, mut body) = response.into_parts();
        Ok(::http::Response::from_parts(head, body.read_to_vec()?))
    })
}

fn agent(base: &str) -> Agent {
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
    config.build().new_agent()
}
