use jiff::Timestamp;

use crate::{
    clock::{after, signed},
    resource::device_authentication_policy::{FailureLimit, PushLimit},
};

/// What the service remembers about a device, over all authentications.
#[derive(Clone, Default)]
pub(crate) struct DeviceState {
    failures: u32,
    pub(crate) push_fails: Vec<PushFail>,
    locked_until: Option<Timestamp>,
    /// Whether pushes have led to the lock, and no codes.
    is_locked_by_pushes: bool,
    /// The last window of time whose code was used.
    pub(crate) used_window: Option<u64>,
}

/// A push that nobody has approved.
#[derive(Clone)]
pub(crate) struct PushFail {
    pub(crate) at: Timestamp,
    /// Whether it counts towards the limit.
    pub(crate) counts: bool,
}

/// A policy's limit is 50 at most: there is no need to remember more. One that is higher locks nothing.
const MOST_PUSH_FAILS: usize = 50;

impl DeviceState {
    pub(crate) fn locked_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.locked_until.filter(|until| now < *until)
    }

    /// Why it is locked, as management says it.
    pub(crate) fn lock_reason(&self) -> &'static str {
        if self.is_locked_by_pushes { "PUSH" } else { "OTP" }
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
            self.is_locked_by_pushes = false;
        }
        remaining
    }

    pub(crate) fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// Wrong codes and denied pushes so far lead to no lock any more. One that there is goes on.
    pub(crate) fn forget_failures(&mut self) {
        self.failures = 0;
        self.push_fails.iter_mut().for_each(|fail| fail.counts = false);
    }

    /// An administrator ends the lock, which resets the count of tries.
    pub(crate) fn unlock(&mut self) {
        self.forget_failures();
        self.locked_until = None;
    }

    /// Rule: PUSH_LIMIT.
    pub(crate) fn push_failed(&mut self, fail: PushFail, limit: &PushLimit) {
        let at = fail.at;
        self.push_fails.push(fail);
        let is_recent = |fail: &&PushFail| at.duration_since(fail.at) <= signed(limit.time_period);
        let count = self.push_fails.iter().filter(is_recent).filter(|fail| fail.counts).count();
        if count >= limit.count as usize {
            self.push_fails.clear();
            self.locked_until = Some(after(at, signed(limit.lock_duration)));
            self.is_locked_by_pushes = true;
        }
        self.push_fails.drain(..self.push_fails.len().saturating_sub(MOST_PUSH_FAILS));
    }

    pub(crate) fn push_succeeded(&mut self) {
        self.push_fails.clear();
    }
}
