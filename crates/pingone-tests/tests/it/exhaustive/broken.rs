//! Waiters and a change of device as they should not be; each is what somebody has written once.

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use pingone_client_core::{Now, Session};
use pingone_model::{
    DeviceAuthenticationId, Glance, InitializeDeviceAuthentication, PendingPush, ReadDeviceAuthentication, Status,
};

use super::{
    ours::Change,
    scene::{Reply, request},
    world::{Canceller, Step, Verdict, WITHIN, Waiter},
};

/// A loop as it is written by hand: sleep, read, look at the status.
#[derive(Clone)]
struct Poll {
    id: DeviceAuthenticationId,
    next_read: Duration,
    has_deadline: bool,
}

impl Poll {
    fn new(push: &PendingPush) -> Self {
        Self { id: push.id().clone(), next_read: Duration::from_secs(2), has_deadline: true }
    }

    fn next(&mut self, session: &Session, now: Now) -> Step {
        if self.has_deadline && self.next_read > WITHIN {
            return Step::Ended(Verdict::Expired);
        }
        if now.monotonic < self.next_read {
            return Step::Sleep(self.next_read - now.monotonic);
        }
        self.next_read = now.monotonic + Duration::from_secs(2);
        Step::Read(request(session, &ReadDeviceAuthentication::new(&self.id)).into())
    }
}

fn status(reply: Reply) -> Option<Status> {
    Some(Glance::from_json(reply.ok()?.body()).ok()?.status().clone())
}

macro_rules! waiter {
    ($(#[$doc:meta])* $name:ident, $has_deadline:literal, $verdict:expr) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub(super) struct $name(Poll);

        impl Waiter for $name {
            fn new(push: &PendingPush, _: &Session, _: Now) -> Self {
                Self(Poll { has_deadline: $has_deadline, ..Poll::new(push) })
            }

            fn next(&mut self, session: &Session, now: Now) -> Step {
                self.0.next(session, now)
            }

            fn received(&mut self, _: &Session, _: Now, reply: Reply) -> Option<Verdict> {
                let verdict: fn(Status) -> Option<Verdict> = $verdict;
                verdict(status(reply)?)
            }
        }
    };
}

waiter! {
    /// Whatever is no longer pending is fine.
    SelectionIsSuccess, true, |status| match status {
        Status::PushConfirmationRequired => None,
        Status::Failed => Some(Verdict::Denied),
        Status::PushConfirmationTimedOut => Some(Verdict::TimedOut),
        _ => Some(Verdict::Approved),
    }
}

waiter! {
    /// It waits until somebody decides.
    NoDeadline, false, |status| match status {
        Status::PushConfirmationRequired => None,
        Status::Completed => Some(Verdict::Denied),
        _ => Some(Verdict::Cancelled),
    }
}

waiter! {
    /// It goes on after the push was taken back, and takes any completion for the one it waits for.
    AnyCompletion, true, |status| match status {
        Status::Completed => Some(Verdict::Approved),
        Status::Failed => Some(Verdict::Denied),
        _ => None,
    }
}

/// It sends another push when one is denied.
#[derive(Clone)]
pub(super) struct BeginsAgain {
    poll: Poll,
    is_denied: bool,
}

impl Waiter for BeginsAgain {
    fn new(push: &PendingPush, _: &Session, _: Now) -> Self {
        Self { poll: Poll::new(push), is_denied: false }
    }

    fn next(&mut self, session: &Session, now: Now) -> Step {
        if std::mem::take(&mut self.is_denied) {
            return Step::Read(request(session, &InitializeDeviceAuthentication::new("u-1")).into());
        }
        self.poll.next(session, now)
    }

    fn received(&mut self, _: &Session, _: Now, reply: Reply) -> Option<Verdict> {
        match status(reply)? {
            Status::Failed => {
                self.is_denied = true;
                None
            }
            Status::PushConfirmationRequired => None,
            _ => Some(Verdict::Cancelled),
        }
    }
}

/// It sends *cancel* again if its reply is lost.
#[derive(Clone)]
pub(super) struct CancelsTwice {
    push: PendingPush,
    change: Change,
}

impl Canceller for CancelsTwice {
    fn new(push: &PendingPush) -> Self {
        Self { push: push.clone(), change: Change::new(push) }
    }

    fn next(&mut self, session: &Session, reply: Option<Reply>) -> Result<Request<Bytes>, &'static str> {
        match reply {
            Some(Err(_)) => Ok(request(session, &self.push.cancel())),
            reply => self.change.next(session, reply),
        }
    }
}
