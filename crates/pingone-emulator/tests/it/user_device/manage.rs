//! What is done with a device that a user has.

use std::time::Duration;

use http::Method;
use serde_json::{Value, json};

use super::{ALL, BLOCK, REORDER, UNBLOCK, UNLOCK, act, caller, create, created, ids, list, log_in, mail, read, with};
use crate::{
    household::{self, begin, other_than},
    support::{Caller, JSON},
};

#[test]
fn what_is_not_there_is_not_found() {
    let caller = caller();
    let id = created(&caller, mail("ACTIVE"));
    for (method, path, media_type) in [
        (Method::GET, "/users/nobody/devices".to_owned(), JSON),
        (Method::POST, "/users/nobody/devices".to_owned(), REORDER),
        (Method::GET, format!("/users/nobody/devices/{id}"), JSON),
        (Method::GET, format!("{ALL}/none"), JSON),
        (Method::POST, format!("{ALL}/none"), BLOCK),
        (Method::DELETE, format!("{ALL}/none"), JSON),
        (Method::PUT, format!("{ALL}/none/nickname"), JSON),
        (Method::PUT, format!("{ALL}/none/logs"), JSON),
    ] {
        let reply = caller.manage(method.clone(), &path, media_type, "{}");
        assert_eq!((reply.status, reply.complaint().1), (404, "NOT_FOUND"), "{method} {path}");
    }
    for (method, path) in [(Method::PATCH, format!("{ALL}/{id}")), (Method::PUT, format!("{ALL}/{id}"))] {
        assert_eq!(caller.manage(method, &path, JSON, "{}").status, 405);
    }
    assert_eq!(act(&caller, &id, JSON, "{}").status, 415);
}

#[test]
fn addresses_are_clear_here_and_masked_in_a_log_in() {
    let caller = caller();
    let sms = created(&caller, json!({ "type": "SMS", "phone": "+1.5125550144" }));
    let mail = created(&caller, mail("ACTIVE"));
    assert_eq!(read(&caller, &sms).body["phone"], "+1.5125550144");
    assert_eq!(list(&caller, "")["_embedded"]["devices"][1]["email"], "ada@example.com");
    let begun = log_in(&caller, &mail).body;
    let shown = &begun["_embedded"]["devices"];
    assert_eq!((&shown[0]["phone"], &shown[1]["email"]), (&json!("*******44"), &json!("ad****@example.com")));
    for managed in ["createdAt", "lock", "block", "environment", "_links"] {
        assert_eq!(shown[0].get(managed), None, "{managed}");
    }
}

#[test]
fn a_blocked_device_cannot_log_in_until_it_is_unblocked() {
    let caller = caller();
    let id = created(&caller, mail("ACTIVE"));
    let blocked = act(&caller, &id, BLOCK, "");
    assert_eq!((blocked.status, &blocked.body["block"]["status"]), (200, &json!("BLOCKED")));
    let at = blocked.body["block"]["blockedAt"].clone();
    assert_eq!(at, blocked.body["updatedAt"]);
    caller.service.advance(Duration::from_secs(1));
    assert_eq!(act(&caller, &id, BLOCK, "").body["block"]["blockedAt"], at, "it was blocked before");
    assert_eq!(log_in(&caller, &id).complaint().3, "selectedDevice.id");
    assert_eq!(begin(&caller, json!({})).complaint().2, "NO_USABLE_DEVICES");

    caller.service.switch_off("unblock-is-like-block").unwrap();
    assert_eq!(act(&caller, &id, UNBLOCK, "").status, 415);
    caller.service.switch_on("unblock-is-like-block").unwrap();
    let unblocked = act(&caller, &id, UNBLOCK, "");
    assert_eq!((unblocked.status, &unblocked.body["block"]), (200, &json!({ "status": "UNBLOCKED" })));
    assert_eq!(log_in(&caller, &id).step(), "OTP_REQUIRED");
}

fn lock(caller: &Caller, id: &str) {
    for _ in 0..2 {
        let begun = log_in(caller, id).id();
        caller.check(&begun, other_than(&caller.last_code()));
    }
}

#[test]
fn a_lock_is_shown_and_can_be_ended() {
    let policy = household::policy().otp_failures(2, Duration::from_secs(600));
    let caller = with(policy, []);
    let id = created(&caller, mail("ACTIVE"));
    lock(&caller, &id);
    let locked = read(&caller, &id).body["lock"].clone();
    assert_eq!((&locked["status"], locked["expiresAt"].is_string()), (&json!("LOCKED"), true));
    assert_eq!(locked["reason"], "OTP");
    caller.service.switch_off("lock-has-a-reason").unwrap();
    assert_eq!(read(&caller, &id).body["lock"].get("reason"), None);
    assert_eq!(log_in(&caller, &id).complaint().2, "QUOTA_EXCEEDED");
    let unlocked = act(&caller, &id, UNLOCK, "");
    assert_eq!((unlocked.status, &unlocked.body["lock"]), (200, &json!({ "status": "UNLOCKED" })));

    let begun = log_in(&caller, &id).id();
    caller.check(&begun, other_than(&caller.last_code()));
    assert_eq!(act(&caller, &id, UNLOCK, "").status, 200);
    let begun = log_in(&caller, &id).id();
    let wrong = caller.check(&begun, other_than(&caller.last_code()));
    assert_eq!(wrong.body["details"][0]["innerError"]["attemptsRemaining"], 1, "they are counted anew");

    caller.service.switch_off("unlock-answers-device").unwrap();
    let answer = act(&caller, &id, UNLOCK, "");
    assert_eq!((answer.status, answer.body), (204, Value::Null));
}

