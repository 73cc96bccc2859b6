//! Registering devices that hold a key.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::{
    Authenticator,
    authenticator::creation_options,
    entry::{Entry, entry},
    reply::Reply,
    session::{ACTIVATE, CHECK_ASSERTION, Session},
    verdict::{Try, differs, holds, same},
};

pub(super) const ENTRIES: &[Entry] = &[
    entry("relying-party-is-given", "a passkey is for a domain in lower case, which has a name", |s| {
        let rp = |rp: Value| json!({ "type": "FIDO2", "rp": rp });
        s.create_only(rp(json!({ "name": "Example" })))?.is("400 REQUIRED_VALUE rp.id")?;
        s.create(rp(json!({ "id": "example.com" })))?.is("400 REQUIRED_VALUE rp.name")?;
        s.create(rp(json!({ "id": "Example.com", "name": "Example" })))?.is("400 INVALID_VALUE rp.id")
    }),
    entry("creation-options-are-text", "the options are JSON inside text, with signed bytes", |s| {
        let options = options(&waiting(s)?)?;
        let is_signed = |byte: &Value| byte.as_i64().is_some_and(|byte| (-128..128).contains(&byte));
        for pointer in ["/challenge", "/user/id"] {
            let bytes = options.pointer(pointer).and_then(Value::as_array);
            holds("signed bytes", bytes.is_some_and(|bytes| !bytes.is_empty() && bytes.iter().all(is_signed)))?;
        }
        same("first algorithm", json!("-7"), &options["pubKeyCredParams"][0]["alg"])
    }),
    entry("exclude-credentials", "a passkey that the user has is excluded", |s| {
        let mut passkey = Authenticator::new()?;
        register(s, &mut passkey)?.is("200 ACTIVE")?;
        let excluded = options(&s.create(passkey_of_example())?)?["excludeCredentials"][0]["id"].clone();
        let bytes: Vec<i8> = serde_json::from_value(excluded).unwrap_or_default();
        let bytes: Vec<u8> = bytes.into_iter().map(|byte| byte.to_be_bytes()[0]).collect();
        same("excluded", passkey.credential_id(), URL_SAFE_NO_PAD.encode(bytes))
    }),
    entry("attestation-is-text", "an attestation that is an object is a bad value", |s| {
        let waiting = waiting(s)?;
        let attestation: Value = serde_json::from_str(&Authenticator::new()?.registration(&waiting.body)?)
            .map_err(|error| differs("an attestation", error))?;
        let body = json!({ "origin": Authenticator::ORIGIN, "attestation": attestation });
        s.act_on_device(&waiting.id(), ACTIVATE, body)?.is("400 INVALID_VALUE attestation")
    }),
    entry("attestation-object-is-whole", "what is behind the attestation object is refused", |s| {
        let waiting = waiting(s)?;
        let attestation = Authenticator::new()?.registration(&waiting.body)?;
        activate(s, &waiting, &changed(&attestation, |object| object.push(0))?)?.is("400 INVALID_VALUE attestation")?;
        activate(s, &waiting, &attestation)?.is("200 ACTIVE")
    }),
    entry("registration-matches", "another ceremony, challenge, origin or relying party is refused", |s| {
        let changes: [fn(&mut Authenticator); 3] = [
            |passkey| passkey.creation = "webauthn.get".to_owned(),
            |passkey| passkey.origin = "https://example.com".to_owned(),
            |passkey| passkey.rp_id = "example.org".to_owned(),
        ];
        for change in changes {
            let mut passkey = Authenticator::new()?;
            change(&mut passkey);
            register(s, &mut passkey)?.is("400 INVALID_VALUE attestation")?;
        }
        let waiting = waiting(s)?;
        let of_another = Authenticator::new()?.register_challenge(&[0; 32])?;
        activate(s, &waiting, &of_another)?.is("400 INVALID_VALUE attestation")
    }),
    entry("registered-credential-is-named-alike", "another id than was signed is refused", |s| {
        let waiting = waiting(s)?;
        let attestation = Authenticator::new()?.registration(&waiting.body)?;
        let mut value: Value = serde_json::from_str(&attestation).map_err(|error| differs("an attestation", error))?;
        value["id"] = "AAAA".into();
        value["rawId"] = "AAAA".into();
        activate(s, &waiting, &value.to_string())?.is("400 INVALID_VALUE attestation")
    }),
    entry("credential-is-new", "a passkey is registered once", |s| {
        let mut passkey = Authenticator::new()?;
        register(s, &mut passkey)?.is("200 ACTIVE")?;
        let again = s.create(passkey_of_example())?;
        let attestation = passkey.registration(&again.body)?;
        activate(s, &again, &attestation)?.is("400 UNIQUENESS_VIOLATION attestation")
    }),
    entry("algorithm-was-offered", "a key of EdDSA was not offered", |s| {
        register(s, &mut Authenticator::ed25519()?)?.is("400 INVALID_VALUE attestation")
    }),
    entry("attestation-none-or-self", "a passkey attests itself, or nothing does", |s| {
        for (is_self_attested, attested) in [(false, "NONE"), (true, "SELF")] {
            let mut passkey = Authenticator::new()?;
            passkey.is_self_attested = is_self_attested;
            let active = register(s, &mut passkey)?;
            active.is("200 ACTIVE")?;
            same("attestationType", attested, active.text("/fidoRegistrationArtifacts/attestationType"))?;
        }
        Ok(())
    }),
    entry("registration-verifies-user", "the policy says whether the user has to be verified", |s| {
        s.control()?.put_fido2_policy(FIDO2, &json!({ "userVerification": { "option": "REQUIRED" } }))?;
        let policy = s.put_policy(&json!({ "fido2": { "enabled": true, "fido2PolicyId": FIDO2 } }))?;
        for (flags, expected) in [(0x01, "400 INVALID_VALUE attestation"), (0x05, "200 ACTIVE")] {
            let mut passkey = Authenticator::new()?;
            passkey.flags = flags;
            register_by(s, &mut passkey, &policy)?.is(expected)?;
        }
        Ok(())
    }),
    entry("backup-of-policy", "the policy says whether a passkey can be backed up", |s| {
        s.control()?.put_fido2_policy(FIDO2, &json!({ "backupEligibility": { "allow": false } }))?;
        let policy = s.put_policy(&json!({ "fido2": { "enabled": true, "fido2PolicyId": FIDO2 } }))?;
        for (flags, expected) in [(0x0d, "400 INVALID_VALUE attestation"), (0x05, "200 ACTIVE")] {
            let mut passkey = Authenticator::new()?;
            passkey.flags = flags;
            register_by(s, &mut passkey, &policy)?.is(expected)?;
        }
        Ok(())
    }),
    entry("registered-passkey-is-shown", "a passkey shows its credential, and logs in", |s| {
        let mut passkey = Authenticator::new()?;
        let active = register(s, &mut passkey)?;
        active.is("200 ACTIVE")?;
        same("credentialId", passkey.credential_id(), active.text("/credentialId"))?;
        holds("backup", active.at("/backup/backupEligibility").is_boolean())?;
        holds("attributes", active.at("/attributes/isCrossPlatform").is_boolean())?;
        let begun = s.begin_by(&active.id())?;
        let body = json!({ "origin": Authenticator::ORIGIN, "assertion": passkey.assertion(&begun.body)? });
        s.act(&begun.id(), CHECK_ASSERTION, body)?.is("200 COMPLETED")
    }),
    entry("backup-eligibility-stays", "a passkey that could not be backed up cannot be later", |s| {
        let mut passkey = Authenticator::new()?;
        let active = register(s, &mut passkey)?;
        active.is("200 ACTIVE")?;
        passkey.flags = 0x0d;
        let begun = s.begin_by(&active.id())?;
        let body = json!({ "origin": Authenticator::ORIGIN, "assertion": passkey.assertion(&begun.body)? });
        s.act(&begun.id(), CHECK_ASSERTION, body)?.is("FAILED or 400 INVALID_VALUE assertion")
    }),
    entry("desktop-is-activated", "PingID Desktop waits, and gets a JWT", |s| {
        s.create_only(json!({ "type": "PINGID_DESKTOP_GEN2" }))?.is("400 REQUIRED_VALUE status")?;
        let waiting = s.create(desktop())?;
        waiting.is("201 ACTIVATION_REQUIRED")?;
        holds("a JWT", waiting.text("/pingIdDesktopCredentialCreationOptions").split('.').count() == 3)
    }),
    entry("desktop-attestation", "PingID Desktop says which key it has, and signs by it", |s| {
        let waiting = s.create_only(desktop())?;
        let options = waiting.text("/pingIdDesktopCredentialCreationOptions").split('.').nth(1).unwrap_or_default();
        let options = URL_SAFE_NO_PAD.decode(options).ok().and_then(|json| serde_json::from_slice(&json).ok());
        let options: Value = options.unwrap_or_default();
        let key = Authenticator::new()?;
        let says = |key: &Authenticator, jwk: Value| -> Try<Reply> {
            let claims = json!({ "challenge": options["challenge"], "cnf": { "jwk": jwk } });
            s.act_on_device(&waiting.id(), ACTIVATE, json!({ "attestation": key.jwt(&claims)? }))
        };
        says(&key, Authenticator::new()?.public_key())?.is("400 INVALID_VALUE attestation")?;
        says(&key, key.public_key())?.is("200 ACTIVE")
    }),
];

