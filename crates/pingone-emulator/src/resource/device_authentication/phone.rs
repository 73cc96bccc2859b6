//! What users do on their phones.

use std::{error::Error, fmt};

use jiff::Timestamp;

use super::{
    authentication::{BY_DEVICE, DeviceAuthentication, Failure, Step},
    push::PushAnswer,
    rules,
};
use crate::{
    error::PlatformError,
    resource::{
        Conditions, Context, Stores,
        user::{Device, Users},
    },
};

/// Lets happen what was to happen until now, and forgets what is over. Nothing else is looked at.
pub(crate) fn settle(stores: &mut Stores, conditions: Conditions<'_>) {
    while let Some(mut authentication) = stores.device_authentications.next_due(conditions.now).cloned() {
        authentication.settle(&mut stores.users, conditions);
        stores.device_authentications.put(authentication);
    }
    stores.device_authentications.forget(conditions);
}

/// Tells where an authentication stands. A push may be answered by script before it does.
pub(super) fn read(
    authentication: &mut DeviceAuthentication,
    stores: &mut Stores,
    context: &Context<'_>,
) -> Result<(), PlatformError> {
    authentication.count_read(&mut stores.users, context.conditions);
    Ok(())
}

impl DeviceAuthentication {
    /// Lets happen to a pending push what was to happen until `now`.
    fn settle(&mut self, users: &mut Users, conditions: Conditions<'_>) {
        if let Some((answer, at)) = self.pending_push().and_then(|push| push.outcome(conditions.now)) {
            self.answer_push(users, conditions, answer, at);
        }
    }

    /// A *read* is on its way.
    fn count_read(&mut self, users: &mut Users, conditions: Conditions<'_>) {
        if let Step::PushConfirmation(push) = &mut self.step {
            push.count_read();
            self.settle(users, conditions);
        }
    }

    fn answer_push(&mut self, users: &mut Users, conditions: Conditions<'_>, answer: PushAnswer, at: Timestamp) {
        let device = self.selected_device();
        let limit = self.policy.application(device.and_then(Device::application_id)).push_limit;
        let state = users.state_mut(self.user_id(), device.map_or("", Device::id));
        let step = match answer {
            PushAnswer::Approve => {
                state.push_succeeded();
                Step::Completed { authenticators: BY_DEVICE }
            }
            PushAnswer::Deny | PushAnswer::TimeOut => {
                state.push_failed(&limit, at);
                let is_failure = answer == PushAnswer::Deny && conditions.holds(&rules::DENIED_PUSH_FAILS);
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
pub(crate) fn pending_pushes(stores: &Stores) -> Vec<PendingPush> {
    stores.device_authentications.waiting().into_iter().filter_map(PendingPush::of).collect()
}

/// Answers a push. One that was cancelled is no longer there.
///
/// Rule: LATE_ANSWER_HAS_NO_EFFECT. Rule: NUMBER_MATCHING. A user who picks `number`, and the wrong one, denies; without `number` they pick the right one.
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
    authentication.answer_push(&mut stores.users, conditions, answer, conditions.now);
    stores.device_authentications.put(authentication);
    Ok(())
}