#[test]
fn a_phone_that_pushes_have_locked_can_be_unlocked() {
    let limit = pingone_emulator::PushLimit {
        count: 1,
        time_period: Duration::from_secs(600),
        lock_duration: Duration::from_secs(600),
    };
    let caller = with(household::policy().push_limit(limit), [household::phone()]);
    caller.service.deny_push(&log_in(&caller, "phone").id()).unwrap();
    assert_eq!(log_in(&caller, "phone").complaint().2, "QUOTA_EXCEEDED");
    assert_eq!(read(&caller, "phone").body["lock"]["reason"], "PUSH");
    assert_eq!(act(&caller, "phone", UNLOCK, "").body["lock"]["status"], "UNLOCKED");
    assert_eq!(log_in(&caller, "phone").step(), "PUSH_CONFIRMATION_REQUIRED");
}

#[test]
fn a_nickname_is_given_and_taken() {
    let caller = caller();
    let id = created(&caller, mail("ACTIVE"));
    let path = format!("{ALL}/{id}/nickname");
    let rename = |nickname: &str| caller.manage(Method::PUT, &path, JSON, json!({ "nickname": nickname }));
    let answer = rename("My mail").body;
    let own = read(&caller, &id).body["_links"]["self"]["href"].as_str().unwrap().to_owned();
    let links = json!({ "self": { "href": format!("{own}/nickname") }, "device": { "href": own } });
    assert_eq!(answer, json!({ "_links": links, "nickname": "My mail" }));
    assert_eq!(read(&caller, &id).body["nickname"], "My mail");
    assert_eq!(log_in(&caller, &id).body["_embedded"]["devices"][0]["nickname"], "My mail");
    assert_eq!(rename("").status, 200);
    assert_eq!(read(&caller, &id).body.get("nickname"), None);
    assert_eq!(rename(&"\u{e4}".repeat(100)).status, 200);
    let long = "n".repeat(101);
    assert_eq!(rename(&long).complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "nickname"));
    caller.service.switch_off("nickname-length").unwrap();
    assert_eq!(rename(&long).status, 200);
    let unsaid = caller.manage(Method::PUT, &path, JSON, "{}");
    assert_eq!(unsaid.complaint(), (400, "INVALID_DATA", "REQUIRED_VALUE", "nickname"));
}

#[test]
fn logs_are_asked_of_phones() {
    let caller = with(household::policy(), [household::phone(), household::mail()]);
    let ask = |id: &str, status: &str| {
        caller.manage(Method::PUT, &format!("{ALL}/{id}/logs"), JSON, json!({ "status": status }))
    };
    let asked = ask("phone", "PENDING");
    assert_eq!((asked.status, &asked.body["status"], asked.links()), (200, &json!("PENDING"), vec!["device", "self"]));
    let expires_at: jiff::Timestamp = asked.body["expiresAt"].as_str().unwrap().parse().unwrap();
    let now = caller.send_to(Method::GET, "/_emulator/clock", None, b"").body["now"].as_str().unwrap().to_owned();
    assert_eq!(expires_at.duration_since(now.parse().unwrap()).as_hours(), 24);
    assert_eq!(ask("phone", "RECEIVED").complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "status"));
    assert_eq!(ask("mail", "PENDING").complaint(), (400, "REQUEST_FAILED", "CONSTRAINT_VIOLATION", ""));
}

#[test]
fn the_next_device_is_the_default_once_the_first_is_deleted() {
    let caller = caller();
    let [first, second] = [(); 2].map(|()| created(&caller, mail("ACTIVE")));
    assert_eq!(begin(&caller, json!({})).body["selectedDevice"]["id"], first);
    let gone = caller.manage(Method::DELETE, &format!("{ALL}/{first}"), "", "");
    assert_eq!((gone.status, gone.body), (204, Value::Null));
    assert_eq!(begin(&caller, json!({})).body["selectedDevice"]["id"], second);
    assert_eq!((read(&caller, &first).status, ids(&list(&caller, ""))), (404, vec![second.as_str()]));
    assert_eq!(caller.manage(Method::DELETE, &format!("{ALL}/{first}"), "", "").status, 404);
}

#[test]
fn a_device_of_the_data_is_shown_like_any_other() {
    let caller = with(household::policy(), [household::mail()]);
    let shown = read(&caller, "mail").body;
    assert_eq!((&shown["status"], &shown["createdAt"]), (&json!("ACTIVE"), &shown["updatedAt"]));
    act(&caller, "mail", BLOCK, "");
    let [before, after] = ["createdAt", "updatedAt"].map(|name| read(&caller, "mail").body[name].clone());
    assert_ne!(before, after);
    assert_eq!(create(&caller, mail("ACTIVE")).status, 201);
}
