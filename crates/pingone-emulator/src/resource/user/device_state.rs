use jiff::Timestamp;

use crate::{
    clock::{after, signed},
    resource::device_authentication_policy::{FailureLimit, PushLimit},
};

/// What the service remembers of a device, over all authentications.
#[derive(Clone, Default)]
pub(crate) struct DeviceState {
    failures: u32,
    pub(crate) push_fails: Vec<Timestamp>,
    locked_until: Option<Timestamp>,
    pub(crate) sign_count: Option<u32>,
    /// The last window of time whose code was used.
    pub(crate) used_window: Option<u64>,
}

impl DeviceState {
    pub(crate) fn locked_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.locked_until.filter(|until| now < *until)
    }

    /// Counts a wrong code or assertion; returns how many tries are left until the device is locked.
    ///
    /// Rule: ATTEMPTS_LOCK_THE_DEVICE.
    pub(crate) fn failed(&mut self, limit: FailureLimit, now: Timestamp) -> u32 {
        self.failures += 1;
        let remaining = limit.count.saturating_sub(self.failures);
        if remaining == 0 {
            self.failures = 0;
            self.locked_until = Some(after(now, signed(limit.cool_down)));
        }
        remaining
    }

    pub(crate) fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// Rule: PUSH_LIMIT.
    pub(crate) fn push_failed(&mut self, limit: &PushLimit, at: Timestamp) {
        self.push_fails.push(at);
        let recent = |fail: &&Timestamp| at.duration_since(**fail) <= signed(limit.time_period);
        if self.push_fails.iter().filter(recent).count() >= limit.count as usize {
            self.push_fails.clear();
            self.locked_until = Some(after(at, signed(limit.lock_duration)));
        }
    }

    pub(crate) fn push_succeeded(&mut self) {
        self.push_fails.clear();
    }
}
