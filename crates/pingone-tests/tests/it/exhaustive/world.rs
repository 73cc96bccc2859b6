//! One moment of a schedule, and what can happen next.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use pingone_client_core::{Now, Session, TransportError};
use pingone_model::{PendingPush, Status};

use super::scene::{Reply, Scene, now};

/// How long the waiter may wait.
pub(super) const WITHIN: Duration = Duration::from_secs(9);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// The waiter sleeps and sends its *read*, which the service answers; or it ends.
    WaitStep,
    /// The answer arrives.
    ReadReply,
    /// A 429 arrives instead.
    Throttled,
    /// Nothing arrives.
    ReadFails,
    /// *cancel* is sent, and the service acts.
    CancelSent,
    /// *cancel* is sent, and does not reach the service.
    CancelRequestLost,
    /// What the service says to the canceller arrives.
    CancelReply,
    /// It does not.
    CancelReplyLost,
    Approve,
    Deny,
    TimeOut,
    /// After a *cancel*: the user goes on with another device, and completes.
    OtherDevice,
}

impl Event {
    pub(super) const ALL: [Self; 12] = [
        Self::WaitStep,
        Self::ReadReply,
        Self::Throttled,
        Self::ReadFails,
        Self::CancelSent,
        Self::CancelRequestLost,
        Self::CancelReply,
        Self::CancelReplyLost,
        Self::Approve,
        Self::Deny,
        Self::TimeOut,
        Self::OtherDevice,
    ];
}

/// How a waiter ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Approved,
    Denied,
    TimedOut,
    Cancelled,
    Changed,
    Unknown,
    Expired,
    ReadFailed,
}

/// What must hold of every schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Property {
    /// Approval is reported only if the service says `COMPLETED` of this authentication.
    ApprovedIsCompleted,
    /// After a successful *cancel* it never is.
    CancelledIsNeverApproved,
    /// Every waiter ends by its deadline.
    EndsByItsDeadline,
    /// At most one *cancel* and one *initialize* are on the wire.
    OneCancelOneInitialize,
}

pub(super) enum Step {
    Read(Box<Request<Bytes>>),
    Sleep(Duration),
    Ended(Verdict),
}

/// Waits for a push.
pub(super) trait Waiter: Clone {
    fn new(push: &PendingPush, session: &Session, now: Now) -> Self;
    fn next(&mut self, session: &Session, now: Now) -> Step;
    fn received(&mut self, session: &Session, now: Now, reply: Reply) -> Option<Verdict>;
}

/// Changes device.
pub(super) trait Canceller: Clone {
    fn new(push: &PendingPush) -> Self;
    /// What has to be sent, after the reply to what was sent before; or the end.
    fn next(&mut self, session: &Session, reply: Option<Reply>) -> Result<Request<Bytes>, &'static str>;
}

/// What is on its way to somebody.
type InFlight = Option<Response<Bytes>>;

/// One moment.
#[derive(Clone)]
pub(super) struct World<W, C> {
    elapsed: Duration,
    waiter: W,
    read: InFlight,
    pub(super) verdict: Option<Verdict>,
    canceller: C,
    /// `Some(None)` if what was sent is lost.
    cancel: Option<InFlight>,
    has_begun_cancel: bool,
    pub(super) change: Option<&'static str>,
    is_cancelled: bool,
    is_completed_elsewhere: bool,
    cancels: usize,
    initializes: usize,
    pub(super) requests: u64,
}

impl<W: Waiter, C: Canceller> World<W, C> {
    pub(super) fn new(scene: &Scene) -> Self {
        let elapsed = Duration::ZERO;
        Self {
            elapsed,
            waiter: W::new(&scene.push, &scene.session, now(elapsed)),
            read: None,
            verdict: None,
            canceller: C::new(&scene.push),
            cancel: None,
            has_begun_cancel: false,
            change: None,
            is_cancelled: false,
            is_completed_elsewhere: false,
            cancels: 0,
            initializes: 0,
            requests: 0,
        }
    }

    /// Whether nothing more can come of it.
    pub(super) fn is_over(&self) -> bool {
        self.verdict.is_some() && self.change.is_some()
    }

    pub(super) fn is_possible(&self, scene: &Scene, event: Event) -> bool {
        let is_pending = || !scene.service.pending_pushes().is_empty();
        match event {
            Event::WaitStep => self.verdict.is_none() && self.read.is_none(),
            Event::ReadReply | Event::Throttled | Event::ReadFails => self.read.is_some(),
            Event::CancelSent | Event::CancelRequestLost => !self.has_begun_cancel,
            Event::CancelReply => matches!(self.cancel, Some(Some(_))),
            Event::CancelReplyLost => self.cancel.is_some(),
            Event::Approve | Event::Deny | Event::TimeOut => is_pending(),
            Event::OtherDevice => self.is_cancelled && !self.is_completed_elsewhere,
        }
    }

