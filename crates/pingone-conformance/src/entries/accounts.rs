//! How a user's account affects their authentications.

use serde_json::{Value, json};

use crate::{
    control::Control,
    devices::mail,
    entry::{Entry, entry},
    session::Session,
    verdict::{Try, same},
};

/// The refusal of a user whose account cannot be used.
const KEPT_OUT: &str = "400 ACCOUNT_NOT_USABLE user.id";

/// The entries' user has an e-mail address and these further members.
fn user_is(control: &Control<'_>, members: &Value) -> Try {
    let mut user = json!({ "devices": [mail()] });
    for (name, value) in members.as_object().into_iter().flatten() {
        user[name] = value.clone();
    }
    control.put_user(&user)
}

/// The entries' user is locked for a minute.
fn lock(s: &Session<'_>) -> Try {
    let control = s.control()?;
    let now = control.now()?;
    let [at, until] = [now - 60, now + 60].map(|second| jiff::Timestamp::from_second(second).unwrap_or_default());
    user_is(control, &json!({ "account": { "lockedAt": at.to_string(), "unlockAt": until.to_string() } }))
}

/// Begins by a policy with this flag.
fn begin_by(s: &Session<'_>, flag: &str, expected: &str) -> Try {
    let mut policy = json!({});
    policy[flag] = true.into();
    s.control()?.put_policy("conformance-accounts", &policy)?;
    s.begin_with(json!({ "policy": { "id": "conformance-accounts" } }))?.is(expected)
}

/// Begins for a user of this kind, whom nothing keeps out; and looks at the flags.
fn flags(s: &Session<'_>, members: &Value, allowed: bool, enabled: bool) -> Try {
    user_is(s.control()?, members)?;
    let reply = s.begin()?;
    reply.is("201 OTP_REQUIRED")?;
    same("bypassAllowed", allowed, reply.at("/bypassAllowed"))?;
    same("userBypassEnabled", enabled, reply.at("/userBypassEnabled"))
}

pub(super) const ENTRIES: &[Entry] = &[
    entry("locked-account-is-kept-out", "a locked account cannot authenticate", |s| {
        lock(s)?;
        s.begin()?.is("400 or 201 FAILED")
    }),
    entry("locked-account-is-kept-out", "a policy can ignore the lock", |s| {
        lock(s)?;
        begin_by(s, "ignoreUserLock", "201 OTP_REQUIRED")
    }),
    entry("disabled-user-is-kept-out", "a disabled user cannot authenticate if the policy says so", |s| {
        user_is(s.control()?, &json!({ "enabled": false }))?;
        s.begin()?.is("201 OTP_REQUIRED")?;
        begin_by(s, "blockDisabledUsers", "400 or 201 FAILED")
    }),
    entry("disabled-mfa-is-kept-out", "a user with MFA disabled cannot authenticate if the policy says so", |s| {
        user_is(s.control()?, &json!({ "mfaEnabled": false }))?;
        begin_by(s, "blockUsersWithDisabledMfa", "400 or 201 FAILED")
    }),
    entry("account-not-usable-is-400", "an account that cannot be used is named", |s| {
        lock(s)?;
        s.begin()?.is(KEPT_OUT)
    }),
    entry("bypass-flags", "a bypass is told, and changes nothing", |s| {
        flags(s, &json!({ "bypassMFAEnabledUntil": "9000-01-01T00:00:00.000Z" }), true, true)
    }),
    entry("bypass-flags", "that MFA is disabled is told, and changes nothing", |s| {
        flags(s, &json!({ "mfaEnabled": false }), true, false)
    }),
    entry("bypass-flags", "a bypass that is over is none", |s| {
        flags(s, &json!({ "bypassMFAEnabledUntil": "2020-01-01T00:00:00.000Z" }), false, false)
    }),
];
