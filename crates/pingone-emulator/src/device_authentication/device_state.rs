use std::collections::HashMap;

use jiff::Timestamp;

use crate::{
    clock::{after, signed},
    data::{Policy, PushLimit},
};

/// What the service remembers of each device, over all authentications.
#[derive(Clone, Default)]
pub(crate) struct DeviceStates(HashMap<(String, String), DeviceState>);

#[derive(Clone, Default)]
pub(super) struct DeviceState {
    failures: u32,
    pub(super) push_fails: Vec<Timestamp>,
    locked_until: Option<Timestamp>,
    pub(super) sign_count: Option<u32>,
    /// The last window of time whose code was used.
    pub(super) used_window: Option<u64>,
}

impl DeviceStates {
    pub(super) fn state(&mut self, user_id: &str, device_id: &str) -> &mut DeviceState {
        self.0.entry((user_id.to_owned(), device_id.to_owned())).or_default()
    }

    pub(super) fn find(&self, user_id: &str, device_id: &str) -> Option<&DeviceState> {
        self.0.get(&(user_id.to_owned(), device_id.to_owned()))
    }
}

impl DeviceState {
    pub(super) fn locked_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.locked_until.filter(|until| now < *until)
    }

    /// Counts a wrong code or assertion; returns how many tries are left until the device is locked.
    ///
    /// Rule: ATTEMPTS_LOCK_THE_DEVICE.
    pub(super) fn failed(&mut self, policy: &Policy, now: Timestamp) -> u32 {
        self.failures += 1;
        let remaining = policy.otp_failures.saturating_sub(self.failures);
        if remaining == 0 {
            self.failures = 0;
            self.locked_until = Some(after(now, signed(policy.cool_down)));
        }
        remaining
    }

    pub(super) fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// Rule: PUSH_LIMIT.
    pub(super) fn push_failed(&mut self, limit: &PushLimit, at: Timestamp) {
        self.push_fails.push(at);
        let recent = |fail: &&Timestamp| at.duration_since(**fail) <= signed(limit.time_period);
        if self.push_fails.iter().filter(recent).count() >= limit.count as usize {
            self.push_fails.clear();
            self.locked_until = Some(after(at, signed(limit.lock_duration)));
        }
    }

    pub(super) fn push_succeeded(&mut self) {
        self.push_fails.clear();
    }
}
