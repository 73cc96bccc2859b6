//! What the state machine does follows the policy.

use std::time::Duration;

use http::Method;
use pingone_emulator::{Data, Device, Fido2Policy, Policy};
use serde_json::{Value, json};

use crate::{
    authenticator::Authenticator,
    household::{self, begin, other_than},
    support::{Caller, Reply},
};

/// A user with an app of each of two applications, an e-mail address and a passkey, under this policy.
fn caller(policy: &Value) -> Caller {
    Caller::of(data(Policy::from_json(&policy.to_string()).unwrap()))
}

fn data(policy: Policy) -> Data {
    let app = |id: &str| {
        let phone = Device::new(id, "MOBILE").member("application", json!({ "id": id }));
        phone.member("otpEnabled", json!(true)).hidden("secret", json!(household::SECRET))
    };
    let passkey = Device::new("passkey", "FIDO2").member("credentialId", json!(Authenticator::new().credential_id()));
    household::data(policy, [app("bank"), app("shop"), household::mail(), passkey])
}

fn with(caller: &Caller, device: &str) -> Reply {
    begin(caller, json!({ "selectedDevice": { "id": device } }))
}

fn time(duration: u32, unit: &str) -> Value {
    json!({ "duration": duration, "timeUnit": unit })
}

#[test]
fn a_type_that_is_not_enabled_cannot_be_used() {
    let caller = caller(&json!({ "id": "p", "email": { "enabled": false }, "fido2": { "enabled": false } }));
    for device in ["mail", "passkey"] {
        let complaint = (400, "INVALID_DATA", "INVALID_VALUE", "selectedDevice.id");
        assert_eq!(with(&caller, device).complaint(), complaint);
    }
    assert_eq!(with(&caller, "bank").step(), "PUSH_CONFIRMATION_REQUIRED");
    let address = json!({ "type": "EMAIL", "email": "ada@example.com" });
    let one_time = begin(&caller, json!({ "selectedDevice": { "oneTime": address } }));
    assert_eq!(one_time.complaint().0, 400);
}

#[test]
fn an_application_has_settings_of_its_own() {
    let bank = json!({
        "id": "bank",
        "push": { "enabled": true, "numberMatching": { "enabled": true } },
        "pushTimeout": time(120, "SECONDS"),
        "pushLimit": { "count": 1, "lockDuration": time(2, "MINUTES") },
    });
    let policy = json!({ "id": "p", "mobile": { "applications": [bank] } });
    let caller = caller(&policy);
    let [bank, shop] = ["bank", "shop"].map(|device| with(&caller, device));
    assert_eq!((bank.body["numberMatching"].is_object(), shop.body["numberMatching"].is_object()), (true, false));
    caller.service.advance(Duration::from_secs(119));
    assert_eq!(caller.read(&bank.id()).step(), "PUSH_CONFIRMATION_REQUIRED");
    assert_eq!(caller.read(&shop.id()).step(), "PUSH_CONFIRMATION_TIMED_OUT");
    caller.service.advance(Duration::from_secs(1));
    assert_eq!(caller.read(&bank.id()).step(), "PUSH_CONFIRMATION_TIMED_OUT");
    assert_eq!(with(&caller, "bank").complaint().2, "LIMIT_EXCEEDED", "one is enough for the bank");
    assert_eq!(with(&caller, "shop").step(), "PUSH_CONFIRMATION_REQUIRED");
    caller.service.advance(Duration::from_secs(2 * 60));
    assert_eq!(with(&caller, "bank").step(), "PUSH_CONFIRMATION_REQUIRED");
}

#[test]
fn an_application_without_pushes_or_codes_gets_none() {
    let applications = |push: bool, otp: bool| {
        let bank = json!({ "id": "bank", "push": { "enabled": push }, "otp": { "enabled": otp } });
        caller(&json!({ "id": "p", "mobile": { "applications": [bank] } }))
    };
    assert_eq!(with(&applications(false, true), "bank").step(), "OTP_REQUIRED");
    assert_eq!(with(&applications(false, false), "bank").complaint().2, "INVALID_VALUE");
}

