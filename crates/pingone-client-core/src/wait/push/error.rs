use std::{error, fmt};

use pingone_model::{DeviceAuthentication, DeviceSelection, Document, Failed, NextStep, PendingPush};

use super::PushWait;
use crate::Error;

/// Why a wait ended without an approval. None of these lets a user in.
///
/// If the service decided, there is a [next step](Self::into_next_step); otherwise there is the wait, to
/// [continue](Self::wait).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum WaitError {
    /// The user denied the push (*inferred* from `FAILED`), or the authentication failed for what
    /// [`Failed::problem`] says. Do not begin again by yourself: only an attacker sends pushes until one is approved.
    Denied(Failed),
    /// Nobody answered the push in time. Another device can be selected (*seen*, not documented).
    TimedOut(DeviceSelection),
    /// The push was cancelled, here or elsewhere, so that the user can change device.
    Cancelled(DeviceSelection),
    /// The authentication continued with another device. A [`Completed`](pingone_model::Completed) in there
    /// is for that device.
    Changed(NextStep),
    /// A status that this version does not know.
    Unknown(Document<DeviceAuthentication>),
    /// The wait's own time is up, and the push is not answered yet.
    #[non_exhaustive]
    Expired {
        /// The wait.
        wait: PushWait,
        /// The push as last read, if that succeeded: it can be cancelled, or waited for again.
        push: Option<Box<PendingPush>>,
    },
    /// The authentication could not be read: too often in a row, or for a permanent reason, such as
    /// a reply about another authentication.
    #[non_exhaustive]
    ReadFailed {
        /// Why the last read failed.
        error: Error,
        /// The wait, which can be resumed.
        wait: PushWait,
    },
    /// The caller stopped the wait, which can be resumed.
    Stopped(PushWait),
}

impl WaitError {
    pub(super) fn expired(wait: &PushWait, push: Option<PendingPush>) -> Self {
        Self::Expired { wait: wait.clone(), push: push.map(Box::new) }
    }

    /// How it ended, in one word such as `timed_out`, for the label of a metric.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Denied(_) => "denied",
            Self::TimedOut(_) => "timed_out",
            Self::Cancelled(_) => "cancelled",
            Self::Changed(_) => "changed",
            Self::Unknown(_) => "unknown",
            Self::Expired { .. } => "expired",
            Self::ReadFailed { .. } => "read_failed",
            Self::Stopped(_) => "stopped",
        }
    }

    /// The wait, if the service has not decided yet.
    #[must_use]
    pub fn wait(&self) -> Option<&PushWait> {
        match self {
            Self::Expired { wait, .. } | Self::ReadFailed { wait, .. } | Self::Stopped(wait) => Some(wait),
            _ => None,
        }
    }

    /// What can be done with the authentication now, if a reply says so.
    #[must_use]
    pub fn into_next_step(self) -> Option<NextStep> {
        Some(match self {
            Self::Denied(failed) => NextStep::Failed(failed),
            Self::TimedOut(selection) => NextStep::PushTimedOut(selection),
            Self::Cancelled(selection) => NextStep::DeviceSelection(selection),
            Self::Changed(step) => step,
            Self::Unknown(reply) => NextStep::Unknown(reply),
            Self::Expired { push, .. } => NextStep::Push(*push?),
            Self::ReadFailed { .. } | Self::Stopped(_) => return None,
        })
    }
}

impl fmt::Display for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Denied(_) => "the push was denied, or the authentication failed",
            Self::TimedOut(_) => "nobody answered the push in time: offer another device",
            Self::Cancelled(_) => "the push was cancelled: another device can be chosen",
            Self::Changed(_) => "the log-in continued with another device",
            Self::Unknown(_) => "the service sent a status that this version of the SDK does not know",
            Self::Expired { .. } => "the wait expired before the push was answered: wait again, or cancel the push",
            Self::ReadFailed { .. } => "the authentication could not be read: resume the wait",
            Self::Stopped(_) => "the wait was stopped",
        })
    }
}

impl error::Error for WaitError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::ReadFailed { error, .. } => Some(error),
            Self::Expired { wait, .. } => wait.last_error().map(|error| error as _),
            _ => None,
        }
    }
}
