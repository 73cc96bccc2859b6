//! `application/vnd.pingidentity.assertion.check+json`, with a passkey

use pingone_emulator::{Data, User};
use serde_json::{Value, json};

use crate::{
    authenticator::{Authenticator, ORIGIN, RP_ID},
    household,
    support::{CHECK_ASSERTION, Caller, Reply},
};

fn caller() -> (Caller, Authenticator) {
    let authenticator = Authenticator::new();
    (household::of(household::policy(), [household::passkey(&authenticator)]), authenticator)
}

fn check(caller: &Caller, id: &str, assertion: &str) -> Reply {
    caller.act(id, CHECK_ASSERTION, json!({ "origin": ORIGIN, "assertion": assertion, "compatibility": "FULL" }))
}

/// Begins, has it signed, and checks that.
fn sign_on(caller: &Caller, authenticator: &mut Authenticator) -> Reply {
    let reply = household::begin(caller, json!({}));
    let assertion = authenticator.assertion(&reply.body);
    check(caller, &reply.id(), &assertion)
}

fn refusal(reply: &Reply) -> &str {
    assert_eq!((reply.step(), &reply.body["error"]["code"]), ("FAILED", &json!("ASSERTION_INVALID")));
    reply.body["error"]["message"].as_str().unwrap()
}

#[test]
fn the_right_assertion_completes() {
    let (caller, mut authenticator) = caller();
    let reply = sign_on(&caller, &mut authenticator);
    assert_eq!((reply.step(), &reply.body["selectedDevice"]), ("COMPLETED", &json!({ "id": "passkey" })));
    assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED", "and again, with the next count");
}

#[test]
fn a_wrong_challenge_is_refused() {
    let (caller, mut authenticator) = caller();
    let id = household::begin(&caller, json!({})).id();
    let of_another = household::begin(&caller, json!({})).body;
    let reply = check(&caller, &id, &authenticator.assertion(&of_another));
    assert_eq!(refusal(&reply), "The challenge is not the one that was set.");
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
fn a_wrong_ceremony_is_refused() {
    let (caller, mut authenticator) = caller();
    authenticator.ceremony = "webauthn.create";
    assert_eq!(refusal(&sign_on(&caller, &mut authenticator)), "The type in clientDataJSON is not webauthn.get.");
}

#[test]
fn too_many_wrong_assertions_lock_the_passkey() {
    let (caller, mut authenticator) = caller();
    let open = household::begin(&caller, json!({}));
    authenticator.rp_id = "example.org".to_owned();
    for _ in 0..3 {
        refusal(&sign_on(&caller, &mut authenticator));
    }
    authenticator.rp_id = RP_ID.to_owned();
    let reply = check(&caller, &open.id(), &authenticator.assertion(&open.body));
    assert_eq!(reply.complaint(), (400, "REQUEST_FAILED", "QUOTA_EXCEEDED", ""));
    caller.service.advance(std::time::Duration::from_secs(120));
    let reply = check(&caller, &open.id(), &authenticator.assertion(&open.body));
    assert_eq!(reply.step(), "COMPLETED");
}

#[test]
fn a_wrong_origin_is_refused() {
    let (caller, mut authenticator) = caller();
    authenticator.origin = "https://example.com".to_owned();
    assert_eq!(
        refusal(&sign_on(&caller, &mut authenticator)),
        "The origin in clientDataJSON is not the one in the request."
    );
}

#[test]
fn a_wrong_relying_party_is_refused() {
    let (caller, mut authenticator) = caller();
    authenticator.rp_id = "example.org".to_owned();
    let reply = sign_on(&caller, &mut authenticator);
    assert_eq!(refusal(&reply), "The relying party's hash is not that of the relying party.");
}

#[test]
fn missing_flags_are_refused() {
    let (caller, mut authenticator) = caller();
    authenticator.flags = 0x04;
    assert_eq!(refusal(&sign_on(&caller, &mut authenticator)), "The flags do not say that a user was present.");
    authenticator.flags = 0x01;
    assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED");
    let strict = household::of(household::policy().user_verification(true), [household::passkey(&authenticator)]);
    assert_eq!(refusal(&sign_on(&strict, &mut authenticator)), "The flags do not say that the user was verified.");
    authenticator.flags = 0x05;
    assert_eq!(sign_on(&strict, &mut authenticator).step(), "COMPLETED");
}

#[test]
fn a_counter_that_does_not_grow_is_refused() {
    let (caller, mut authenticator) = caller();
    authenticator.counter = 7;
    assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED");
    authenticator.counter = 7;
    assert_eq!(refusal(&sign_on(&caller, &mut authenticator)), "The counter has not grown.");
    assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED", "8 is more than 7");
}

#[test]
fn a_counter_that_is_always_0_is_none() {
    let (caller, mut authenticator) = caller();
    for _ in 0..2 {
        authenticator.counter = 0;
        assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED");
    }
}

#[test]
fn the_count_of_the_data_is_the_first() {
    let mut authenticator = Authenticator::new();
    let device = household::passkey(&authenticator).hidden("signCount", json!(1));
    let caller = household::of(household::policy(), [device]);
    assert_eq!(refusal(&sign_on(&caller, &mut authenticator)), "The counter has not grown.");
    assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED");
}

#[test]
fn a_wrong_signature_is_refused() {
    let (caller, mut authenticator) = caller();
    let reply = household::begin(&caller, json!({}));
    let mut assertion: Value = serde_json::from_str(&authenticator.assertion(&reply.body)).unwrap();
    let other: Value = serde_json::from_str(&authenticator.assertion(&reply.body)).unwrap();
    assertion["response"]["signature"] = other["response"]["signature"].clone();
    let reply = check(&caller, &reply.id(), &assertion.to_string());
    assert_eq!(refusal(&reply), "The signature is not that of the passkey.");
    assert_eq!(caller.read(&reply.id()).step(), "FAILED");
}

#[test]
fn what_is_no_assertion_is_400() {
    let (caller, mut authenticator) = caller();
    let reply = household::begin(&caller, json!({}));
    let id = reply.id();
    let mut stranger = Authenticator::new();
    for text in ["x", "{}", "null", "[]", &stranger.assertion(&reply.body)] {
        assert_eq!(
            check(&caller, &id, text).complaint(),
            (400, "INVALID_DATA", "INVALID_VALUE", "assertion"),
            "{text}"
        );
    }
    let assertion: Value = serde_json::from_str(&authenticator.assertion(&reply.body)).unwrap();
    let as_object = caller.act(&id, CHECK_ASSERTION, json!({ "origin": ORIGIN, "assertion": assertion }));
    assert_eq!(as_object.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "assertion"));
    let missing = caller.act(&id, CHECK_ASSERTION, json!({ "assertion": "{}" }));
    assert_eq!(missing.complaint(), (400, "INVALID_DATA", "REQUIRED_VALUE", "origin"));
    assert_eq!(caller.read(&id).step(), "ASSERTION_REQUIRED", "none of them was an attempt");
}

