//! Hardware tokens.

use std::time::Duration;

use serde_json::json;

use super::{ACTIVATE, act, activate, caller, create, created, log_in, read};
use crate::support::Caller;

const TIME: &str = "1000";
const COUNTER: &str = "2000";

fn token(serial_number: &str, status: &str) -> serde_json::Value {
    json!({ "type": "OATH_TOKEN", "serialNumber": serial_number, "status": status })
}

fn code(caller: &Caller, serial_number: &str, ahead: u64) -> String {
    caller.service.oath_token_code(serial_number, ahead).unwrap()
}

#[test]
fn is_one_of_the_environment() {
    let caller = caller();
    let id = created(&caller, json!({ "type": "OATH_TOKEN", "serialNumber": TIME }));
    let shown = read(&caller, &id).body;
    assert_eq!((&shown["serialNumber"], &shown["tokenType"]), (&json!(TIME), &json!("TOTP")));
    assert!(!shown.to_string().contains("GEZDGNBVGY3TQOJQ"));
    let begun = log_in(&caller, &id);
    let code = code(&caller, TIME, 0);
    assert_eq!((code.len(), caller.check(&begun.id(), &code).step()), (8, "COMPLETED"));

    let again = create(&caller, token(TIME, "ACTIVE"));
    assert_eq!(again.complaint(), (400, "INVALID_DATA", "UNIQUENESS_VIOLATION", "serialNumber"));
    let unknown = create(&caller, token("3000", "ACTIVE"));
    assert_eq!(unknown.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "serialNumber"));
    let unsaid = create(&caller, json!({ "type": "OATH_TOKEN" }));
    assert_eq!(unsaid.complaint(), (400, "INVALID_DATA", "REQUIRED_VALUE", "serialNumber"));

    let path = format!("{}/{id}", super::ALL);
    assert_eq!(caller.manage(http::Method::DELETE, &path, "", "").status, 204);
    assert_eq!(create(&caller, token(TIME, "ACTIVE")).status, 201, "it is free again");
}

#[test]
fn one_that_counts_may_be_pressed_in_vain() {
    let caller = caller();
    let id = created(&caller, token(COUNTER, "ACTIVATION_REQUIRED"));
    assert_eq!(activate(&caller, &id, &code(&caller, COUNTER, 6)).complaint().2, "INVALID_OTP", "too often");
    assert_eq!(activate(&caller, &id, &code(&caller, COUNTER, 5)).status, 200);
    let begin = || log_in(&caller, &id).id();
    assert_eq!(caller.check(&begin(), &code(&caller, COUNTER, 4)).complaint().2, "INVALID_OTP", "it is over");
    assert_eq!(caller.check(&begin(), &caller.service.generated_code("u", &id).unwrap()).step(), "COMPLETED");
    assert_eq!(caller.check(&begin(), &code(&caller, COUNTER, 9)).step(), "COMPLETED");
}

#[test]
fn one_that_has_drifted_gives_two_codes() {
    let caller = caller();
    for (serial_number, wait) in [(TIME, 60), (COUNTER, 0)] {
        let id = created(&caller, token(serial_number, "ACTIVATION_REQUIRED"));
        let resync = |ahead: u64| {
            let body = json!({ "otp": code(&caller, serial_number, ahead), "oathResync": true });
            act(&caller, &id, ACTIVATE, body)
        };
        let without = activate(&caller, &id, &code(&caller, serial_number, 40));
        assert_eq!(without.complaint().2, "INVALID_OTP", "nobody asked to find it");
        let drifted = resync(40);
        assert_eq!(drifted.complaint(), (400, "INVALID_DATA", "EXTRA_OTP_REQUIRED", "otp"));
        assert_eq!(drifted.body["details"][0]["message"], "An extra OTP is required");
        assert_eq!(read(&caller, &id).body["status"], "ACTIVATION_REQUIRED");
        assert_eq!(resync(42).complaint().2, "INVALID_OTP", "it has to be the next one");
        assert_eq!(resync(41).complaint().2, "EXTRA_OTP_REQUIRED");
        assert_eq!(resync(42).body["status"], "ACTIVE");

        caller.service.advance(Duration::from_secs(wait));
        let begun = log_in(&caller, &id);
        let shown = caller.service.generated_code("u", &id).unwrap();
        assert_eq!(caller.check(&begun.id(), &shown).step(), "COMPLETED", "it is known how far it is off");
    }
}

#[test]
fn one_that_has_drifted_too_far_is_wrong() {
    let caller = caller();
    let id = created(&caller, token(TIME, "ACTIVATION_REQUIRED"));
    let resync = |ahead: u64| {
        let body = json!({ "otp": code(&caller, TIME, ahead), "oathResync": true });
        act(&caller, &id, ACTIVATE, body).complaint().2.to_owned()
    };
    assert_eq!(resync(101), "INVALID_OTP");
    caller.service.switch_off("drift-of-100-windows").unwrap();
    assert_eq!(resync(100), "INVALID_OTP");
    caller.service.switch_on("drift-of-100-windows").unwrap();
    assert_eq!(resync(100), "EXTRA_OTP_REQUIRED");
}

#[test]
fn one_that_is_right_needs_one_code() {
    let caller = caller();
    let id = created(&caller, token(TIME, "ACTIVATION_REQUIRED"));
    let body = json!({ "otp": code(&caller, TIME, 0), "oathResync": true });
    assert_eq!(act(&caller, &id, ACTIVATE, body).body["status"], "ACTIVE");
}
