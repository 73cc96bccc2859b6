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
        service::{Service, to_page, told, unknown},
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
///
/// The session ends once a device was asked, and not before: if none can be, nobody is logged out for nothing. It ends
/// before the browser has the new log-in, so that one session becomes one log-in and is good for nothing after that.
pub(crate) async fn confirm(State(service): State<Service>, visitor: Visitor, Member(session): Member) -> Response {
    let step = match service.ask_device(&session.who, &visitor).await {
        Ok(step) => step,
        Err(reason) => {
            let notice = reason.notice();
            return told(Some(&notice), pages::confirm(Some(&notice)));
        }
    };
    match service.end(&session.id).await {
        Ok(true) => service.enter_anew(session.who, step).await,
        // Another tab has confirmed meanwhile, or logged out.
        Ok(false) => to_page(),
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
            Ok(true) => Err(pages::confirm(None).into_response()),
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
