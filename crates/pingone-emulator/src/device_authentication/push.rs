//! What the user does on their phone.

use std::{error::Error, fmt, time::Duration};

use jiff::Timestamp;

use super::{
    Factors,
    authentication::{BY_DEVICE, DeviceAuthentication, Failure, Step},
};
use crate::{
    clock::{after, signed},
    rules::{self, Rules},
    state::State,
};

/// What the user does with a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PushAnswer {
    /// Approves it: the authentication is `COMPLETED`.
    Approve,
    /// Denies it: the authentication is `FAILED`.
    Deny,
    /// Lets it time out, without the wait.
    TimeOut,
}

/// What the user does with every push that is sent from now on, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct PushScript {
    answer: PushAnswer,
    when: When,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Reads(u32),
    Time(Duration),
}

impl PushScript {
    /// Does it before the first *read* is answered.
    pub fn new(answer: PushAnswer) -> Self {
        Self { answer, when: When::Reads(1) }
    }

    /// Does it before the *read* of this number is answered.
    pub fn at_read(self, number: u32) -> Self {
        Self { when: When::Reads(number), ..self }
    }

    /// Does it once this time has passed on the service's clock.
    pub fn after(self, time: Duration) -> Self {
        Self { when: When::Time(time), ..self }
    }
}

/// A push that waits for its answer.
#[derive(Clone)]
pub(super) struct Push {
    sent_at: Timestamp,
    times_out_at: Timestamp,
    pub(super) number: Option<u32>,
    script: Option<PushScript>,
    reads: u32,
}

impl Push {
    pub(super) fn new(now: Timestamp, timeout: Duration, number: Option<u32>, script: Option<PushScript>) -> Self {
        Self { sent_at: now, times_out_at: after(now, signed(timeout)), number, script, reads: 0 }
    }

    /// What has happened to it until `now`, and when.
    ///
    /// Rule: PUSH_TIMES_OUT.
    fn outcome(&self, now: Timestamp) -> Option<(PushAnswer, Timestamp)> {
        let time_out = (PushAnswer::TimeOut, self.times_out_at);
        let scripted = self.script.as_ref().and_then(|script| match script.when {
            When::Reads(number) => (self.reads >= number).then_some((script.answer, now)),
            When::Time(time) => Some((script.answer, after(self.sent_at, signed(time)))),
        });
        scripted.filter(|(_, at)| *at < self.times_out_at).or(Some(time_out)).filter(|(_, at)| *at <= now)
    }
}

impl DeviceAuthentication {
    /// Lets happen to a pending push what was to happen until `now`.
    pub(super) fn settle(&mut self, factors: &mut Factors, rules: &Rules, now: Timestamp) {
        if let Some((answer, at)) = self.pending_push().and_then(|push| push.outcome(now)) {
            self.answer_push(factors, rules, answer, at);
        }
    }

    /// A *read* is on its way.
    pub(super) fn count_read(&mut self, factors: &mut Factors, rules: &Rules, now: Timestamp) {
        if let Step::PushConfirmation(push) = &mut self.step {
            push.reads = push.reads.saturating_add(1);
            self.settle(factors, rules, now);
        }
    }

    fn answer_push(&mut self, factors: &mut Factors, rules: &Rules, answer: PushAnswer, at: Timestamp) {
        let device = self.selected_device().map(|device| device.id().to_owned()).unwrap_or_default();
        let state = factors.devices.state(self.user_id(), &device);
        let step = match answer {
            PushAnswer::Approve => {
                state.push_succeeded();
                Step::Completed { authenticators: BY_DEVICE }
            }
            PushAnswer::Deny | PushAnswer::TimeOut => {
                state.push_failed(&self.policy.push_limit, at);
                let is_failure = answer == PushAnswer::Deny && rules.holds(&rules::DENIED_PUSH_FAILS);
                if is_failure { Step::Failed(Failure::PushDenied) } else { Step::PushTimedOut }
            }
        };
        self.move_to(step, at);
    }
}

/// A push that the user has not answered yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingPush {
    device_authentication_id: String,
    user_id: String,
    device_id: String,
    number: Option<u32>,
    times_out_at: Timestamp,
}

impl PendingPush {
    fn of(authentication: &DeviceAuthentication) -> Option<Self> {
        let push = authentication.pending_push()?;
        Some(Self {
            device_authentication_id: authentication.id.clone(),
            user_id: authentication.user_id().to_owned(),
            device_id: authentication.selected_device().map(|device| device.id().to_owned()).unwrap_or_default(),
            number: push.number,
            times_out_at: push.times_out_at,
        })
    }

    /// The authentication that awaits the answer.
    pub fn device_authentication_id(&self) -> &str {
        &self.device_authentication_id
    }

    /// The user who has to answer.
    pub fn user_id(&self) -> &str {
        &self.user_id
    }

    /// The device that the push was sent to.
    pub fn device_id(&self) -> &str {
        &self.device_id
    }

    /// The number that the user has to pick, if the policy wants numbers matched.
    pub fn number(&self) -> Option<u32> {
        self.number
    }

    pub(crate) fn times_out_at(&self) -> Timestamp {
        self.times_out_at
    }
}

/// There is no push to answer: none was sent, it has been answered, or it was cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoPendingPush {
    device_authentication_id: String,
}

impl fmt::Display for NoPendingPush {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no push is pending for device authentication {:?}", self.device_authentication_id)
    }
}

impl Error for NoPendingPush {}

/// The pushes that wait for an answer, the oldest authentication first.
pub(crate) fn pending_pushes(state: &State) -> Vec<PendingPush> {
    state.authentications.waiting().filter_map(PendingPush::of).collect()
}

/// Answers a push. One that was cancelled is no longer there.
///
/// Rule: LATE_ANSWER_HAS_NO_EFFECT. Rule: NUMBER_MATCHING. A user who picks `number`, and the wrong one, denies; without `number` they pick the right one.
pub(crate) fn answer_push(
    state: &mut State,
    id: &str,
    answer: PushAnswer,
    number: Option<u32>,
) -> Result<(), NoPendingPush> {
    let now = state.clock.now();
    let authentication = state.authentications.find(id).filter(|one| one.pending_push().is_some());
    let authentication = authentication.ok_or_else(|| NoPendingPush { device_authentication_id: id.to_owned() })?;
    let shown = authentication.pending_push().and_then(|push| push.number);
    let is_wrong = shown.zip(number).is_some_and(|(shown, picked)| shown != picked);
    let answer = if is_wrong { PushAnswer::Deny } else { answer };
    authentication.answer_push(&mut state.factors, &state.rules, answer, now);
    Ok(())
}
