//! What is where, and who may ask for it.

use axum::{
    Router,
    extract::Request,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{self, HOST, ORIGIN},
    },
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};

use super::{service::Service, steps};

/// Nothing but the page's own files, and in nobody's frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(crate) fn router(service: Service) -> Router {
    Router::new()
        .route("/", get(steps::show))
        .route("/begin", post(steps::begin))
        .route("/wait", get(steps::wait))
        .route("/change", post(steps::change))
        .route("/devices", get(steps::devices))
        .route("/select", post(steps::select))
        .route("/code", post(steps::check))
        .route("/leave", post(steps::leave))
        .route("/style.css", get(async || file("text/css; charset=utf-8", include_str!("style.css"))))
        .route("/wait.js", get(async || file("text/javascript; charset=utf-8", include_str!("wait.js"))))
        .layer(middleware::from_fn(guard))
        .with_state(service)
}

fn file(media_type: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, media_type)], text)
}

/// Lets nobody else's page act here, and says what a browser has to keep to.
///
/// `SameSite=Strict` keeps the cookie from other sites. But to begin takes no cookie, and another port of this machine
/// is the same site; so the origin counts, which a browser names with each POST, without scripts too. A token in each
/// form would do the same, and would have to be made, carried and compared.
async fn guard(request: Request, next: Next) -> Response {
    let mut response = if request.method() == Method::POST && !is_own(request.headers()) {
        (StatusCode::FORBIDDEN, "This form is not from here.").into_response()
    } else {
        next.run(request).await
    };
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        // With `no-referrer`, the origin of the own forms would be null.
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether the page that sends this is from the host that it sends it to. Behind TLS, compare with your own origin.
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text(ORIGIN).and_then(|origin| origin.split_once("://"));
    origin.zip(text(HOST)).is_some_and(|((_, origin), host)| origin == host)
}
