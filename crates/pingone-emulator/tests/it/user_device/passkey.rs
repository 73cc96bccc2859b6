//! Passkeys that are registered.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ciborium::Value as Cbor;
use pingone_conformance::Authenticator;
use pingone_emulator::{Data, Fido2Policy, Policy};
use serde_json::{Value, json};

use super::{ACTIVATE, act, caller, create, created, read, with};
use crate::{
    client_assertion::RSA,
    household::{self, ORIGIN, RP_ID, begin},
    support::{CHECK_ASSERTION, Caller, Reply},
};

fn passkey() -> Value {
    json!({ "type": "FIDO2", "rp": { "id": RP_ID, "name": "Example" } })
}

fn options(reply: &Reply) -> Value {
    serde_json::from_str(reply.body["publicKeyCredentialCreationOptions"].as_str().unwrap()).unwrap()
}

fn activate(caller: &Caller, id: &str, attestation: &str) -> Reply {
    act(caller, id, ACTIVATE, json!({ "origin": ORIGIN, "attestation": attestation }))
}

/// Creates a passkey and has it made.
fn register(caller: &Caller, authenticator: &mut Authenticator) -> Reply {
    let waiting = create(caller, passkey());
    activate(caller, &waiting.id(), &authenticator.registration(&waiting.body).unwrap())
}

/// What is wrong with an attestation.
fn refusal(reply: &Reply) -> &str {
    assert_eq!(reply.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "attestation"), "{}", reply.body);
    reply.body["details"][0]["message"].as_str().unwrap()
}

fn log_in(caller: &Caller, authenticator: &mut Authenticator, body: Value) -> Reply {
    let begun = begin(caller, body);
    let assertion = authenticator.assertion(&begun.body).unwrap();
    caller.act(&begun.id(), CHECK_ASSERTION, json!({ "origin": ORIGIN, "assertion": assertion }))
}

#[test]
fn registers_and_logs_in() {
    for mut authenticator in
        [Authenticator::new().unwrap(), Authenticator::rs256(RSA).unwrap(), Authenticator::ps256(RSA).unwrap()]
    {
        let caller = caller();
        let waiting = create(&caller, passkey());
        assert_eq!((waiting.status, &waiting.body["status"]), (201, &json!("ACTIVATION_REQUIRED")));
        authenticator.flags |= 0x08;
        let active = activate(&caller, &waiting.id(), &authenticator.registration(&waiting.body).unwrap());
        assert_eq!((active.status, &active.body["status"]), (200, &json!("ACTIVE")), "{}", active.body);
        let shown = &active.body;
        assert_eq!(shown["credentialId"], authenticator.credential_id());
        assert_eq!(shown["rp"], json!({ "id": RP_ID, "name": "Example" }));
        let attributes = json!({ "isCrossPlatform": false, "isResidentKey": true, "transports": ["internal"] });
        assert_eq!(shown["attributes"], attributes);
        assert_eq!(shown["backup"], json!({ "backupEligibility": true, "backupState": false }));
        assert_eq!(shown["fidoRegistrationArtifacts"]["attestationType"], "NONE");
        assert_eq!(shown["displayName"], "fidoPolicy.deviceDisplayName01");
        for secret in ["publicKey", "signCount", "publicKeyCredentialCreationOptions"] {
            assert!(!shown.to_string().contains(secret), "{shown}");
        }
        let begun = begin(&caller, json!({})).body;
        let asked: Value = serde_json::from_str(begun["publicKeyCredentialRequestOptions"].as_str().unwrap()).unwrap();
        assert_eq!(asked["allowCredentials"][0]["transports"], json!(["internal"]));
        assert_eq!(log_in(&caller, &mut authenticator, json!({})).step(), "COMPLETED");
        let nameless = caller.initialize(json!({ "rp": { "id": RP_ID } }));
        let assertion = authenticator.assertion(&nameless.body).unwrap();
        let body = json!({ "origin": ORIGIN, "assertion": assertion });
        let done = caller.act(&nameless.id(), CHECK_ASSERTION, body);
        assert_eq!((done.step(), &done.body["user"]["id"]), ("COMPLETED", &json!("u")));
        authenticator.counter = 1;
        assert_eq!(log_in(&caller, &mut authenticator, json!({})).step(), "FAILED", "the counter is remembered");
    }
}

