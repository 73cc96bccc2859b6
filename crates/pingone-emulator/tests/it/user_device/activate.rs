//! How a device that waits becomes one that can be used.

use std::time::Duration;

use serde_json::json;

use super::{SEND_CODE, act, activate, caller, create, created, log_in, mail, read, sent_code, with};
use crate::household::{self, other_than};

#[test]
fn by_the_code_that_was_sent() {
    let caller = with(household::policy().otp_length(8).otp_life_time(Duration::from_secs(60)), []);
    let notification = json!({
        "template": { "locale": "en", "variant": "variant_B", "variables": { "sum": "1" } },
        "clientContext": { "page": 1 },
    });
    let mut body = mail("ACTIVATION_REQUIRED");
    body["notification"] = notification.clone();
    let waiting = create(&caller, body);
    assert_eq!(waiting.links(), ["device.activate", "environment", "self", "user"]);
    assert_eq!(waiting.body["_links"]["device.activate"], waiting.body["_links"]["self"]);
    let id = waiting.id();
    let sent = caller.service.last_pairing_code_for(&id).unwrap();
    assert_eq!((sent.code().len(), sent.device_type(), sent.user_id()), (8, "EMAIL", "u"));
    assert_eq!((sent.notification(), sent.device_authentication_id()), (Some(&notification), None));
    assert_eq!(log_in(&caller, &id).complaint().2, "INVALID_VALUE", "it cannot be used yet");

    let active = activate(&caller, &id, sent.code());
    assert_eq!((active.status, &active.body["status"]), (200, &json!("ACTIVE")));
    assert_eq!(active.links(), ["environment", "self", "user"]);
    assert_eq!(
        (&active.body["lock"]["status"], &active.body["block"]["status"]),
        (&json!("UNLOCKED"), &json!("UNBLOCKED"))
    );
    let begun = log_in(&caller, &id);
    assert_eq!(caller.check(&begun.id(), &caller.last_code()).step(), "COMPLETED");

    let late = created(&caller, mail("ACTIVATION_REQUIRED"));
    caller.service.advance(Duration::from_secs(60));
    assert_eq!(activate(&caller, &late, &sent_code(&caller, &late)).complaint().2, "INVALID_OTP");
}

#[test]
fn a_test_device_shows_its_code_at_once() {
    let caller = caller();
    for body in [
        json!({ "type": "SMS", "phone": "+14155550100", "testMode": true, "status": "ACTIVATION_REQUIRED" }),
        json!({ "type": "EMAIL", "email": "a@example.com", "testMode": true, "status": "ACTIVATION_REQUIRED" }),
    ] {
        let waiting = create(&caller, body);
        assert_eq!(waiting.body["testMode"], true);
        let again = act(&caller, &waiting.id(), SEND_CODE, "");
        let [first, code] = [&waiting, &again].map(|reply| reply.body["test"]["otp"].as_str().unwrap());
        assert_eq!(activate(&caller, &waiting.id(), first).complaint().2, "INVALID_OTP");
        assert_eq!(activate(&caller, &waiting.id(), code).status, 200);
        assert_eq!(read(&caller, &waiting.id()).body.get("test"), None);
    }
    let active = create(&caller, json!({ "type": "SMS", "phone": "+14155550100", "testMode": true }));
    assert_eq!((&active.body["status"], active.body.get("test")), (&json!("ACTIVE"), None));
    assert!(log_in(&caller, &active.id()).body["test"]["otp"].is_string());
    assert!(caller.service.codes().is_empty(), "nothing was sent");
}

#[test]
fn wrong_codes_are_counted() {
    let caller = caller();
    let id = created(&caller, mail("ACTIVATION_REQUIRED"));
    let code = sent_code(&caller, &id);
    for remaining in [2, 1, 0] {
        let wrong = activate(&caller, &id, other_than(&code));
        assert_eq!(wrong.complaint(), (400, "INVALID_DATA", "INVALID_OTP", "otp"));
        assert_eq!(wrong.body["details"][0]["innerError"]["attemptsRemaining"], remaining);
    }
    assert_eq!(activate(&caller, &id, &code).complaint().2, "INVALID_OTP", "the code is void");
    act(&caller, &id, SEND_CODE, "");
    assert_eq!(activate(&caller, &id, &sent_code(&caller, &id)).status, 200);

    let totp = created(&caller, json!({ "type": "TOTP" }));
    for expected in ["INVALID_OTP", "INVALID_OTP", "QUOTA_EXCEEDED", "QUOTA_EXCEEDED"] {
        assert_eq!(activate(&caller, &totp, "no code").complaint().2, expected);
    }
    assert_eq!(read(&caller, &totp).body["lock"]["status"], "LOCKED");

    caller.service.switch_off("wrong-pairing-codes-count").unwrap();
    let id = created(&caller, mail("ACTIVATION_REQUIRED"));
    for _ in 0..5 {
        assert_eq!(activate(&caller, &id, "no code").complaint().2, "INVALID_OTP");
    }
    assert_eq!(activate(&caller, &id, &sent_code(&caller, &id)).status, 200);
}

#[test]
fn an_active_device_is_not_activated_again() {
    let caller = caller();
    let id = created(&caller, mail("ACTIVATION_REQUIRED"));
    let code = sent_code(&caller, &id);
    activate(&caller, &id, &code);
    for reply in [activate(&caller, &id, &code), act(&caller, &id, SEND_CODE, "")] {
        assert_eq!(reply.complaint(), (400, "REQUEST_FAILED", "CONSTRAINT_VIOLATION", ""));
    }
    caller.service.switch_off("active-is-not-activated").unwrap();
    assert_eq!(activate(&caller, &id, &code).body["status"], "ACTIVE");
}

#[test]
fn another_code_makes_the_first_one_void() {
    let caller = caller();
    let id = created(&caller, mail("ACTIVATION_REQUIRED"));
    let first = sent_code(&caller, &id);
    let reply = act(&caller, &id, SEND_CODE, "");
    assert_eq!((reply.status, reply.id()), (200, id.clone()));
    assert_eq!(caller.service.codes().len(), 2);
    assert_eq!(activate(&caller, &id, &first).complaint().2, "INVALID_OTP");
    assert_eq!(activate(&caller, &id, &sent_code(&caller, &id)).status, 200);
    let totp = created(&caller, json!({ "type": "TOTP" }));
    assert_eq!(act(&caller, &totp, SEND_CODE, "").complaint().2, "CONSTRAINT_VIOLATION");
}

#[test]
fn the_code_has_to_be_there() {
    let caller = caller();
    let id = created(&caller, mail("ACTIVATION_REQUIRED"));
    let reply = act(&caller, &id, super::ACTIVATE, json!({}));
    assert_eq!(reply.complaint(), (400, "INVALID_DATA", "REQUIRED_VALUE", "otp"));
    let reply = act(&caller, &id, super::ACTIVATE, json!({ "otp": 123_456 }));
    assert_eq!(reply.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "otp"));
}
