//! When a wait reads, and what a reply means to it.

use std::{
    num::NonZeroU64,
    ops::ControlFlow,
    time::{Duration, SystemTime},
};

use pingone_model::{Completed, DeviceAuthentication, DeviceId, DeviceSelection, Document, Glance, NextStep, Status};

use super::{LONGEST, PushWait, milliseconds};
use crate::{
    Answer, Call, CallOptions, Error, Now, RetryPolicy, Session, WaitError,
    wait::{abandoning, selected},
};

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

/// The last read is made so long before the end, in milliseconds, that its reply is there in time.
const LAST_READ: u32 = 1_000;

impl PushWait {
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

    fn others(&self, selection: DeviceSelection) -> DeviceSelection {
        abandoning(selection, self.device.as_ref())
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
