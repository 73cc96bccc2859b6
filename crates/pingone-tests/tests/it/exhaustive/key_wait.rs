//! Every order in which a wait for a pairing key, an app and a network can meet, to a depth; and the waits that somebody
//! has written once.

use std::{collections::BTreeSet, ops::ControlFlow, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use pingone_client_core::{
    AccessToken, Configuration, Credentials, KeyWait, KeyWaitError, Now, RetryPolicy, Session, TransportError,
    WaitAction, WaitPolicy,
};
use pingone_model::{
    Document, Environment,
    pairing_key::{CreatePairingKey, PairingKey, PairingStep, UnclaimedKey},
};

use super::scene::{Reply, answered, now, outgoing, request};

/// How long the waiter may wait.
const WITHIN: Duration = Duration::from_secs(9);
/// When it reads for the last time.
const LAST_READ: Duration = Duration::from_secs(8);
/// The shortest time between two reads, and what the service asks for.
const SHORTEST: Duration = Duration::from_millis(1_500);
const RETRY_AFTER: Duration = Duration::from_secs(3);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// The waiter sleeps and sends its *read*, which the service answers; or it ends.
    WaitStep,
    /// The answer arrives.
    ReadReply,
    /// A 429 arrives instead.
    Throttled,
    /// Nothing arrives.
    ReadFails,
    /// A page of a gateway arrives with 200.
    Garbled,
    /// The answer to somebody else's read arrives: their key is claimed.
    AboutAnother,
    /// The wait goes on in another process, by its text.
    Elsewhere,
    Claim,
    Fail,
    /// The key expires, or is deleted.
    Vanish,
}

impl Event {
    const ALL: [Self; 10] = [
        Self::WaitStep,
        Self::ReadReply,
        Self::Throttled,
        Self::ReadFails,
        Self::Garbled,
        Self::AboutAnother,
        Self::Elsewhere,
        Self::Claim,
        Self::Fail,
        Self::Vanish,
    ];
}

/// Where the key stands at the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Unclaimed,
    Claimed,
    Failed,
    Gone,
}

impl Key {
    fn answer(self) -> Response<Bytes> {
        let (status, body) = match self {
            Self::Unclaimed => (200, r#"{"id":"k-1","status":"UNCLAIMED","code":"01882778807215"}"#),
            Self::Claimed => (200, r#"{"id":"k-1","status":"CLAIMED"}"#),
            Self::Failed => (200, r#"{"id":"k-1","status":"FAILED","error":{"code":"ANY"}}"#),
            Self::Gone => (404, r#"{"code":"NOT_FOUND"}"#),
        };
        Response::builder().status(status).body(body.into()).unwrap()
    }
}

/// How a waiter ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Claimed,
    Failed,
    Gone,
    Expired,
    ReadFailed,
    Unknown,
}

/// What holds in every schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Property {
    /// What is reported of the key is true of this key.
    ReportsTheTruth,
    /// Every waiter ends by its deadline, wherever it goes on.
    EndsByItsDeadline,
    /// Reads keep their distance, and that which the service asks for; the last one alone may come sooner.
    OneRhythm,
    /// Nothing but reads of this key are on the wire.
    ReadsAlone,
}

enum Step {
    Read(Box<Request<Bytes>>),
    Sleep(Duration),
    Ended(Verdict),
}

trait Waiter: Clone {
    fn new(key: &UnclaimedKey, now: Now) -> Self;
    fn next(&mut self, session: &Session, now: Now) -> Step;
    fn received(&mut self, session: &Session, now: Now, reply: Reply) -> Option<Verdict>;
    /// The same in another process.
    fn elsewhere(self, now: Now) -> Self;
}

#[derive(Clone)]
struct Ours {
    wait: KeyWait,
    sent_at: Now,
}

impl Waiter for Ours {
    fn new(key: &UnclaimedKey, now: Now) -> Self {
        Self { wait: KeyWait::new(key, WITHIN, now.wall), sent_at: now }
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
            ControlFlow::Break(Ok(_)) => Some(Verdict::Claimed),
            ControlFlow::Break(Err(error)) => Some(verdict(&error)),
        }
    }

    fn elsewhere(self, _: Now) -> Self {
        Self { wait: self.wait.to_string().parse().unwrap(), ..self }
    }
}

fn verdict(error: &KeyWaitError) -> Verdict {
    match error {
        KeyWaitError::Failed(_) => Verdict::Failed,
        KeyWaitError::Gone(_) => Verdict::Gone,
        KeyWaitError::Expired { .. } => Verdict::Expired,
        KeyWaitError::ReadFailed { .. } => Verdict::ReadFailed,
        _ => Verdict::Unknown,
    }
}

/// One moment.
#[derive(Clone)]
struct World<W> {
    elapsed: Duration,
    key: Key,
    waiter: W,
    /// What is on its way to the waiter.
    read: Option<Response<Bytes>>,
    verdict: Option<Verdict>,
    /// From when on it may read again.
    not_before: Duration,
}

impl<W: Waiter> World<W> {
    fn new(key: &UnclaimedKey) -> Self {
        Self {
            elapsed: Duration::ZERO,
            key: Key::Unclaimed,
            waiter: W::new(key, now(Duration::ZERO)),
            read: None,
            verdict: None,
            not_before: Duration::ZERO,
        }
    }

