use std::{
    num::NonZeroU64,
    ops::ControlFlow,
    time::{Duration, SystemTime},
};

use pingone_model::{
    Completed, DeviceAuthentication, DeviceAuthenticationId, DeviceId, DeviceSelection, Document, Glance, NextStep,
    PendingPush, ReadDeviceAuthentication, Status,
};

use super::{OtherDevices, WaitError, selected};
use crate::{Answer, Call, CallOptions, Error, Now, RetryPolicy, Session};

/// A wait for the answer to a push, and all that is needed to go on with it elsewhere.
///
/// It knows which authentication and which device it waits for, and when it ends. It is text, too, without secrets:
/// `Display` writes it, `FromStr` reads it, and with serde it is a string. Another process can
/// [resume](Self#for-drivers) it, for the service has all other state.
///
/// Whoever can change the text can have you wait for another authentication, such as one of their own. So keep it where
/// the user cannot reach it, or sign it; and ask [`Completed::is_for`](pingone_model::Completed::is_for) with the user
/// who logs in.
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

/// What the driver has to do for a [`PushWait`].
#[derive(Debug)]
pub enum WaitAction {
    /// Drive this call, and report its end to [`PushWait::received`].
    Read(Box<Call>),
    /// Do nothing for this long.
    Sleep(Duration),
    /// Nothing: the wait is over.
    Done(WaitError),
}

/// No wait is longer, in milliseconds: a day. No push lives for as much as three minutes.
const LONGEST: u32 = 24 * 60 * 60 * 1_000;

/// The last read is made so long before the end, in milliseconds, that its reply is there in time.
const LAST_READ: u32 = 1_000;

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

    /// What has to be done now.
    pub fn next(&mut self, session: &Session, now: Now) -> WaitAction {
        self.next_with(session, &CallOptions::new(), now)
    }

    /// The same with options for the reads: their ids go along. How long a read takes and how often it is sent is the
    /// wait's affair.
    pub fn next_with(&mut self, session: &Session, options: &CallOptions, now: Now) -> WaitAction {
        let left = self.left(now);
        if std::mem::take(&mut self.is_new) {
            self.pause(left, session.configuration().wait.first);
        }
        if left == 0 {
            return WaitAction::Done(WaitError::expired(self, None));
        }
        if left > self.next_read {
            return WaitAction::Sleep(Duration::from_millis((left - self.next_read).into()));
        }
        let options = options.clone().timeout(Duration::from_millis(left.into())).retry(RetryPolicy::never());
        match session.call_with(&self.read(), &options, now) {
            Ok(call) => {
                self.reads = self.reads.saturating_add(1);
                WaitAction::Read(Box::new(call))
            }
            Err(error) => WaitAction::Done(WaitError::read_failed(self, error)),
        }
    }

    /// Reports what came of [`WaitAction::Read`], and hears whether that is the end.
    ///
    /// It is a success only if the service says `COMPLETED` of this authentication, and of this device as far as it
    /// names one.
    pub fn received(
        &mut self,
        session: &Session,
        now: Now,
        read: Result<Answer, Error>,
    ) -> ControlFlow<Result<Completed, WaitError>> {
        let left = self.left(now);
        let answer = match read {
            Ok(answer) => answer,
            Err(error) => return self.missed(session, left, error),
        };
        let is_pending = match Glance::from_json(answer.response().body()) {
            Ok(glance) => {
                *glance.status() == Status::PushConfirmationRequired
                    && glance.is_about(self.id.as_str())
                    && self.is_ours(glance.selected_device_id())
            }
            Err(_) => match answer.read(&self.read()) {
                Err(error) => return self.missed(session, left, error),
                // It cannot come to this: whatever is read whole has a status.
                Ok(reply) => return ControlFlow::Break(Err(WaitError::Unknown(reply))),
            },
        };
        (self.failures, self.put_off, self.last_error) = (0, 0, None);
        if is_pending && left > LAST_READ {
            self.pause(left, session.configuration().wait.pause(0, &mut session.random()));
            return ControlFlow::Continue(());
        }
        ControlFlow::Break(match answer.read(&self.read()) {
            Ok(reply) => self.end(reply),
            Err(error) => Err(WaitError::read_failed(self, error)),
        })
    }

    /// What a reply means that ends the wait.
    fn end(&self, reply: Document<DeviceAuthentication>) -> Result<Completed, WaitError> {
        let is_ours = self.is_ours(selected(&reply).map(DeviceId::as_str));
        match reply.into_next_step() {
            NextStep::Completed(completed) if is_ours => Ok(completed),
            NextStep::Push(push) if is_ours => Err(WaitError::expired(self, Some(push))),
            NextStep::Failed(failed) => Err(WaitError::Denied(failed)),
            NextStep::PushTimedOut(selection) => Err(WaitError::TimedOut(self.others(selection))),
            NextStep::DeviceSelection(selection) => Err(WaitError::Cancelled(self.others(selection))),
            NextStep::Unknown(reply) => Err(WaitError::Unknown(reply)),
            other => Err(WaitError::Changed(other)),
        }
    }

    fn others(&self, selection: DeviceSelection) -> OtherDevices {
        OtherDevices::new(selection, self.device.as_ref())
    }

    /// A read told nothing. Goes on if that may pass.
    fn missed(&mut self, session: &Session, left: u32, error: Error) -> ControlFlow<Result<Completed, WaitError>> {
        let policy = &session.configuration().wait;
        let asked = error.retry_after().unwrap_or_default();
        let count = if error.is_throttled() { &mut self.put_off } else { &mut self.failures };
        *count = count.saturating_add(1);
        let goes_on = error.may_pass() && self.failures <= policy.max_failures;
        if !goes_on || milliseconds(asked) > left.saturating_sub(LAST_READ).into() && !asked.is_zero() {
            return ControlFlow::Break(Err(WaitError::read_failed(self, error)));
        }
        self.last_error = Some(error);
        if left <= LAST_READ {
            return ControlFlow::Break(Err(WaitError::expired(self, None)));
        }
        let pause = policy.pause(self.failures.saturating_add(self.put_off), &mut session.random());
        self.pause(left, pause.max(asked));
        ControlFlow::Continue(())
    }

    /// Whether a reply that names `device` can be about the push that is waited for.
    fn is_ours(&self, device: Option<&str>) -> bool {
        match (&self.device, device) {
            (Some(ours), Some(device)) => ours.as_str() == device,
            _ => true,
        }
    }

    /// Reads next after `pause`, and once more before the end.
    fn pause(&mut self, left: u32, pause: Duration) {
        let pause = u32::try_from(milliseconds(pause)).unwrap_or(u32::MAX);
        self.next_read = left.saturating_sub(pause).max(left.min(LAST_READ));
    }

    /// How long it has, in milliseconds. Its first step turns the deadline into one on the clock that never jumps.
    fn left(&mut self, now: Now) -> u32 {
        let monotonic = milliseconds(now.monotonic);
        let since_1970 = || milliseconds(now.wall.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default());
        let ends = *self.ends.get_or_insert_with(|| {
            let left = self.deadline.saturating_sub(since_1970()).min(LONGEST.into());
            NonZeroU64::MIN.saturating_add(monotonic.saturating_add(left))
        });
        u32::try_from((ends.get() - 1).saturating_sub(monotonic)).unwrap_or(LONGEST)
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
