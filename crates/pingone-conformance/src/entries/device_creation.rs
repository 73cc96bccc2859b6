//! `POST /users/{userID}/devices`

use http::Method;
use serde_json::{Value, json};

use crate::{
    control::USER,
    devices::mail,
    emulated::DEVICES,
    entry::{Entry, entry},
    reply::Reply,
    session::{ALL, CHECK_REMEMBERED, JSON, Session},
    verdict::{Try, holds, same},
};

pub(super) const ENTRIES: &[Entry] = &[
    entry("create-is-201", "a device is created with its address, and has neither lock nor block", |s| {
        let created = s.create_only(address("ACTIVE"))?;
        created.is("201 ACTIVE")?;
        let own = created.text("/_links/self/href");
        holds("its address in Location", !own.is_empty() && created.header("location") == own)?;
        holds("no lock and no block", created.at("/lock").is_null() && created.at("/block").is_null())
    }),
    entry("device-has-an-address", "a phone number is not an e-mail address", |s| {
        s.create_only(json!({ "type": "SMS", "phone": "conformance@example.com" }))?.is("400 INVALID_VALUE phone")?;
        s.create(json!({ "type": "EMAIL", "email": "+14155550100" }))?.is("400 INVALID_VALUE email")
    }),
    entry("device-has-an-address", "a voice call may have an extension", |s| {
        let body = json!({ "type": "VOICE", "phone": "+1.5125551111", "extension": "313#" });
        let created = s.create_only(body)?;
        created.is("201 ACTIVE")?;
        same("extension", "313#", s.read_device(&created.id())?.text("/extension"))
    }),
    entry("status-by-caller", "a worker's device is active unless it is not to be", |s| {
        s.create_only(json!({ "type": "EMAIL", "email": "a@example.com" }))?.is("201 ACTIVE")?;
        s.create(address("ACTIVATION_REQUIRED"))?.is("201 ACTIVATION_REQUIRED")
    }),
    entry("keys-are-activated", "an authenticator app is never active at once", |s| {
        s.create_only(json!({ "type": "TOTP" }))?.is("201 ACTIVATION_REQUIRED")?;
        s.create(json!({ "type": "TOTP", "status": "ACTIVE" }))?.is("400 INVALID_VALUE status")
    }),
    entry("policy-allows-pairing", "what the policy does not enable cannot be created", |s| {
        let policy = s.put_policy(&json!({ "email": { "enabled": false } }))?;
        let body = json!({ "type": "EMAIL", "email": "a@example.com", "policy": { "id": policy } });
        s.create_only(body)?.is("400 INVALID_VALUE type")
    }),
    entry("max-allowed-devices", "nobody has more devices than the settings allow", |s| {
        let devices: Vec<Value> = (0..15).map(|id| json!({ "id": id.to_string(), "type": "EMAIL" })).collect();
        s.user_has(&devices)?;
        let refused = s.create(address("ACTIVE"))?;
        refused.is("400 REQUEST_FAILED LIMIT_EXCEEDED")?;
        let text = "Maximum allowed devices has been reached";
        same("message", text, refused.text("/details/0/message"))?;
        holds("maximumAllowed", refused.at("/details/0/innerError/maximumAllowed").is_u64())
    }),
    entry("most-pending-devices", "fifty devices wait, and no more", |s| {
        s.user_has(&[])?;
        for _ in 0..50 {
            s.create(address("ACTIVATION_REQUIRED"))?.is("201")?;
        }
        s.create(address("ACTIVATION_REQUIRED"))?.is("400 LIMIT_EXCEEDED")
    }),
    entry("pending-device-expires", "what is not activated within a day disappears", |s| {
        let id = s.create_only(address("ACTIVATION_REQUIRED"))?.id();
        s.advance(24 * 60 * 60 - 5)?;
        s.read_device(&id)?.is("200 ACTIVATION_REQUIRED")?;
        s.advance(5)?;
        s.read_device(&id)?.is("404 NOT_FOUND")
    }),
    entry("totp-pairing-expires", "an app that is not activated within 30 minutes disappears", |s| {
        let id = s.create_only(json!({ "type": "TOTP" }))?.id();
        s.advance(30 * 60 - 5)?;
        s.read_device(&id)?.is("200 ACTIVATION_REQUIRED")?;
        s.advance(5)?;
        s.read_device(&id)?.is("404 NOT_FOUND")
    }),
    entry("key-uri", "an app gets its secret, and the URI of it", |s| {
        let policy = json!({ "totp": { "enabled": true, "uriParameters": { "issuer": "Example & Sons" } } });
        let policy = s.put_policy(&policy)?;
        let created = s.create_only(json!({ "type": "TOTP", "policy": { "id": policy } }))?;
        created.is("201")?;
        let (secret, uri) = (created.text("/secret"), created.text("/keyUri"));
        let is_uri = uri.starts_with("otpauth://totp/") && uri.contains(&format!("?secret={secret}"));
        holds("keyUri with the secret and the issuer", is_uri && uri.ends_with("&issuer=Example%20%26%20Sons"))
    }),
    entry("phones-are-paired-by-key", "a phone is not created", |s| {
        s.create_only(json!({ "type": "MOBILE" }))?.is("400 INVALID_VALUE type")
    }),
    entry("oath-token-is-the-environments", "a token is known by its serial number, and paired once", |s| {
        let token = json!({ "type": "OATH_TOKEN", "serialNumber": s.control()?.oath_token("TOTP")? });
        s.create_only(json!({ "type": "OATH_TOKEN", "serialNumber": "none" }))?.is("400 INVALID_VALUE serialNumber")?;
        s.create(token.clone())?.is("201 ACTIVE")?;
        s.create(token)?.is("400 UNIQUENESS_VIOLATION serialNumber")
    }),
    entry("remembering-sets-a-cookie", "a browser is remembered by its cookie", |s| {
        s.user_has(&[mail()])?;
        let cookie = remember(s, &default_policy(s)?)?;
        check_remembered(s, &cookie)?.is("200 COMPLETED")?;
        check_remembered(s, "other=1")?.is("200 FAILED")
    }),
    entry("remembering-needs-policy", "a policy has to allow browsers to be remembered", |s| {
        let policy = s.strict_policy()?;
        s.create_only(browser(&policy))?.is("400 INVALID_VALUE policy.id")
    }),
    entry("remembered-for-life-time", "a browser is remembered for the time of the policy", |s| {
        let hour = json!({ "duration": 1, "timeUnit": "HOURS" });
        let policy = s.put_policy(&json!({ "rememberMe": { "web": { "enabled": true, "lifeTime": hour } } }))?;
        s.user_has(&[mail()])?;
        let cookie = remember(s, &policy)?;
        s.advance(60 * 60 - 5)?;
        check_remembered(s, &cookie)?.is("200 COMPLETED")?;
        s.advance(5)?;
        check_remembered(s, &cookie)?.is("200 FAILED")
    }),
    entry("browsers-are-not-listed", "a remembered browser is read and forgotten, and not listed", |s| {
        s.user_has(&[mail()])?;
        let created = s.create(browser(&default_policy(s)?))?;
        same("type", "BROWSER", s.read_device(&created.id())?.text("/type"))?;
        same("devices", 1, s.manage(Method::GET, DEVICES, JSON, "")?.at("/count"))?;
        s.manage(Method::DELETE, &format!("{DEVICES}/{}", created.id()), JSON, "")?.is("204")?;
        s.read_device(&created.id())?.is("404 NOT_FOUND")
    }),
];

