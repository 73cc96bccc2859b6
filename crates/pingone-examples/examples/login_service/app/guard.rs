//! What holds for every request and every response.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::service::Service;

/// Only the page's own files, no inline script, no frames.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/// Refuses forms from other pages, and sets the security headers.
pub(super) async fn guard(State(service): State<Service>, request: Request, next: Next) -> Response {
    let origin = &service.settings.origin;
    let mut response = if request.method() == Method::POST && !origin.sent(request.headers()) {
        (StatusCode::FORBIDDEN, "This form was sent by another site.").into_response()
    } else {
        next.run(request).await
    };
    let mut say = |name, value| {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    };
    say(header::CONTENT_SECURITY_POLICY, POLICY);
    // For browsers that do not know `frame-ancestors`.
    say(header::X_FRAME_OPTIONS, "DENY");
    say(header::CACHE_CONTROL, "no-store");
    // With `no-referrer`, browsers would send our own forms with `Origin: null`.
    say(header::REFERRER_POLICY, "same-origin");
    say(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Another site that opens the page in a window gets no handle to it, and cannot embed any part of it.
    say(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    say(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if !origin.is_plain_loopback() {
        say(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}
