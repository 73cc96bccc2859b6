use axum::{
    Form,
    extract::State,
    http::header::SET_COOKIE,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{
    super::super::{
        pages,
        service::{Service, unknown},
        session::Member,
    },
    Done,
};

#[derive(Deserialize)]
pub(crate) struct SignalsForm {
    signals: String,
}

/// Has this browser remembered. It will take the place of a device, so only a device can allow it, not an administrator
/// who lets the user in without one.
pub(crate) async fn remember(
    State(service): State<Service>,
    Member(session): Member,
    Form(form): Form<SignalsForm>,
) -> Response {
    if !session.is_confirmed() {
        return pages::confirm(None).into_response();
    }
    match service.remember(&session.who, &form.signals).await {
        Ok(cookie) => ([(SET_COOKIE, cookie)], Done::Remembered.page()).into_response(),
        Err(notice) => unknown(&notice),
    }
}
