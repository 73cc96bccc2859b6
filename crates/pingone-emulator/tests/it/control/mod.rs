//! `/_emulator/…`

mod users;

use std::time::Duration;

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
        "method": "POST", "path": path, "contentType": CANCEL, "status": 200, "operation": "device_authentication.cancel", "fault": null,
    });
    for (name, value) in entry.as_object().unwrap() {
        assert_eq!(&requests[2][name], value, "{name}");
    }
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
    let sent = json!({
        "deviceAuthenticationId": id, "userId": caller.service.user_id(), "deviceId": EMAIL, "deviceType": "EMAIL",
        "code": code, "sentAt": caller.read(&id).body["createdAt"],
    });
    assert_eq!(codes, json!({ "codes": [sent] }));
    assert_eq!(caller.check(&id, codes["codes"][0]["code"].as_str().unwrap()).step(), "COMPLETED");
}

#[test]
fn pushes_are_listed_and_answered() {
    let caller = Caller::new();
    caller.service.freeze();
    let [approved, denied, pending] = [(); 3].map(|()| caller.start(PHONE));
    let reply = answer_push(&caller, &approved, "APPROVE");
    assert_eq!((reply.status, reply.body), (200, json!({ "deviceAuthenticationId": approved, "answer": "APPROVE" })));
    assert_eq!(answer_push(&caller, &denied, "DENY").status, 200);
    let pushes = get(&caller, "/_emulator/pushes");
    caller.service.advance(Duration::from_secs(40));
    let push = json!({
        "deviceAuthenticationId": pending, "userId": caller.service.user_id(), "deviceId": PHONE,
        "timesOutAt": get(&caller, "/_emulator/clock")["now"],
    });
    assert_eq!(pushes, json!({ "pushes": [push] }));
    let steps = [&approved, &denied, &pending].map(|id| caller.read(id).body["status"].clone());
    assert_eq!(steps, ["COMPLETED", "FAILED", "PUSH_CONFIRMATION_TIMED_OUT"]);
}

