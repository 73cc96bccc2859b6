//! Thousands of authentications, and nothing of them lost or mixed.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    thread,
};

use pingone_emulator::{Data, Emulator, JournalEntry, Operation, Service, TokenKind};
use serde_json::{Value, json};

use crate::{
    household,
    support::{CANCEL, CHECK_OTP, Caller, JSON, SELECT_DEVICE},
    wire,
};

/// What is asked of each authentication, in order, and what it leads to.
const STEPS: [(&str, &str); 5] = [
    ("device_authentication.initialize", "PUSH_CONFIRMATION_REQUIRED"),
    ("device_authentication.read", "PUSH_CONFIRMATION_REQUIRED"),
    ("device_authentication.cancel", "DEVICE_SELECTION_REQUIRED"),
    ("device_authentication.select_device", "OTP_REQUIRED"),
    ("device_authentication.check_otp", "COMPLETED"),
];

/// Somebody who can ask one thing: method, address, media type and body.
trait Asks {
    fn ask(&mut self, method: &str, path: &str, media_type: Option<&str>, body: &str) -> Value;
}

/// A user with two devices, of which little is to be said: what is tried here is not the size of replies.
fn data() -> Data {
    household::data(household::policy(), [household::phone(), household::mail()])
}

/// A whole authentication with a cancel in it; returns its id.
fn change_device(asks: &mut impl Asks, service: &Service) -> String {
    let all = format!("/{}/deviceAuthentications", service.environment_id());
    let user = json!({ "user": { "id": service.user_id() } }).to_string();
    let begun = asks.ask("POST", &all, Some(JSON), &user);
    let id = begun["id"].as_str().unwrap().to_owned();
    let one = format!("{all}/{id}");
    let read = asks.ask("GET", &one, None, "");
    let cancelled = asks.ask("POST", &one, Some(CANCEL), r#"{"reason":"CHANGE_DEVICE"}"#);
    assert!(service.approve_push(&id).is_err(), "an approval that is too late has no effect");
    let device = json!({ "device": { "id": "mail" } }).to_string();
    let selected = asks.ask("POST", &one, Some(SELECT_DEVICE), &device);
    let code = service.last_code_for(&id).unwrap().code().to_owned();
    let checked = asks.ask("POST", &one, Some(CHECK_OTP), &json!({ "otp": code }).to_string());
    for (reply, (operation, status)) in [begun, read, cancelled, selected, checked].iter().zip(STEPS) {
        assert_eq!((&reply["id"], &reply["status"]), (&json!(id), &json!(status)), "{operation:?}");
    }
    id
}

/// Each authentication stands in the journal with its own steps, in order, and each was allowed.
fn check_journal(service: &Service, ids: &[String]) {
    let journal = service.journal();
    let asked = |entry: &JournalEntry| entry.operation().filter(|operation| *operation != "token.request");
    assert_eq!(journal.iter().filter_map(asked).count(), ids.len() * STEPS.len());
    assert!(journal.iter().all(|entry| [200, 201].contains(&entry.status())));
    let mut by_path = std::collections::HashMap::<&str, Vec<Operation>>::new();
    for entry in &journal {
        by_path.entry(entry.path()).or_default().extend(entry.operation());
    }
    let expected: Vec<&str> = STEPS[1..].iter().map(|(operation, _)| *operation).collect();
    for id in ids {
        let path = format!("/{}/deviceAuthentications/{id}", service.environment_id());
        assert_eq!(by_path[&*path], expected);
    }
    let distinct: std::collections::HashSet<&String> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len());
}

impl Asks for &Caller {
    fn ask(&mut self, method: &str, path: &str, media_type: Option<&str>, body: &str) -> Value {
        self.send_to(method.parse().unwrap(), path, media_type, body.as_bytes()).body
    }
}

#[test]
fn ten_thousand_without_sockets() {
    let caller = Caller::of(data());
    let ids: Vec<String> = (0..10_000).map(|_| change_device(&mut &caller, &caller.service)).collect();
    check_journal(&caller.service, &ids);
}

/// A connection that is kept open.
struct Line {
    stream: BufReader<TcpStream>,
    bearer: String,
}

impl Asks for Line {
    fn ask(&mut self, method: &str, path: &str, media_type: Option<&str>, body: &str) -> Value {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {}\r\n", self.bearer);
        if let Some(media_type) = media_type {
            request.push_str(&format!("Content-Type: {media_type}\r\n"));
        }
        request.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        self.stream.get_mut().write_all(request.as_bytes()).unwrap();
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).unwrap();
            match line.trim_end().split_once(": ") {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.parse().unwrap(),
                _ if line == "\r\n" => break,
                _ => assert!(!line.is_empty(), "the connection has ended"),
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }
}

#[test]
fn two_thousand_over_sockets_from_64_callers() {
    let emulator = Emulator::builder().data(data()).start().unwrap();
    let service = emulator.service();
    let bearer = format!("Bearer {}", service.issue_token(TokenKind::Worker));
    let ids: Vec<String> = thread::scope(|scope| {
        let callers: Vec<_> = (0..64)
            .map(|caller| {
                let (emulator, bearer) = (&emulator, bearer.clone());
                scope.spawn(move || {
                    let mut line = Line { stream: BufReader::new(wire::connect(emulator)), bearer };
                    // 16 callers have one more to make, so that there are 2,000.
                    let count = 31 + usize::from(caller < 16);
                    (0..count).map(|_| change_device(&mut line, service)).collect::<Vec<_>>()
                })
            })
            .collect();
        callers.into_iter().flat_map(|caller| caller.join().unwrap()).collect()
    });
    assert_eq!(ids.len(), 2000);
    check_journal(service, &ids);
}
