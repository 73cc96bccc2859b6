//! Decides what comes next. Where a log-in stands, only PingOne knows, so it is asked each time.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header::SET_COOKIE, request::Parts},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use maud::Markup;
use pingone_async::{
    Client, Completed, Error, NextStep, PendingPush, Problem, PushWait, ReadDeviceAuthentication, SelectedDevice,
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    choice::{Preference, choices},
    cookie::{Cookie, Forged, LAST_DEVICE, VISIT},
    notice::Notice,
    pages,
    people::{People, Who},
    session::{By, Session},
    settings::Settings,
    store::{Store, Unavailable},
    visit::{At, Attempt, LogIn, Visit, VisitId},
    visitor::Visitor,
    waits::Waits,
};

/// PingOne lets a push time out after at most 150 seconds; a slightly longer wait sees that happen.
const WITHIN: Duration = Duration::from_secs(160);

/// One replica. All of them are alike; what they share is in the store, at PingOne and in the browser.
#[derive(Clone)]
pub(crate) struct Service {
    pub(crate) client: Client,
    pub(crate) people: Arc<dyn People>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) waits: Arc<Waits>,
}

/// What to show: where the log-in stands, or the devices that can be used instead.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Step,
    Devices,
}

impl FromRequestParts<Service> for LogIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Response> {
        match service.visit(&parts.headers).await? {
            Some(Visit::LogIn(log_in)) => Ok(log_in),
            _ => Err(to_page()),
        }
    }
}

/// What the browser brings.
impl Service {
    /// What the browser is at. The error is the response if it cannot go on.
    pub(super) async fn visit(&self, headers: &HeaderMap) -> Result<Option<Visit>, Response> {
        let visit: Option<Visit> = match self.cookie(VISIT, headers) {
            Ok(visit) => visit,
            Err(Forged) => {
                let notice = Notice::new(StatusCode::FORBIDDEN, "This log-in cannot be continued. Begin again.");
                return Err(self.forget(&notice));
            }
        };
        let Some(visit) = visit else { return Ok(None) };
        match self.store.is_marked(&over_key(visit.id())).await {
            Ok(false) => match self.may_ask(visit.id()).await {
                Ok(()) => Ok(Some(visit)),
                Err(refused) => Err(unknown(&refused.into())),
            },
            // The browser may have a newer cookie by now, so it is not deleted.
            Ok(true) => {
                let notice = Notice::new(StatusCode::FORBIDDEN, "This log-in is over. Begin again.");
                Err(told(Some(&notice), pages::over(&notice)))
            }
            Err(unavailable) => Err(unknown(&unavailable.into())),
        }
    }

    pub(super) fn cookie<T: DeserializeOwned>(&self, cookie: Cookie, headers: &HeaderMap) -> Result<Option<T>, Forged> {
        cookie.get(headers, &self.settings.key, &self.settings.origin)
    }

    pub(super) fn set<T: Serialize>(&self, cookie: Cookie, value: T) -> Result<String, Notice> {
        cookie.set(value, &self.settings.key, &self.settings.origin).map_err(|_| Notice::unavailable())
    }
}

/// How a log-in goes on.
impl Service {
    /// Asks where the log-in stands, and shows that.
    pub(super) async fn show(&self, log_in: LogIn, visitor: &Visitor, view: View, notice: Option<Notice>) -> Response {
        match self.client.send(ReadDeviceAuthentication::new(log_in.at.id())).await {
            Ok(reply) => self.render(log_in, reply.into_next_step(), visitor, view, notice.as_ref()).await,
            Err(error) if is_gone(&error) => self.over(&log_in.attempt, &Notice::of(&Problem::Gone)).await,
            Err(error) => unknown(&Notice::of_error(&error)),
        }
    }

    async fn render(
        &self,
        log_in: LogIn,
        step: NextStep,
        visitor: &Visitor,
        view: View,
        notice: Option<&Notice>,
    ) -> Response {
        let abandoned = log_in.at.abandoned().cloned();
        let preference = Preference {
            relying_party: &self.settings.relying_party,
            last_used: visitor.last_device.as_ref(),
            abandoned: abandoned.as_ref(),
        };
        let choices = choices(&step, &preference);
        let page = match &step {
            NextStep::Push(push) => match &log_in.at {
                At::Push(wait) if wait.device_id() == begun(push).device_id() => {
                    let left = (!is_over(wait)).then(|| self.seconds_left(wait));
                    pages::push(push.device(), push.number(), left, notice)
                }
                // The reply that told of this push was lost.
                _ => return self.enter(log_in.attempt, step).await,
            },
            NextStep::PushTimedOut(selection) => {
                let phone = selection.authentication().selected_device().and_then(SelectedDevice::id);
                let phone = selection.devices().find(|(id, _)| Some(*id) == phone).map(|(_, device)| device);
                pages::no_answer(phone, &choices, notice)
            }
            NextStep::DeviceSelection(_) => pages::devices(&choices, abandoned.as_ref(), notice),
            NextStep::Otp(_) | NextStep::Assertion(_) if view == View::Devices => {
                pages::devices(&choices, None, notice)
            }
            NextStep::Otp(entry) => pages::code(entry.device(), &log_in.at, notice),
            NextStep::Assertion(request) => {
                match request.options().and_then(|options| options.to_browser_json().ok()) {
                    Some(options) => pages::passkey(&options, &self.settings, notice),
                    None => pages::desktop(&choices, notice),
                }
            }
            NextStep::Completed(completed) => return self.let_in(log_in.attempt, completed).await,
            NextStep::Failed(failed) => {
                return self.over(&log_in.attempt, notice.unwrap_or(&Notice::of(&failed.problem()))).await;
            }
            _ => return self.over(&log_in.attempt, &Notice::unavailable()).await,
        };
        told(notice, page)
    }

