//! Waiting for the answer to a push, or for an app to claim a pairing key: one machine for both.

mod drive;
mod key;
mod policy;
mod push;
mod text;

use std::{
    fmt,
    num::NonZeroU64,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use pingone_model::Operation;

pub use drive::WaitAction;
pub use key::{AwaitedKey, KeyWait, KeyWaitError};
pub use policy::WaitPolicy;
pub use push::{AwaitedPush, PushWait, WaitError};
pub(crate) use push::{abandoning, selected};
pub use text::ParseWaitError;

use crate::Error;

/// A wait, and all that is needed to continue it elsewhere: a [`PushWait`] or a [`KeyWait`].
///
/// It knows what it waits for, and when it ends. It can be stored as text, without secrets: `Display` writes it,
/// `FromStr` reads it, and with serde it is a string. Another process can [resume](Self#for-drivers) it, because the
/// service has all other state.
///
/// Whoever can change the text can have you wait for something else, such as a log-in of their own. So keep it where the
/// user cannot reach it, or sign it; and ask of a success whom it is for.
///
/// # For drivers
///
/// Ask [`next`](Self::next), do what it says, report each read to [`received`](Self::received), and ask again until one
/// of the two returns the end.
#[derive(Clone, Debug)]
pub struct Wait<T> {
    awaited: T,
    /// When it ends, in milliseconds since 1970: what another process needs.
    deadline: u64,
    /// The same on this process's monotonic clock, in milliseconds plus one; set by the first step.
    ends: Option<NonZeroU64>,
    /// How long before its end it next reads, in milliseconds.
    next_read: u32,
    /// How often it has read, since it was made or resumed.
    reads: u32,
    /// How many reads in a row failed, and how many were throttled.
    failures: u8,
    put_off: u8,
    is_new: bool,
    last_error: Option<Error>,
}

/// What can be awaited: a push ([`AwaitedPush`]) or a pairing key ([`AwaitedKey`]).
///
/// It says what is read and what ends the wait. Deadline, rhythm, throttling, failures in a row and the text are part of
/// every [`Wait`]. It cannot be implemented elsewhere.
pub trait Awaited: sealed::Sealed + Clone + fmt::Debug + Send + Sync + 'static {
    /// What the wait is for: the proof that the service said so.
    type Success: Send;

    /// Why a wait ended without it.
    type Error: Send;

    #[doc(hidden)]
    type Read: Operation;

    /// The prefix of its text, which tells the kinds apart.
    #[doc(hidden)]
    const PREFIX: &'static str;

    /// The longest wait for it, in milliseconds.
    #[doc(hidden)]
    const LONGEST: u32;

    #[doc(hidden)]
    fn read(&self) -> Self::Read;

    /// Whether a reply with this body says that nothing has happened yet; `None` if only the whole reply tells.
    #[doc(hidden)]
    fn is_pending(&self, body: &Bytes) -> Option<bool>;

    /// The end of the wait, by a reply.
    #[doc(hidden)]
    fn end(wait: &Wait<Self>, reply: <Self::Read as Operation>::Output) -> Result<Self::Success, Self::Error>;

    /// The end of the wait, without a reply.
    #[doc(hidden)]
    fn unfinished(wait: &Wait<Self>, why: Unfinished) -> Self::Error;

    /// Writes what is waited for.
    #[doc(hidden)]
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;

    /// Reads what [`write`](Self::write) has written.
    #[doc(hidden)]
    fn parse(text: &str) -> Option<Self>;
}

/// Why a wait ends without a reply.
#[doc(hidden)]
#[derive(Debug)]
pub enum Unfinished {
    /// Its time is up.
    Expired,
    /// Nothing could be read.
    ReadFailed(Error),
    /// The caller stopped it.
    Stopped,
}

mod sealed {
    pub trait Sealed {}
}
use sealed::Sealed;

impl<T: Awaited> Wait<T> {
    fn begun(awaited: T, within: Duration, now: SystemTime) -> Self {
        let since_1970 = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let deadline = milliseconds(since_1970).saturating_add(milliseconds(within).min(T::LONGEST.into()));
        Self { is_new: true, ..Self::restored(awaited, deadline) }
    }

    /// A wait that began elsewhere, so it reads at once.
    fn restored(awaited: T, deadline: u64) -> Self {
        Self {
            awaited,
            deadline,
            ends: None,
            next_read: T::LONGEST,
            reads: 0,
            failures: 0,
            put_off: 0,
            is_new: false,
            last_error: None,
        }
    }

    /// When it ends.
    #[must_use]
    pub fn deadline(&self) -> SystemTime {
        let since_1970 = Duration::from_millis(self.deadline);
        SystemTime::UNIX_EPOCH.checked_add(since_1970).unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// How often it has read, since it was made or resumed.
    #[must_use]
    pub fn reads(&self) -> u32 {
        self.reads
    }

    /// How much time it has left at this moment.
    #[must_use]
    pub fn time_left(&self, now: SystemTime) -> Duration {
        self.deadline().duration_since(now).unwrap_or_default()
    }

    /// Why the last read failed, if it did.
    #[must_use]
    pub fn last_error(&self) -> Option<&Error> {
        self.last_error.as_ref()
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_small() {
        assert!(size_of::<PushWait>() <= 72, "{}", size_of::<PushWait>());
        assert!(size_of::<KeyWait>() <= 72, "{}", size_of::<KeyWait>());
    }
}
