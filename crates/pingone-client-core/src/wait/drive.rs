//! When a wait reads, and what a reply means to it.

use std::{
    num::NonZeroU64,
    ops::ControlFlow,
    time::{Duration, SystemTime},
};

use super::{Awaited, Unfinished, Wait, milliseconds};
use crate::{Answer, Call, CallOptions, Error, Now, RetryPolicy, Session};

/// What the driver has to do for a [`Wait`].
#[derive(Debug)]
pub enum WaitAction<E> {
    /// Drive this call, and report its outcome to [`Wait::received`].
    Read(Box<Call>),
    /// Do nothing for this long.
    Sleep(Duration),
    /// Nothing: the wait is over.
    Done(E),
}

/// How long before the end the last read is made, in milliseconds, so that its reply arrives in time.
const LAST_READ: u32 = 1_000;

impl<T: Awaited> Wait<T> {
    /// What has to be done now.
    pub fn next(&mut self, session: &Session, now: Now) -> WaitAction<T::Error> {
        self.next_with(session, &CallOptions::new(), now)
    }

    /// The same, with options for the reads: their ids are sent along. How long a read may take and how often it is sent
    /// is decided by the wait.
    pub fn next_with(&mut self, session: &Session, options: &CallOptions, now: Now) -> WaitAction<T::Error> {
        let left = self.left(now);
        if std::mem::take(&mut self.is_new) {
            self.pause(left, session.configuration().wait.first);
        }
        if left == 0 {
            return WaitAction::Done(T::unfinished(self, Unfinished::Expired));
        }
        if left > self.next_read {
            return WaitAction::Sleep(Duration::from_millis((left - self.next_read).into()));
        }
        let options = options.clone().timeout(Duration::from_millis(left.into())).retry(RetryPolicy::never());
        match session.call_with(&self.awaited.read(), &options, now) {
            Ok(call) => {
                self.reads = self.reads.saturating_add(1);
                WaitAction::Read(Box::new(call))
            }
            Err(error) => WaitAction::Done(T::unfinished(self, Unfinished::ReadFailed(error))),
        }
    }

    /// Reports the outcome of [`WaitAction::Read`]; returns whether that is the end.
    ///
    /// It is a success only if the service says so about what is awaited.
    pub fn received(
        &mut self,
        session: &Session,
        now: Now,
        read: Result<Answer, Error>,
    ) -> ControlFlow<Result<T::Success, T::Error>> {
        let left = self.left(now);
        let answer = match read {
            Ok(answer) => answer,
            Err(error) => return self.missed(session, left, error),
        };
        let Some(is_pending) = self.awaited.is_pending(answer.response().body()) else {
            return match answer.read(&self.awaited.read()) {
                Err(error) => self.missed(session, left, error),
                // Unreachable: whatever can be read whole can be glanced at.
                Ok(reply) => ControlFlow::Break(T::end(self, reply)),
            };
        };
        (self.failures, self.put_off, self.last_error) = (0, 0, None);
        if is_pending && left > LAST_READ {
            self.pause(left, session.configuration().wait.pause(0, &mut session.random()));
            return ControlFlow::Continue(());
        }
        ControlFlow::Break(match answer.read(&self.awaited.read()) {
            Ok(reply) => T::end(self, reply),
            Err(error) => Err(T::unfinished(self, Unfinished::ReadFailed(error))),
        })
    }

    /// The end of a wait that the caller stopped.
    #[must_use]
    pub fn stopped(self) -> T::Error {
        T::unfinished(&self, Unfinished::Stopped)
    }

    /// A read failed. Continues if that may be temporary.
    fn missed(&mut self, session: &Session, left: u32, error: Error) -> ControlFlow<Result<T::Success, T::Error>> {
        let policy = &session.configuration().wait;
        let asked = error.retry_after().unwrap_or_default();
        let count = if error.is_throttled() { &mut self.put_off } else { &mut self.failures };
        *count = count.saturating_add(1);
        let goes_on = error.may_pass() && self.failures <= policy.max_failures;
        if !goes_on || milliseconds(asked) > left.saturating_sub(LAST_READ).into() && !asked.is_zero() {
            return ControlFlow::Break(Err(T::unfinished(self, Unfinished::ReadFailed(error))));
        }
        self.last_error = Some(error);
        if left <= LAST_READ {
            return ControlFlow::Break(Err(T::unfinished(self, Unfinished::Expired)));
        }
        let pause = policy.pause(self.failures.saturating_add(self.put_off), &mut session.random());
        self.pause(left, pause.max(asked));
        ControlFlow::Continue(())
    }

    /// Reads next after `pause`, and once more before the end.
    fn pause(&mut self, left: u32, pause: Duration) {
        let pause = u32::try_from(milliseconds(pause)).unwrap_or(u32::MAX);
        self.next_read = left.saturating_sub(pause).max(left.min(LAST_READ));
    }

    /// How long is left, in milliseconds. The first step converts the deadline to the monotonic clock.
    fn left(&mut self, now: Now) -> u32 {
        let monotonic = milliseconds(now.monotonic);
        let since_1970 = || milliseconds(now.wall.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default());
        let ends = *self.ends.get_or_insert_with(|| {
            let left = self.deadline.saturating_sub(since_1970()).min(T::LONGEST.into());
            NonZeroU64::MIN.saturating_add(monotonic.saturating_add(left))
        });
        u32::try_from((ends.get() - 1).saturating_sub(monotonic)).unwrap_or(T::LONGEST)
    }
}
