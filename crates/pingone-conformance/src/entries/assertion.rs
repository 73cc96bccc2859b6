//! `application/vnd.pingidentity.assertion.check+json`

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::{
    authenticator::Authenticator,
    control::USER,
    devices::{desktop, mail, passkey},
    entry::{Entry, entry},
    reply::Reply,
    session::{CHECK_ASSERTION, Session},
    verdict::{Try, holds, not_applicable, same},
};

const ORIGIN: &str = Authenticator::ORIGIN;

/// The origin of an app whose certificate has a hash of zeros.
const ANDROID_APP: &str = "android:apk-key-hash:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A wrong assertion ends the authentication, or is an error: either keeps the user out.
const REFUSED: &str = "FAILED or 400";

pub(super) const ENTRIES: &[Entry] = &[
    entry("options-are-text", "what a passkey is asked is JSON inside text, with signed bytes", |s| {
        let begun = begin(s, &Authenticator::new()?, json!({}))?;
        let options = begun.options()?;
        let bytes: Option<Vec<i64>> = serde_json::from_value(options["challenge"].clone()).ok();
        let is_signed = |bytes: Vec<i64>| bytes.len() >= 16 && bytes.iter().all(|byte| (-128..128).contains(byte));
        holds("a challenge of signed bytes", bytes.is_some_and(is_signed))?;
        holds("allowCredentials[0].id of bytes", options["allowCredentials"][0]["id"].is_array())
    }),
    entry("relying-party", "the relying party of the request is taken", |s| {
        let begun = begin(s, &Authenticator::new()?, json!({ "rp": { "id": "login.example.org" } }))?;
        same("rpId", "login.example.org", begun.options()?["rpId"].as_str().unwrap_or_default())
    }),
    entry("relying-party", "else that of the device", |s| {
        let begun = begin(s, &Authenticator::new()?, json!({}))?;
        same("rpId", "example.com", begun.options()?["rpId"].as_str().unwrap_or_default())
    }),
    entry("own-challenge", "the request brings the challenge", |s| {
        let own = [7; 32];
        let members = json!({ "webAuthn": { "challenge": URL_SAFE_NO_PAD.encode(own) } });
        let begun = begin(s, &Authenticator::new()?, members)?;
        same("challenge", json!(own), &begun.options()?["challenge"])
    }),
    entry("own-challenge", "a challenge of less than 32 bytes is refused", |s| {
        s.user_has(&[passkey(&Authenticator::new()?)])?;
        let members = json!({ "webAuthn": { "challenge": URL_SAFE_NO_PAD.encode([7; 31]) } });
        s.begin_with(members)?.is("400 INVALID_VALUE webAuthn.challenge")
    }),
    entry("signature-matches", "a passkey completes", |s| sign_on(s, |_| ())?.is("200 COMPLETED")),
    entry("signature-matches", "the signature of another key is refused", |s| {
        let (mut known, mut other) = (Authenticator::new()?, Authenticator::new()?);
        let begun = begin(s, &known, json!({}))?;
        let signature = json_of(&other.assertion(&begun.body)?)["response"]["signature"].clone();
        let mut own = json_of(&known.assertion(&begun.body)?);
        own["response"]["signature"] = signature;
        assert(s, &begun, ORIGIN, own.to_string())?.is(REFUSED)
    }),
    entry("assertion-is-text", "what is no assertion is a bad value", |s| {
        let begun = begin(s, &Authenticator::new()?, json!({}))?;
        assert(s, &begun, ORIGIN, "no assertion")?.is("400 INVALID_VALUE assertion")
    }),
    entry("assertion-is-text", "the origin has to be there", |s| {
        let begun = begin(s, &Authenticator::new()?, json!({}))?;
        s.act(&begun.id(), CHECK_ASSERTION, json!({ "assertion": "{}" }))?.is("400 REQUIRED_VALUE origin")
    }),
    entry("base64-of-either-kind", "the binary parts may be Base64URL", |s| {
        sign_on(s, |passkey| passkey.is_url_safe = true)?.is("200 COMPLETED")
    }),
    entry("origin-of-relying-party", "an origin of somebody else is a bad value", |s| {
        let mut passkey = Authenticator::new()?;
        let begun = begin(s, &passkey, json!({}))?;
        let text = passkey.assertion(&begun.body)?;
        assert(s, &begun, "https://example.org", text)?.is("400 INVALID_VALUE origin")
    }),
    entry("origin-of-android-app", "an Android app is known by the hash of its certificate", |s| {
        let mut passkey = Authenticator::new()?;
        passkey.origin = ANDROID_APP.to_owned();
        let begun = begin(s, &passkey, json!({}))?;
        let text = passkey.assertion(&begun.body)?;
        assert(s, &begun, ANDROID_APP, text)?.is("200 COMPLETED")
    }),
    entry("challenge-matches", "another challenge is refused", |s| {
        let mut passkey = Authenticator::new()?;
        let begun = begin(s, &passkey, json!({}))?;
        assert(s, &begun, ORIGIN, passkey.sign_challenge(&[0; 32])?)?.is(REFUSED)
    }),
    entry("origin-matches", "another signed origin is refused", |s| {
        sign_on(s, |passkey| passkey.origin = "https://www.example.com".to_owned())?.is(REFUSED)
    }),
    entry("relying-party-matches", "another signed relying party is refused", |s| {
        sign_on(s, |passkey| passkey.rp_id = "example.org".to_owned())?.is(REFUSED)
    }),
    entry("user-is-present", "somebody has to be there", |s| sign_on(s, |passkey| passkey.flags = 0)?.is(REFUSED)),
    entry("user-is-present", "the user has to be verified where the policy demands it", |s| {
        let mut passkey_of_user = Authenticator::new()?;
        passkey_of_user.flags = 0x01;
        s.user_has(&[passkey(&passkey_of_user)])?;
        let policy = s.strict_policy()?;
        let begun = s.begin_with(json!({ "policy": { "id": policy }, "selectedDevice": { "id": "passkey" } }))?;
        same("userVerification", "required", begun.options()?["userVerification"].as_str().unwrap_or_default())?;
        assert(s, &begun, ORIGIN, passkey_of_user.assertion(&begun.body)?)?.is(REFUSED)
    }),
    entry("counter-grows", "a counter that does not grow is that of a copy", |s| {
        let mut passkey = Authenticator::new()?;
        let first = begin(s, &passkey, json!({}))?;
        assert(s, &first, ORIGIN, passkey.assertion(&first.body)?)?.is("200 COMPLETED")?;
        let second = s.begin()?;
        passkey.counter = 1;
        assert(s, &second, ORIGIN, passkey.assertion(&second.body)?)?.is(REFUSED)
    }),
    entry("counter-grows", "a counter that is always 0 says nothing", |s| {
        let mut passkey = Authenticator::new()?;
        for _ in 0..2 {
            passkey.counter = 0;
            let begun = begin(s, &passkey, json!({}))?;
            assert(s, &begun, ORIGIN, passkey.assertion(&begun.body)?)?.is("200 COMPLETED")?;
        }
        Ok(())
    }),
    entry("signature-matches", "a passkey of EdDSA completes", |s| {
        let mut passkey = Authenticator::ed25519()?;
        let begun = begin(s, &passkey, json!({}))?;
        assert(s, &begun, ORIGIN, passkey.assertion(&begun.body)?)?.is("200 COMPLETED")
    }),
    entry("credential-is-named-alike", "a rawId of another credential is refused", |s| {
        edited(s, |assertion| assertion["rawId"] = "AAAA".into())?.is("400 INVALID_VALUE assertion")
    }),
    entry("credential-is-named-alike", "an assertion without rawId is refused", |s| {
        edited(s, |assertion| assertion["rawId"] = Value::Null)?.is("400 INVALID_VALUE assertion")
    }),
    entry("credential-is-named-alike", "an id with padding is refused", |s| {
        edited(s, |assertion| assertion["id"] = format!("{}=", text(&assertion["id"])).into())?
            .is("400 INVALID_VALUE assertion")
    }),
    entry("credential-is-named-alike", "another type is refused", |s| {
        edited(s, |assertion| assertion["type"] = "password".into())?.is("400 INVALID_VALUE assertion")
    }),
    entry("authenticator-data-is-whole", "a credential that is announced has to be there", |s| {
        sign_on(s, |passkey| passkey.flags |= 0x40)?.is(REFUSED)
    }),
    entry("authenticator-data-is-whole", "extensions that are announced have to be there", |s| {
        sign_on(s, |passkey| passkey.flags |= 0x80)?.is(REFUSED)
    }),
    entry("authenticator-data-is-whole", "nothing follows", |s| {
        sign_on(s, |passkey| passkey.rest = vec![0xa0])?.is(REFUSED)
    }),
    entry("authenticator-data-is-whole", "extensions are read", |s| {
        let extensions = |passkey: &mut Authenticator| {
            passkey.flags |= 0x80;
            passkey.rest = vec![0xa0];
        };
        sign_on(s, extensions)?.is("200 COMPLETED")
    }),
    entry("backup-needs-eligibility", "a backup of what cannot be backed up is refused", |s| {
        sign_on(s, |passkey| passkey.flags |= 0x10)?.is(REFUSED)
    }),
    entry("user-handle", "without a user, a passkey that does not say whose it is is refused", |s| {
        without_user(s, None)?.is(REFUSED)
    }),
    entry("user-handle", "without a user, the passkey says who it is", |s| {
        without_user(s, Some(USER))?.is("200 COMPLETED")
    }),
    entry("user-handle-is-user-id", "the handle of somebody else is refused", |s| {
        without_user(s, Some("somebody-else"))?.is(REFUSED)
    }),
    entry("counter-is-of-credential", "a passkey that was taken away and added again counts anew", |s| {
        let mut passkey_of_user = Authenticator::new()?;
        passkey_of_user.counter = 7;
        for _ in 0..2 {
            let begun = begin(s, &passkey_of_user, json!({}))?;
            assert(s, &begun, ORIGIN, passkey_of_user.assertion(&begun.body)?)?.is("200 COMPLETED")?;
            passkey_of_user.counter = 1;
            s.user_has(&[])?;
        }
        Ok(())
    }),
    entry("wrong-assertion-fails", "a wrong assertion fails, which is no error", |s| {
        sign_on(s, |passkey| passkey.rp_id = "example.org".to_owned())?.is("200 FAILED")
    }),
    entry("desktop-assertion", "PingID Desktop completes", |s| {
        let computer = Authenticator::new()?;
        s.user_has(&[desktop(&computer)])?;
        let begun = s.begin()?;
        begun.is("201 ASSERTION_REQUIRED")?;
        let jwt = computer.jwt(&json!({ "challenge": desktop_challenge(&begun), "origin": ORIGIN }))?;
        assert(s, &begun, ORIGIN, jwt)?.is("200 COMPLETED")
    }),
    entry("desktop-keeps-options", "what was asked is still shown once it is answered", |s| {
        let computer = Authenticator::new()?;
        s.user_has(&[desktop(&computer)])?;
        let begun = s.begin()?;
        let jwt = computer.jwt(&json!({ "challenge": desktop_challenge(&begun), "origin": ORIGIN }))?;
        let done = assert(s, &begun, ORIGIN, jwt)?;
        let asked = |reply: &Reply| reply.text("/pingIdDesktopCredentialRequestOptions").to_owned();
        holds("the same options", !asked(&begun).is_empty() && asked(&begun) == asked(&done))?;
        holds("no aggregateFido2Devices", done.body["aggregateFido2Devices"].is_null() && done.status == 200)
    }),
    entry("desktop-assertion", "another desktop is refused", |s| {
        s.user_has(&[desktop(&Authenticator::new()?)])?;
        let begun = s.begin()?;
        let jwt = Authenticator::new()?.jwt(&json!({ "challenge": desktop_challenge(&begun), "origin": ORIGIN }))?;
        assert(s, &begun, ORIGIN, jwt)?.is(REFUSED)
    }),
    entry("wrong-status", "no assertion is checked while a code is awaited", |s| {
        let id = s.start(&[mail()])?;
        let body = json!({ "origin": ORIGIN, "assertion": "{}" });
        s.act(&id, CHECK_ASSERTION, body)?.is("400 REQUEST_FAILED CONSTRAINT_VIOLATION")
    }),
];

