use axum::{
    Form,
    extract::State,
    http::header::SET_COOKIE,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{
    super::super::{
        notice::Notice,
        pages,
        service::{Service, told, unknown},
        session::{By, Member, Session},
        visitor::Visitor,
    },
    Done,
};

#[derive(Deserialize)]
pub(crate) struct SignalsForm {
    signals: String,
}

/// Asks a device once more, before devices are added or removed. Whoever finds an open browser cannot answer.
pub(crate) async fn confirm(State(service): State<Service>, visitor: Visitor, Member(session): Member) -> Response {
    match service.end(&session.id).await {
        Ok(_) => match service.second_factor(&session.who, &visitor).await {
            Ok(response) => response,
            // Who has no device logs in again, by the first factor.
            Err(error) => service.forget(&Notice::of_error(&error)),
        },
        Err(unavailable) => unknown(&unavailable.into()),
    }
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
        Err(notice) => told(Some(&notice), pages::unknown(&notice)),
    }
}

impl Service {
    /// What adds or removes a way to log in is only for those who have just confirmed that it is them: by a device, or,
    /// as long as there is none, by the first factor. Otherwise the response asks for it.
    pub(super) async fn must_be_fresh(&self, session: &Session) -> Result<(), Response> {
        let is_recent = session.is_recent();
        if is_recent && session.by == By::Device {
            return Ok(());
        }
        match self.has_device(&session.who).await {
            Ok(false) if is_recent => Ok(()),
            Ok(false) => Err(pages::log_in_again().into_response()),
            Ok(true) if session.by == By::FirstFactor => Err(self.over_session(session).await),
            Ok(true) => Err(pages::confirm().into_response()),
            Err(notice) => Err(unknown(&notice)),
        }
    }

    /// The first factor alone is no longer enough.
    pub(super) async fn over_session(&self, session: &Session) -> Response {
        match self.end(&session.id).await {
            Ok(_) => ([(SET_COOKIE, self.no_visit())], pages::log_in_with_device()).into_response(),
            Err(unavailable) => unknown(&unavailable.into()),
        }
    }
}