/// The FIDO2 policy that entries make for themselves.
const FIDO2: &str = "conformance-fido2";

fn passkey_of_example() -> Value {
    json!({ "type": "FIDO2", "rp": { "id": Authenticator::RP_ID, "name": "Example" } })
}

fn desktop() -> Value {
    json!({ "type": "PINGID_DESKTOP_GEN2", "status": "ACTIVATION_REQUIRED" })
}

/// A passkey that is to be made.
fn waiting(s: &Session<'_>) -> Try<Reply> {
    let waiting = s.create_only(passkey_of_example())?;
    waiting.is("201 ACTIVATION_REQUIRED")?;
    Ok(waiting)
}

fn options(waiting: &Reply) -> Try<Value> {
    let asked = creation_options(&waiting.body);
    asked.ok_or_else(|| differs("publicKeyCredentialCreationOptions as JSON inside text", "none"))
}

fn activate(s: &Session<'_>, waiting: &Reply, attestation: &str) -> Try<Reply> {
    let body = json!({ "origin": Authenticator::ORIGIN, "attestation": attestation });
    s.act_on_device(&waiting.id(), ACTIVATE, body)
}

/// Has the passkey made for the entry's user, who has no other device.
fn register(s: &Session<'_>, passkey: &mut Authenticator) -> Try<Reply> {
    let waiting = waiting(s)?;
    activate(s, &waiting, &passkey.registration(&waiting.body)?)
}

/// The same, as this policy wants it.
fn register_by(s: &Session<'_>, passkey: &mut Authenticator, policy: &Value) -> Try<Reply> {
    let mut body = passkey_of_example();
    body["policy"] = json!({ "id": policy });
    let waiting = s.create_only(body)?;
    waiting.is("201 ACTIVATION_REQUIRED")?;
    activate(s, &waiting, &passkey.registration(&waiting.body)?)
}

/// Changes the attestation object.
fn changed(attestation: &str, change: impl FnOnce(&mut Vec<u8>)) -> Try<String> {
    use base64::engine::general_purpose::STANDARD;
    let mut value: Value = serde_json::from_str(attestation).map_err(|error| differs("an attestation", error))?;
    let object = STANDARD.decode(value["response"]["attestationObject"].as_str().unwrap_or_default());
    let mut object = object.map_err(|error| differs("Base64", error))?;
    change(&mut object);
    value["response"]["attestationObject"] = STANDARD.encode(object).into();
    Ok(value.to_string())
}
