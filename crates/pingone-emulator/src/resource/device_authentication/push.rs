//! A push: what the user does with it, and when.

use std::time::Duration;

use jiff::Timestamp;

use crate::clock::{after, signed};

/// What the user does with a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PushAnswer {
    /// Approves it: the authentication is `COMPLETED`.
    Approve,
    /// Denies it: the authentication is `FAILED`.
    Deny,
    /// Lets it time out at once.
    TimeOut,
}

/// What the user does with every push that is sent from now on, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct PushScript {
    answer: PushAnswer,
    when: When,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Reads(u32),
    Time(Duration),
}

impl PushScript {
    /// Does it before the first *read* is answered.
    pub fn new(answer: PushAnswer) -> Self {
        Self { answer, when: When::Reads(1) }
    }

    /// Does it before the *read* of this number is answered.
    pub fn at_read(self, number: u32) -> Self {
        Self { when: When::Reads(number), ..self }
    }

    /// Does it once this time has passed on the service's clock.
    pub fn after(self, time: Duration) -> Self {
        Self { when: When::Time(time), ..self }
    }
}

/// A pending push.
#[derive(Clone)]
pub(super) struct Push {
    sent_at: Timestamp,
    pub(super) times_out_at: Timestamp,
    pub(super) number: Option<u32>,
    script: Option<PushScript>,
    reads: u32,
}

impl Push {
    pub(super) fn new(now: Timestamp, timeout: Duration, number: Option<u32>, script: Option<PushScript>) -> Self {
        Self { sent_at: now, times_out_at: after(now, signed(timeout)), number, script, reads: 0 }
    }

    pub(super) fn count_read(&mut self) {
        self.reads = self.reads.saturating_add(1);
    }

    /// When something will have happened to it by itself.
    pub(super) fn due_at(&self) -> Timestamp {
        let scripted = self.script.as_ref().and_then(|script| match script.when {
            When::Reads(number) => (self.reads >= number).then_some(self.sent_at),
            When::Time(time) => Some(after(self.sent_at, signed(time))),
        });
        scripted.map_or(self.times_out_at, |at| at.min(self.times_out_at))
    }

    /// What has happened to it until `now`, and when.
    ///
    /// Rule: PUSH_TIMES_OUT.
    pub(super) fn outcome(&self, now: Timestamp) -> Option<(PushAnswer, Timestamp)> {
        let time_out = (PushAnswer::TimeOut, self.times_out_at);
        let scripted = self.script.as_ref().and_then(|script| match script.when {
            When::Reads(number) => (self.reads >= number).then_some((script.answer, now)),
            When::Time(time) => Some((script.answer, after(self.sent_at, signed(time)))),
        });
        scripted.filter(|(_, at)| *at < self.times_out_at).or(Some(time_out)).filter(|(_, at)| *at <= now)
    }
}
