//! `application/vnd.pingidentity.otp.check+json`

use serde_json::json;

use crate::{
    devices::{mail, phone_with_codes, totp},
    entry::{Entry, entry},
    reply::Reply,
    session::{CHECK_OTP, Session},
    verdict::{Try, holds, not_applicable, same},
};

/// A code is good for so many windows of 30 seconds to each side, unless the policy says otherwise.
const GRACE: u64 = 5;

pub(super) const ENTRIES: &[Entry] = &[
    entry("code-length", "a code has 6 to 10 digits", |s| {
        let code = s.begin_with_test_mail()?.test_code()?;
        let is_code = (6..=10).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
        holds("6 to 10 digits", is_code)
    }),
    entry("code-length", "a code has the length of the policy", |s| {
        s.user_has(&[mail()])?;
        let policy = s.strict_policy()?;
        s.begin_with(json!({ "policy": { "id": policy }, "selectedDevice": { "id": "mail" } }))?.is("201")?;
        same("digits", 8, s.control()?.last_code()?.len())
    }),
    entry("code-expires", "a code that is too old is a wrong one", |s| {
        s.user_has(&[mail()])?;
        let policy = s.strict_policy()?;
        let begun = s.begin_with(json!({ "policy": { "id": policy }, "selectedDevice": { "id": "mail" } }))?;
        let code = s.control()?.last_code()?;
        s.advance(60)?;
        s.check(&begun.id(), &code)?.is("FAILED or 400 INVALID_OTP")
    }),
    entry("authenticators-by-method", "a code is named, and mfa", |s| {
        let begun = s.begin_with_test_mail()?;
        let done = s.check(&begun.id(), &begun.test_code()?)?;
        let named = done.at("/authenticators").as_array().cloned().unwrap_or_default();
        holds("mfa and otp in authenticators", ["mfa", "otp"].iter().all(|name| named.contains(&json!(name))))
    }),
    entry("wrong-code-is-400", "a wrong code is an error", |s| {
        let begun = s.begin_with_test_mail()?;
        s.check(&begun.id(), &other_than(&begun.test_code()?))?.is("400 INVALID_DATA INVALID_OTP")
    }),
    entry("wrong-code-is-400", "after a wrong code it goes on, and the right one completes", |s| {
        let begun = s.begin_with_test_mail()?;
        s.check(&begun.id(), &other_than(&begun.test_code()?))?;
        s.read(&begun.id())?.is("200 OTP_REQUIRED")?;
        s.check(&begun.id(), &begun.test_code()?)?.is("200 COMPLETED")
    }),
    entry("text-is-text", "a code has to be there", |s| {
        let id = s.begin_with_test_mail()?.id();
        s.act(&id, CHECK_OTP, json!({}))?.is("400 REQUIRED_VALUE otp")
    }),
    entry("attempts-remaining", "the error says how many tries are left, and they become fewer", |s| {
        let id = s.start(&[mail()])?;
        let first = check_wrong(s, &id)?;
        if first.status == 200 {
            return not_applicable("a wrong code is no error");
        }
        let left = "/details/0/innerError/attemptsRemaining";
        let second = check_wrong(s, &id)?;
        let numbers = first.at(left).as_u64().zip(second.at(left).as_u64());
        holds("attemptsRemaining, counted down", numbers.is_some_and(|(first, second)| first == second + 1))
    }),
    entry("lock-out-defaults", "wrong codes lock no address", |s| {
        for _ in 0..4 {
            let begun = s.start(&[mail()])?;
            check_wrong(s, &begun)?;
        }
        s.begin_with(json!({ "selectedDevice": { "id": "mail" } }))?.is("201 OTP_REQUIRED")
    }),
    entry("lock-out-defaults", "three wrong codes lock an app for 2 minutes", |s| {
        lock(s)?;
        s.advance(115)?;
        s.begin_with(json!({ "selectedDevice": { "id": "totp" } }))?.is("QUOTA_EXCEEDED")?;
        s.advance(5)?;
        s.begin_with(json!({ "selectedDevice": { "id": "totp" } }))?.is("201 OTP_REQUIRED")
    }),
    entry("one-time-is-never-locked", "wrong codes lock no one-time device, whatever the policy says", |s| {
        let cool_down = json!({ "duration": 30, "timeUnit": "MINUTES" });
        let otp = json!({ "failure": { "count": 1, "coolDown": cool_down } });
        let policy = s.put_policy(&json!({ "email": { "enabled": true, "otp": otp } }))?;
        let device = json!({ "oneTime": { "type": "EMAIL", "email": "a@example.com", "testMode": true } });
        let body = json!({ "policy": { "id": policy }, "selectedDevice": device });
        let begun = s.begin_with(body.clone())?;
        s.check(&begun.id(), &other_than(&begun.test_code()?))?.is("FAILED or 400 INVALID_OTP")?;
        s.begin_with(body)?.is("201 OTP_REQUIRED")
    }),
    entry("attempts-lock-the-device", "wrong codes lock the device, and time unlocks it", |s| {
        lock(s)?;
        s.begin_with(json!({ "selectedDevice": { "id": "totp" } }))?.is("QUOTA_EXCEEDED")?;
        s.advance(120)?;
        s.begin_with(json!({ "selectedDevice": { "id": "totp" } }))?.is("201 OTP_REQUIRED")
    }),
    entry("attempts-end-it", "the wrong code that locks the device ends the authentication", |s| {
        let id = lock(s)?.0;
        s.read(&id)?.is("200 FAILED")
    }),
    entry("no-cool-down-fails", "the last wrong code ends it, and the address stays usable", |s| {
        let id = s.start(&[mail()])?;
        for _ in 0..3 {
            check_wrong(s, &id)?;
        }
        s.read(&id)?.is("200 FAILED")?;
        s.begin()?.is("201 OTP_REQUIRED")
    }),
    entry("locked-is-quota-exceeded", "the code that locks the device is told until when", |s| {
        let last = lock(s)?.1;
        if last.status == 200 {
            return not_applicable("a wrong code is no error");
        }
        last.is("QUOTA_EXCEEDED")?;
        let until = last.at("/details/0/innerError/coolDownExpiresAt").as_i64().unwrap_or_default();
        holds("coolDownExpiresAt in the future, in milliseconds", until > s.control()?.now()? * 1000)
    }),
    entry("quota-is-400", "a locked device is an error with 400", |s| {
        lock(s)?;
        s.begin_with(json!({ "selectedDevice": { "id": "totp" } }))?.is("400 QUOTA_EXCEEDED")
    }),
    entry("locked-device-shows-cool-down", "a locked device shows until when", |s| {
        let id = lock(s)?.0;
        let until = s.read(&id)?.at("/_embedded/devices/0/coolDownExpiresAt").as_i64().unwrap_or_default();
        holds("coolDownExpiresAt in the future, in milliseconds", until > s.control()?.now()? * 1000)
    }),
    entry("code-after-time-out", "the app's code completes after its push has timed out", |s| {
        let id = s.start(&[phone_with_codes()])?;
        s.advance(150)?;
        s.read(&id)?.is("200 PUSH_CONFIRMATION_TIMED_OUT")?;
        s.check(&id, &s.control()?.shown_code("phone")?)?.is("200 COMPLETED")
    }),
    entry("totp-grace", "a code that is some windows old is good", |s| {
        let id = s.start(&[totp()])?;
        let code = s.control()?.shown_code("totp")?;
        s.advance(30 * (GRACE - 1))?;
        s.check(&id, &code)?.is("200 COMPLETED")
    }),
    entry("totp-grace", "a code that is older is not", |s| {
        let id = s.start(&[totp()])?;
        let code = s.control()?.shown_code("totp")?;
        s.advance(30 * (GRACE + 1))?;
        s.check(&id, &code)?.is("FAILED or 400 INVALID_OTP")
    }),
    entry("code-works-once", "the code of an app works once", |s| {
        let first = s.start(&[totp()])?;
        let second = s.begin()?.id();
        let code = s.control()?.shown_code("totp")?;
        s.check(&first, &code)?.is("200 COMPLETED")?;
        s.check(&second, &code)?.is("FAILED or 400 INVALID_OTP")
    }),
    entry("wrong-status", "no code is checked while a push is pending", |s| {
        let id = s.start(&[phone_with_codes()])?;
        s.check(&id, &s.control()?.shown_code("phone")?)?.is("400 REQUEST_FAILED CONSTRAINT_VIOLATION")
    }),
    entry("wrong-status", "no code is checked once it is done", |s| {
        let begun = s.begin_with_test_mail()?;
        let code = begun.test_code()?;
        s.check(&begun.id(), &code)?.is("200 COMPLETED")?;
        s.check(&begun.id(), &code)?.is("400 REQUEST_FAILED CONSTRAINT_VIOLATION")
    }),
];

/// A code that differs in its last digit only.
pub(super) fn other_than(code: &str) -> String {
    let (begin, last) = code.split_at(code.len().saturating_sub(1));
    format!("{begin}{}", if last == "1" { "2" } else { "1" })
}

/// Checks a code that is not the one that was sent.
fn check_wrong(s: &Session<'_>, id: &str) -> Try<Reply> {
    s.check(id, &other_than(&s.control()?.last_code()?))
}

/// Locks the app of the entry's user by wrong codes, one for each authentication; returns the last of these, and how the
/// last code was answered.
pub(super) fn lock(s: &Session<'_>) -> Try<(String, Reply)> {
    let mut id = s.start(&[totp()])?;
    let wrong = other_than(&s.control()?.shown_code("totp")?);
    for _ in 0..2 {
        s.check(&id, &wrong)?;
        id = s.begin()?.id();
    }
    let last = s.check(&id, &wrong)?;
    Ok((id, last))
}
