use axum::{
    Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use pingone_async::{InitializeDeviceAuthentication, NextStep, Problem, bypass_mfa::ReadBypassMfa};
use serde::Deserialize;

use super::super::{
    cookie::{Forged, VISIT},
    limits::Refused,
    notice::Notice,
    pages,
    people::Who,
    service::{Service, told},
    session::By,
    visit::{Attempt, Visit},
    visitor::Visitor,
};

#[derive(Deserialize)]
pub(crate) struct NameForm {
    name: String,
    password: String,
    /// What the Signals SDK says about the browser, if scripts are on.
    #[serde(default)]
    signals: String,
}

/// Checks the first factor. Before it is right, no phone rings, and nobody learns whether a name exists.
pub(crate) async fn begin(
    State(service): State<Service>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(form): Form<NameForm>,
) -> Response {
    let name = form.name.trim();
    match service.first_factor(name, &form.password, &visitor).await {
        Ok(who) => service.go_on(who, &form.signals, &visitor, &headers).await,
        Err(notice) => told(Some(&notice), pages::log_in(name, Some(&notice))),
    }
}

/// Why no device was asked.
pub(super) enum NotAsked {
    Refused(Refused),
    Problem(Problem),
}

impl NotAsked {
    pub(super) fn notice(&self) -> Notice {
        match self {
            Self::Refused(refused) => Notice::from(*refused),
            Self::Problem(problem) => Notice::of(problem),
        }
    }
}

impl Service {
    async fn first_factor(&self, name: &str, password: &str, visitor: &Visitor) -> Result<Who, Notice> {
        self.may_try_password(name, &visitor.address).await?;
        let found = self.people.check(name, password).await?;
        let wrong = || Notice::new(StatusCode::UNPROCESSABLE_ENTITY, "The name or the password is wrong.");
        found.ok_or_else(wrong)
    }

    /// Continues after the first factor; the user may need no device.
    async fn go_on(&self, who: Who, signals: &str, visitor: &Visitor, headers: &HeaderMap) -> Response {
        if let Err(notice) = self.replace(headers).await {
            return self.forget(&notice);
        }
        if self.is_remembered(&who, signals, headers).await {
            return self.let_in_by(By::Browser, who);
        }
        if self.may_bypass(&who).await {
            return self.let_in_by(By::Bypass, who);
        }
        match self.ask_device(&who, visitor).await {
            Ok(step) => self.enter_anew(who, step).await,
            Err(reason) => self.without_device(who, &reason).await,
        }
    }

    /// Whether an administrator lets the user in without a device for a while, for example because it was lost. If that
    /// cannot be found out, the answer is no.
    async fn may_bypass(&self, who: &Who) -> bool {
        let bypass = self.client.send(ReadBypassMfa::new(&who.user)).await;
        bypass.is_ok_and(|bypass| bypass.can_bypass_mfa() == Some(true))
    }

    /// Asks the user's default device, or whichever the policy says. Changes nothing here.
    pub(super) async fn ask_device(&self, who: &Who, visitor: &Visitor) -> Result<NextStep, NotAsked> {
        self.may_send(&who.name, &visitor.address).await.map_err(NotAsked::Refused)?;
        let begin = InitializeDeviceAuthentication::new(&who.user);
        let begin = match &self.settings.policy {
            Some(policy) => begin.policy(policy),
            None => begin,
        };
        let begun = self.client.send(begin).await.map_err(|error| NotAsked::Problem(error.problem()))?;
        match begun.into_next_step() {
            NextStep::Failed(failed) => Err(NotAsked::Problem(failed.problem())),
            NextStep::Unknown(_) => Err(NotAsked::Problem(Problem::Unavailable)),
            step => Ok(step),
        }
    }

    /// Continues with a log-in that has just begun, in place of whatever the browser had.
    pub(super) async fn enter_anew(&self, who: Who, step: NextStep) -> Response {
        match (step, Attempt::new(Some(who.clone()))) {
            // PingOne lets the user in without MFA; no device has confirmed anything.
            (NextStep::Completed(completed), _) if completed.is_for(&who.user) => self.let_in_by(By::Bypass, who),
            (step, Some(attempt)) => self.enter(attempt, step).await,
            (_, None) => self.forget(&Notice::unavailable()),
        }
    }

    /// A user who has no device yet may enrol one.
    async fn without_device(&self, who: Who, reason: &NotAsked) -> Response {
        if !matches!(reason, NotAsked::Problem(Problem::NoUsableDevice { .. })) {
            return self.forget(&reason.notice());
        }
        match self.has_device(&who).await {
            Ok(true) => self.forget(&reason.notice()),
            Ok(false) => self.let_in_by(By::FirstFactor, who),
            Err(notice) => self.forget(&notice),
        }
    }

    /// The user begins anew or leaves, which ends what the browser had before.
    pub(super) async fn replace(&self, headers: &HeaderMap) -> Result<(), Notice> {
        match self.cookie::<Visit>(VISIT, headers) {
            Ok(Some(before)) => Ok(self.end(before.id()).await.map(drop)?),
            Ok(None) | Err(Forged) => Ok(()),
        }
    }
}
