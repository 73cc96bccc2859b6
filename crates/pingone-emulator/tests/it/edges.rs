//! Every edge of the state diagram, one test each. What is refused stands with each operation.

use std::time::Duration;

use pingone_conformance::Authenticator;
use pingone_emulator::{Device, DeviceSelection};
use serde_json::{Value, json};

use crate::{
    household::{self, begin, other_than},
    remembered,
    support::{CHECK_ASSERTION, Caller, Reply},
};

/// A user with a phone whose app makes codes too, an e-mail address and a passkey; and the passkey.
fn caller() -> (Caller, Authenticator) {
    let passkey = Authenticator::new().unwrap();
    let devices = [household::phone_with_codes(), household::mail(), household::passkey(&passkey)];
    (household::of(household::policy(), devices), passkey)
}

fn with(caller: &Caller, device: &str) -> Reply {
    begin(caller, json!({ "selectedDevice": { "id": device } }))
}

/// An authentication whose push was taken back.
fn in_selection(caller: &Caller) -> String {
    let id = with(caller, "phone").id();
    assert_eq!(caller.cancel(&id).step(), "DEVICE_SELECTION_REQUIRED");
    id
}

fn check(caller: &Caller, id: &str, assertion: &str) -> Reply {
    caller.act(id, CHECK_ASSERTION, json!({ "origin": household::ORIGIN, "assertion": assertion }))
}

fn timed_out(caller: &Caller) -> String {
    let id = with(caller, "phone").id();
    caller.service.advance(Duration::from_secs(40));
    id
}

/// One edge: how it is taken, and where it leads.
macro_rules! edges {
    ($($name:ident: $to:literal = $take:expr;)*) => {
        $(#[test]
        fn $name() {
            let take: fn() -> Reply = $take;
            assert_eq!(take().step(), $to);
        })*
    };
}

