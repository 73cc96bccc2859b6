//! Devices that are locked because too much went wrong with them.

use std::time::Duration;

use pingone_emulator::{Device, PushLimit};
use serde_json::json;

use crate::{
    household::{self, begin, other_than},
    support::{Caller, Reply},
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
    let last = caller.check(&id, other_than(&caller.last_code()));
    assert_eq!(caller.read(&id).step(), "FAILED");

    let device = json!({ "selectedDevice": { "id": "mail" } });
    let [begun, checked, selected] =
        [begin(&caller, device.clone()), caller.check(&other, &caller.last_code()), caller.select(&other, "mail")];
    for reply in [last, begun, checked, selected] {
        assert_eq!(reply.complaint(), (400, "REQUEST_FAILED", "QUOTA_EXCEEDED", ""));
        assert!(reply.body["details"][0]["innerError"]["coolDownExpiresAt"].is_i64());
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
    assert_eq!(begin(&caller, device.clone()).complaint(), (400, "REQUEST_FAILED", "QUOTA_EXCEEDED", ""));
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
    assert_eq!(begin(&caller, device.clone()).complaint().2, "QUOTA_EXCEEDED");

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

/// How often a wrong code can be given until it is said that the device is locked; none of four, if it never is.
fn tries_until_locked(caller: &Caller, start: &dyn Fn() -> Reply) -> Option<usize> {
    (1..=4).find(|_| {
        let begun = start();
        assert_eq!(begun.step(), "OTP_REQUIRED");
        caller.check(&begun.id(), "no code").complaint().2 == "QUOTA_EXCEEDED"
    })
}

#[test]
fn each_type_has_its_default() {
    let sent = ["EMAIL", "SMS", "VOICE", "WHATSAPP"].map(|device_type| (device_type, None));
    let made = ["TOTP", "OATH_TOKEN"].map(|device_type| (device_type, Some(3)));
    for (device_type, tries) in [&sent[..], &made].concat() {
        let device = Device::new("device", device_type).hidden("secret", json!(household::SECRET));
        let caller = household::of(household::policy(), [device]);
        let start = || begin(&caller, json!({ "selectedDevice": { "id": "device" } }));
        assert_eq!(tries_until_locked(&caller, &start), tries, "{device_type}");
        if tries.is_some() {
            caller.service.advance(seconds(119));
            assert_eq!(start().complaint().2, "QUOTA_EXCEEDED", "{device_type}");
            caller.service.advance(seconds(1));
            assert_eq!(start().step(), "OTP_REQUIRED", "{device_type}");
        }
    }
}

#[test]
fn a_one_time_device_is_never_locked() {
    let caller = household::of(household::policy().otp_failures(2, seconds(90)), []);
    let address = json!({ "type": "EMAIL", "email": "somebody@example.com" });
    let start = || begin(&caller, json!({ "selectedDevice": { "oneTime": address } }));
    assert_eq!(tries_until_locked(&caller, &start), None);
    let id = start().id();
    fail(&caller, &id);
    fail(&caller, &id);
    assert_eq!((caller.read(&id).step(), start().step()), ("FAILED", "OTP_REQUIRED"));
}
