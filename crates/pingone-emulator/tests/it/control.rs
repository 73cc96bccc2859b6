//! `/_emulator/…`

use http::Method;
use serde_json::{Value, json};

use crate::support::{CANCEL, Caller, EMAIL, JSON, PHONE, Reply};

/// Asks without a token: the control paths need none.
fn get(caller: &Caller, path: &str) -> Value {
    let stranger = Caller { service: caller.service.clone(), authorization: None };
    let reply = stranger.send_to(Method::GET, path, None, b"");
    assert_eq!((reply.status, reply.header("content-type")), (200, Some(JSON)), "{}", reply.body);
    reply.body
}

fn answer_push(caller: &Caller, id: &str, answer: &str) -> Reply {
    let body = json!({ "answer": answer }).to_string();
    caller.send_to(Method::POST, &format!("/_emulator/pushes/{id}"), Some(JSON), body.as_bytes())
}

#[test]
fn journal_lists_what_was_asked_of_the_service_only() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    caller.cancel(&id);
    get(&caller, "/_emulator/codes");
    let requests = get(&caller, "/_emulator/journal")["requests"].clone();
    assert_eq!(requests.as_array().unwrap().len(), 3);
    let path = format!("/{}/deviceAuthentications/{id}", caller.service.environment_id());
    let entry = json!({
        "method": "POST", "path": path, "contentType": CANCEL, "status": 200, "operation": "cancel", "fault": null,
    });
    assert_eq!(requests[2], entry);
    caller.read(&id);
    assert_eq!(get(&caller, "/_emulator/journal")["requests"][3]["contentType"], Value::Null);
}

#[test]
fn codes_lists_what_was_sent() {
    let caller = Caller::new();
    assert_eq!(get(&caller, "/_emulator/codes"), json!({ "codes": [] }));
    let id = caller.start(EMAIL);
    let codes = get(&caller, "/_emulator/codes");
    let code = caller.last_code();
    let sent = json!({ "deviceAuthenticationId": id, "deviceId": EMAIL, "deviceType": "EMAIL", "code": code });
    assert_eq!(codes, json!({ "codes": [sent] }));
    assert_eq!(caller.check(&id, codes["codes"][0]["code"].as_str().unwrap()).step(), "COMPLETED");
}

#[test]
fn pushes_are_listed_and_answered() {
    let caller = Caller::new();
    let [approved, denied, pending] = [(); 3].map(|()| caller.start(PHONE));
    let reply = answer_push(&caller, &approved, "APPROVE");
    assert_eq!((reply.status, reply.body), (200, json!({ "deviceAuthenticationId": approved, "answer": "APPROVE" })));
    assert_eq!(answer_push(&caller, &denied, "DENY").status, 200);
    let listed = json!({ "pushes": [{ "deviceAuthenticationId": pending, "deviceId": PHONE }] });
    assert_eq!(get(&caller, "/_emulator/pushes"), listed);
    let steps = [&approved, &denied, &pending].map(|id| caller.read(id).body["status"].clone());
    assert_eq!(steps, ["COMPLETED", "FAILED", "PUSH_CONFIRMATION_REQUIRED"]);
}

#[test]
fn an_answer_without_effect_says_why() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    let reply = answer_push(&caller, &id, "PERHAPS");
    assert_eq!(reply.status, 400);
    assert!(reply.body["error"].as_str().unwrap().contains("APPROVE"), "{}", reply.body);
    let path = format!("/_emulator/pushes/{id}");
    assert_eq!(caller.send_to(Method::POST, &path, None, b"\xff").status, 400);
    caller.cancel(&id);
    let reply = answer_push(&caller, &id, "APPROVE");
    assert_eq!(reply.status, 404);
    assert!(reply.body["error"].as_str().unwrap().contains(&id), "{}", reply.body);
    assert_eq!(caller.read(&id).step(), "DEVICE_SELECTION_REQUIRED");
}

#[test]
fn what_it_does_not_know_it_explains() {
    let caller = Caller::new();
    for (method, path, status) in [
        (Method::GET, "/_emulator/weather", 404),
        (Method::GET, "/_emulator/users/u/devices", 404),
        (Method::POST, "/_emulator/journal", 405),
        (Method::DELETE, "/_emulator/codes", 405),
        (Method::GET, "/_emulator/pushes/a", 405),
    ] {
        let reply = caller.send_to(method, path, None, b"");
        assert_eq!(reply.status, status, "{path}");
        assert!(reply.body["error"].is_string());
    }
}