#[test]
fn lists_where_each_authentication_stands() {
    let caller = Caller::new();
    caller.service.freeze();
    let ids = [EMAIL, PHONE].map(|device| caller.start(device));
    caller.service.advance(Duration::from_secs(1));
    caller.service.deny_push(&ids[1]).unwrap();
    let passkey = caller.initialize(json!({ "rp": { "id": "pingone.com" } }));
    let line = |body: Value, device: Value| {
        let mut line = json!({ "expired": false });
        for name in ["id", "status", "createdAt", "updatedAt"] {
            line[name] = body[name].clone();
        }
        for (name, value) in device.as_object().unwrap() {
            line[name] = value.clone();
        }
        line
    };
    let user = caller.service.user_id();
    let [mail, phone] = [&ids[0], &ids[1]].map(|id| caller.read(id).body);
    assert_ne!(phone["createdAt"], phone["updatedAt"]);
    let expected = json!({ "deviceAuthentications": [
        line(mail, json!({ "userId": user, "deviceId": EMAIL, "deviceType": "EMAIL" })),
        line(phone, json!({
            "userId": user, "deviceId": PHONE, "deviceType": "MOBILE", "error": "PUSH_CONFIRMATION_DENIED",
            "message": "The user has denied the push.",
        })),
        line(passkey.body, json!({})),
    ]});
    assert_eq!(get(&caller, "/_emulator/device-authentications"), expected);

    caller.service.advance(Duration::from_secs(899));
    let expired = || {
        let lines = get(&caller, "/_emulator/device-authentications")["deviceAuthentications"].clone();
        lines.as_array().unwrap().iter().map(|line| line["expired"].as_bool().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(expired(), [true, true, false]);
    caller.service.switch_off("authentication-expires").unwrap();
    assert_eq!(expired(), [false; 3]);
}

#[test]
fn a_list_can_be_limited_to_the_newest() {
    let caller = Caller::new();
    let ids = [(); 3].map(|()| caller.start(EMAIL));
    for (path, name, id, all) in [
        ("device-authentications", "deviceAuthentications", "id", 3),
        ("codes", "codes", "deviceAuthenticationId", 3),
        ("journal", "requests", "path", 4),
    ] {
        let lines = |query: &str| get(&caller, &format!("/_emulator/{path}{query}"))[name].as_array().unwrap().clone();
        let newest: Vec<Value> = lines("?last=2").iter().map(|line| line[id].clone()).collect();
        match name {
            "requests" => assert_eq!(newest.len(), 2),
            _ => assert_eq!(newest, ids[1..]),
        }
        assert_eq!([lines(""), lines("?last=99"), lines("?last=0")].map(|lines| lines.len()), [all, all, 0]);
        let reply = caller.send_to(Method::GET, &format!("/_emulator/{path}?last=few"), None, b"");
        assert_eq!((reply.status, &reply.body["error"]), (400, &json!("last: must be a whole number")));
    }
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

fn put(caller: &Caller, path: &str, body: Value) -> Reply {
    caller.send_to(Method::PUT, &format!("/_emulator{path}"), Some(JSON), body.to_string().as_bytes())
}

fn post(caller: &Caller, path: &str, body: Value) -> Reply {
    caller.send_to(Method::POST, &format!("/_emulator{path}"), Some(JSON), body.to_string().as_bytes())
}

fn delete(caller: &Caller, path: &str) -> Reply {
    caller.send_to(Method::DELETE, &format!("/_emulator{path}"), None, b"")
}

/// The user `new` begins.
fn begin(caller: &Caller) -> Reply {
    caller.initialize(json!({ "user": { "id": "new" } }))
}

#[test]
fn the_clock_stops_and_moves() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    let stopped = post(&caller, "/clock", json!({ "running": false }));
    assert_eq!((&stopped.body["running"], stopped.status), (&json!(false), 200));
    assert_eq!(get(&caller, "/_emulator/clock"), stopped.body);
    assert_eq!(post(&caller, "/clock", json!({ "advance": 60 })).status, 200);
    assert_eq!(caller.read(&id).step(), "PUSH_CONFIRMATION_TIMED_OUT");
    assert_eq!(post(&caller, "/clock", json!({ "running": true })).body["running"], true);
    assert_eq!(post(&caller, "/clock", json!({ "advance": -1 })).status, 400);
}

#[test]
fn pushes_are_answered_by_script() {
    let caller = Caller::new();
    let script = json!({ "answer": "DENY", "reads": 2, "deviceId": PHONE });
    assert_eq!(put(&caller, "/push-script", script).status, 200);
    let id = caller.start(PHONE);
    let steps = [(); 2].map(|()| caller.read(&id).step().to_owned());
    assert_eq!(steps, ["PUSH_CONFIRMATION_REQUIRED", "FAILED"]);
    assert_eq!(put(&caller, "/push-script", json!({ "answer": "APPROVE", "seconds": 5 })).status, 200);
    assert_eq!(delete(&caller, "/push-script").status, 200);
    let id = caller.start(PHONE);
    post(&caller, "/clock", json!({ "advance": 6 }));
    assert_eq!(caller.read(&id).step(), "PUSH_CONFIRMATION_REQUIRED");
    assert_eq!(put(&caller, "/push-script", json!({ "answer": "MAYBE" })).status, 400);
}

#[test]
fn a_fault_is_read_as_it_is_written() {
    let caller = Caller::new();
    for fault in [
        json!({ "kind": "delay", "milliseconds": 7 }),
        json!({ "kind": "too_many_requests", "retryAfter": { "date": -60 } }),
        json!({ "kind": "unavailable", "retryAfter": { "seconds": 3 } }),
        json!({ "kind": "html", "status": 502 }),
        json!({ "kind": "redirect", "status": 301, "host": "127.0.0.1:1" }),
        json!({ "kind": "oversized", "bytes": 1_000 }),
        json!({ "kind": "reset_in_body" }),
    ] {
        assert_eq!(post(&caller, "/faults", fault.clone()).body, json!({ "faults": [fault] }));
        delete(&caller, "/faults");
    }
    for bad in [json!({ "kind": "redirect", "status": 200, "host": "h" }), json!({ "kind": "status", "status": 301 })] {
        assert_eq!(post(&caller, "/faults", bad).status, 400);
    }
}

#[test]
fn faults_come_and_go() {
    let caller = Caller::new();
    let fault = json!({ "kind": "status", "status": 503, "operation": "device_authentication.read", "times": 1 });
    assert_eq!(post(&caller, "/faults", fault.clone()).body, json!({ "faults": [fault] }));
    assert_eq!([(); 2].map(|()| caller.read("none").status), [503, 404]);
    assert_eq!(delete(&caller, "/faults").body, json!({ "faults": [] }));
    assert_eq!(post(&caller, "/faults", json!({ "kind": "earthquake" })).status, 400);
}

#[test]
fn rules_are_switched() {
    let caller = Caller::new();
    let unknown = || caller.initialize(json!({ "user": { "id": "nobody" } })).status;
    assert_eq!(put(&caller, "/rules/unknown-user-is-404", json!({ "holds": false })).status, 200);
    assert_eq!(unknown(), 400);
    assert_eq!(put(&caller, "/rules/unknown-user-is-404", json!({ "holds": true })).status, 200);
    assert_eq!(unknown(), 404);
    assert_eq!(put(&caller, "/rules/token-is-required", json!({ "holds": false })).status, 404);
    assert_eq!(put(&caller, "/rules/unknown-user-is-404", json!({})).status, 400);
}

#[test]
fn tokens_are_issued_counted_and_revoked() {
    let caller = Caller::new();
    assert_eq!(get(&caller, "/_emulator/tokens"), json!({ "issued": 1, "refused": 0, "lifetime": 3600 }));
    for (kind, status) in [("WORKER", 404), ("USER", 401), ("OTHER_ENVIRONMENT", 401)] {
        let token = post(&caller, "/tokens", json!({ "kind": kind })).body["access_token"].clone();
        let authorization = Some(format!("Bearer {}", token.as_str().unwrap()));
        let bearer = Caller { service: caller.service.clone(), authorization };
        assert_eq!(bearer.read("none").status, status, "{kind}");
    }
    assert_eq!(put(&caller, "/tokens", json!({ "lifetime": 5 })).body["lifetime"], 5);
    assert_eq!(delete(&caller, "/tokens").status, 200);
    assert_eq!(caller.read("none").status, 401);
    assert_eq!(post(&caller, "/tokens", json!({ "kind": "ADMIN" })).status, 400);
}

#[test]
fn a_snapshot_brings_everything_back() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    assert_eq!(put(&caller, "/snapshots/pending", json!({})).status, 200);
    for _ in 0..2 {
        assert_eq!(caller.read(&id).step(), "PUSH_CONFIRMATION_REQUIRED");
        assert_eq!(caller.cancel(&id).step(), "DEVICE_SELECTION_REQUIRED");
        assert_eq!(caller.service.journal().len(), 4);
        assert_eq!(post(&caller, "/snapshots/pending", json!({})).status, 200);
        assert_eq!(caller.service.journal().len(), 2);
    }
    assert_eq!(post(&caller, "/snapshots/none", json!({})).status, 404);
}

#[test]
fn a_reset_brings_the_start_back() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    caller.service.switch_off("expired-is-404").unwrap();
    put(&caller, "/users/new", json!({ "devices": [] }));
    assert_eq!(post(&caller, "/reset", json!({})).status, 200);
    assert!(caller.service.journal().is_empty());
    assert_eq!(caller.read(&id).status, 401, "nobody has a token");
    assert_eq!(get(&caller, "/_emulator/users")["users"].as_array().unwrap().len(), 1);
    let rules = get(&caller, "/_emulator/rules")["rules"].clone();
    assert!(rules.as_array().unwrap().iter().all(|rule| rule["holds"] == true));
}

#[test]
fn tells_where_to_begin_and_describes_itself() {
    let caller = Caller::new();
    let about = get(&caller, "/_emulator");
    assert_eq!(get(&caller, "/_emulator/"), about);
    assert_eq!(
        (&about["environmentId"], &about["userId"]),
        (&caller.service.environment_id().into(), &caller.service.user_id().into())
    );
    let document = get(&caller, "/_emulator/openapi.json");
    assert_eq!(document["openapi"], "3.1.0");
    delete(&caller, "/journal");
    assert!(caller.service.journal().is_empty());
}