    pub(super) fn happen(&mut self, scene: &Scene, event: Event) -> Result<(), Property> {
        let id = scene.push.id().as_str();
        match event {
            Event::WaitStep => self.step(scene),
            Event::ReadReply => {
                let reply = self.read.take().ok_or_else(|| TransportError::maybe_sent("lost"));
                self.receive(scene, reply);
            }
            Event::Throttled => {
                self.read = None;
                let later = Response::builder().status(429).header("retry-after", "3").body(Bytes::new()).unwrap();
                self.receive(scene, Ok(later));
            }
            Event::ReadFails => {
                self.read = None;
                self.receive(scene, Err(TransportError::maybe_sent("lost")));
            }
            Event::CancelSent => self.advance_change(scene, None, true),
            Event::CancelRequestLost => self.advance_change(scene, None, false),
            Event::CancelReply => {
                let reply = self.cancel.take().flatten().ok_or_else(|| TransportError::maybe_sent("lost"));
                self.advance_change(scene, Some(reply), true);
            }
            Event::CancelReplyLost => {
                self.cancel = None;
                self.advance_change(scene, Some(Err(TransportError::maybe_sent("lost"))), true);
            }
            Event::Approve => scene.service.approve_push(id).unwrap(),
            Event::Deny => scene.service.deny_push(id).unwrap(),
            Event::TimeOut => scene.time_out_the_push(),
            Event::OtherDevice => {
                scene.complete_by_mail();
                self.is_completed_elsewhere = true;
            }
        }
        self.check(scene)
    }

    fn check(&self, scene: &Scene) -> Result<(), Property> {
        if self.cancels > 1 || self.initializes > 0 {
            return Err(Property::OneCancelOneInitialize);
        }
        if self.elapsed > WITHIN {
            return Err(Property::EndsByItsDeadline);
        }
        if self.verdict == Some(Verdict::Approved) {
            if scene.status() != Status::Completed {
                return Err(Property::ApprovedIsCompleted);
            }
            if self.is_cancelled {
                return Err(Property::CancelledIsNeverApproved);
            }
        }
        Ok(())
    }

    /// Nothing else happens any more: the waiter has to come to its end.
    pub(super) fn run_out(&mut self, scene: &Scene) -> Result<(), Property> {
        while self.verdict.is_none() {
            let event = if self.read.is_some() { Event::ReadReply } else { Event::WaitStep };
            self.happen(scene, event)?;
        }
        Ok(())
    }

    fn step(&mut self, scene: &Scene) {
        loop {
            match self.waiter.next(&scene.session, now(self.elapsed)) {
                Step::Sleep(time) => {
                    self.elapsed += time;
                    scene.service.advance(time);
                }
                Step::Read(request) => return self.read = Some(self.serve(scene, *request)),
                Step::Ended(verdict) => return self.verdict = Some(verdict),
            }
        }
    }

    fn receive(&mut self, scene: &Scene, reply: Reply) {
        self.verdict = self.waiter.received(&scene.session, now(self.elapsed), reply);
    }

    fn advance_change(&mut self, scene: &Scene, reply: Option<Reply>, arrives: bool) {
        self.has_begun_cancel = true;
        match self.canceller.next(&scene.session, reply) {
            Ok(request) if arrives => self.cancel = Some(Some(self.serve(scene, request))),
            Ok(request) => {
                self.count(&request);
                self.cancel = Some(None);
            }
            Err(end) => self.change = Some(end),
        }
    }

    fn serve(&mut self, scene: &Scene, request: Request<Bytes>) -> Response<Bytes> {
        let is_cancel = self.count(&request);
        let response = scene.service.handle(request);
        self.is_cancelled |= is_cancel && response.status().is_success();
        response
    }

    /// Whether it is a *cancel*.
    fn count(&mut self, request: &Request<Bytes>) -> bool {
        self.requests += 1;
        let media_type = request.headers().get("content-type").map_or("", |value| value.to_str().unwrap());
        let is_cancel = media_type.contains("cancel");
        self.cancels += usize::from(is_cancel);
        self.initializes += usize::from(request.uri().path().ends_with("/deviceAuthentications"));
        is_cancel
    }
}