#[test]
fn each_type_has_its_own_codes_and_locks() {
    let otp = json!({
        "otpLength": 9,
        "lifeTime": time(60, "SECONDS"),
        "failure": { "count": 1, "coolDown": time(5, "MINUTES") },
    });
    let caller = caller(&json!({ "id": "p", "email": { "otp": otp } }));
    let id = with(&caller, "mail").id();
    let code = caller.last_code();
    assert_eq!(code.len(), 9);
    caller.service.advance(Duration::from_secs(60));
    assert_eq!(caller.check(&id, &code).complaint().2, "INVALID_OTP", "it has expired");
    assert_eq!(with(&caller, "mail").complaint().2, "LIMIT_EXCEEDED", "one wrong code is enough");
    caller.service.advance(Duration::from_secs(5 * 60));
    assert_eq!(with(&caller, "mail").step(), "OTP_REQUIRED");

    // Without a time to cool down, nothing is locked.
    let failure = json!({ "count": 1, "coolDown": time(0, "MINUTES") });
    let caller = self::caller(&json!({ "id": "p", "email": { "otp": { "failure": failure } } }));
    let id = with(&caller, "mail").id();
    assert_eq!(caller.check(&id, other_than(&caller.last_code())).complaint().2, "INVALID_OTP");
    assert_eq!(with(&caller, "mail").step(), "OTP_REQUIRED");
}

#[test]
fn the_fido2_policy_is_the_one_that_is_named_or_the_default() {
    let fido2 = |id: &str, domain: &str, is_default: bool| {
        let policy = json!({
            "id": id, "default": is_default, "relyingPartyId": domain, "aggregateDevices": is_default,
            "userVerification": { "option": "REQUIRED", "enforceDuringAuthentication": is_default },
        });
        Fido2Policy::from_json(&policy.to_string()).unwrap()
    };
    let names = |policy: Value| {
        let policy = Policy::from_json(&policy.to_string()).unwrap();
        let data =
            data(policy).fido2_policy(fido2("a", "a.example", false)).fido2_policy(fido2("b", "b.example", true));
        let begun = with(&Caller::of(data), "passkey");
        let options: Value =
            serde_json::from_str(begun.body["publicKeyCredentialRequestOptions"].as_str().unwrap()).unwrap();
        (options["rpId"].clone(), options["userVerification"].clone(), begun.body["aggregateFido2Devices"].clone())
    };
    let named = names(json!({ "id": "p", "fido2": { "fido2PolicyId": "a" } }));
    assert_eq!(named, (json!("a.example"), json!("preferred"), json!(false)));
    let default = (json!("b.example"), json!("required"), json!(true));
    assert_eq!(names(json!({ "id": "p", "fido2": { "fido2PolicyId": null } })), default);
    assert_eq!(names(json!({ "id": "p" })), default);
}

#[test]
fn a_control_path_puts_a_policy() {
    let caller = caller(&json!({ "id": "p" }));
    let put = |path: &str, body: Value| {
        caller.send_to(Method::PUT, &format!("/_emulator/{path}"), None, body.to_string().as_bytes())
    };
    let begun = with(&caller, "mail").id();
    assert_eq!(put("policies/p", json!({ "email": { "enabled": false } })).status, 200);
    assert_eq!(with(&caller, "mail").status, 400);
    assert_eq!(caller.check(&begun, &caller.last_code()).step(), "COMPLETED", "what has begun keeps the old one");
    assert_eq!(put("fido2-policies/f", json!({ "relyingPartyId": "put.example" })).status, 200);
    let options = with(&caller, "passkey").body["publicKeyCredentialRequestOptions"].as_str().unwrap().to_owned();
    assert!(options.contains("put.example"), "{options}");
    let wrong = put("policies/p", json!({ "totp": { "passcodeGracePeriod": 11 } }));
    assert_eq!((wrong.status, &wrong.body["error"]), (400, &json!("totp.passcodeGracePeriod: must be from 1 to 10")));
}
