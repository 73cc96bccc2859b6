//! Devices that are locked because too much went wrong with them.

use std::time::Duration;

use pingone_emulator::PushLimit;
use serde_json::json;

use crate::{
    household::{self, begin, other_than},
    support::Caller,
};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn fail(caller: &Caller, id: &str) {
    let wrong = other_than(&caller.last_code());
    assert_eq!(caller.check(id, wrong).complaint().2, "INVALID_OTP");
}

#[test]
fn wrong_codes_lock_the_device_for_a_while() {
    let caller = household::of(household::policy().otp_failures(2, seconds(90)), [household::mail()]);
    caller.service.freeze();
    let other = begin(&caller, json!({})).id();
    let id = begin(&caller, json!({})).id();
    fail(&caller, &id);
    fail(&caller, &id);
    assert_eq!(caller.read(&id).step(), "FAILED");

    let device = json!({ "selectedDevice": { "id": "mail" } });
    for reply in
        [begin(&caller, device.clone()), caller.check(&other, &caller.last_code()), caller.select(&other, "mail")]
    {
        assert_eq!(reply.complaint(), (400, "REQUEST_FAILED", "LIMIT_EXCEEDED", ""));
        let inner = &reply.body["details"][0]["innerError"];
        assert_eq!(inner["deliveryMethod"], "EMAIL");
        assert!(inner["coolDownExpiresAt"].is_i64());
    }
    let locked = &caller.read(&other).body["_embedded"]["devices"][0];
    assert_eq!(locked["usableStatus"]["status"], "DISABLED");
    assert!(locked["coolDownExpiresAt"].is_i64());

    caller.service.advance(seconds(89));
    assert_eq!(begin(&caller, device.clone()).status, 400);
    caller.service.advance(seconds(1));
    assert_eq!(begin(&caller, device).step(), "OTP_REQUIRED");
    assert_eq!(caller.select(&other, "mail").body["_embedded"]["devices"][0].get("coolDownExpiresAt"), None);
}

#[test]
fn a_right_code_makes_good_for_wrong_ones() {
    let caller = household::of(household::policy().otp_failures(2, seconds(90)), [household::mail()]);
    for _ in 0..3 {
        let id = begin(&caller, json!({})).id();
        fail(&caller, &id);
        assert_eq!(caller.check(&id, &caller.last_code()).step(), "COMPLETED");
    }
}

#[test]
fn pushes_without_approval_lock_the_phone() {
    let limit = PushLimit { count: 2, time_period: seconds(100), lock_duration: seconds(300) };
    let caller = household::of(household::policy().push_limit(limit), [household::phone(), household::mail()]);
    caller.service.freeze();
    let device = json!({ "selectedDevice": { "id": "phone" } });
    let denied = begin(&caller, device.clone());
    caller.service.deny_push(&denied.id()).unwrap();
    let fails = caller.read(&denied.id()).body["_embedded"]["devices"][0]["pushFails"].clone();
    assert_eq!(fails.as_array().unwrap().len(), 1);
    begin(&caller, device.clone());
    caller.service.advance(seconds(40));
    assert_eq!(begin(&caller, device.clone()).complaint(), (400, "REQUEST_FAILED", "LIMIT_EXCEEDED", ""));
    assert_eq!(begin(&caller, json!({})).body["selectedDevice"], json!({ "id": "mail" }), "the next is the default");
    caller.service.advance(seconds(300));
    assert_eq!(begin(&caller, device).step(), "PUSH_CONFIRMATION_REQUIRED");
}

#[test]
fn cancelled_pushes_lock_the_phone() {
    let limit = PushLimit { count: 2, time_period: seconds(100), lock_duration: seconds(300) };
    let caller = household::of(household::policy().push_limit(limit), [household::phone()]);
    let device = json!({ "selectedDevice": { "id": "phone" } });
    caller.cancel(&begin(&caller, device.clone()).id());
    let id = begin(&caller, device.clone()).id();
    let given_up = caller.cancel(&id);
    assert_eq!(given_up.body["_embedded"]["devices"][0]["usableStatus"]["status"], "DISABLED");
    assert_eq!(begin(&caller, device.clone()).complaint().2, "LIMIT_EXCEEDED");

    let caller = household::of(household::policy().push_limit(limit), [household::phone()]);
    caller.service.switch_off("cancelled-push-counts").unwrap();
    for count in 1..=60 {
        let reply = caller.cancel(&begin(&caller, device.clone()).id());
        let fails = reply.body["_embedded"]["devices"][0]["pushFails"].as_array().unwrap();
        assert_eq!(fails.len(), count.min(50), "they are shown, as far as they are remembered");
    }
}

#[test]
fn pushes_that_are_long_ago_or_were_followed_by_an_approval_do_not_count() {
    let limit = PushLimit { count: 2, time_period: seconds(100), lock_duration: seconds(300) };
    let caller = household::of(household::policy().push_limit(limit), [household::phone()]);
    caller.service.freeze();
    let deny = || caller.service.deny_push(&begin(&caller, json!({})).id()).unwrap();
    deny();
    caller.service.advance(seconds(101));
    deny();
    caller.service.approve_push(&begin(&caller, json!({})).id()).unwrap();
    deny();
    assert_eq!(begin(&caller, json!({})).step(), "PUSH_CONFIRMATION_REQUIRED");
}
