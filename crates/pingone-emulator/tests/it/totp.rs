//! Codes that the user's app or token makes.

use std::time::Duration;

use serde_json::json;

use crate::{
    household::{self, begin},
    support::Caller,
};

fn shown(caller: &Caller, device: &str) -> String {
    caller.service.generated_code("u", device).unwrap()
}

fn caller() -> Caller {
    let caller = household::of(household::policy(), [household::totp()]);
    caller.service.freeze();
    caller
}

#[test]
fn the_code_that_the_app_shows_completes() {
    let caller = caller();
    let reply = begin(&caller, json!({}));
    assert_eq!(reply.step(), "OTP_REQUIRED");
    assert!(caller.service.codes().is_empty(), "nothing is sent");
    assert_eq!(caller.check(&reply.id(), household::other_than(&shown(&caller, "totp"))).complaint().2, "INVALID_OTP");
    assert_eq!(caller.check(&reply.id(), &shown(&caller, "totp")).step(), "COMPLETED");
}

#[test]
fn a_code_is_good_within_the_grace_period() {
    for (seconds, step) in [(150, "COMPLETED"), (180, "OTP_REQUIRED")] {
        let caller = caller();
        let early = shown(&caller, "totp");
        caller.service.advance(Duration::from_secs(seconds));
        let id = begin(&caller, json!({})).id();
        caller.check(&id, &early);
        assert_eq!(caller.read(&id).step(), step, "{seconds} seconds late");
    }
}

#[test]
fn a_code_works_once() {
    let caller = caller();
    let [first, second] = [(); 2].map(|()| begin(&caller, json!({})).id());
    let code = shown(&caller, "totp");
    assert_eq!(caller.check(&first, &code).step(), "COMPLETED");
    assert_eq!(caller.check(&second, &code).complaint().2, "INVALID_OTP");
    caller.service.advance(Duration::from_secs(30));
    assert_eq!(caller.check(&second, &shown(&caller, "totp")).step(), "COMPLETED");
}

#[test]
fn a_phone_without_push_makes_codes() {
    let phone = household::phone_with_codes().member("pushEnabled", json!(false));
    let caller = household::of(household::policy(), [phone]);
    let reply = begin(&caller, json!({}));
    assert_eq!(reply.step(), "OTP_REQUIRED");
    assert_eq!(caller.check(&reply.id(), &shown(&caller, "phone")).step(), "COMPLETED");
}

#[test]
fn the_code_of_the_app_completes_after_a_time_out() {
    let caller = household::of(household::policy(), [household::phone_with_codes()]);
    let id = begin(&caller, json!({})).id();
    assert_eq!(caller.check(&id, &shown(&caller, "phone")).complaint().2, "CONSTRAINT_VIOLATION");
    caller.service.advance(Duration::from_secs(40));
    assert_eq!(caller.read(&id).step(), "PUSH_CONFIRMATION_TIMED_OUT");
    assert_eq!(caller.check(&id, &shown(&caller, "phone")).step(), "COMPLETED");
}
