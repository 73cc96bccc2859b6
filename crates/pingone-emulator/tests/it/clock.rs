//! Time, and what it does to an authentication.

use std::time::Duration;

use serde_json::json;

use crate::{
    household::{self, begin},
    support::{Caller, PHONE},
};

#[test]
fn an_authentication_is_over_after_15_minutes() {
    let caller = household::of(household::policy(), [household::mail()]);
    caller.service.freeze();
    let id = begin(&caller, json!({})).id();
    caller.service.advance(Duration::from_secs(15 * 60 - 1));
    assert_eq!(caller.read(&id).step(), "OTP_REQUIRED");
    caller.service.advance(Duration::from_secs(1));
    assert_eq!(caller.read(&id).complaint(), (404, "NOT_FOUND", "", ""));
    assert_eq!(caller.check(&id, &caller.last_code()).status, 404);
}

#[test]
fn stands_still_when_it_is_frozen() {
    let caller = Caller::new();
    caller.service.freeze();
    let id = caller.start(PHONE);
    let created = caller.read(&id).body["createdAt"].clone();
    caller.service.advance(Duration::from_secs(39));
    assert_eq!(caller.read(&id).step(), "PUSH_CONFIRMATION_REQUIRED");
    caller.service.advance(Duration::from_secs(1));
    let reply = caller.read(&id);
    assert_eq!((reply.step(), &reply.body["createdAt"]), ("PUSH_CONFIRMATION_TIMED_OUT", &created));
}