#[test]
fn cannot_log_in_before_it_is_activated() {
    let caller = caller();
    let id = created(&caller, passkey());
    let begun = begin(&caller, json!({ "selectedDevice": { "id": id } }));
    assert_eq!(begun.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "selectedDevice.id"));
    assert_eq!(begin(&caller, json!({})).complaint().2, "NO_USABLE_DEVICES");
}

#[test]
fn gets_options_as_text_with_signed_bytes() {
    let caller = caller();
    let waiting = create(&caller, passkey());
    let options = options(&waiting);
    for bytes in [&options["challenge"], &options["user"]["id"]] {
        assert!(bytes.as_array().unwrap().iter().all(|byte| (-128..128).contains(&byte.as_i64().unwrap())));
    }
    assert_eq!((options["challenge"].as_array().unwrap().len(), &options["user"]["id"]), (32, &json!([117])));
    let algorithms: Vec<&Value> =
        options["pubKeyCredParams"].as_array().unwrap().iter().map(|offered| &offered["alg"]).collect();
    assert_eq!(algorithms, ["-7", "-37", "-257"]);
    assert_eq!((&options["rp"]["id"], &options["timeout"]), (&json!(RP_ID), &json!(120_000)));
    assert_eq!(options["extensions"], json!({ "credProps": true, "hmacCreateSecret": true }));
    assert_eq!((&options["attestation"], &options["excludeCredentials"]), (&json!("none"), &json!([])));
    assert_eq!(read(&caller, &waiting.id()).body.get("publicKeyCredentialCreationOptions"), None);
}

#[test]
fn names_what_is_wrong_with_the_body() {
    let caller = caller();
    for (rp, complaint, target) in [
        (json!(null), "REQUIRED_VALUE", "rp.name"),
        (json!({ "id": RP_ID }), "REQUIRED_VALUE", "rp.name"),
        (json!({ "name": "Example" }), "REQUIRED_VALUE", "rp.id"),
        (json!({ "id": "Example.com", "name": "Example" }), "INVALID_VALUE", "rp.id"),
        (json!({ "id": "https://example.com", "name": "Example" }), "INVALID_VALUE", "rp.id"),
    ] {
        let reply = create(&caller, json!({ "type": "FIDO2", "rp": rp }));
        assert_eq!(reply.complaint(), (400, "INVALID_DATA", complaint, target), "{rp}");
    }
}

#[test]
fn those_of_the_user_are_excluded() {
    let caller = caller();
    let mut authenticator = Authenticator::new().unwrap();
    register(&caller, &mut authenticator);
    create(&caller, passkey());
    let excluded = options(&create(&caller, passkey()))["excludeCredentials"].clone();
    assert_eq!(excluded.as_array().unwrap().len(), 1);
    let bytes = excluded[0]["id"].as_array().unwrap().iter().map(|byte| byte.as_i64().unwrap() as u8);
    assert_eq!(URL_SAFE_NO_PAD.encode(bytes.collect::<Vec<u8>>()), authenticator.credential_id());
    assert_eq!(excluded[0]["transports"], json!(["internal"]));
    let elsewhere = json!({ "type": "FIDO2", "rp": { "id": "example.org", "name": "Other" } });
    assert_eq!(options(&create(&caller, elsewhere))["excludeCredentials"], json!([]));
}

#[test]
fn is_registered_once() {
    let caller = caller();
    let mut authenticator = Authenticator::new().unwrap();
    assert_eq!(register(&caller, &mut authenticator).status, 200);
    let again = register(&caller, &mut authenticator);
    assert_eq!(again.complaint(), (400, "INVALID_DATA", "UNIQUENESS_VIOLATION", "attestation"));
}

