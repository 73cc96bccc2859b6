//! Whose passkey it is, and how it says so.

use pingone_conformance::Authenticator;
use pingone_emulator::{Data, User};
use serde_json::{Value, json};

use super::{caller, check, refusal, sign_on};
use crate::{
    household::{self, RP_ID},
    support::Caller,
};

#[test]
fn says_who_the_user_is() {
    let mut authenticator = Authenticator::new().unwrap();
    authenticator.user_handle = Some(b"u".to_vec());
    let other = Authenticator::new().unwrap();
    let data = Data::with_policy("e", household::policy())
        .client(household::client())
        .user(User::new("other").device(household::passkey(&other)))
        .user(User::new("u").device(household::passkey(&authenticator)));
    let caller = Caller::of(data);
    let reply = caller.initialize(json!({ "rp": { "id": RP_ID } }));
    assert_eq!((reply.step(), reply.body.get("user")), ("ASSERTION_REQUIRED", None));
    let options: Value =
        serde_json::from_str(reply.body["publicKeyCredentialRequestOptions"].as_str().unwrap()).unwrap();
    assert_eq!((&options["rpId"], options.get("allowCredentials")), (&json!(RP_ID), None));
    let reply = check(&caller, &reply.id(), &authenticator.assertion(&reply.body).unwrap());
    assert_eq!((reply.step(), &reply.body["user"]), ("COMPLETED", &json!({ "id": "u" })));
}

#[test]
fn an_empty_body_goes_by_the_relying_party_of_the_policy() {
    let caller = Caller::new();
    for body in [json!({}), json!({ "user": {} })] {
        let reply = caller.initialize(body);
        assert_eq!((reply.status, reply.step()), (201, "ASSERTION_REQUIRED"));
        let options = reply.body["publicKeyCredentialRequestOptions"].as_str().unwrap().to_owned();
        let options: serde_json::Value = serde_json::from_str(&options).unwrap();
        assert_eq!((&options["rpId"], options.get("allowCredentials")), (&json!("pingone.com"), None));
    }
    caller.service.switch_off("no-user-means-passkey").unwrap();
    assert_eq!(caller.initialize(json!({})).complaint(), (400, "INVALID_DATA", "REQUIRED_VALUE", "user.id"));
    let without_relying_party = household::of(pingone_emulator::Policy::new("p"), []);
    assert_eq!(without_relying_party.initialize(json!({})).complaint().3, "user.id", "nothing says which one is meant");
}

#[test]
fn one_that_cannot_be_used_does_not_say_who_the_user_is() {
    for (device, status) in [
        (household::passkey(&Authenticator::new().unwrap()).hidden("blocked", json!(true)), "blocked"),
        (household::passkey(&Authenticator::new().unwrap()).member("status", json!("ACTIVATION_REQUIRED")), "waits"),
    ] {
        let mut authenticator = Authenticator::new().unwrap();
        authenticator.user_handle = Some(b"u".to_vec());
        let own = device.member("credentialId", json!(authenticator.credential_id()));
        let caller = household::of(household::policy(), [own.hidden("publicKey", authenticator.public_key())]);
        let begun = caller.initialize(json!({}));
        let reply = check(&caller, &begun.id(), &authenticator.assertion(&begun.body).unwrap());
        assert_eq!(reply.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "assertion"), "{status}");
    }
}

#[test]
fn the_user_handle_is_that_of_the_user() {
    let (caller, mut authenticator) = caller();
    let wrong = "The userHandle is not that of the passkey's user.";
    let mut try_handle = |caller: &Caller, handle: &[u8], body: Value| {
        authenticator.user_handle = (!handle.is_empty()).then(|| handle.to_vec());
        let begun = caller.initialize(body);
        let reply = check(caller, &begun.id(), &authenticator.assertion(&begun.body).unwrap());
        caller.service.advance(std::time::Duration::from_secs(120));
        if reply.step() == "FAILED" { refusal(&reply).to_owned() } else { reply.step().to_owned() }
    };
    let (named, unnamed) = (json!({ "user": { "id": "u" } }), json!({ "rp": { "id": RP_ID } }));
    assert_eq!(try_handle(&caller, b"", named.clone()), "COMPLETED");
    assert_eq!(try_handle(&caller, b"u", named.clone()), "COMPLETED");
    assert_eq!(try_handle(&caller, b"other", named), wrong);
    let missing = "There is no userHandle, and nothing else says who the user is.";
    assert_eq!(try_handle(&caller, b"", unnamed.clone()), missing);
    assert_eq!(try_handle(&caller, b"u", unnamed.clone()), "COMPLETED");
    caller.service.switch_off("user-handle-is-user-id").unwrap();
    assert_eq!(try_handle(&caller, b"other", unnamed.clone()), "COMPLETED");
    assert_eq!(try_handle(&caller, b"", unnamed), missing);
}

#[test]
fn the_data_can_say_the_user_handle() {
    let mut authenticator = Authenticator::new().unwrap();
    let device = household::passkey(&authenticator).hidden("userHandle", json!("AQID"));
    let caller = household::of(household::policy(), [device]);
    caller.service.switch_off("user-handle-is-user-id").unwrap();
    authenticator.user_handle = Some(b"u".to_vec());
    assert_eq!(refusal(&sign_on(&caller, &mut authenticator)), "The userHandle is not that of the passkey's user.");
    authenticator.user_handle = Some(vec![1, 2, 3]);
    assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED");
}
