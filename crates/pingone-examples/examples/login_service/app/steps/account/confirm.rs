use axum::{
    extract::State,
    http::header::SET_COOKIE,
    response::{IntoResponse, Response},
};

use super::super::super::{
    pages,
    service::{Service, to_page, told, unknown},
    session::{By, Member, Session},
    visitor::Visitor,
};

/// Asks for a device once more before devices are added or removed, or the browser is remembered, because somebody else
/// may be sitting at it.
///
/// The session ends only after a device was asked: if none can be, nobody is logged out for nothing. It ends before the
/// browser gets the new log-in: one session becomes one log-in, and its cookie is worthless from then on.
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
        // Another tab has confirmed in the meantime, or logged out.
        Ok(false) => to_page(),
        Err(unavailable) => unknown(&unavailable.into()),
    }
}

impl Service {
    /// Only somebody who has just confirmed who they are may add or remove a way to log in: with a device, or with the
    /// first factor as long as there is none. For everybody else, the error is the page that asks for it.
    pub(super) async fn must_be_fresh(&self, session: &Session) -> Result<(), Response> {
        if session.is_confirmed() {
            return Ok(());
        }
        match self.has_device(&session.who).await {
            Ok(false) if session.is_fresh() => Ok(()),
            Ok(false) => Err(pages::log_in_again().into_response()),
            Ok(true) if session.by == By::FirstFactor => Err(self.over_session(session).await),
            Ok(true) => Err(pages::confirm(None).into_response()),
            Err(notice) => Err(unknown(&notice)),
        }
    }

    /// There is a device now, so the first factor alone is no longer enough.
    pub(super) async fn over_session(&self, session: &Session) -> Response {
        match self.end(&session.id).await {
            Ok(_) => ([(SET_COOKIE, self.no_visit())], pages::log_in_with_device()).into_response(),
            Err(unavailable) => unknown(&unavailable.into()),
        }
    }
}
