//! `application/vnd.pingidentity.otp.check+json`

use std::time::Duration;

use pingone_emulator::{Device, Policy};
use serde_json::json;

use crate::{
    household::{self, other_than},
    support::{CHECK_OTP, Caller, EMAIL},
};

#[test]
fn the_right_code_completes() {
    let caller = Caller::new();
    let id = caller.start(EMAIL);
    let reply = caller.check(&id, &caller.last_code());
    assert_eq!((reply.step(), reply.links()), ("COMPLETED", vec!["self"]));
    assert_eq!(reply.body["authenticators"], json!(["mfa", "otp"]));
    assert_eq!(caller.read(&id).step(), "COMPLETED");
}

#[test]
fn the_method_is_named() {
    for (device_type, authenticators) in [
        ("SMS", json!(["mfa", "otp", "sms"])),
        ("VOICE", json!(["mfa", "otp", "tel"])),
        ("EMAIL", json!(["mfa", "otp"])),
        ("WHATSAPP", json!(["mfa", "otp"])),
    ] {
        let caller = household::of(household::policy(), [Device::new("device", device_type)]);
        let id = household::begin(&caller, json!({})).id();
        let reply = caller.check(&id, &caller.last_code());
        assert_eq!(reply.body["authenticators"], authenticators, "{device_type}");
    }
}

#[test]
fn a_number_is_no_code() {
    let caller = Caller::new();
    let id = caller.start(EMAIL);
    let code = caller.last_code();
    assert!(code.starts_with('0'), "the first code is one that a number cannot hold");
    let number: u32 = code.parse().unwrap();
    let reply = caller.act(&id, CHECK_OTP, json!({ "otp": number }));
    assert_eq!(reply.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "otp"));
    let reply = caller.check(&id, &number.to_string());
    assert_eq!(reply.complaint(), (400, "INVALID_DATA", "INVALID_OTP", "otp"));
    assert_eq!(caller.check(&id, &code).step(), "COMPLETED");
}

#[test]
fn wrong_codes_are_counted_and_the_third_ends_it() {
    let caller = Caller::new();
    let id = caller.start(EMAIL);
    for (remaining, status) in [(2, "OTP_REQUIRED"), (1, "OTP_REQUIRED"), (0, "FAILED")] {
        let reply = caller.check(&id, other_than(&caller.last_code()));
        assert_eq!(reply.complaint(), (400, "INVALID_DATA", "INVALID_OTP", "otp"));
        assert_eq!(reply.body["details"][0]["innerError"]["attemptsRemaining"], remaining);
        assert_eq!(caller.read(&id).step(), status);
    }
    assert_eq!(caller.read(&id).body["error"]["code"], "OTP_ATTEMPTS_EXCEEDED");
    let late = caller.check(&id, &caller.last_code());
    assert_eq!(late.complaint(), (400, "REQUEST_FAILED", "CONSTRAINT_VIOLATION", ""));
}

#[test]
fn a_new_code_gives_no_new_tries() {
    let caller = Caller::new();
    let id = caller.start(EMAIL);
    caller.check(&id, other_than(&caller.last_code()));
    caller.select(&id, EMAIL);
    let reply = caller.check(&id, other_than(&caller.last_code()));
    assert_eq!(reply.body["details"][0]["innerError"]["attemptsRemaining"], 1);
}

#[test]
fn codes_can_be_fixed() {
    let caller = Caller::new();
    caller.service.fix_code("0000000000");
    let id = caller.start(EMAIL);
    assert_eq!(caller.check(&id, "0000000000").step(), "COMPLETED");
}

#[test]
fn is_refused_where_no_code_is_awaited() {
    let caller = Caller::new();
    for (status, id) in caller.in_every_status() {
        let reply = caller.check(&id, &caller.last_code());
        if status == "OTP_REQUIRED" {
            assert_eq!(reply.status, 200);
        } else {
            assert_eq!(reply.complaint(), (400, "REQUEST_FAILED", "CONSTRAINT_VIOLATION", ""), "{status}");
        }
    }
}

#[test]
fn needs_a_code() {
    let caller = Caller::new();
    let id = caller.start(EMAIL);
    let reply = caller.act(&id, CHECK_OTP, json!({}));
    assert_eq!(reply.complaint(), (400, "INVALID_DATA", "REQUIRED_VALUE", "otp"));
    let reply = caller.check(&id, "");
    assert_eq!(reply.complaint(), (400, "INVALID_DATA", "EMPTY_VALUE", "otp"));
}

#[test]
fn a_code_expires() {
    for (seconds, status) in [(59, 200), (60, 400)] {
        let policy = Policy::new("p").otp_life_time(Duration::from_secs(60));
        let caller = household::of(policy, [household::mail()]);
        caller.service.freeze();
        let id = household::begin(&caller, json!({})).id();
        caller.service.advance(Duration::from_secs(seconds));
        assert_eq!(caller.check(&id, &caller.last_code()).status, status, "after {seconds} seconds");
    }
}
