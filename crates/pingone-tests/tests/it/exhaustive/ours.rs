//! The wait and the change of device as they are.

use std::{ops::ControlFlow, time::Duration};

use bytes::Bytes;
use http::Request;
use pingone_client_core::{
    ChangeDevice, DeviceChange, Error, Now, PushWait, Reconciliation, Session, WaitAction, WaitError,
};
use pingone_model::{DeviceAuthentication, Document, Operation, PendingPush};

use super::{
    scene::{Reply, answered, now, outgoing, request},
    world::{Canceller, Step, Verdict, WITHIN, Waiter},
};

#[derive(Clone)]
pub(super) struct Wait {
    wait: PushWait,
    sent_at: Now,
}

impl Waiter for Wait {
    fn new(push: &PendingPush, _: &Session, now: Now) -> Self {
        Self { wait: PushWait::new(push, WITHIN, now.wall), sent_at: now }
    }

    fn next(&mut self, session: &Session, now: Now) -> Step {
        self.sent_at = now;
        match self.wait.next(session, now) {
            WaitAction::Read(mut call) => Step::Read(outgoing(&mut call, session, now).into()),
            WaitAction::Sleep(time) => Step::Sleep(time),
            WaitAction::Done(error) => Step::Ended(verdict(&error)),
        }
    }

    fn received(&mut self, session: &Session, now: Now, reply: Reply) -> Option<Verdict> {
        // A call cannot be in two schedules, but the wait makes the same one again.
        let WaitAction::Read(call) = self.wait.next(session, self.sent_at) else { panic!("it has read") };
        let read = answered(*call, session, self.sent_at, now, reply);
        match self.wait.received(session, now, read) {
            ControlFlow::Continue(()) => None,
            ControlFlow::Break(Ok(_)) => Some(Verdict::Approved),
            ControlFlow::Break(Err(error)) => Some(verdict(&error)),
        }
    }
}

fn verdict(error: &WaitError) -> Verdict {
    match error {
        WaitError::Denied(_) => Verdict::Denied,
        WaitError::TimedOut(_) => Verdict::TimedOut,
        WaitError::Cancelled(_) => Verdict::Cancelled,
        WaitError::Changed(_) => Verdict::Changed,
        WaitError::Expired { .. } => Verdict::Expired,
        WaitError::ReadFailed { .. } => Verdict::ReadFailed,
        _ => Verdict::Unknown,
    }
}

#[derive(Clone)]
pub(super) enum Change {
    Cancelling(ChangeDevice),
    Reading(Reconciliation),
    Ended,
}

impl Canceller for Change {
    fn new(push: &PendingPush) -> Self {
        Self::Cancelling(ChangeDevice::new(push.clone()))
    }

    fn next(&mut self, session: &Session, reply: Option<Reply>) -> Result<Request<Bytes>, &'static str> {
        let end = match (std::mem::replace(self, Self::Ended), reply) {
            (Self::Cancelling(change), None) => {
                let cancel = request(session, &change.cancel());
                *self = Self::Cancelling(change);
                return Ok(cancel);
            }
            (Self::Cancelling(change), Some(reply)) => {
                let cancelled = received(session, &change.cancel(), reply);
                match change.cancelled(cancelled) {
                    ControlFlow::Break(end) => end,
                    ControlFlow::Continue(open) => {
                        let read = request(session, &open.read());
                        *self = Self::Reading(open);
                        return Ok(read);
                    }
                }
            }
            (Self::Reading(open), Some(reply)) => {
                let read = received(session, &open.read(), reply);
                open.received(read)
            }
            _ => panic!("it has ended"),
        };
        Err(end.map_or("nobody knows", |change| name(&change)))
    }
}

fn received<O>(session: &Session, operation: &O, reply: Reply) -> Result<Document<DeviceAuthentication>, Error>
where
    O: Operation<Output = Document<DeviceAuthentication>>,
{
    let at = now(Duration::ZERO);
    answered(session.call(operation, at).unwrap(), session, at, at, reply)?.read(operation)
}

fn name(change: &DeviceChange) -> &'static str {
    match change {
        DeviceChange::Cancelled(_) => "Cancelled",
        DeviceChange::AlreadyApproved(_) => "AlreadyApproved",
        DeviceChange::AlreadyDenied(_) => "AlreadyDenied",
        DeviceChange::TimedOut(_) => "TimedOut",
        DeviceChange::StillPending { .. } => "StillPending",
        DeviceChange::Changed(_) => "Changed",
        _ => "another",
    }
}
