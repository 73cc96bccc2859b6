//! The headers that every request of ours has, so that each client sends the same.

use http::{HeaderMap, HeaderValue, header};

/// The service is reported to refuse a narrower `Accept` (*seen*).
const ACCEPT: HeaderValue = HeaderValue::from_static("*/*");
const USER_AGENT: HeaderValue = HeaderValue::from_static(concat!("pingone-client-core/", env!("CARGO_PKG_VERSION")));

pub(crate) fn dress(headers: &mut HeaderMap, authorization: Option<HeaderValue>) {
    headers.insert(header::ACCEPT, ACCEPT);
    headers.insert(header::USER_AGENT, USER_AGENT);
    if let Some(authorization) = authorization {
        headers.insert(header::AUTHORIZATION, authorization);
    }
}