    fn is_possible(&self, event: Event) -> bool {
        match event {
            Event::WaitStep | Event::Elsewhere => self.read.is_none(),
            Event::ReadReply | Event::Throttled | Event::ReadFails | Event::Garbled | Event::AboutAnother => {
                self.read.is_some()
            }
            Event::Claim | Event::Fail | Event::Vanish => self.key == Key::Unclaimed,
        }
    }

    fn happen(&mut self, session: &Session, event: Event) -> Result<(), Property> {
        let with =
            |status: u16, body: &'static str| Response::builder().status(status).body(Bytes::from(body)).unwrap();
        match event {
            Event::WaitStep => self.step(session)?,
            Event::ReadReply => {
                let reply = self.read.take().unwrap();
                self.receive(session, Ok(reply), SHORTEST);
            }
            Event::Throttled => {
                let mut later = with(429, "");
                later.headers_mut().insert("retry-after", RETRY_AFTER.as_secs().into());
                self.receive(session, Ok(later), RETRY_AFTER);
            }
            Event::ReadFails => self.receive(session, Err(TransportError::maybe_sent("lost")), SHORTEST),
            Event::Garbled => self.receive(session, Ok(with(200, "<html>")), SHORTEST),
            Event::AboutAnother => {
                self.receive(session, Ok(with(200, r#"{"id":"k-2","status":"CLAIMED"}"#)), SHORTEST);
            }
            Event::Elsewhere => {
                self.waiter = self.waiter.clone().elsewhere(now(self.elapsed));
                // Another process reads at once.
                self.not_before = Duration::ZERO;
            }
            Event::Claim => self.key = Key::Claimed,
            Event::Fail => self.key = Key::Failed,
            Event::Vanish => self.key = Key::Gone,
        }
        if self.elapsed > WITHIN {
            return Err(Property::EndsByItsDeadline);
        }
        let is_true = match self.verdict {
            Some(Verdict::Claimed) => self.key == Key::Claimed,
            Some(Verdict::Failed) => self.key == Key::Failed,
            Some(Verdict::Gone) => self.key == Key::Gone,
            Some(Verdict::Unknown) => false,
            _ => true,
        };
        if is_true { Ok(()) } else { Err(Property::ReportsTheTruth) }
    }

    fn step(&mut self, session: &Session) -> Result<(), Property> {
        loop {
            match self.waiter.next(session, now(self.elapsed)) {
                Step::Sleep(time) => self.elapsed += time,
                Step::Read(request) => {
                    let is_read = request.method() == "GET" && request.uri().path().ends_with("/pairingKeys/k-1");
                    if !is_read {
                        return Err(Property::ReadsAlone);
                    }
                    if self.elapsed < self.not_before && self.elapsed != LAST_READ {
                        return Err(Property::OneRhythm);
                    }
                    self.read = Some(self.key.answer());
                    return Ok(());
                }
                Step::Ended(verdict) => {
                    self.verdict = Some(verdict);
                    return Ok(());
                }
            }
        }
    }

    fn receive(&mut self, session: &Session, reply: Reply, pause: Duration) {
        self.read = None;
        self.not_before = self.elapsed + pause;
        self.verdict = self.waiter.received(session, now(self.elapsed), reply);
    }
}

#[derive(Default)]
struct Report {
    schedules: u64,
    events: BTreeSet<Event>,
    verdicts: BTreeSet<Verdict>,
}

fn explore<W: Waiter>(depth: usize) -> Result<Report, (Property, Vec<Event>)> {
    let environment = Environment::at("https://in-memory.example", "e-1").unwrap();
    let configuration = Configuration::new(environment, Credentials::access_token(AccessToken::new("t").unwrap()))
        .retry(RetryPolicy::never())
        .wait(WaitPolicy::new().max_failures(1));
    let session = Session::new(configuration, 1).unwrap();
    let key = Document::<PairingKey>::from_json(r#"{"id":"k-1","status":"UNCLAIMED"}"#).unwrap();
    let PairingStep::Unclaimed(key) = PairingStep::of("u-1", key) else { panic!("no key") };
    let (mut report, mut schedule) = (Report::default(), Vec::new());
    match visit(&session, &World::<W>::new(&key), depth, &mut schedule, &mut report) {
        Ok(()) => Ok(report),
        Err(property) => Err((property, schedule)),
    }
}

fn visit<W: Waiter>(
    session: &Session,
    world: &World<W>,
    depth: usize,
    schedule: &mut Vec<Event>,
    report: &mut Report,
) -> Result<(), Property> {
    if depth == 0 || world.verdict.is_some() {
        // Nothing else happens any more: the waiter has to come to its end.
        let mut end = world.clone();
        while end.verdict.is_none() {
            let event = if end.read.is_some() { Event::ReadReply } else { Event::WaitStep };
            end.happen(session, event)?;
        }
        report.schedules += 1;
        report.verdicts.extend(end.verdict);
        return Ok(());
    }
    for event in Event::ALL.into_iter().filter(|event| world.is_possible(*event)) {
        report.events.insert(event);
        schedule.push(event);
        let mut next = world.clone();
        next.happen(session, event)?;
        visit(session, &next, depth - 1, schedule, report)?;
        schedule.pop();
    }
    Ok(())
}

#[test]
fn no_order_of_events_fools_the_wait_for_a_key() {
    let report = explore::<Ours>(10).unwrap_or_else(|(property, schedule)| panic!("{property:?} by {schedule:?}"));
    println!("{} schedules", report.schedules);
    assert!(report.schedules >= 50_000, "{}", report.schedules);
    assert_eq!(report.events, BTreeSet::from(Event::ALL));
    let verdicts = [Verdict::Claimed, Verdict::Failed, Verdict::Gone, Verdict::Expired, Verdict::ReadFailed];
    assert_eq!(report.verdicts, BTreeSet::from(verdicts));
}

/// A loop as it is written by hand, with what is wrong with it.
#[derive(Clone)]
struct Poll<const WRONG: char> {
    key: UnclaimedKey,
    next_read: Duration,
    ends: Duration,
    has_failed: bool,
}

/// It takes whatever is claimed for its key; waits until somebody decides; begins anew wherever it goes on; reads again as
/// soon as it can; makes another key when one fails.
const ANYBODY: char = 'a';
const FOREVER: char = 'f';
const ANEW: char = 'n';
const HASTY: char = 'h';
const ANOTHER: char = 'k';

impl<const WRONG: char> Waiter for Poll<WRONG> {
    fn new(key: &UnclaimedKey, _: Now) -> Self {
        Self { key: key.clone(), next_read: Duration::from_secs(2), ends: WITHIN, has_failed: false }
    }

    fn next(&mut self, session: &Session, now: Now) -> Step {
        if now.monotonic >= self.ends && WRONG != FOREVER {
            return Step::Ended(Verdict::Expired);
        }
        if now.monotonic < self.next_read {
            let until = if WRONG == FOREVER { self.next_read } else { self.next_read.min(self.ends) };
            return Step::Sleep(until - now.monotonic);
        }
        let sent = if self.has_failed {
            request(session, &CreatePairingKey::new("u-1"))
        } else {
            request(session, &self.key.read())
        };
        Step::Read(sent.into())
    }

    fn received(&mut self, _: &Session, now: Now, reply: Reply) -> Option<Verdict> {
        let pause = if WRONG == HASTY { Duration::from_millis(100) } else { RETRY_AFTER };
        self.next_read = now.monotonic + pause;
        let reply = reply.ok()?;
        if reply.status() == 404 {
            return Some(Verdict::Gone);
        }
        let key = Document::<PairingKey>::from_json(reply.into_body()).ok()?;
        if WRONG != ANYBODY && key.id() != Some(self.key.id()) {
            return None;
        }
        match key.status()?.as_str() {
            "CLAIMED" => Some(Verdict::Claimed),
            "FAILED" if WRONG == ANOTHER => {
                self.has_failed = true;
                None
            }
            "FAILED" => Some(Verdict::Failed),
            _ => None,
        }
    }

    fn elsewhere(self, now: Now) -> Self {
        let ends = if WRONG == ANEW { now.monotonic + WITHIN } else { self.ends };
        Self { next_read: now.monotonic, ends, ..self }
    }
}

/// What the exploration finds; the shortest schedules come first.
fn found<W: Waiter>() -> Option<Property> {
    let (property, schedule) = (1..=6).find_map(|depth| explore::<W>(depth).err())?;
    println!("{property:?} by {schedule:?}");
    Some(property)
}

#[test]
fn a_wait_for_a_key_that_is_broken_is_found() {
    assert_eq!(found::<Poll<' '>>(), None, "this one is sound");
    assert_eq!(found::<Poll<ANYBODY>>(), Some(Property::ReportsTheTruth));
    assert_eq!(found::<Poll<FOREVER>>(), Some(Property::EndsByItsDeadline));
    assert_eq!(found::<Poll<ANEW>>(), Some(Property::EndsByItsDeadline));
    assert_eq!(found::<Poll<HASTY>>(), Some(Property::OneRhythm));
    assert_eq!(found::<Poll<ANOTHER>>(), Some(Property::ReadsAlone));
}
