//! `application/vnd.pingidentity.assertion.check+json`, with a passkey

mod key_data;
mod user;

use pingone_conformance::Authenticator;
use serde_json::{Value, json};

use crate::{
    client_assertion::RSA,
    household::{self, ORIGIN, RP_ID},
    support::{CHECK_ASSERTION, Caller, Reply},
};

fn caller() -> (Caller, Authenticator) {
    let authenticator = Authenticator::new().unwrap();
    (household::of(household::policy(), [household::passkey(&authenticator)]), authenticator)
}

fn check(caller: &Caller, id: &str, assertion: &str) -> Reply {
    caller.act(id, CHECK_ASSERTION, json!({ "origin": ORIGIN, "assertion": assertion, "compatibility": "FULL" }))
}

/// Begins, has it signed, and checks that.
fn sign_on(caller: &Caller, authenticator: &mut Authenticator) -> Reply {
    let reply = household::begin(caller, json!({}));
    let assertion = authenticator.assertion(&reply.body).unwrap();
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
    let reply = check(&caller, &id, &authenticator.assertion(&of_another).unwrap());
    assert_eq!(refusal(&reply), "The challenge is not the one that was set.");
}

#[test]
fn a_wrong_ceremony_is_refused() {
    let (caller, mut authenticator) = caller();
    authenticator.ceremony = "webauthn.create".to_owned();
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
    let reply = check(&caller, &open.id(), &authenticator.assertion(&open.body).unwrap());
    assert_eq!(reply.complaint(), (400, "REQUEST_FAILED", "QUOTA_EXCEEDED", ""));
    caller.service.advance(std::time::Duration::from_secs(120));
    let reply = check(&caller, &open.id(), &authenticator.assertion(&open.body).unwrap());
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
    assert_eq!(refusal(&reply), "The relying party's hash does not match its id.");
}

#[test]
fn missing_flags_are_refused() {
    let (caller, mut authenticator) = caller();
    authenticator.flags = 0x04;
    assert_eq!(refusal(&sign_on(&caller, &mut authenticator)), "The flags do not say that the user was present.");
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
fn a_counter_that_is_always_0_is_ignored() {
    let (caller, mut authenticator) = caller();
    for _ in 0..2 {
        authenticator.counter = 0;
        assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED");
    }
}

#[test]
fn a_wrong_signature_is_refused() {
    let (caller, mut authenticator) = caller();
    let reply = household::begin(&caller, json!({}));
    let mut assertion: Value = serde_json::from_str(&authenticator.assertion(&reply.body).unwrap()).unwrap();
    let other: Value = serde_json::from_str(&authenticator.assertion(&reply.body).unwrap()).unwrap();
    assertion["response"]["signature"] = other["response"]["signature"].clone();
    let reply = check(&caller, &reply.id(), &assertion.to_string());
    assert_eq!(refusal(&reply), "The signature is not that of the passkey.");
    assert_eq!(caller.read(&reply.id()).step(), "FAILED");
}

#[test]
fn signs_by_each_algorithm() {
    let all = [Authenticator::new(), Authenticator::ed25519(), Authenticator::rs256(RSA), Authenticator::ps256(RSA)];
    for mut authenticator in all.map(Result::unwrap) {
        let caller = household::of(household::policy(), [household::passkey(&authenticator)]);
        assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED", "{}", authenticator.public_key());
        let mut other = Authenticator::new().unwrap();
        let begun = household::begin(&caller, json!({}));
        let mut assertion: Value = serde_json::from_str(&authenticator.assertion(&begun.body).unwrap()).unwrap();
        let signed: Value = serde_json::from_str(&other.assertion(&begun.body).unwrap()).unwrap();
        assertion["response"]["signature"] = signed["response"]["signature"].clone();
        let reply = check(&caller, &begun.id(), &assertion.to_string());
        assert_eq!(refusal(&reply), "The signature is not that of the passkey.");
    }
}

#[test]
fn an_rsa_key_is_for_one_algorithm() {
    let mut signs_by_pss = Authenticator::ps256(RSA).unwrap();
    let mut jwk = signs_by_pss.public_key();
    jwk["alg"] = "RS256".into();
    let device = household::passkey(&signs_by_pss).hidden("publicKey", jwk);
    let caller = household::of(household::policy(), [device]);
    assert_eq!(refusal(&sign_on(&caller, &mut signs_by_pss)), "The signature is not that of the passkey.");
}

#[test]
fn a_credential_is_named_alike() {
    let (caller, mut authenticator) = caller();
    let begun = household::begin(&caller, json!({}));
    let assertion: Value = serde_json::from_str(&authenticator.assertion(&begun.body).unwrap()).unwrap();
    let padded = format!("{}=", authenticator.credential_id());
    for (member, value, problem) in [
        ("id", json!(padded), "has an id that is not Base64URL without padding"),
        ("id", Value::Null, "lacks the id of the credential"),
        ("rawId", Value::Null, "lacks rawId, or it is not Base64"),
        ("rawId", json!("AAAA"), "has an id and a rawId that differ"),
        ("type", Value::Null, "has a type other than public-key"),
        ("type", json!("password"), "has a type other than public-key"),
    ] {
        let mut assertion = assertion.clone();
        assertion[member] = value;
        let reply = check(&caller, &begun.id(), &assertion.to_string());
        assert_eq!(reply.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "assertion"), "{assertion}");
        assert_eq!(reply.body["details"][0]["message"], problem);
    }
    assert_eq!(check(&caller, &begun.id(), &assertion.to_string()).step(), "COMPLETED", "as it was");
}

