//! The headers of every request, so that both clients send the same.

use http::{HeaderMap, HeaderValue, header};
use pingone_model::{CORRELATION_ID, RequestError};

/// The service is reported to refuse a narrower `Accept` (*seen*).
const ACCEPT: HeaderValue = HeaderValue::from_static("*/*");
const USER_AGENT: &str = concat!("pingone-client-core/", env!("CARGO_PKG_VERSION"));

pub(crate) fn dress(headers: &mut HeaderMap, user_agent: HeaderValue) {
    headers.insert(header::ACCEPT, ACCEPT);
    headers.insert(header::USER_AGENT, user_agent);
}

/// Our own name, followed by the caller's.
pub(crate) fn user_agent(suffix: Option<&str>) -> Result<HeaderValue, RequestError> {
    let Some(suffix) = suffix else {
        return Ok(HeaderValue::from_static(USER_AGENT));
    };
    HeaderValue::try_from(format!("{USER_AGENT} {suffix}")).map_err(|_| {
        RequestError::new("user_agent", "cannot be sent in a header: use visible ASCII, such as `my-app/1.2`")
    })
}

/// The service's id of a request.
pub(crate) fn correlation_id(headers: &HeaderMap) -> Option<&str> {
    headers.get(CORRELATION_ID)?.to_str().ok()
}