edges! {
    start_to_device_selection: "DEVICE_SELECTION_REQUIRED" = || {
        let policy = household::policy().device_selection(DeviceSelection::AlwaysDisplayDevices);
        begin(&household::of(policy, [household::mail()]), json!({}))
    };
    start_to_otp: "OTP_REQUIRED" = || with(&caller().0, "mail");
    start_to_otp_one_time: "OTP_REQUIRED" = || {
        let device = json!({ "oneTime": { "type": "SMS", "phone": "+14135550150" } });
        begin(&caller().0, json!({ "selectedDevice": device }))
    };
    start_to_push: "PUSH_CONFIRMATION_REQUIRED" = || begin(&caller().0, json!({}));
    start_to_assertion: "ASSERTION_REQUIRED" = || with(&caller().0, "passkey");
    start_to_assertion_without_a_user: "ASSERTION_REQUIRED" = || caller().0.initialize(json!({ "rp": { "id": "example.com" } }));
    start_to_completed: "COMPLETED" = || {
        let phone = household::phone().member("application", json!({ "id": "app" })).hidden("mobilePayload", json!("text"));
        let body = json!({ "mobilePayload": "text", "application": { "id": "app" } });
        begin(&household::of(household::policy(), [phone]), body)
    };
    start_to_failed: "FAILED" = || {
        let caller = household::of(household::policy(), Vec::<Device>::new());
        caller.service.switch_off("no-usable-device-is-400").unwrap();
        begin(&caller, json!({}))
    };
    remembered_to_completed: "COMPLETED" = || {
        remembered::check(&remembered::caller(household::browser(), true), "rm=123", &remembered::body())
    };
    remembered_to_failed: "FAILED" = || {
        remembered::check(&remembered::caller(household::browser(), true), "rm=4", &remembered::body())
    };
    device_selection_to_otp: "OTP_REQUIRED" = || {
        let (caller, _) = caller();
        caller.select(&in_selection(&caller), "mail")
    };
    device_selection_to_push: "PUSH_CONFIRMATION_REQUIRED" = || {
        let (caller, _) = caller();
        caller.select(&in_selection(&caller), "phone")
    };
    device_selection_to_assertion: "ASSERTION_REQUIRED" = || {
        let (caller, _) = caller();
        caller.select(&in_selection(&caller), "passkey")
    };
    otp_to_completed: "COMPLETED" = || {
        let (caller, _) = caller();
        let id = with(&caller, "mail").id();
        caller.check(&id, &caller.last_code())
    };
    otp_to_otp_by_a_wrong_code: "OTP_REQUIRED" = || {
        let (caller, _) = caller();
        let id = with(&caller, "mail").id();
        assert_eq!(caller.check(&id, other_than(&caller.last_code())).status, 400);
        caller.read(&id)
    };
    otp_to_failed: "FAILED" = || {
        let (caller, _) = caller();
        let id = with(&caller, "mail").id();
        for _ in 0..3 {
            assert_eq!(caller.check(&id, other_than(&caller.last_code())).status, 400);
        }
        caller.read(&id)
    };
    otp_to_otp_by_a_selection: "OTP_REQUIRED" = || {
        let (caller, _) = caller();
        let id = with(&caller, "mail").id();
        caller.select(&id, "mail")
    };
    otp_to_push: "PUSH_CONFIRMATION_REQUIRED" = || {
        let (caller, _) = caller();
        let id = with(&caller, "mail").id();
        caller.select(&id, "phone")
    };
    otp_to_assertion: "ASSERTION_REQUIRED" = || {
        let (caller, _) = caller();
        let id = with(&caller, "mail").id();
        caller.select(&id, "passkey")
    };
    assertion_to_completed: "COMPLETED" = || {
        let (caller, mut passkey) = caller();
        let reply = with(&caller, "passkey");
        check(&caller, &reply.id(), &passkey.assertion(&reply.body).unwrap())
    };
    assertion_to_failed: "FAILED" = || {
        let (caller, mut passkey) = caller();
        let reply = with(&caller, "passkey");
        check(&caller, &reply.id(), &passkey.sign_challenge(b"another").unwrap())
    };
    assertion_to_otp: "OTP_REQUIRED" = || {
        let (caller, _) = caller();
        let id = with(&caller, "passkey").id();
        caller.select(&id, "mail")
    };
    push_to_completed: "COMPLETED" = || {
        let (caller, _) = caller();
        let id = with(&caller, "phone").id();
        caller.service.approve_push(&id).unwrap();
        caller.read(&id)
    };
    push_to_failed: "FAILED" = || {
        let (caller, _) = caller();
        let id = with(&caller, "phone").id();
        caller.service.deny_push(&id).unwrap();
        caller.read(&id)
    };
    push_to_timed_out: "PUSH_CONFIRMATION_TIMED_OUT" = || {
        let (caller, _) = caller();
        let id = timed_out(&caller);
        caller.read(&id)
    };
    push_to_device_selection: "DEVICE_SELECTION_REQUIRED" = || {
        let (caller, _) = caller();
        let id = in_selection(&caller);
        caller.read(&id)
    };
    timed_out_to_completed_by_the_code_of_the_app: "COMPLETED" = || {
        let (caller, _) = caller();
        let id = timed_out(&caller);
        caller.check(&id, &caller.service.generated_code("u", "phone").unwrap())
    };
    timed_out_to_otp: "OTP_REQUIRED" = || {
        let (caller, _) = caller();
        caller.select(&timed_out(&caller), "mail")
    };
    timed_out_to_push: "PUSH_CONFIRMATION_REQUIRED" = || {
        let (caller, _) = caller();
        caller.select(&timed_out(&caller), "phone")
    };
    timed_out_to_device_selection: "DEVICE_SELECTION_REQUIRED" = || {
        let (caller, _) = caller();
        caller.service.switch_off("cancel-needs-pending-push").unwrap();
        caller.cancel(&timed_out(&caller))
    };
}

#[test]
fn from_the_last_statuses_nothing_leads_on() {
    let (caller, _) = caller();
    let [completed, failed] = [(); 2].map(|()| with(&caller, "phone").id());
    caller.service.approve_push(&completed).unwrap();
    caller.service.deny_push(&failed).unwrap();
    for id in [completed, failed] {
        let assertion: Value = json!({ "origin": household::ORIGIN, "assertion": "{}" });
        let replies = [
            caller.select(&id, "mail"),
            caller.check(&id, "123456"),
            caller.act(&id, CHECK_ASSERTION, assertion),
            caller.cancel(&id),
        ];
        for reply in replies {
            assert_eq!(reply.complaint(), (400, "REQUEST_FAILED", "CONSTRAINT_VIOLATION", ""));
        }
    }
}
