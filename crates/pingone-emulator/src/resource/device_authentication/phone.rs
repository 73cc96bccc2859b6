//! What users do on their phones.

use std::{error::Error, fmt};

use jiff::Timestamp;
use serde_json::Value;

use super::{
    authentication::{BY_APP, DeviceAuthentication, Failure, LOCKED, Step},
    push::PushAnswer,
    rules,
};
use crate::{
    error::PlatformError,
    resource::{
        Conditions, Context, Stores,
        user::{Device, PushFail, Users, lockout},
    },
};

/// Applies what is due by now, and forgets what is over. Looks at nothing else.
pub(crate) fn settle(stores: &mut Stores, conditions: Conditions<'_>) {
    while let Some(mut authentication) = stores.device_authentications.next_due(conditions.now).cloned() {
        authentication.settle(stores, conditions);
        stores.device_authentications.put(authentication);
    }
    stores.device_authentications.forget(conditions);
}

/// Returns the state of an authentication. A script may answer its push first.
pub(super) fn read(
    authentication: &mut DeviceAuthentication,
    stores: &mut Stores,
    context: &Context<'_>,
) -> Result<(), PlatformError> {
    authentication.count_read(stores, context.conditions);
    Ok(())
}

impl DeviceAuthentication {
    /// Applies what is due to a pending push by `now`.
    fn settle(&mut self, stores: &mut Stores, conditions: Conditions<'_>) {
        if let Some((answer, at)) = self.pending_push().and_then(|push| push.outcome(conditions.now)) {
            self.answer_push(stores, Conditions { now: at, ..conditions }, answer);
        }
    }

    /// A *read* has arrived.
    fn count_read(&mut self, stores: &mut Stores, conditions: Conditions<'_>) {
        if let Step::PushConfirmation(push) = &mut self.step {
            push.count_read();
            self.settle(stores, conditions);
        }
    }

    /// A pending push is about to be cancelled.
    ///
    /// Rule: CANCEL_STANDS_IN_PUSH_FAILS.
    pub(super) fn count_cancelled_push(&self, users: &mut Users, conditions: Conditions<'_>) {
        if let (Some(_), Some(device)) = (self.pending_push(), self.selected_device()) {
            let limit = self.policy.application(device.application_id()).push_limit;
            let counts = conditions.holds(&rules::CANCELLED_PUSH_COUNTS);
            users.state_mut(self.user_id(), device.id()).push_failed(PushFail { at: conditions.now, counts }, &limit);
        }
    }

    fn answer_push(&mut self, stores: &mut Stores, conditions: Conditions<'_>, answer: PushAnswer) {
        let device = self.selected_device();
        let limit = self.policy.application(device.and_then(Device::application_id)).push_limit;
        let state = stores.users.state_mut(self.user_id(), device.map_or("", Device::id));
        match answer {
            PushAnswer::Approve => state.push_succeeded(),
            PushAnswer::Deny | PushAnswer::TimeOut => {
                state.push_failed(PushFail { at: conditions.now, counts: true }, &limit);
            }
        }
        let step = match answer {
            PushAnswer::Approve if self.is_halted(&stores.users, conditions) => {
                Step::Failed(Failure::AccountNotUsable(LOCKED))
            }
            PushAnswer::Approve => {
                lockout::succeeded(stores, self.user_id(), conditions);
                Step::Completed { authenticators: BY_APP }
            }
            PushAnswer::Deny => {
                lockout::failed(stores, self.user_id(), conditions);
                match conditions.holds(&rules::DENIED_PUSH_FAILS) {
                    true => Step::Failed(Failure::PushDenied),
                    false => Step::PushTimedOut,
                }
            }
            PushAnswer::TimeOut => Step::PushTimedOut,
        };
        self.move_to(step, conditions.now);
    }
}

/// A push that the user has not answered yet.
///
/// `Debug` does not show the notification.
#[derive(Clone, PartialEq, Eq)]
pub struct PendingPush {
    device_authentication_id: String,
    user_id: String,
    device_id: String,
    number: Option<u32>,
    times_out_at: Timestamp,
    notification: Option<Value>,
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
            notification: authentication.wish.notification.clone(),
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

    /// `notification` of the request that began the authentication, as it was sent: template, variables, client context.
    pub fn notification(&self) -> Option<&Value> {
        self.notification.as_ref()
    }

    pub(crate) fn times_out_at(&self) -> Timestamp {
        self.times_out_at
    }
}

impl fmt::Debug for PendingPush {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingPush")
            .field("device_authentication_id", &self.device_authentication_id)
            .field("user_id", &self.user_id)
            .field("device_id", &self.device_id)
            .field("number", &self.number)
            .field("times_out_at", &self.times_out_at)
            .finish_non_exhaustive()
    }
}

/// There is no push to answer: none was sent, or it was already answered or cancelled.
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

/// The pending pushes, the oldest authentication first.
pub(crate) fn pending_pushes(stores: &Stores) -> Vec<PendingPush> {
    stores.device_authentications.waiting().into_iter().filter_map(PendingPush::of).collect()
}

/// Answers a push. One that was cancelled is no longer there.
///
/// Rule: LATE_ANSWER_HAS_NO_EFFECT. Rule: NUMBER_MATCHING. A user who picks `number`, and the wrong one, denies;
/// without `number` they pick the right one.
pub(crate) fn answer_push(
    stores: &mut Stores,
    conditions: Conditions<'_>,
    id: &str,
    answer: PushAnswer,
    number: Option<u32>,
) -> Result<(), NoPendingPush> {
    let authentication = stores.device_authentications.get(id).filter(|one| one.pending_push().is_some());
    let authentication = authentication.ok_or_else(|| NoPendingPush { device_authentication_id: id.to_owned() });
    let mut authentication = authentication?.clone();
    let shown = authentication.pending_push().and_then(|push| push.number);
    let is_wrong = shown.zip(number).is_some_and(|(shown, picked)| shown != picked);
    let answer = if is_wrong { PushAnswer::Deny } else { answer };
    authentication.answer_push(stores, conditions, answer);
    stores.device_authentications.put(authentication);
    Ok(())
}
