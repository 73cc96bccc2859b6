//! Whether the account of a user is locked, and how the lock ends.

use std::time::Duration;

use http::Method;
use pingone_emulator::{Data, User};
use serde_json::{Value, json};

use crate::{
    household::{self, begin, mail, phone},
    support::{Caller, JSON},
};

const LOCK: &str = "application/vnd.pingidentity.account.lock+json";
const UNLOCK: &str = "application/vnd.pingidentity.account.unlock+json";

fn caller() -> Caller {
    household::of(household::policy(), [mail()])
}

#[test]
fn is_locked_and_unlocked() {
    let caller = caller();
    caller.service.freeze();
    let lock = |body: Value| {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        caller.manage(Method::POST, "/users/u", LOCK, body)
    };
    let is_locked = || begin(&caller, json!({})).step_or_error() == "ACCOUNT_NOT_USABLE";
    for body in [Value::Null, json!({}), json!({ "unlockAt": caller.time(-1) }), json!({ "unlockAt": caller.time(0) })]
    {
        let reply = lock(body.clone());
        assert_eq!((reply.status, &reply.body["account"]["status"]), (200, &json!("OK")), "{body}");
        assert!(!is_locked(), "{body}");
    }
    for body in [json!({ "unlockAt": "tomorrow" }), json!({ "unlockAt": 1 })] {
        assert_eq!(lock(body).complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "unlockAt"));
    }
    let reply = lock(json!({ "unlockAt": caller.time(60) }));
    assert_eq!((reply.status, &reply.body["account"]["status"]), (200, &json!("LOCKED")));
    assert!(is_locked());
    let reply = caller.manage(Method::POST, "/users/u", UNLOCK, "");
    assert_eq!((reply.status, &reply.body["account"]), (200, &json!({ "canAuthenticate": true, "status": "OK" })));
    assert!(!is_locked());
    assert_eq!(caller.manage(Method::POST, "/users/u", JSON, json!({})).complaint().0, 415);
}

#[test]
fn the_account_tells_the_lock() {
    let caller = caller();
    caller.service.freeze();
    let account = || caller.managed("/users/u").body["account"].clone();
    let (at, until) = (caller.time(0), caller.time(60));
    caller.manage(Method::POST, "/users/u", LOCK, json!({ "unlockAt": until }));
    let expected = |seconds: u64| {
        json!({
            "canAuthenticate": false, "lockedAt": at, "secondsUntilUnlock": seconds, "status": "LOCKED", "unlockAt": until,
        })
    };
    assert_eq!(account(), expected(60));
    caller.service.advance(Duration::from_secs(59));
    assert_eq!(account(), expected(1));
    caller.service.advance(Duration::from_secs(1));
    assert_eq!(account(), json!({ "canAuthenticate": true, "status": "OK" }), "it has ended by itself");

    let data = Data::new("e", "p").client(household::client()).user(User::new("u").disabled());
    let reply = Caller::of(data).managed("/users/u");
    assert_eq!((&reply.body["account"]["canAuthenticate"], &reply.body["enabled"]), (&json!(false), &json!(false)));
}

#[test]
fn unlock_forgets_failures_of_the_devices() {
    let caller = household::of(household::policy(), [mail(), phone()]);
    caller.service.freeze();
    let wrong = || {
        let id = begin(&caller, json!({ "selectedDevice": { "id": "mail" } })).id();
        let otp = household::other_than(&caller.last_code());
        caller.check(&id, otp).body["details"][0]["innerError"]["attemptsRemaining"].clone()
    };
    let begin_push = || begin(&caller, json!({ "selectedDevice": { "id": "phone" } }));
    let deny = || caller.service.deny_push(&begin_push().id()).unwrap();
    let lock = || caller.manage(Method::POST, "/users/u", LOCK, json!({ "unlockAt": caller.time(60) }));
    let unlock = || assert_eq!(caller.manage(Method::POST, "/users/u", UNLOCK, "").status, 200);
    assert_eq!(wrong(), json!(2));
    (0..4).for_each(|_| deny());
    unlock();
    assert_eq!(wrong(), json!(1), "it was not locked");
    lock();
    unlock();
    assert_eq!(wrong(), json!(2));
    deny();
    assert_eq!(begin_push().step(), "PUSH_CONFIRMATION_REQUIRED", "five have been denied, one of them since then");
    (0..3).for_each(|_| deny());
    lock();
    caller.service.switch_off("unlock-resets-devices").unwrap();
    unlock();
    assert_eq!(wrong(), json!(1));
    deny();
    assert_eq!(begin_push().complaint().2, "QUOTA_EXCEEDED");
    lock();
    caller.service.switch_on("unlock-resets-devices").unwrap();
    unlock();
    assert_eq!(begin_push().complaint().2, "QUOTA_EXCEEDED", "the lock of a device goes on");
}
