mod drive;

use std::{
    num::NonZeroU64,
    time::{Duration, SystemTime},
};

use pingone_model::{DeviceAuthenticationId, DeviceId, PendingPush, ReadDeviceAuthentication};

pub use self::drive::WaitAction;
use crate::{Error, wait::selected};

/// A wait for the answer to a push, and all that is needed to go on with it elsewhere.
///
/// It knows which authentication and which device it waits for, and when it ends. It is text, too, without secrets:
/// `Display` writes it, `FromStr` reads it, and with serde it is a string. Another process can
/// [resume](Self#for-drivers) it, for the service has all other state.
///
/// Whoever can change the text can have you wait for another authentication, such as one of their own. So keep it where
/// the user cannot reach it, or sign it; and compare [`Completed::user_id`](pingone_model::Completed::user_id) with the
/// user who logs in.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use pingone_client_core::PushWait;
/// use pingone_model::{DeviceAuthentication, Document, NextStep};
///
/// let reply = r#"{"id": "a-1", "status": "PUSH_CONFIRMATION_REQUIRED", "selectedDevice": {"id": "d-1"}}"#;
/// let begun = Document::<DeviceAuthentication>::from_json(reply)?;
/// let NextStep::Push(push) = begun.into_next_step() else { panic!("no push") };
///
/// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_764_100_000);
/// let wait = PushWait::new(&push, Duration::from_secs(60), now);
/// assert_eq!(wait.to_string(), "1:1764100060000:a-1:d-1");
/// let resumed: PushWait = wait.to_string().parse()?;
/// assert_eq!(resumed.id(), push.id());
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
///
/// # For drivers
///
/// Ask [`next`](Self::next), do what it says, report each read to [`received`](Self::received), and ask again until one
/// of the two brings the end.
#[derive(Clone, Debug)]
pub struct PushWait {
    id: DeviceAuthenticationId,
    /// The device whose push it is, if the service said so.
    device: Option<DeviceId>,
    /// When it ends, in milliseconds since 1970: what another process goes by.
    deadline: u64,
    /// The same on this process's monotonic clock, in milliseconds and one more; from the first step on.
    ends: Option<NonZeroU64>,
    /// How long before its end it next reads, in milliseconds.
    next_read: u32,
    /// How often it has read, since it was made or resumed.
    reads: u32,
    /// How many reads in a row failed, and how many the service put off.
    failures: u8,
    put_off: u8,
    is_new: bool,
    last_error: Option<Error>,
}

/// No wait is longer, in milliseconds: a day. No push lives for as much as three minutes.
const LONGEST: u32 = 24 * 60 * 60 * 1_000;

impl PushWait {
    /// A wait for the answer to `push` that ends after `within`, which is a day at most.
    ///
    /// PingOne lets a push time out after 40 to 150 seconds, as the policy says; a wait that is a little longer sees
    /// that happen.
    #[must_use]
    pub fn new(push: &PendingPush, within: Duration, now: SystemTime) -> Self {
        let device = selected(push.authentication());
        let since_1970 = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let deadline = milliseconds(since_1970).saturating_add(milliseconds(within).min(LONGEST.into()));
        Self { is_new: true, ..Self::restored(push.id().clone(), device.cloned(), deadline) }
    }

    /// A wait that has begun elsewhere, and so reads at once.
    pub(super) fn restored(id: DeviceAuthenticationId, device: Option<DeviceId>, deadline: u64) -> Self {
        Self {
            id,
            device,
            deadline,
            ends: None,
            next_read: LONGEST,
            reads: 0,
            failures: 0,
            put_off: 0,
            is_new: false,
            last_error: None,
        }
    }

    /// The authentication.
    #[must_use]
    pub fn id(&self) -> &DeviceAuthenticationId {
        &self.id
    }

    /// The device whose push it is, if the service said so.
    #[must_use]
    pub fn device_id(&self) -> Option<&DeviceId> {
        self.device.as_ref()
    }

    /// When it ends.
    #[must_use]
    pub fn deadline(&self) -> SystemTime {
        let since_1970 = Duration::from_millis(self.deadline);
        SystemTime::UNIX_EPOCH.checked_add(since_1970).unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// The same in milliseconds since 1970.
    pub(super) fn deadline_in_milliseconds(&self) -> u64 {
        self.deadline
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

    /// Asks where the authentication stands now.
    #[must_use]
    pub fn read(&self) -> ReadDeviceAuthentication {
        ReadDeviceAuthentication::new(&self.id)
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
    }
}
