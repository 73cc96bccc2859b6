//! `/users/{userID}/pairingKeys`

use http::Method;
use serde_json::{Value, json};

use crate::{
    devices::APPLICATION,
    entry::{Entry, entry},
    reply::Reply,
    session::{JSON, Session},
    verdict::{Try, holds, same},
};

pub(super) const ENTRIES: &[Entry] = &[
    entry("pairing-key-is-201", "a key is created unclaimed, with a code", |s| {
        s.put_policy(&json!({ "mobile": { "enabled": true, "applications": [{ "id": APPLICATION }] } }))?;
        let key = create(s, json!({ "applications": [{ "id": APPLICATION }] }))?;
        key.is("201 UNCLAIMED")?;
        holds("a code", key.at("/code").is_string())?;
        same("applications", APPLICATION, key.text("/applications/0/id"))?;
        holds("expiresAt", key.at("/expiresAt").is_string())
    }),
    entry("unknown-application-is-400", "a key is for no application that nobody knows", |s| {
        create(s, json!({ "applications": [{ "id": "conformance-unknown" }] }))?.is("400 INVALID_VALUE applications")
    }),
    entry("pairing-key-format", "a code has 12 digits, or 16 letters and digits", |s| {
        let key = create(s, json!({}))?;
        key.is("201")?;
        let code = key.text("/code");
        let is_digits = code.len() == 12 && code.bytes().all(|byte| byte.is_ascii_digit());
        let is_mixed = code.len() == 16 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        holds("12 digits, or 16 letters and digits", is_digits || is_mixed)
    }),
    entry("pairing-key-lifetime", "the shortest time of the applications counts", |s| {
        let hours = |duration: u32| json!({ "duration": duration, "timeUnit": "HOURS" });
        let application = |id: &str, duration: u32| json!({ "id": id, "pairingKeyLifetime": hours(duration) });
        let applications = json!([application("one", 1), application("two", 2)]);
        let policy = s.put_policy(&json!({ "mobile": { "enabled": true, "applications": applications } }))?;
        let body = json!({ "policy": { "id": policy }, "applications": [{ "id": "two" }, { "id": "one" }] });
        let key = create(s, body)?;
        s.advance(60 * 60 - 5)?;
        read(s, &key)?.is("200 UNCLAIMED")?;
        s.advance(5)?;
        s.control()?.pair_phone(key.text("/code"))?.is("404")
    }),
    entry("most-pairing-keys", "twenty keys are valid, and no more", |s| {
        s.user_has(&[])?;
        for _ in 0..20 {
            s.manage(Method::POST, KEYS, JSON, "{}")?.is("201")?;
        }
        s.manage(Method::POST, KEYS, JSON, "{}")?.is("400 LIMIT_EXCEEDED")?;
        s.advance(10 * 60)?;
        s.manage(Method::POST, KEYS, JSON, "{}")?.is("201")
    }),
    entry("expired-pairing-key-is-404", "a key that nobody has claimed is not there", |s| {
        let key = create(s, json!({}))?;
        s.advance(48 * 60 * 60)?;
        read(s, &key)?.is("404 NOT_FOUND")
    }),
    entry("unknown-pairing-key-is-404", "a key of nobody is not found", |s| {
        s.user_has(&[])?;
        s.manage(Method::GET, &format!("{KEYS}/none"), JSON, "")?.is("404 NOT_FOUND")
    }),
    entry("claimed-key-makes-a-phone", "a phone that claims a key gets pushes, and the key is good once", |s| {
        let key = create(s, json!({}))?;
        let claimed = s.control()?.pair_phone(key.text("/code"))?;
        claimed.is("200")?;
        read(s, &key)?.is("200 CLAIMED")?;
        s.begin_by(claimed.text("/deviceId"))?.is("201 PUSH_CONFIRMATION_REQUIRED")?;
        s.control()?.pair_phone(key.text("/code"))?.is("404")
    }),
    entry("failed-pairing-key", "a key fails where the policy lets no phone be paired", |s| {
        let policy = s.put_policy(&json!({ "mobile": { "enabled": true, "pairingDisabled": true } }))?;
        let key = create(s, json!({ "policy": { "id": policy } }))?;
        s.control()?.pair_phone(key.text("/code"))?.is("404")?;
        let failed = read(s, &key)?;
        failed.is("200 FAILED")?;
        holds(
            "error with code and message",
            failed.at("/error/code").is_string() && failed.at("/error/message").is_string(),
        )
    }),
    entry("delete-pairing-key-is-204", "a key that is deleted cannot be claimed", |s| {
        let key = create(s, json!({}))?;
        s.manage(Method::DELETE, &format!("{KEYS}/{}", key.id()), JSON, "")?.is("204")?;
        s.control()?.pair_phone(key.text("/code"))?.is("404")?;
        read(s, &key)?.is("404")
    }),
];

/// The keys of the entries' user.
const KEYS: &str = "/users/conformance-user/pairingKeys";

/// A key of a user who has no device.
fn create(s: &Session<'_>, body: Value) -> Try<Reply> {
    s.user_has(&[])?;
    s.manage(Method::POST, KEYS, JSON, body)
}

fn read(s: &Session<'_>, key: &Reply) -> Try<Reply> {
    s.manage(Method::GET, &format!("{KEYS}/{}", key.id()), JSON, "")
}
