//! What the data say of a passkey: its key, and how often it has signed.

use pingone_conformance::Authenticator;
use serde_json::{Value, json};

use super::{caller, check, refusal, sign_on};
use crate::{
    household,
    support::{Caller, Reply},
};

/// Puts a device of `u` by the control path.
fn put(caller: &Caller, device: &Value) -> Reply {
    let path = "/_emulator/users/u/devices/passkey";
    caller.send_to(http::Method::PUT, path, None, device.to_string().as_bytes())
}

fn data_of(authenticator: &Authenticator) -> Value {
    let mut device = household::passkey(authenticator).to_json();
    device["_emulator"] = json!({ "publicKey": authenticator.public_key() });
    device
}

#[test]
fn the_count_of_the_data_is_the_first() {
    let mut authenticator = Authenticator::new().unwrap();
    let device = household::passkey(&authenticator).hidden("signCount", json!(1));
    let caller = household::of(household::policy(), [device]);
    assert_eq!(refusal(&sign_on(&caller, &mut authenticator)), "The counter has not grown.");
    assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED");
}

#[test]
fn the_counter_ends_with_its_credential() {
    let (caller, mut authenticator) = caller();
    authenticator.counter = 7;
    assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED");
    // The same again is the same credential.
    assert_eq!(put(&caller, &data_of(&authenticator)).status, 200);
    authenticator.counter = 7;
    assert_eq!(refusal(&sign_on(&caller, &mut authenticator)), "The counter has not grown.");
    // Another one counts for itself, and what was begun with the first does not touch it.
    let begun = household::begin(&caller, json!({}));
    let mut other = Authenticator::new().unwrap();
    assert_eq!(put(&caller, &data_of(&other)).status, 200);
    assert_eq!(sign_on(&caller, &mut other).step(), "COMPLETED");
    authenticator.counter = 0;
    assert_eq!(check(&caller, &begun.id(), &authenticator.assertion(&begun.body).unwrap()).step(), "COMPLETED");
    other.counter = 1;
    assert_eq!(refusal(&sign_on(&caller, &mut other)), "The counter has not grown.");
    // Taken away and added again, it begins anew.
    caller.send_to(http::Method::DELETE, "/_emulator/users/u/devices/passkey", None, b"");
    assert_eq!(put(&caller, &data_of(&other)).status, 200);
    other.counter = 1;
    assert_eq!(sign_on(&caller, &mut other).step(), "COMPLETED");
    caller.send_to(http::Method::DELETE, "/_emulator/users/u", None, b"");
    let user = json!({ "devices": [data_of(&other)] }).to_string();
    caller.send_to(http::Method::PUT, "/_emulator/users/u", None, user.as_bytes());
    other.counter = 1;
    assert_eq!(sign_on(&caller, &mut other).step(), "COMPLETED");
}

#[test]
fn bad_key_data_is_refused_when_it_is_put() {
    let (caller, authenticator) = caller();
    let good = data_of(&authenticator);
    for (pointer, value, problem) in [
        ("/_emulator/publicKey/x", json!("AAAA"), "_emulator.publicKey: is not a point on its curve"),
        ("/_emulator/publicKey", json!("AAAA"), "_emulator.publicKey: is not a COSE key in CBOR"),
        ("/_emulator/publicKey", Value::Null, "_emulator.publicKey: must be a JWK, or SPKI or COSE as text"),
        ("/credentialId", json!("a+b/"), "credentialId: must be Base64URL without padding"),
    ] {
        let mut device = good.clone();
        *device.pointer_mut(pointer).unwrap() = value;
        let reply = put(&caller, &device);
        let told = reply.body["error"].as_str().unwrap_or_default();
        assert!(reply.status == 400 && told.ends_with(problem), "{pointer}: {}", reply.body);
    }
    for (name, problem) in
        [("signCount", "must be a whole number"), ("userHandle", "must be a string that is not empty")]
    {
        let mut device = good.clone();
        device["_emulator"][name] = json!(-1);
        let told = put(&caller, &device).body["error"].to_string();
        assert!(told.contains(problem), "{told}");
    }
    assert_eq!(put(&caller, &good).status, 200);
}
