//! The routes.

use axum::{
    Router,
    http::header,
    middleware,
    response::IntoResponse,
    routing::{get, post},
};

use super::{
    guard::guard,
    service::Service,
    steps::{self, account},
};

pub(crate) fn router(service: Service) -> Router {
    Router::new()
        .route("/", get(steps::show))
        .route("/begin", post(steps::begin))
        .route("/wait", get(steps::wait))
        .route("/change", post(steps::change))
        .route("/devices", get(steps::devices))
        .route("/select", post(steps::select))
        .route("/code", post(steps::check))
        .route("/passkey/begin", post(steps::begin_nameless))
        .route("/passkey", post(steps::check_passkey))
        .route("/leave", post(steps::leave))
        .route("/remember", post(account::remember))
        .route("/account", get(account::account))
        .route("/account/confirm", post(account::confirm))
        .route("/account/name", post(account::name))
        .route("/account/order", post(account::order))
        .route("/account/remove", post(account::remove))
        .route("/account/add", get(account::add))
        .route("/account/add/app", post(account::app))
        .route("/account/add/address", post(account::address))
        .route("/account/add/passkey", post(account::passkey))
        .route("/account/add/phone", post(account::phone))
        .route("/account/pairing", get(account::wait_for_phone))
        .route("/account/paired", get(account::paired))
        .route("/account/activate", post(account::activate))
        .route("/account/activate/passkey", post(account::activate_passkey))
        .route("/account/resend", post(account::resend))
        .route("/style.css", get(async || file("text/css; charset=utf-8", include_str!("files/style.css"))))
        .route("/wait.js", get(async || file(SCRIPT, include_str!("files/wait.js"))))
        .route("/passkey.js", get(async || file(SCRIPT, include_str!("files/passkey.js"))))
        .route("/signals.js", get(async || file(SCRIPT, include_str!("files/signals.js"))))
        .layer(middleware::from_fn_with_state(service.clone(), guard))
        .with_state(service)
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

fn file(media_type: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, media_type)], text)
}