#[test]
fn what_was_made_for_something_else_is_refused() {
    type Change = fn(&mut Authenticator);
    let changes: [(Change, &str); 4] = [
        (|made| made.creation = "webauthn.get".to_owned(), "The type in clientDataJSON is not webauthn.create."),
        (
            |made| made.origin = "https://example.com".to_owned(),
            "The origin in clientDataJSON is not the one in the request.",
        ),
        (|made| made.rp_id = "example.org".to_owned(), "The relying party's hash does not match its id."),
        (|made| made.flags = 0x04, "The flags do not say that the user was present."),
    ];
    for (change, problem) in changes {
        let (caller, mut authenticator) = (caller(), Authenticator::new().unwrap());
        change(&mut authenticator);
        assert_eq!(refusal(&register(&caller, &mut authenticator)), problem);
    }
    let (caller, mut authenticator) = (caller(), Authenticator::new().unwrap());
    let [waiting, other] = [(); 2].map(|()| create(&caller, passkey()));
    let of_another = authenticator.registration(&other.body).unwrap();
    assert_eq!(refusal(&activate(&caller, &waiting.id(), &of_another)), "The challenge is not the one that was set.");
    let right = authenticator.registration(&waiting.body).unwrap();
    let elsewhere = json!({ "origin": "https://evil.example", "attestation": right });
    assert_eq!(act(&caller, &waiting.id(), ACTIVATE, elsewhere).complaint().3, "origin");
    assert_eq!(act(&caller, &waiting.id(), ACTIVATE, json!({ "attestation": right })).complaint().3, "origin");
    assert_eq!(activate(&caller, &waiting.id(), &right).body["status"], "ACTIVE", "a wrong one did no harm");
}

#[test]
fn what_is_no_attestation_is_400() {
    let (caller, mut authenticator) = (caller(), Authenticator::new().unwrap());
    let waiting = create(&caller, passkey());
    let right: Value = serde_json::from_str(&authenticator.registration(&waiting.body).unwrap()).unwrap();
    let with = |pointer: &str, value: Value| {
        let mut changed = right.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        changed.to_string()
    };
    for (attestation, problem) in [
        ("no JSON".to_owned(), "is not JSON"),
        (with("/id", json!(5)), "lacks the id of the credential"),
        (with("/rawId", json!("AAAA")), "has an id and a rawId that differ"),
        (with("/type", json!("password")), "has a type other than public-key"),
        (with("/response/clientDataJSON", json!(null)), "lacks clientDataJSON, or it is not Base64"),
        (with("/response/clientDataJSON", json!("AAAA")), "clientDataJSON is not JSON."),
        (with("/response/attestationObject", json!({})), "lacks attestationObject, or it is not Base64"),
    ] {
        assert_eq!(refusal(&activate(&caller, &waiting.id(), &attestation)), problem);
    }
    let as_object = act(&caller, &waiting.id(), ACTIVATE, json!({ "origin": ORIGIN, "attestation": right }));
    assert_eq!(refusal(&as_object), "must be a string");
    caller.service.switch_off("base64-of-either-kind").unwrap();
    authenticator.is_url_safe = true;
    let url_safe = authenticator.registration(&waiting.body).unwrap();
    assert!(activate(&caller, &waiting.id(), &url_safe).status == 400 || !url_safe.contains(['-', '_']));
}

#[test]
fn an_android_app_registers_a_passkey() {
    let (caller, mut authenticator) = (caller(), Authenticator::new().unwrap());
    let waiting = create(&caller, passkey());
    authenticator.origin = "android:apk-key-hash:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned();
    let attestation = authenticator.registration(&waiting.body).unwrap();
    let body = json!({ "origin": authenticator.origin, "attestation": attestation });
    caller.service.switch_off("origin-of-android-app").unwrap();
    assert_eq!(act(&caller, &waiting.id(), ACTIVATE, body.clone()).complaint().3, "origin");
    caller.service.switch_on("origin-of-android-app").unwrap();
    assert_eq!(act(&caller, &waiting.id(), ACTIVATE, body).body["status"], "ACTIVE");
}

/// Changes the attestation object of a registration.
fn change_object(registration: &str, change: impl FnOnce(&mut Vec<(Cbor, Cbor)>)) -> String {
    let mut registration: Value = serde_json::from_str(registration).unwrap();
    let object = STANDARD.decode(registration["response"]["attestationObject"].as_str().unwrap()).unwrap();
    let Cbor::Map(mut members) = ciborium::from_reader(&object[..]).unwrap() else { panic!("it is a map") };
    change(&mut members);
    let mut changed = Vec::new();
    ciborium::into_writer(&Cbor::Map(members), &mut changed).unwrap();
    registration["response"]["attestationObject"] = STANDARD.encode(changed).into();
    registration.to_string()
}

