use axum::{
    Form,
    extract::State,
    http::header::SET_COOKIE,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{
    super::super::{
        service::{Service, unknown},
        session::Member,
    },
    Done,
};

#[derive(Deserialize)]
pub(crate) struct SignalsForm {
    signals: String,
}

/// Has this browser remembered.
pub(crate) async fn remember(
    State(service): State<Service>,
    Member(session): Member,
    Form(form): Form<SignalsForm>,
) -> Response {
    if let Err(stop) = service.must_be_fresh(&session).await {
        return stop;
    }
    match service.remember(&session.who, &form.signals).await {
        Ok(cookie) => ([(SET_COOKIE, cookie)], Done::Remembered.page()).into_response(),
        Err(notice) => unknown(&notice),
    }
}
