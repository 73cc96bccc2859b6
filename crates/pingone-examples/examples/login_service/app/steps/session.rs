use axum::{
    extract::State,
    http::{HeaderMap, header::SET_COOKIE},
    response::{IntoResponse, Redirect, Response},
};

use super::super::{
    pages,
    service::{Service, View, to_page, unknown},
    session::By,
    visit::Visit,
    visitor::Visitor,
};

/// Shows whatever the browser is at.
pub(crate) async fn show(State(service): State<Service>, visitor: Visitor, headers: HeaderMap) -> Response {
    match service.visit(&headers).await {
        Err(stop) => stop,
        Ok(Some(Visit::Session(session))) if session.by == By::FirstFactor => {
            Redirect::to("/account/add").into_response()
        }
        Ok(Some(Visit::Session(session))) => pages::done(&session, service.settings.policy.is_some()).into_response(),
        Ok(Some(Visit::LogIn(log_in))) if log_in.attempt.who.is_some() => {
            service.show(log_in, &visitor, View::Step, None).await
        }
        // A log-in that waits for a passkey to say who it is does not get in anybody's way.
        Ok(_) => pages::log_in("", None).into_response(),
    }
}

/// Ends the log-in or the session, and with it every copy of its cookie.
pub(crate) async fn leave(State(service): State<Service>, headers: HeaderMap) -> Response {
    match service.replace(&headers).await {
        Ok(()) => ([(SET_COOKIE, service.no_visit())], to_page()).into_response(),
        // The cookie stays, so that it can still be ended.
        Err(notice) => unknown(&notice),
    }
}
