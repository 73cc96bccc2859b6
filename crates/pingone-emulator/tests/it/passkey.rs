//! `application/vnd.pingidentity.assertion.check+json`, with a passkey

use pingone_conformance::Authenticator;
use pingone_emulator::{Data, User};
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
    let mut authenticator = Authenticator::new().unwrap();
    let device = household::passkey(&authenticator).hidden("signCount", json!(1));
    let caller = household::of(household::policy(), [device]);
    assert_eq!(refusal(&sign_on(&caller, &mut authenticator)), "The counter has not grown.");
    assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED");
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
        ("rawId", json!("AAAA"), "has an id and a rawId of different credentials"),
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
        (0x05, vec![0], "goes on after its end."),
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
    assert_eq!(refusal(&reply), "The flags say that the passkey is backed up, and that it cannot be.");
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

#[test]
fn binary_parts_may_be_either_base64() {
    let (caller, mut authenticator) = caller();
    authenticator.is_url_safe = true;
    assert_eq!(sign_on(&caller, &mut authenticator).step(), "COMPLETED");
}

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
