use std::{error, fmt};

use pingone_model::{
    Document,
    pairing_key::{FailedKey, PairingKey, UnclaimedKey},
};

use super::KeyWait;
use crate::Error;

/// Why a wait for a pairing key ended although no app has claimed it. None of these paired a phone, as far as is
/// known.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum KeyWaitError {
    /// An app tried to claim the key, and failed. Create another one.
    Failed(FailedKey),
    /// The key is gone: it has expired, or somebody deleted it (*inferred* from 404). Create another
    /// one.
    Gone(Error),
    /// A status that this version does not know.
    Unknown(Document<PairingKey>),
    /// The wait's own time is up, and no app has claimed the key yet.
    #[non_exhaustive]
    Expired {
        /// The wait.
        wait: KeyWait,
        /// The key as last read, if that succeeded: it can be deleted, or waited for again.
        key: Option<Box<UnclaimedKey>>,
    },
    /// The key could not be read: too often in a row, or for a permanent reason, such as a reply
    /// about another key.
    #[non_exhaustive]
    ReadFailed {
        /// Why the last read failed.
        error: Error,
        /// The wait, which can be resumed.
        wait: KeyWait,
    },
    /// The caller stopped the wait, which can be resumed.
    Stopped(KeyWait),
}

impl KeyWaitError {
    pub(super) fn expired(wait: &KeyWait, key: Option<UnclaimedKey>) -> Self {
        Self::Expired { wait: wait.clone(), key: key.map(Box::new) }
    }

    /// How it ended, in one word such as `expired`, for the label of a metric.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Failed(_) => "failed",
            Self::Gone(_) => "gone",
            Self::Unknown(_) => "unknown",
            Self::Expired { .. } => "expired",
            Self::ReadFailed { .. } => "read_failed",
            Self::Stopped(_) => "stopped",
        }
    }

    /// The wait, if the service has not decided yet.
    #[must_use]
    pub fn wait(&self) -> Option<&KeyWait> {
        match self {
            Self::Expired { wait, .. } | Self::ReadFailed { wait, .. } | Self::Stopped(wait) => Some(wait),
            _ => None,
        }
    }
}

impl fmt::Display for KeyWaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Failed(_) => "the phone could not be paired: create another pairing key",
            Self::Gone(_) => "the pairing key has expired or was deleted: create another one",
            Self::Unknown(_) => "the service sent a status that this version of the SDK does not know",
            Self::Expired { .. } => {
                "the wait expired before an app claimed the pairing key: wait again, or delete the key"
            }
            Self::ReadFailed { .. } => "the pairing key could not be read: resume the wait",
            Self::Stopped(_) => "the wait was stopped",
        })
    }
}

impl error::Error for KeyWaitError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Gone(error) | Self::ReadFailed { error, .. } => Some(error),
            Self::Expired { wait, .. } => wait.last_error().map(|error| error as _),
            _ => None,
        }
    }
}