/// Begins for a user whose only device is this passkey.
fn begin(s: &Session<'_>, authenticator: &Authenticator, members: Value) -> Try<Reply> {
    s.user_has(&[passkey(authenticator)])?;
    let begun = s.begin_with(members)?;
    begun.is("201 ASSERTION_REQUIRED")?;
    Ok(begun)
}

/// What comes of the assertion of a passkey that was changed.
fn sign_on(s: &Session<'_>, change: fn(&mut Authenticator)) -> Try<Reply> {
    let mut passkey = Authenticator::new()?;
    let begun = begin(s, &passkey, json!({}))?;
    change(&mut passkey);
    assert(s, &begun, ORIGIN, passkey.assertion(&begun.body)?)
}

/// What comes of an assertion whose JSON was changed.
fn edited(s: &Session<'_>, change: fn(&mut Value)) -> Try<Reply> {
    let mut passkey = Authenticator::new()?;
    let begun = begin(s, &passkey, json!({}))?;
    let mut assertion = json_of(&passkey.assertion(&begun.body)?);
    change(&mut assertion);
    assert(s, &begun, ORIGIN, assertion.to_string())
}

/// What comes of a passkey of this handle where the request has named no user.
fn without_user(s: &Session<'_>, handle: Option<&str>) -> Try<Reply> {
    let mut passkey_of_user = Authenticator::new()?;
    passkey_of_user.user_handle = handle.map(|handle| handle.as_bytes().to_vec());
    s.user_has(&[passkey(&passkey_of_user)])?;
    let begun = s.initialize(json!({ "rp": { "id": Authenticator::RP_ID } }))?;
    if begun.is("201 ASSERTION_REQUIRED").is_err() {
        return not_applicable("needs an authentication without a user");
    }
    assert(s, &begun, ORIGIN, passkey_of_user.assertion(&begun.body)?)
}

fn json_of(assertion: &str) -> Value {
    serde_json::from_str(assertion).unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn assert(s: &Session<'_>, begun: &Reply, origin: &str, assertion: impl Into<String>) -> Try<Reply> {
    s.act(&begun.id(), CHECK_ASSERTION, json!({ "origin": origin, "assertion": assertion.into() }))
}

/// The challenge in the JWT that the service wants passed on to the desktop.
fn desktop_challenge(begun: &Reply) -> Value {
    let claims = begun.text("/pingIdDesktopCredentialRequestOptions").split('.').nth(1).unwrap_or_default();
    let claims = URL_SAFE_NO_PAD.decode(claims).unwrap_or_default();
    serde_json::from_slice::<Value>(&claims).map(|claims| claims["challenge"].clone()).unwrap_or_default()
}
