//! `application/vnd.pingidentity.device.activate+json` and `…device.sendActivationCode+json`

use serde_json::json;

use super::{device_creation::address, otp::other_than};
use crate::{
    entry::{Entry, entry},
    session::{ACTIVATE, SEND_CODE, Session},
    verdict::{Try, holds, not_applicable, same},
};

/// The windows that a code may be off, unless the policy says otherwise.
const GRACE: u64 = 5;

pub(super) const ENTRIES: &[Entry] = &[
    entry("activate-is-200", "the code that was sent activates, and then the device can be used", |s| {
        let id = waiting(s)?;
        s.begin_by(&id)?.is("400")?;
        s.activate(&id, &s.control()?.last_code()?)?.is("200 ACTIVE")?;
        s.begin_by(&id)?.is("201 OTP_REQUIRED")
    }),
    entry("activate-is-200", "the code of an app activates it", |s| {
        let id = s.create_only(json!({ "type": "TOTP" }))?.id();
        s.activate(&id, &s.control()?.shown_code(&id)?)?.is("200 ACTIVE")
    }),
    entry("activate-link", "what waits has a link to activate it, and what is active has none", |s| {
        let created = s.create_only(address("ACTIVATION_REQUIRED"))?;
        same("links", "device.activate environment self user", created.links())?;
        let active = s.activate(&created.id(), &s.control()?.last_code()?)?;
        same("links", "environment self user", active.links())
    }),
    entry("pairing-code-is-sent", "the code has the length and the time of the policy", |s| {
        let policy = s.strict_policy()?;
        let mut body = address("ACTIVATION_REQUIRED");
        body["policy"] = json!({ "id": policy });
        let id = s.create_only(body)?.id();
        let code = s.control()?.last_code()?;
        same("digits", 8, code.len())?;
        s.advance(60)?;
        s.activate(&id, &code)?.is("400 INVALID_OTP")
    }),
    entry("test-code-at-once", "a test device that waits shows its code when it is created", |s| {
        let mut body = address("ACTIVATION_REQUIRED");
        body["testMode"] = true.into();
        let created = s.create_only(body)?;
        s.activate(&created.id(), &created.test_code()?)?.is("200 ACTIVE")
    }),
    entry("wrong-pairing-codes-count", "three wrong codes make the code void, and another one is good", |s| {
        let id = waiting(s)?;
        let code = s.control()?.last_code()?;
        for _ in 0..3 {
            s.activate(&id, &other_than(&code))?.is("400 INVALID_OTP")?;
        }
        s.activate(&id, &code)?.is("400 INVALID_OTP")?;
        s.act_on_device(&id, SEND_CODE, "")?.is("200")?;
        s.activate(&id, &s.control()?.last_code()?)?.is("200 ACTIVE")
    }),
    entry("active-is-not-activated", "a device is activated once", |s| {
        let id = waiting(s)?;
        let code = s.control()?.last_code()?;
        s.activate(&id, &code)?.is("200 ACTIVE")?;
        s.activate(&id, &code)?.is("400 REQUEST_FAILED CONSTRAINT_VIOLATION")
    }),
    entry("resend-sends-another-code", "another code makes the first one void", |s| {
        let id = waiting(s)?;
        let first = s.control()?.last_code()?;
        s.act_on_device(&id, SEND_CODE, "")?.is("200 ACTIVATION_REQUIRED")?;
        s.activate(&id, &first)?.is("400 INVALID_OTP")?;
        s.activate(&id, &s.control()?.last_code()?)?.is("200 ACTIVE")
    }),
    entry("not-for-this-type", "no code can be sent to an authenticator app", |s| {
        let id = s.create_only(json!({ "type": "TOTP" }))?.id();
        s.act_on_device(&id, SEND_CODE, "")?.is("400 REQUEST_FAILED CONSTRAINT_VIOLATION")
    }),
    entry("extra-otp-required", "a token that has drifted is asked for one more code", |s| {
        let (serial_number, id) = waiting_token(s, "TOTP")?;
        let resync = |ahead| {
            let code = s.control()?.token_code(&serial_number, ahead)?;
            s.act_on_device(&id, ACTIVATE, json!({ "otp": code, "oathResync": true }))
        };
        let first = resync(40)?;
        if first.text("/details/0/code") == "INVALID_OTP" {
            return not_applicable("a token that has drifted is not recognised");
        }
        first.is("400 INVALID_DATA EXTRA_OTP_REQUIRED otp")?;
        same("message", "An extra OTP is required", first.text("/details/0/message"))?;
        resync(41)?.is("200 ACTIVE")
    }),
    entry("drift-of-100-windows", "a token is recognised that is 100 windows off, and none that is 101", |s| {
        let (serial_number, id) = waiting_token(s, "TOTP")?;
        let resync = |ahead| {
            let code = s.control()?.token_code(&serial_number, ahead)?;
            s.act_on_device(&id, ACTIVATE, json!({ "otp": code, "oathResync": true }))
        };
        resync(101)?.is("400 INVALID_OTP")?;
        resync(100)?.is("400 EXTRA_OTP_REQUIRED")
    }),
    entry("hotp-look-ahead", "the button may have been pressed some times in vain", |s| {
        let (serial_number, id) = waiting_token(s, "HOTP")?;
        let code = |ahead| s.control()?.token_code(&serial_number, ahead);
        s.activate(&id, &code(GRACE + 1)?)?.is("400 INVALID_OTP")?;
        s.activate(&id, &code(GRACE)?)?.is("200 ACTIVE")?;
        let begun = s.begin_by(&id)?;
        holds("another code", code(GRACE)? != s.control()?.shown_code(&id)?)?;
        s.check(&begun.id(), &s.control()?.shown_code(&id)?)?.is("200 COMPLETED")
    }),
];

/// An e-mail address to which a code was sent.
fn waiting(s: &Session<'_>) -> Try<String> {
    let created = s.create_only(address("ACTIVATION_REQUIRED"))?;
    created.is("201 ACTIVATION_REQUIRED")?;
    Ok(created.id())
}

/// A token of the environment that waits: its serial number, and its id.
fn waiting_token(s: &Session<'_>, token_type: &str) -> Try<(String, String)> {
    let serial_number = s.control()?.oath_token(token_type)?;
    let body = json!({ "type": "OATH_TOKEN", "serialNumber": serial_number, "status": "ACTIVATION_REQUIRED" });
    let created = s.create_only(body)?;
    created.is("201 ACTIVATION_REQUIRED")?;
    Ok((serial_number, created.id()))
}
