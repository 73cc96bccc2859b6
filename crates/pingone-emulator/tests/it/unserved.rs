//! What PingOne has and the emulator has not.

use std::collections::BTreeSet;

use http::Method;
use pingone_emulator::{Fault, FaultKind, operations, unserved_operations};

use crate::support::{Caller, JSON};

/// The operations that are documented, as the client's coverage is counted.
const DOCUMENTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/operations.csv");

/// The columns of a row, some of which are in quotes.
fn columns(row: &str) -> Vec<String> {
    let mut columns = vec![String::new()];
    let mut is_quoted = false;
    for character in row.chars() {
        match character {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => columns.push(String::new()),
            _ => columns.last_mut().unwrap().push(character),
        }
    }
    columns
}

/// A documented operation: its name, method, path and media type, with ids that nothing has.
struct Documented {
    name: String,
    method: Method,
    path: String,
    media_type: String,
}

fn documented(environment_id: &str) -> Vec<Documented> {
    let read = |row: &str| {
        let [_, name, method, base, path, media_type, ..] = <[String; 8]>::try_from(columns(row)).unwrap();
        let path = path.split('?').next().unwrap().replace("{envID}", environment_id);
        let path: Vec<&str> = path.split('/').map(|part| if part.starts_with('{') { "none" } else { part }).collect();
        let base = if base == "api" { "/v1" } else { "" };
        Documented { name, method: method.parse().unwrap(), path: format!("{base}{}", path.join("/")), media_type }
    };
    std::fs::read_to_string(DOCUMENTED).unwrap().lines().skip(1).map(read).collect()
}

#[test]
fn what_is_documented_and_not_here_says_so() {
    let caller = Caller::new();
    let stranger = Caller { authorization: None, service: caller.service.clone() };
    let missing: BTreeSet<&str> = unserved_operations().map(|operation| operation.name()).collect();
    let mut not_here = 0;
    for Documented { name, method, path, media_type } in documented(caller.service.environment_id()) {
        let media_type = Some(media_type.as_str()).filter(|media_type| !media_type.is_empty());
        let reply = stranger.send_to(method.clone(), &path, media_type, b"{}");
        let journal = caller.service.journal();
        let operation = journal.last().unwrap().operation();
        let operation = operation.unwrap_or_else(|| panic!("{name}: nobody knows {method} {path}"));
        if missing.contains(operation.name()) {
            assert_eq!(reply.complaint(), (501, "NOT_IMPLEMENTED", "NOT_IMPLEMENTED", ""), "{name}");
            let message = reply.body["details"][0]["message"].as_str().unwrap();
            let expected = format!("PingOne has the operation {operation}; this emulator does not");
            assert_eq!((message, journal.last().unwrap().message()), (expected.as_str(), Some(message)), "{name}");
            not_here += 1;
        } else {
            assert_eq!(reply.complaint().0, 401, "{name} is here, and needs a token");
            let reply = caller.send_to(method, &path, media_type, b"{}");
            assert!(![403, 405, 415, 501].contains(&reply.status), "{name}: {} {}", reply.status, reply.body);
        }
    }
    assert!(not_here > 50, "{not_here}");
}

#[test]
fn what_is_here_is_not_missing() {
    let here: BTreeSet<&str> = operations().map(|operation| operation.name()).collect();
    let missing: Vec<&str> = unserved_operations().map(|operation| operation.name()).collect();
    assert_eq!(missing.iter().collect::<BTreeSet<_>>().len(), missing.len(), "no name comes twice");
    assert!(missing.iter().all(|name| !here.contains(name)));
}

#[test]
fn a_place_that_is_here_in_part_says_what_it_has() {
    let caller = Caller::new();
    let user = format!("/users/{}", caller.service.user_id());
    let send = "application/vnd.pingidentity.user.sendVerificationCode+json";
    assert_eq!(caller.manage(Method::POST, &user, send, "").status, 501);
    assert_eq!(caller.manage(Method::POST, &user, "text/plain", "").status, 415);
    let stranger = Caller { authorization: None, service: caller.service.clone() };
    assert_eq!(stranger.manage(Method::POST, &user, send, "").status, 501, "no token would help");
    assert_eq!(stranger.manage(Method::POST, "/populations", JSON, "{}").status, 501);
    assert_eq!(stranger.manage(Method::GET, "/populations", JSON, "").status, 401, "this is here");
    let reply = caller.manage(Method::DELETE, "/populations", JSON, "");
    assert_eq!((reply.status, reply.header("allow")), (405, Some("GET, POST")));
    let environment = caller.manage(Method::GET, "", JSON, "");
    assert_eq!((environment.status, environment.header("access-control-allow-origin")), (501, Some("*")));
}

#[test]
fn a_fault_strikes_what_is_not_here() {
    let caller = Caller::new();
    let fault = Fault::new(FaultKind::Status(500)).operation("flow.read").unwrap();
    caller.service.inject(fault);
    assert_eq!(caller.get("/flows/f").status, 500);
    assert_eq!(caller.service.journal().last().unwrap().fault(), Some("status"));
}