#[test]
fn authenticator_data_is_what_its_flags_announce() {
    let (caller, mut authenticator) = caller();
    for (flags, rest, end) in [
        (0x45, vec![], "announce a credential, which is missing or malformed."),
        (0x85, vec![], "announce extensions, which are missing or malformed."),
        (0x05, vec![0], "has trailing data."),
    ] {
        (authenticator.flags, authenticator.rest) = (flags, rest);
        let reply = sign_on(&caller, &mut authenticator);
        assert!(refusal(&reply).ends_with(end), "{}", reply.body);
        caller.service.advance(std::time::Duration::from_secs(120));
    }
    (authenticator.flags, authenticator.rest) = (0x85, vec![0xa1, 0x61, b'a', 0x01]);
    assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED");
}

#[test]
fn a_backup_needs_eligibility() {
    let (caller, mut authenticator) = caller();
    authenticator.flags = 0x15;
    let reply = sign_on(&caller, &mut authenticator);
    assert_eq!(refusal(&reply), "The flags say that the passkey is backed up, but cannot be.");
    authenticator.flags = 0x1d;
    assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED");
}

#[test]
fn what_it_says_of_backups_is_remembered() {
    let mut authenticator = Authenticator::new().unwrap();
    let backup = json!({ "backupEligibility": true, "backupState": false });
    let device = household::passkey(&authenticator).member("backup", backup);
    let caller = household::of(household::policy(), [device]);
    let shown = || caller.managed("/users/u/devices/passkey").body["backup"]["backupState"].clone();
    for (flags, state) in [(0x0d, false), (0x1d, true), (0x0d, false)] {
        authenticator.flags = flags;
        assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED", "{flags:x}");
        assert_eq!(shown(), state);
    }
    authenticator.flags = 0x05;
    let problem = "Whether the passkey can be backed up has changed.";
    assert_eq!(refusal(&sign_on(&caller, &mut authenticator)), problem);
}

#[test]
fn what_is_no_assertion_is_400() {
    let (caller, mut authenticator) = caller();
    let reply = household::begin(&caller, json!({}));
    let id = reply.id();
    let mut stranger = Authenticator::new().unwrap();
    for text in ["x", "{}", "null", "[]", &stranger.assertion(&reply.body).unwrap()] {
        assert_eq!(
            check(&caller, &id, text).complaint(),
            (400, "INVALID_DATA", "INVALID_VALUE", "assertion"),
            "{text}"
        );
    }
    let assertion: Value = serde_json::from_str(&authenticator.assertion(&reply.body).unwrap()).unwrap();
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
        let assertion = authenticator.assertion(&reply.body).unwrap();
        let refused = caller.act(&reply.id(), CHECK_ASSERTION, json!({ "origin": origin, "assertion": assertion }));
        assert_eq!(refused.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "origin"), "{origin}");
    }
}

const ANDROID_APP: &str = "android:apk-key-hash:-_v7AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Has the passkey sign for this origin, and names it in the request.
fn sign_on_from(caller: &Caller, authenticator: &mut Authenticator, origin: &str) -> Reply {
    let reply = household::begin(caller, json!({}));
    authenticator.origin = origin.to_owned();
    let assertion = authenticator.assertion(&reply.body).unwrap();
    caller.act(&reply.id(), CHECK_ASSERTION, json!({ "origin": origin, "assertion": assertion }))
}

#[test]
fn an_android_app_is_known_by_the_hash_of_its_certificate() {
    let (caller, mut authenticator) = caller();
    assert_eq!(sign_on_from(&caller, &mut authenticator, ANDROID_APP).step(), "COMPLETED");
    for none in ["android:apk-key-hash:", "android:apk-key-hash:AAAA", &format!("{ANDROID_APP}="), "android:app"] {
        let refused = sign_on_from(&caller, &mut authenticator, none);
        assert_eq!(refused.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "origin"), "{none}");
        let is_told = refused.body["details"][0]["message"].as_str().unwrap().contains("android:apk-key-hash:");
        assert!(is_told, "how an app is written: {none}");
    }
    let signed_by_a_page = household::begin(&caller, json!({}));
    authenticator.origin = ORIGIN.to_owned();
    let assertion = authenticator.assertion(&signed_by_a_page.body).unwrap();
    let body = json!({ "origin": ANDROID_APP, "assertion": assertion });
    let refused = caller.act(&signed_by_a_page.id(), CHECK_ASSERTION, body);
    assert_eq!(refusal(&refused), "The origin in clientDataJSON is not the one in the request.");

    caller.service.switch_off("origin-of-android-app").unwrap();
    assert_eq!(sign_on_from(&caller, &mut authenticator, ANDROID_APP).complaint().3, "origin");
}

#[test]
fn binary_parts_may_be_either_base64() {
    let (caller, mut authenticator) = caller();
    authenticator.is_url_safe = true;
    assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED");
}

#[test]
fn the_request_can_name_the_relying_party() {
    let (caller, mut authenticator) = caller();
    let reply = household::begin(&caller, json!({ "rp": { "id": "app.example.com" } }));
    authenticator.rp_id = "app.example.com".to_owned();
    let assertion = authenticator.assertion(&reply.body).unwrap();
    assert_eq!(check(&caller, &reply.id(), &assertion).step(), "COMPLETED");
}

#[test]
fn the_request_can_bring_the_challenge() {
    let (caller, mut authenticator) = caller();
    let text = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU";
    let reply = household::begin(&caller, json!({ "webAuthn": { "challenge": text } }));
    let assertion = authenticator.sign_challenge(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345").unwrap();
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
