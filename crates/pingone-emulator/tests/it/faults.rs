//! Each fault, as a client sees it on the wire.

use std::{
    io::ErrorKind,
    time::{Duration, Instant},
};

use jiff::fmt::rfc2822::DateTimeParser;
use pingone_emulator::{Delivery, Emulator, Fault, FaultKind, RetryAfter, TokenKind};
use serde_json::{Value, json};

use crate::{
    support::{CANCEL, Caller, PHONE},
    wire::{self, Raw},
};

/// An emulator with a pending push, which the fault strikes when it is cancelled.
struct Struck {
    emulator: Emulator,
    bearer: String,
    path: String,
}

impl Struck {
    fn by(kind: FaultKind) -> Self {
        let emulator = Emulator::start().unwrap();
        let service = emulator.service();
        let bearer = format!("Bearer {}", service.issue_token(TokenKind::Worker));
        let caller = Caller { service: service.clone(), authorization: Some(bearer.clone()) };
        let path = format!("/{}/deviceAuthentications/{}", service.environment_id(), caller.start(PHONE));
        service.inject(Fault::new(kind).operation("device_authentication.cancel").unwrap());
        Self { emulator, bearer, path }
    }

    fn cancel(&self) -> Raw {
        let headers = [("content-type", CANCEL), ("authorization", &*self.bearer)];
        wire::send(&self.emulator, &format!("POST {}", self.path), &headers, r#"{"reason":"CHANGE_DEVICE"}"#)
    }

    /// Whether the cancel has had its effect.
    fn has_effect(&self) -> bool {
        self.emulator.service().pending_pushes().is_empty()
    }

    /// The answer to the cancel, which the fault has changed.
    fn answer(&self) -> Value {
        let raw = self.cancel();
        assert_eq!((raw.status(), self.has_effect()), (200, true));
        serde_json::from_str(raw.body()).unwrap()
    }
}

#[test]
fn delay() {
    let struck = Struck::by(FaultKind::Delay(Duration::from_millis(80)));
    let start = Instant::now();
    assert_eq!(struck.cancel().status(), 200);
    assert!(start.elapsed() >= Duration::from_millis(80), "{:?}", start.elapsed());
    assert!(struck.has_effect());
}

#[test]
fn a_slow_token() {
    let emulator = Emulator::start().unwrap();
    emulator
        .service()
        .inject(Fault::new(FaultKind::Delay(Duration::from_millis(80))).operation("token.request").unwrap());
    let start = Instant::now();
    let path = format!("POST /{}/as/token", emulator.service().environment_id());
    assert_eq!(wire::send(&emulator, &path, &[], "").status(), 415);
    assert!(start.elapsed() >= Duration::from_millis(80), "{:?}", start.elapsed());
}

#[test]
fn too_many_requests_with_each_retry_after() {
    for (retry_after, expected) in [
        (RetryAfter::Absent, None),
        (RetryAfter::Seconds(3), Some("3")),
        (RetryAfter::Seconds(172_800), Some("172800")),
    ] {
        let struck = Struck::by(FaultKind::TooManyRequests(retry_after));
        let raw = struck.cancel();
        assert_eq!((raw.status(), raw.header("retry-after"), struck.has_effect()), (429, expected, false));
        assert_eq!(serde_json::from_str::<Value>(raw.body()).unwrap()["code"], "REQUEST_LIMITED");
    }
    for (seconds, range) in [(90, 80..=90), (-60, -70..=-60)] {
        let struck = Struck::by(FaultKind::TooManyRequests(RetryAfter::Date(seconds)));
        let raw = struck.cancel();
        let date = raw.header("retry-after").unwrap();
        assert!(date.ends_with(" GMT"), "{date}");
        let date = DateTimeParser::new().parse_timestamp(date).unwrap();
        let from_now = date.duration_since(jiff::Timestamp::now()).as_secs();
        assert!(range.contains(&from_now), "{from_now}");
    }
}

#[test]
fn server_errors() {
    for status in [500, 502, 503, 504] {
        let struck = Struck::by(FaultKind::Status(status));
        assert_eq!((struck.cancel().status(), struck.has_effect()), (status, false));
    }
}

#[test]
fn html() {
    let struck = Struck::by(FaultKind::Html(504));
    let raw = struck.cancel();
    assert_eq!((raw.status(), raw.header("content-type"), struck.has_effect()), (504, Some("text/html"), false));
    assert!(raw.body().starts_with("<html>"));
}

#[test]
fn empty() {
    let struck = Struck::by(FaultKind::Empty);
    let raw = struck.cancel();
    assert_eq!((raw.status(), raw.body(), raw.header("content-length")), (200, "", Some("0")));
    assert!(struck.has_effect());
}

#[test]
fn reset_before_the_effect() {
    let struck = Struck::by(FaultKind::ResetBefore);
    let raw = struck.cancel();
    assert_eq!(raw.end.unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert!(raw.bytes.is_empty() && !struck.has_effect());
}

#[test]
fn reset_after_the_effect() {
    let struck = Struck::by(FaultKind::ResetAfter);
    let raw = struck.cancel();
    assert_eq!(raw.end.unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert!(raw.bytes.is_empty() && struck.has_effect(), "it has happened, and nobody says so");
    let entry = struck.emulator.service().journal().pop().unwrap();
    assert_eq!((entry.status(), entry.fault()), (200, Some("reset_after")));
}

#[test]
fn truncated() {
    let struck = Struck::by(FaultKind::Truncated);
    let raw = struck.cancel();
    let announced: usize = raw.header("content-length").unwrap().parse().unwrap();
    assert_eq!((raw.body().len(), struck.has_effect()), (announced / 2, true));
}

#[test]
fn reset_in_the_body() {
    let struck = Struck::by(FaultKind::ResetInBody);
    let raw = struck.cancel();
    assert_eq!(raw.end.as_ref().unwrap_err().kind(), ErrorKind::ConnectionReset);
    let announced: usize = raw.header("content-length").unwrap().parse().unwrap();
    assert_eq!((raw.status(), raw.body().len(), struck.has_effect()), (200, announced / 2, true));
}

#[test]
fn oversized() {
    let struck = Struck::by(FaultKind::Oversized(1_000_000));
    let raw = struck.cancel();
    assert_eq!((raw.status(), raw.body().len(), struck.has_effect()), (200, 1_000_000, true));
    assert_eq!(serde_json::from_str::<Value>(raw.body()).unwrap()["status"], "DEVICE_SELECTION_REQUIRED");
}

#[test]
fn unavailable() {
    let struck = Struck::by(FaultKind::Unavailable(RetryAfter::Seconds(7)));
    let raw = struck.cancel();
    assert_eq!((raw.status(), raw.header("retry-after"), struck.has_effect()), (503, Some("7"), false));
}

#[test]
fn drip() {
    let emulator = Emulator::start().unwrap();
    emulator.service().inject(Fault::new(FaultKind::Drip(Duration::from_millis(1))));
    let start = Instant::now();
    let raw = wire::send(&emulator, "GET /e/deviceAuthentications/a", &[], "");
    assert_eq!(serde_json::from_str::<Value>(raw.body()).unwrap()["code"], "ACCESS_FAILED");
    let least = Duration::from_millis(raw.body().len() as u64);
    assert!(start.elapsed() >= least, "{:?}", start.elapsed());
}

#[test]
fn redirect() {
    let struck = Struck::by(FaultKind::Redirect { status: 301, host: "other.example".to_owned() });
    let raw = struck.cancel();
    let location = format!("http://other.example{}", struck.path);
    assert_eq!((raw.status(), raw.header("location"), struck.has_effect()), (301, Some(&*location), false));
}

#[test]
fn unknown_status() {
    assert_eq!(Struck::by(FaultKind::UnknownStatus).answer()["status"], "THOUGHT_CONFIRMATION_REQUIRED");
}

#[test]
fn unknown_type() {
    assert_eq!(Struck::by(FaultKind::UnknownType).answer()["_embedded"]["devices"][0]["type"], "IMPLANT");
}

#[test]
fn unknown_member() {
    let answer = Struck::by(FaultKind::UnknownMember).answer();
    assert!(answer["unheardOf"].is_object() && answer["_embedded"]["devices"][4]["unheardOf"].is_object());
}

#[test]
fn nulls() {
    let answer = Struck::by(FaultKind::Nulls).answer();
    assert_eq!((&answer["status"], &answer["_links"]), (&json!("DEVICE_SELECTION_REQUIRED"), &Value::Null));
    let others = answer.as_object().unwrap().iter().filter(|(_, value)| !value.is_null());
    assert_eq!(others.count(), 2);
}

#[test]
fn control_characters() {
    let answer = Struck::by(FaultKind::ControlCharacters).answer();
    let nickname = answer["_embedded"]["devices"][0]["nickname"].as_str().unwrap();
    assert!(nickname.contains('\u{1b}') && nickname.contains('\u{202e}') && nickname.contains('\0'));
}

#[test]
fn strike_the_nth_call_of_an_operation() {
    let caller = Caller::new();
    caller.service.inject(Fault::new(FaultKind::Status(500)).operation("device_authentication.read").unwrap().call(2));
    let id = caller.start(PHONE);
    assert_eq!([(); 3].map(|()| caller.read(&id).status), [200, 500, 200]);
    let faults: Vec<bool> = caller.service.journal().iter().map(|entry| entry.fault().is_some()).collect();
    assert_eq!(faults, [false, false, false, true, false]);
}

#[test]
fn strike_by_chance_and_the_same_again() {
    let run = || {
        let caller = Caller::new();
        caller.service.inject(Fault::new(FaultKind::Status(500)).probability(0.3, 42));
        [(); 100].map(|()| caller.read("none").status)
    };
    let statuses = run();
    assert_eq!(statuses, run());
    let struck = statuses.iter().filter(|status| **status == 500).count();
    assert!((15..45).contains(&struck), "{struck}");
}

#[test]
fn end_when_they_are_cleared() {
    let caller = Caller::new();
    caller.service.inject(Fault::new(FaultKind::Status(500)));
    assert_eq!(caller.read("none").status, 500);
    caller.service.clear_faults();
    assert_eq!(caller.read("none").status, 404);
}

#[test]
fn without_a_socket_the_exchange_says_how_the_answer_travels() {
    let caller = Caller::new();
    caller.service.inject(Fault::new(FaultKind::ResetAfter));
    let uri = format!("/{}/deviceAuthentications/a", caller.service.environment_id());
    let request = http::Request::get(uri).header("authorization", caller.authorization.as_deref().unwrap());
    let exchange = caller.service.exchange(request.body(bytes::Bytes::new()).unwrap());
    assert_eq!((exchange.delivery(), exchange.response().status().as_u16()), (Delivery::Reset, 404));
}
