//! What lets a web page of another origin use the service. The control paths stay closed to it.

use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
        ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    },
};
use serde_json::Value;

use crate::{
    answer::Answer,
    resource::{Conditions, route::Found},
    rules,
};

/// Every header that a page may send, as the documentation lists them.
const ALLOWED_HEADERS: HeaderValue = HeaderValue::from_static(
    "Accept, Accept-Language, Content-Language, Content-Type, Range, Authorization, Content-Length, Cookie, \
     Correlation-Id, Origin, Origin-Cookies, Referer, Referrer, X-Amz-Date, X-Amz-Security-Token, X-Api-Key, \
     X-client-version, X-Content-Type-Options",
);

/// The reply to `OPTIONS`, a browser's preflight.
///
/// Rule: PREFLIGHT_NEEDS_NO_TOKEN.
pub(super) fn preflight(conditions: Conditions<'_>) -> Answer {
    let is_204 = conditions.holds(&rules::PREFLIGHT_IS_204);
    Answer::json(if is_204 { StatusCode::NO_CONTENT } else { StatusCode::OK }, Value::Null).without_body()
}

/// Whoever has a token is trusted, whatever the page's origin; the user's cookies are not sent.
///
/// Rule: EVERY_ORIGIN_IS_TRUSTED.
pub(super) fn allow_every_origin(headers: &mut HeaderMap, found: &Found<'_>) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("Correlation-Id"));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS);
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("3600"));
    if let Ok(methods) = HeaderValue::from_str(&found.methods()) {
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
    }
}
