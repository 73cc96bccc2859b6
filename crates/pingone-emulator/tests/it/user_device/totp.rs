//! An authenticator app.

use std::time::Duration;

use http::Method;
use pingone_emulator::Policy;
use serde_json::json;

use super::{activate, caller, create, created, list, log_in, read, with};
use crate::support::JSON;

#[test]
fn gets_a_secret_and_a_key_uri() {
    let policy =
        r#"{ "id": "p", "totp": { "uriParameters": { "issuer": "Example & Sons", "image": "https://a/b" } } }"#;
    let caller = with(Policy::from_json(policy).unwrap(), []);
    let reply = create(&caller, json!({ "type": "TOTP", "nickname": "App" }));
    let secret = reply.body["secret"].as_str().unwrap();
    assert_eq!((secret.len(), &reply.body["status"]), (32, &json!("ACTIVATION_REQUIRED")), "20 bytes in Base32");
    let uri = format!("otpauth://totp/u?secret={secret}&issuer=Example%20%26%20Sons&image=https%3A%2F%2Fa%2Fb");
    assert_eq!(reply.body["keyUri"], uri);
    let id = reply.id();
    for shown in [read(&caller, &id).body, list(&caller, "")] {
        assert!(!shown.to_string().contains(secret), "it is shown once");
    }
    let other = create(&caller, json!({ "type": "TOTP" }));
    assert_ne!(other.body["secret"], secret);

    let code = caller.service.generated_code("u", &id).unwrap();
    assert_eq!(activate(&caller, &id, &code).body["status"], "ACTIVE");
    let begun = log_in(&caller, &id);
    assert_eq!(caller.check(&begun.id(), &code).complaint().2, "INVALID_OTP", "a code works once");
    caller.service.advance(Duration::from_secs(30));
    let next = caller.service.generated_code("u", &id).unwrap();
    assert_eq!(caller.check(&begun.id(), &next).step(), "COMPLETED");
}

#[test]
fn may_be_wrong_by_the_grace_period() {
    for (seconds, status) in [(150, 200), (180, 400)] {
        let caller = caller();
        let id = created(&caller, json!({ "type": "TOTP" }));
        let code = caller.service.generated_code("u", &id).unwrap();
        caller.service.advance(Duration::from_secs(seconds));
        assert_eq!(activate(&caller, &id, &code).status, status, "{seconds}");
    }
}

#[test]
fn has_to_be_activated_within_30_minutes() {
    let caller = caller();
    let id = created(&caller, json!({ "type": "TOTP" }));
    caller.service.advance(Duration::from_secs(30 * 60 - 1));
    assert_eq!(read(&caller, &id).status, 200);
    caller.service.advance(Duration::from_secs(1));
    assert_eq!((read(&caller, &id).status, activate(&caller, &id, "123456").status), (404, 404));
}

/// A test has put it there by the control path, and it was never pending.
#[test]
fn an_active_device_in_the_place_of_one_that_was_not_activated_stays() {
    let caller = caller();
    let id = created(&caller, json!({ "type": "TOTP" }));
    let device = json!({ "id": id, "type": "TOTP", "_emulator": { "secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" } });
    let path = format!("/_emulator/users/u/devices/{id}");
    assert_eq!(caller.send_to(Method::PUT, &path, Some(JSON), device.to_string().as_bytes()).status, 200);
    caller.service.advance(Duration::from_secs(31 * 60));
    assert_eq!(read(&caller, &id).body["status"], "ACTIVE");
}
