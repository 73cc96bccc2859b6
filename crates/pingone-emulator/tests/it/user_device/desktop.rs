//! PingID Desktop, as it is paired.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use pingone_conformance::Authenticator;
use serde_json::{Value, json};

use super::{ACTIVATE, act, caller, create, log_in};
use crate::{
    household::{ORIGIN, RP_ID},
    support::CHECK_ASSERTION,
};

fn desktop() -> Value {
    json!({ "type": "PINGID_DESKTOP_GEN2", "status": "ACTIVATION_REQUIRED" })
}

/// What the desktop reads in a JWT of the service.
fn claims(jwt: &Value) -> Value {
    let claims = jwt.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap()
}

#[test]
fn is_paired_and_logs_in() {
    let (caller, key) = (caller(), Authenticator::new().unwrap());
    let waiting = create(&caller, desktop());
    assert_eq!((waiting.status, &waiting.body["rp"]["id"]), (201, &json!(RP_ID)), "that of the policy");
    let asked = claims(&waiting.body["pingIdDesktopCredentialCreationOptions"]);
    assert_eq!(asked["rp"]["id"], RP_ID);
    let says = |challenge: &Value, jwk: &Value| {
        let claims = json!({
            "challenge": challenge, "cnf": { "jwk": jwk }, "credentialId": "AAAA", "unitId": "unit",
            "os": { "type": "MAC", "version": "14" },
        });
        act(&caller, &waiting.id(), ACTIVATE, json!({ "attestation": key.jwt(&claims).unwrap() }))
    };
    let other = Authenticator::new().unwrap().public_key();
    for wrong in
        [says(&json!("c"), &key.public_key()), says(&asked["challenge"], &other), says(&asked["challenge"], &json!({}))]
    {
        assert_eq!(wrong.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "attestation"));
    }
    let unreadable = act(&caller, &waiting.id(), ACTIVATE, json!({ "attestation": "no.token" }));
    assert_eq!(unreadable.complaint().3, "attestation");
    let active = says(&asked["challenge"], &key.public_key());
    assert_eq!((active.status, &active.body["status"]), (200, &json!("ACTIVE")));
    assert_eq!((&active.body["model"], &active.body["unitId"]), (&json!({}), &json!("unit")));

    let begun = log_in(&caller, &waiting.id());
    let challenge = &claims(&begun.body["pingIdDesktopCredentialRequestOptions"])["challenge"];
    let assertion = key.jwt(&json!({ "challenge": challenge, "origin": ORIGIN })).unwrap();
    let done = caller.act(&begun.id(), CHECK_ASSERTION, json!({ "origin": ORIGIN, "assertion": assertion }));
    assert_eq!(done.step(), "COMPLETED");
}

#[test]
fn has_to_ask_for_its_activation() {
    let caller = caller();
    let unsaid = create(&caller, json!({ "type": "PINGID_DESKTOP_GEN2" }));
    assert_eq!(unsaid.complaint(), (400, "INVALID_DATA", "REQUIRED_VALUE", "status"));
    let active = create(&caller, json!({ "type": "PINGID_DESKTOP_GEN2", "status": "ACTIVE" }));
    assert_eq!(active.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "status"));
    let named = json!({ "id": "example.org", "name": "Other" });
    let with_rp =
        create(&caller, json!({ "type": "PINGID_DESKTOP_GEN2", "status": "ACTIVATION_REQUIRED", "rp": named }));
    assert_eq!(with_rp.body["rp"], named);
}