#[test]
fn the_origin_has_to_be_of_the_relying_party() {
    let (caller, mut authenticator) = caller();
    let reply = household::begin(&caller, json!({}));
    for origin in ["https://example.org", "http://example.com", "https://notexample.com", "example.com"] {
        authenticator.origin = origin.to_owned();
        let assertion = authenticator.assertion(&reply.body);
        let refused = caller.act(&reply.id(), CHECK_ASSERTION, json!({ "origin": origin, "assertion": assertion }));
        assert_eq!(refused.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "origin"), "{origin}");
    }
}

#[test]
fn binary_parts_may_be_either_base64() {
    let (caller, mut authenticator) = caller();
    authenticator.url_safe = true;
    assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED");
}

#[test]
fn says_who_the_user_is() {
    let mut authenticator = Authenticator::new();
    let other = Authenticator::new();
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
    let reply = check(&caller, &reply.id(), &authenticator.assertion(&reply.body));
    assert_eq!((reply.step(), &reply.body["user"]), ("COMPLETED", &json!({ "id": "u" })));
}

#[test]
fn the_request_can_name_the_relying_party() {
    let (caller, mut authenticator) = caller();
    let reply = household::begin(&caller, json!({ "rp": { "id": "app.example.com" } }));
    authenticator.rp_id = "app.example.com".to_owned();
    let assertion = authenticator.assertion(&reply.body);
    assert_eq!(check(&caller, &reply.id(), &assertion).step(), "COMPLETED");
}

#[test]
fn the_request_can_bring_the_challenge() {
    let (caller, mut authenticator) = caller();
    let text = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU";
    let reply = household::begin(&caller, json!({ "webAuthn": { "challenge": text } }));
    let assertion = authenticator.sign_challenge(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345");
    assert_eq!(check(&caller, &reply.id(), &assertion).step(), "COMPLETED");
    for short in ["QUJD", "%", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNA"] {
        let reply = household::begin(&caller, json!({ "webAuthn": { "challenge": short } }));
        assert_eq!(reply.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "webAuthn.challenge"));
    }
}

#[test]
fn is_refused_where_no_assertion_is_awaited() {
    let caller = Caller::new();
    let body = json!({ "origin": "https://pingone.com", "assertion": "{}" });
    for (status, id) in caller.in_every_status() {
        let detail = caller.act(&id, CHECK_ASSERTION, body.clone()).complaint().2.to_owned();
        let expected = if status == "ASSERTION_REQUIRED" { "INVALID_VALUE" } else { "CONSTRAINT_VIOLATION" };
        assert_eq!(detail, expected, "{status}");
    }
}
