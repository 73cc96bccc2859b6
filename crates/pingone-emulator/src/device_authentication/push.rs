//! What the user does on their phone.

use std::{error::Error, fmt};

use super::authentication::{DeviceAuthentication, Failure, Step};
use crate::state::State;

/// A push that the user has not answered yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingPush {
    device_authentication_id: String,
    device_id: String,
}

impl PendingPush {
    /// The authentication that awaits the answer.
    pub fn device_authentication_id(&self) -> &str {
        &self.device_authentication_id
    }

    /// The device that the push was sent to.
    pub fn device_id(&self) -> &str {
        &self.device_id
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

#[derive(Clone, Copy, Debug)]
pub(crate) enum PushAnswer {
    Approve,
    Deny,
}

/// The pushes that wait for an answer, the oldest authentication first.
pub(crate) fn pending_pushes(state: &State) -> Vec<PendingPush> {
    let mut pending: Vec<&DeviceAuthentication> =
        state.authentications.values().filter(|authentication| authentication.is_push_pending()).collect();
    pending.sort_by_key(|authentication| authentication.number);
    pending.into_iter().map(PendingPush::of).collect()
}

/// Answers a push. One that was cancelled is no longer there, so a late answer has no effect.
pub(crate) fn answer_push(state: &mut State, id: &str, answer: PushAnswer) -> Result<(), NoPendingPush> {
    let now = state.clock.now();
    let authentication = state
        .authentications
        .get_mut(id)
        .filter(|authentication| authentication.is_push_pending())
        .ok_or_else(|| NoPendingPush { device_authentication_id: id.to_owned() })?;
    let step = match answer {
        // Rule (documented)
        PushAnswer::Approve => Step::Completed,
        // Rule (assumed): a rejected push has no status of its own.
        PushAnswer::Deny => Step::Failed(Failure::PushDenied),
    };
    authentication.move_to(step, now);
    Ok(())
}

impl PendingPush {
    fn of(authentication: &DeviceAuthentication) -> Self {
        Self {
            device_authentication_id: authentication.id.clone(),
            device_id: authentication.selected_device.clone().unwrap_or_default(),
        }
    }
}
