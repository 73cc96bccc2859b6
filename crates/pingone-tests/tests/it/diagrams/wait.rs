//! A wait for a push: every order of what can be read, to a depth, and `Stop` of the blocking client.

use std::{
    ops::ControlFlow,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::Response;
use pingone_blocking::Stop;
use pingone_client_core::{
    AccessToken, Action, Answer, Call, Configuration, Credentials, Error, Now, PushWait, Session, TransportError,
    WaitAction, WaitError, WaitPolicy,
};
use pingone_emulator::{Data, Service};
use pingone_model::{
    DeviceAuthentication, Document, Environment, InitializeDeviceAuthentication, NextStep, PendingPush, Region,
};
use pingone_tests::{EitherClient, InMemory, Kind};

use super::{Edges, OUTSIDE, assert_drawn, edge};

/// Read twice in the rhythm, and once before the end.
const WITHIN: Duration = Duration::from_secs(6);

/// What the diagram calls what was read, and the reply.
const READS: [(&str, u16, &str); 11] = [
    (
        "PUSH_CONFIRMATION_REQUIRED",
        200,
        r#"{"id":"a-1","status":"PUSH_CONFIRMATION_REQUIRED","selectedDevice":{"id":"d-1"}}"#,
    ),
    ("COMPLETED", 200, r#"{"id":"a-1","status":"COMPLETED","selectedDevice":{"id":"d-1"}}"#),
    ("another device", 200, r#"{"id":"a-1","status":"COMPLETED","selectedDevice":{"id":"d-2"}}"#),
    ("another device", 200, r#"{"id":"a-1","status":"PUSH_CONFIRMATION_REQUIRED","selectedDevice":{"id":"d-2"}}"#),
    ("OTP_REQUIRED", 200, r#"{"id":"a-1","status":"OTP_REQUIRED","selectedDevice":{"id":"d-2"}}"#),
    ("FAILED", 200, r#"{"id":"a-1","status":"FAILED","selectedDevice":{"id":"d-1"}}"#),
    ("PUSH_CONFIRMATION_TIMED_OUT", 200, r#"{"id":"a-1","status":"PUSH_CONFIRMATION_TIMED_OUT"}"#),
    ("DEVICE_SELECTION_REQUIRED", 200, r#"{"id":"a-1","status":"DEVICE_SELECTION_REQUIRED"}"#),
    ("a status of a later version", 200, r#"{"id":"a-1","status":"NEW"}"#),
    ("what may pass", 503, "{}"),
    ("what does not pass", 404, "{}"),
];

fn push() -> PendingPush {
    let begun = Document::<DeviceAuthentication>::from_json(READS[0].2).unwrap();
    match begun.into_next_step() {
        NextStep::Push(push) => push,
        other => panic!("{other:?}"),
    }
}

fn now(elapsed: Duration) -> Now {
    Now::new(elapsed, SystemTime::UNIX_EPOCH + elapsed)
}

/// How the *read* ends that is answered so.
fn answered(mut call: Call, session: &Session, now: Now, status: u16, body: &'static str) -> Result<Answer, Error> {
    loop {
        match call.next(now) {
            Action::Authorize(_) => assert!(call.authorize(now, &mut session.tokens()).is_none()),
            Action::Send(_) => {
                let response = Response::builder().status(status).body(Bytes::from(body)).unwrap();
                call.received(now, Ok::<_, TransportError>(response));
            }
            Action::Done(end) => return end,
            other => panic!("{other:?}"),
        }
    }
}

fn name(error: &WaitError) -> &'static str {
    match error {
        WaitError::Denied(_) => "Denied",
        WaitError::TimedOut(_) => "TimedOut",
        WaitError::Cancelled(_) => "Cancelled",
        WaitError::Changed(_) => "Changed",
        WaitError::Unknown(_) => "Unknown",
        WaitError::Expired { .. } => "Expired",
        WaitError::ReadFailed { .. } => "ReadFailed",
        WaitError::Stopped(_) => "Stopped",
        other => panic!("not drawn: {other:?}"),
    }
}

fn explore(session: &Session, wait: &PushWait, elapsed: Duration, came: (&str, &str), edges: &mut Edges) {
    let (from, label) = came;
    let mut next = wait.clone();
    match next.next(session, now(elapsed)) {
        WaitAction::Sleep(time) => {
            edges.insert(edge(from, "Sleep", label));
            explore(session, &next, elapsed + time, ("Sleep", "it is time"), edges);
        }
        WaitAction::Read(_) => {
            edges.insert(edge(from, "Read", label));
            for (label, status, body) in READS {
                let mut wait = wait.clone();
                let WaitAction::Read(call) = wait.next(session, now(elapsed)) else { panic!("no read") };
                let read = answered(*call, session, now(elapsed), status, body);
                let end = match wait.received(session, now(elapsed), read) {
                    ControlFlow::Continue(()) => {
                        explore(session, &wait, elapsed, ("Read", label), edges);
                        continue;
                    }
                    ControlFlow::Break(Ok(_)) => "Completed",
                    ControlFlow::Break(Err(error)) => name(&error),
                };
                edges.insert(edge("Read", end, label));
                edges.insert(edge(end, OUTSIDE, ""));
            }
        }
        WaitAction::Done(error) => {
            edges.insert(edge(from, name(&error), label));
            edges.insert(edge(name(&error), OUTSIDE, ""));
        }
    }
}

/// Only the blocking client can be told to stop.
fn stop(edges: &mut Edges) {
    let service = Service::new(Data::built_in());
    let memory = InMemory::before(&service);
    let client = memory.client(Kind::Blocking, memory.configuration().unwrap()).unwrap();
    let begun = client.send(InitializeDeviceAuthentication::new(service.user_id())).unwrap();
    let NextStep::Push(push) = begun.into_next_step() else { panic!("no push") };
    let EitherClient::Blocking(client) = client else { panic!("another client") };
    let stop = Stop::new();
    let handle = stop.clone();
    memory.after(Duration::from_millis(500), move || handle.stop());
    let error = client.wait_until(&push, WITHIN, &stop).unwrap_err();
    edges.insert(edge("Sleep", name(&error), "Stop"));
    edges.insert(edge(name(&error), OUTSIDE, ""));
}

#[test]
fn a_wait_is_drawn_as_it_goes() {
    let credentials = Credentials::access_token(AccessToken::new("t").unwrap());
    let configuration = Configuration::new(Environment::new(Region::Europe, "e-1"), credentials)
        .wait(WaitPolicy::new().max_failures(1))
        .seed(1);
    let session = Session::new(configuration, 1).unwrap();
    let mut edges = Edges::new();
    let begun = PushWait::new(&push(), WITHIN, now(Duration::ZERO).wall);
    explore(&session, &begun, Duration::ZERO, (OUTSIDE, "wait"), &mut edges);
    let resumed: PushWait = begun.to_string().parse().unwrap();
    explore(&session, &resumed, Duration::ZERO, (OUTSIDE, "resume"), &mut edges);
    // Their time was up before they began.
    explore(&session, &begun, WITHIN, (OUTSIDE, "wait"), &mut edges);
    explore(&session, &resumed, WITHIN, (OUTSIDE, "resume"), &mut edges);
    stop(&mut edges);
    assert_drawn("A wait for a push", &edges);
}
