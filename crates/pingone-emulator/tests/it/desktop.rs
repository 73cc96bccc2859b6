//! `application/vnd.pingidentity.assertion.check+json`, with PingID Desktop

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use pingone_conformance::Authenticator;
use pingone_emulator::Device;
use serde_json::{Value, json};

use crate::{
    household::{self, ORIGIN, RP_ID},
    support::{CHECK_ASSERTION, Caller},
};

fn caller() -> (Caller, Authenticator) {
    let authenticator = Authenticator::new().unwrap();
    let device = Device::new("desktop", "PINGID_DESKTOP_GEN2")
        .member("rp", json!({ "id": RP_ID }))
        .hidden("publicKey", authenticator.public_key());
    (household::of(household::policy(), [device]), authenticator)
}

/// The challenge that the desktop application finds in the reply.
fn challenge(reply: &Value) -> Value {
    let token = reply["pingIdDesktopCredentialRequestOptions"].as_str().unwrap();
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice::<Value>(&claims).unwrap()["challenge"].clone()
}

#[test]
fn an_assertion_completes() {
    let (caller, authenticator) = caller();
    let reply = household::begin(&caller, json!({}));
    assert_eq!(reply.step(), "ASSERTION_REQUIRED");
    let (options, aggregate) = ("pingIdDesktopCredentialRequestOptions", "aggregateFido2Devices");
    assert_eq!(reply.body[aggregate], json!(false));
    let asked = reply.body[options].clone();
    let assertion = authenticator.jwt(&json!({ "challenge": challenge(&reply.body), "origin": ORIGIN })).unwrap();
    let reply = caller.act(&reply.id(), CHECK_ASSERTION, json!({ "origin": ORIGIN, "assertion": assertion }));
    assert_eq!((reply.step(), &reply.body["authenticators"]), ("COMPLETED", &json!(["mfa", "user", "desktop"])));
    assert_eq!((&reply.body[options], reply.body.get(aggregate)), (&asked, None));
    let read = caller.read(&reply.id());
    assert_eq!((&read.body[options], read.body.get(aggregate)), (&asked, None));
}

#[test]
fn a_wrong_assertion_is_refused() {
    let (caller, authenticator) = caller();
    let stranger = Authenticator::new().unwrap();
    let caller = |sign: &dyn Fn(&Value) -> String| {
        let reply = household::begin(&caller, json!({}));
        let body = json!({ "origin": ORIGIN, "assertion": sign(&challenge(&reply.body)) });
        let reply = caller.act(&reply.id(), CHECK_ASSERTION, body);
        assert_eq!(reply.step(), "FAILED");
        caller.service.advance(std::time::Duration::from_secs(120));
        reply.body["error"]["message"].as_str().unwrap().to_owned()
    };
    let good = |challenge: &Value| json!({ "challenge": challenge, "origin": ORIGIN });
    assert!(caller(&|challenge| stranger.jwt(&good(challenge)).unwrap()).starts_with("The signature"));
    assert!(caller(&|_| authenticator.jwt(&good(&json!("another"))).unwrap()).starts_with("The challenge"));
    let other_origin = |challenge: &Value| json!({ "challenge": challenge, "origin": "https://example.com" });
    assert!(caller(&|challenge| authenticator.jwt(&other_origin(challenge)).unwrap()).starts_with("The origin"));
}
