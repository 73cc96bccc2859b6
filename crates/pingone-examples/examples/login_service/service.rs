//! A replica: asks PingOne where a log-in stands, for nobody else keeps that, and shows it.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, SystemTime},
};

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header::SET_COOKIE, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use maud::Markup;
use pingone_async::{
    Client, Completed, Error, NextStep, PendingPush, Problem, PushWait, ReadDeviceAuthentication, UserId,
};

use super::{
    notice::Notice,
    pages,
    state::{At, Forged, Key, LogIn, Who, no_cookie},
};

/// PingOne lets a push time out after 150 seconds at the latest; a wait that is a little longer sees that happen.
const WITHIN: Duration = Duration::from_secs(160);

/// All replicas are made alike, and none keeps anything.
#[derive(Clone)]
pub(crate) struct Service {
    pub(crate) client: Client,
    pub(crate) users: Arc<BTreeMap<String, UserId>>,
    pub(crate) key: Arc<Key>,
    /// How long one question of a waiting page is held; less than any proxy on the way allows.
    pub(crate) hold: Duration,
}

/// What is to be seen: where the log-in stands, or the devices that could be used instead.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Step,
    Devices,
}

impl FromRequestParts<Service> for LogIn {
    type Rejection = Response;

    /// The log-in of the cookie; without one, a log-in begins.
    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Response> {
        match service.key.read(&parts.headers) {
            Ok(Some(log_in)) => Ok(log_in),
            Ok(None) => Err(pages::name(None).into_response()),
            Err(Forged) => {
                Err(over(&Notice::new(StatusCode::FORBIDDEN, "This log-in cannot be gone on with. Begin again.")))
            }
        }
    }
}

impl Service {
    /// Asks where the log-in stands, and shows that.
    pub(super) async fn show(&self, log_in: LogIn, view: View, notice: Option<Notice>) -> Response {
        let Some(id) = log_in.at.id() else { return pages::done(&log_in.who.name).into_response() };
        match self.client.send(ReadDeviceAuthentication::new(id)).await {
            Ok(reply) => self.render(log_in, reply.into_next_step(), view, notice.as_ref()),
            Err(error) if is_gone(&error) => over(&Notice::of(&Problem::Gone)),
            Err(error) => {
                let notice = Notice::of_error(&error);
                told(Some(&notice), pages::unknown(&notice))
            }
        }
    }

    fn render(&self, log_in: LogIn, step: NextStep, view: View, notice: Option<&Notice>) -> Response {
        let page = match step {
            NextStep::Push(push) => match &log_in.at {
                At::Push(wait) if wait.device_id() == begun(&push).device_id() => {
                    pages::push(push.device(), push.number(), !is_over(wait), notice)
                }
                // The reply that told of this push was lost.
                _ => return self.enter(log_in.who, NextStep::Push(push)),
            },
            NextStep::PushTimedOut(selection) => {
                let late = Notice::new(StatusCode::OK, "Nobody has answered the request in time.");
                pages::devices(selection.devices(), log_in.at.abandoned(), Some(notice.unwrap_or(&late)))
            }
            NextStep::DeviceSelection(selection) => pages::devices(selection.devices(), log_in.at.abandoned(), notice),
            NextStep::Otp(entry) if view == View::Step => pages::code(entry.device(), notice),
            NextStep::Otp(entry) => pages::devices(entry.devices(), None, notice),
            NextStep::Assertion(request) => pages::devices(request.devices(), None, notice),
            NextStep::Completed(completed) => return self.let_in(log_in.who, &completed),
            NextStep::Failed(failed) => return over(notice.unwrap_or(&Notice::of(&failed.problem()))),
            _ => return over(&Notice::of(&Problem::Unavailable)),
        };
        told(notice, page)
    }

    /// Goes on with what PingOne wants now, and has the browser bring it along.
    pub(super) fn enter(&self, who: Who, step: NextStep) -> Response {
        let id = match &step {
            NextStep::Completed(completed) => return self.let_in(who, completed),
            NextStep::Push(push) => return self.keep(LogIn { who, at: At::Push(begun(push)) }),
            NextStep::PushTimedOut(selection) | NextStep::DeviceSelection(selection) => selection.id(),
            NextStep::Otp(entry) => entry.id(),
            NextStep::Assertion(request) => request.id(),
            NextStep::Failed(failed) => return over(&Notice::of(&failed.problem())),
            _ => return over(&Notice::of(&Problem::Unavailable)),
        };
        self.keep(LogIn { who, at: At::Step { id: id.clone(), abandoned: None } })
    }

    /// `COMPLETED` alone lets anybody in, and only the user for whom the log-in began: nobody else's approval counts.
    pub(super) fn let_in(&self, who: Who, completed: &Completed) -> Response {
        if !completed.is_for(&who.user) {
            return over(&Notice::new(StatusCode::FORBIDDEN, "Somebody else has confirmed it. Nobody is logged in."));
        }
        self.keep(LogIn { who, at: At::Done })
    }

    pub(super) fn keep(&self, log_in: LogIn) -> Response {
        match self.key.cookie(log_in) {
            Ok(cookie) => ([(SET_COOKIE, cookie)], to_page()).into_response(),
            Err(_) => over(&Notice::of(&Problem::Other)),
        }
    }
}

fn begun(push: &PendingPush) -> PushWait {
    PushWait::new(push, WITHIN, SystemTime::now())
}

/// Its last second is too short to read in.
fn is_over(wait: &PushWait) -> bool {
    SystemTime::now() + Duration::from_secs(1) >= wait.deadline()
}

fn is_gone(error: &Error) -> bool {
    error.problem() == Problem::Gone
}

/// After each form, so that to load the page again repeats nothing.
pub(super) fn to_page() -> Response {
    Redirect::to("/").into_response()
}

pub(super) fn told(notice: Option<&Notice>, page: Markup) -> Response {
    (notice.map_or(StatusCode::OK, |notice| notice.status), page).into_response()
}

/// The end of this log-in. No other begins by itself.
pub(super) fn over(notice: &Notice) -> Response {
    (notice.status, [(SET_COOKIE, no_cookie())], pages::over(notice)).into_response()
}