    /// Continues with what PingOne wants now, and puts that into the cookie.
    pub(super) async fn enter(&self, attempt: Attempt, step: NextStep) -> Response {
        let at = match &step {
            NextStep::Completed(completed) => return self.let_in(attempt, completed).await,
            NextStep::Push(push) => At::Push(begun(push)),
            NextStep::PushTimedOut(selection) | NextStep::DeviceSelection(selection) => At::step(selection.id()),
            NextStep::Otp(entry) => At::step(entry.id()),
            NextStep::Assertion(request) => At::step(request.id()),
            NextStep::Failed(failed) => return self.over(&attempt, &Notice::of(&failed.problem())).await,
            _ => return self.over(&attempt, &Notice::unavailable()).await,
        };
        self.keep(Visit::LogIn(LogIn { attempt, at }))
    }

    /// Only `COMPLETED` lets anybody in, and only the user for whom the log-in began; nobody else's approval counts. It
    /// does so once: an older cookie of this log-in comes too late.
    pub(super) async fn let_in(&self, attempt: Attempt, completed: &Completed) -> Response {
        let who = match self.confirmed(&attempt, completed).await {
            Ok(who) => who,
            Err(notice) => return self.over(&attempt, &notice).await,
        };
        match self.end(&attempt.id).await {
            Ok(true) => {}
            Ok(false) => return to_page(),
            Err(unavailable) => return unknown(&unavailable.into()),
        }
        let device = completed.authentication().selected_device().and_then(SelectedDevice::id);
        let cookies = self.new_session(who, By::Device).and_then(|session| {
            let device = device.map(|id| self.set(LAST_DEVICE, id)).transpose()?;
            Ok(std::iter::once(session).chain(device).map(|cookie| (SET_COOKIE, cookie)).collect::<Vec<_>>())
        });
        match cookies {
            Ok(cookies) => (AppendHeaders(cookies), to_page()).into_response(),
            Err(notice) => self.forget(&notice),
        }
    }

    /// Lets in a user who needs no device now, or lets them enrol one.
    pub(super) fn let_in_by(&self, by: By, who: Who) -> Response {
        match self.new_session(who, by) {
            Ok(cookie) => ([(SET_COOKIE, cookie)], to_page()).into_response(),
            Err(notice) => self.forget(&notice),
        }
    }

    /// Who has logged in. It is known from the first factor; only without one does the passkey say it.
    async fn confirmed(&self, attempt: &Attempt, completed: &Completed) -> Result<Who, Notice> {
        let found = match (&attempt.who, completed.user_id()) {
            (Some(who), _) => Some(who.clone()).filter(|who| completed.is_for(&who.user)),
            (None, Some(user)) => self.people.find(user).await?,
            (None, None) => None,
        };
        found.ok_or_else(|| {
            Notice::new(StatusCode::FORBIDDEN, "Somebody else approved this log-in. Nobody is logged in.")
        })
    }

    fn new_session(&self, who: Who, by: By) -> Result<String, Notice> {
        let session = Session::new(who, by).ok_or_else(Notice::unavailable)?;
        self.set(VISIT, Visit::Session(session))
    }

    pub(super) fn keep(&self, visit: Visit) -> Response {
        match self.set(VISIT, visit) {
            Ok(cookie) => ([(SET_COOKIE, cookie)], to_page()).into_response(),
            Err(notice) => self.forget(&notice),
        }
    }

    /// Makes this cookie worthless; `true` for the first who does.
    pub(super) async fn end(&self, id: &VisitId) -> Result<bool, Unavailable> {
        // Twice the lifetime of a cookie, because a request that is still running may set it once more.
        self.store.mark(&over_key(id), 2 * VISIT.lifetime()).await
    }

    /// Ends this log-in. No other begins by itself.
    pub(super) async fn over(&self, attempt: &Attempt, notice: &Notice) -> Response {
        // It is over at PingOne. If the store does not answer, PingOne refuses an older cookie all the same.
        let _ = self.end(&attempt.id).await;
        self.forget(notice)
    }

    /// Deletes the cookie from the browser.
    pub(super) fn forget(&self, notice: &Notice) -> Response {
        (notice.status, [(SET_COOKIE, self.no_visit())], pages::over(notice)).into_response()
    }

    pub(super) fn no_visit(&self) -> String {
        VISIT.clear(&self.settings.origin)
    }

    fn seconds_left(&self, wait: &PushWait) -> u64 {
        let begun = wait.deadline() - WITHIN;
        let elapsed = SystemTime::now().duration_since(begun).unwrap_or_default();
        self.settings.push_time.saturating_sub(elapsed).as_secs()
    }
}

fn over_key(id: &VisitId) -> String {
    format!("over:{}", id.as_str())
}

fn begun(push: &PendingPush) -> PushWait {
    PushWait::new(push, WITHIN, SystemTime::now())
}

/// The last second is too short to read in.
fn is_over(wait: &PushWait) -> bool {
    SystemTime::now() + Duration::from_secs(1) >= wait.deadline()
}

fn is_gone(error: &Error) -> bool {
    error.problem() == Problem::Gone
}

/// After every form, so that reloading the page repeats nothing.
pub(super) fn to_page() -> Response {
    Redirect::to("/").into_response()
}

pub(super) fn told(notice: Option<&Notice>, page: Markup) -> Response {
    (notice.map_or(StatusCode::OK, |notice| notice.status), page).into_response()
}

/// It is not known where the log-in stands; the cookie stays valid.
pub(super) fn unknown(notice: &Notice) -> Response {
    told(Some(notice), pages::unknown(notice))
}