#[test]
fn what_is_no_attestation_object_is_400() {
    let (caller, mut authenticator) = (caller(), Authenticator::new().unwrap());
    let waiting = create(&caller, passkey());
    let right = authenticator.registration(&waiting.body).unwrap();
    let with = |bytes: &[u8]| {
        let mut changed: Value = serde_json::from_str(&right).unwrap();
        changed["response"]["attestationObject"] = STANDARD.encode(bytes).into();
        changed.to_string()
    };
    let whole: Value = serde_json::from_str(&right).unwrap();
    let whole = STANDARD.decode(whole["response"]["attestationObject"].as_str().unwrap()).unwrap();
    for (attestation, problem) in [
        (with(&whole[..whole.len() - 1]), "The attestationObject is not CBOR."),
        (with(&[&whole[..], &[0]].concat()), "The attestationObject has trailing data."),
        (with(&[0x80]), "The attestationObject is not a map of fmt, attStmt and authData."),
        (
            change_object(&right, |members| drop(members.remove(0))),
            "The attestationObject is not a map of fmt, attStmt and authData.",
        ),
        (change_object(&right, |members| members[2].1 = Cbor::Bytes(vec![0; 36])), "authenticatorData is too short."),
    ] {
        assert_eq!(refusal(&activate(&caller, &waiting.id(), &attestation)), problem);
    }
    let without_credential = change_object(&right, |members| {
        let Cbor::Bytes(data) = &mut members[2].1 else { panic!("it is bytes") };
        data.truncate(37);
        data[32] &= !0x40;
    });
    assert_eq!(refusal(&activate(&caller, &waiting.id(), &without_credential)), "The flags announce no credential.");
}

#[test]
fn another_id_is_refused() {
    let (caller, mut authenticator) = (caller(), Authenticator::new().unwrap());
    let waiting = create(&caller, passkey());
    let mut changed: Value = serde_json::from_str(&authenticator.registration(&waiting.body).unwrap()).unwrap();
    changed["id"] = "AAAA".into();
    changed["rawId"] = "AAAA".into();
    let problem = "The id is not that of the credential that was made.";
    assert_eq!(refusal(&activate(&caller, &waiting.id(), &changed.to_string())), problem);
}

#[test]
fn the_algorithm_was_offered() {
    let (caller, mut authenticator) = (caller(), Authenticator::ed25519().unwrap());
    let problem = "The key is of an algorithm that was not offered.";
    assert_eq!(refusal(&register(&caller, &mut authenticator)), problem);
}

#[test]
fn is_attested_by_nothing_or_by_its_own_key() {
    let (caller, mut authenticator) = (caller(), Authenticator::new().unwrap());
    authenticator.is_self_attested = true;
    let waiting = create(&caller, passkey());
    let right = authenticator.registration(&waiting.body).unwrap();
    let with_format = |format: &'static str| change_object(&right, |members| members[0].1 = format.into());
    let statement = |change: fn(&mut Vec<(Cbor, Cbor)>)| {
        change_object(&right, |members| {
            let Cbor::Map(statement) = &mut members[1].1 else { panic!("it is a map") };
            change(statement);
        })
    };
    for (attestation, problem) in [
        (with_format("none"), "The attestation is none, and has a statement all the same."),
        (with_format("tpm"), "The attestation is of a format that the emulator does not verify."),
        (with_format("pigeon"), "The attestation is of a format that nobody knows."),
        (statement(|it| it[0].1 = (-257).into()), "The attestation is of another algorithm than the key."),
        (statement(|it| drop(it.pop())), "The attestation lacks its signature."),
        (
            statement(|it| it[1].1 = Cbor::Bytes(vec![0; 70])),
            "The signature of the attestation is not that of the passkey.",
        ),
        (
            statement(|it| it.push(("x5c".into(), Cbor::Array(Vec::new())))),
            "The attestation is by a chain of certificates, which the emulator does not verify.",
        ),
    ] {
        assert_eq!(refusal(&activate(&caller, &waiting.id(), &attestation)), problem);
    }
    let active = activate(&caller, &waiting.id(), &right);
    assert_eq!(active.body["fidoRegistrationArtifacts"]["attestationType"], "SELF");
}