/// An e-mail address that is active, or waits.
pub(super) fn address(status: &str) -> Value {
    json!({ "type": "EMAIL", "email": "conformance@example.com", "status": status })
}

/// The id of the policy that holds if no other is named.
fn default_policy(s: &Session<'_>) -> Try<Value> {
    Ok(s.begin()?.at("/policy/id").clone())
}

fn browser(policy: &Value) -> Value {
    json!({ "type": "BROWSER", "payload": "of the Signals SDK", "policy": { "id": policy } })
}

/// Has the browser remembered; returns what it sends back.
fn remember(s: &Session<'_>, policy: &Value) -> Try<String> {
    let created = s.create(browser(policy))?;
    created.is("201")?;
    let cookie = created.header("set-cookie").split(';').next().unwrap_or_default();
    holds("a cookie", cookie.contains('='))?;
    Ok(cookie.to_owned())
}

fn check_remembered(s: &Session<'_>, cookie: &str) -> Try<Reply> {
    let payload = json!({ "type": "BROWSER", "value": "of the Signals SDK" });
    let body = json!({ "user": { "id": USER }, "policy": { "id": default_policy(s)? }, "payload": payload });
    let request = s.request(Method::POST, ALL).header("content-type", CHECK_REMEMBERED).header("cookie", cookie);
    s.send(request, body.to_string())
}