#[test]
fn the_policy_says_what_is_asked() {
    let fido2 = r#"{
        "id": "f", "default": true, "discoverableCredentials": "REQUIRED", "authenticatorAttachment": "PLATFORM",
        "attestationRequirements": "DIRECT", "deviceDisplayName": "Our passkey", "backupEligibility": { "allow": false },
        "userVerification": { "option": "REQUIRED", "enforceDuringAuthentication": false }
    }"#;
    let data: Data = household::data(Policy::new("p"), []).fido2_policy(Fido2Policy::from_json(fido2).unwrap());
    let caller = Caller::of(data);
    let options = options(&create(&caller, passkey()));
    let expected = json!({
        "authenticatorAttachment": "platform", "residentKey": "required", "requireResidentKey": true,
        "userVerification": "required",
    });
    assert_eq!((&options["authenticatorSelection"], &options["attestation"]), (&expected, &json!("direct")));
    let mut authenticator = Authenticator::new().unwrap();
    authenticator.flags = 0x01;
    assert_eq!(refusal(&register(&caller, &mut authenticator)), "The flags do not say that the user was verified.");
    authenticator.flags = 0x0d;
    let problem = "The passkey can be backed up, which the policy does not allow.";
    assert_eq!(refusal(&register(&caller, &mut authenticator)), problem);
    authenticator.flags = 0x05;
    assert_eq!(register(&caller, &mut authenticator).body["displayName"], "Our passkey");
    authenticator.flags = 0x01;
    assert_eq!(log_in(&caller, &mut authenticator, json!({})).step(), "COMPLETED", "a log-in does not need it");
    let bad = Fido2Policy::from_json(r#"{ "id": "f", "authenticatorAttachment": "NONE" }"#).unwrap_err().to_string();
    assert_eq!(bad, "authenticatorAttachment: must be one of PLATFORM, CROSS_PLATFORM, BOTH");
}

#[test]
fn a_passkey_of_the_data_that_waits_cannot_be_activated() {
    let waiting = household::passkey(&Authenticator::new().unwrap()).member("status", json!("ACTIVATION_REQUIRED"));
    let caller = with(household::policy(), [waiting]);
    let reply = activate(&caller, "passkey", "{}");
    assert_eq!(reply.complaint(), (400, "REQUEST_FAILED", "CONSTRAINT_VIOLATION", ""), "no challenge was set");
}

#[test]
fn one_that_a_browser_has_made_can_be_added_at_once() {
    let (caller, mut authenticator) = (caller(), Authenticator::new().unwrap());
    let made = authenticator.register_challenge(b"of the page's own").unwrap();
    let add = |body: &str| caller.send_to(http::Method::POST, "/_emulator/users/u/passkeys", None, body.as_bytes());
    let added = add(&made);
    assert_eq!(added.status, 200, "{}", added.body);
    let shown = read(&caller, added.body["deviceId"].as_str().unwrap()).body;
    assert_eq!((&shown["rp"]["id"], &shown["status"]), (&json!(RP_ID), &json!("ACTIVE")), "that above its host");
    assert_eq!(log_in(&caller, &mut authenticator, json!({})).step(), "COMPLETED");
    assert_eq!(add(&made).body["error"], "the passkey: The passkey is registered already.");

    let mut other = Authenticator::new().unwrap();
    other.user_handle = Some(b"of the page".to_vec());
    let mut with_handle: Value = serde_json::from_str(&other.register_challenge(b"c").unwrap()).unwrap();
    with_handle["userHandle"] = URL_SAFE_NO_PAD.encode("of the page").into();
    let id = add(&with_handle.to_string()).body["deviceId"].as_str().unwrap().to_owned();
    let selected = json!({ "selectedDevice": { "id": id } });
    assert_eq!(log_in(&caller, &mut other, selected).step(), "COMPLETED");

    let mut elsewhere = Authenticator::new().unwrap();
    elsewhere.rp_id = "example.org".to_owned();
    let problem = "the passkey: The relying party is not the host of the page.";
    assert_eq!(add(&elsewhere.register_challenge(b"c").unwrap()).body["error"], problem);
    assert_eq!(add("{}").body["error"], "the passkey: lacks the id of the credential");
    let nobody = caller.send_to(http::Method::POST, "/_emulator/users/nobody/passkeys", None, made.as_bytes());
    assert_eq!(nobody.status, 404);
}
