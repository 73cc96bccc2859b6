//! Too many wrong codes and denied pushes lock the account.

use http::Method;
use serde_json::{Value, json};

use crate::{
    authenticator::Authenticator,
    control::USER,
    devices::{mail, passkey, phone},
    entry::{Entry, entry},
    session::{CHECK_ASSERTION, JSON, Session},
    verdict::{Try, holds, same},
};

const LOCK: &str = "application/vnd.pingidentity.account.lock+json";
const UNLOCK: &str = "application/vnd.pingidentity.account.unlock+json";

/// The settings have this lock-out, and the entries' user has these devices.
fn begin_with(s: &Session<'_>, lockout: Value, devices: &[Value]) -> Try {
    s.control()?.put_mfa_settings(&json!({ "lockout": lockout }))?;
    s.user_has(devices)
}

/// Two failures lock the account for a minute.
fn two_failures_lock(s: &Session<'_>) -> Try {
    begin_with(s, json!({ "failureCount": 2, "durationSeconds": 60 }), &[phone(), mail()])
}

/// The user's answer to a push, if one is sent: a locked account gets none.
fn answer(s: &Session<'_>, answer: &str) -> Try {
    let begun = s.begin_by("phone")?;
    match begun.text("/status") {
        "PUSH_CONFIRMATION_REQUIRED" => s.control()?.answer_push(&begun.id(), answer, None)?.is("200"),
        _ => Ok(()),
    }
}

/// As often as it takes, whether the account is locked once `failureCount` is reached or exceeded.
fn deny_three_times(s: &Session<'_>) -> Try {
    (0..3).try_for_each(|_| answer(s, "DENY"))
}

fn account(s: &Session<'_>) -> Try<Value> {
    let user = s.manage(Method::GET, &format!("/users/{USER}"), JSON, "")?;
    user.is("200")?;
    Ok(user.at("/account").clone())
}

fn account_is(s: &Session<'_>, status: &str) -> Try {
    same("account.status", status, account(s)?["status"].as_str().unwrap_or_default())
}

fn act(s: &Session<'_>, media_type: &str, body: impl ToString) -> Try {
    s.manage(Method::POST, &format!("/users/{USER}"), media_type, body)?.is("200")
}

/// Signs what was not asked for, if anything was asked.
fn sign_wrongly(s: &Session<'_>, passkey: &mut Authenticator) -> Try {
    let begun = s.begin_by("passkey")?;
    if begun.text("/status") == "ASSERTION_REQUIRED" {
        let body = json!({ "origin": Authenticator::ORIGIN, "assertion": passkey.sign_challenge(&[0; 32])? });
        s.act(&begun.id(), CHECK_ASSERTION, body)?;
    }
    Ok(())
}

pub(super) const ENTRIES: &[Entry] = &[
    entry("failures-lock-the-account", "denied pushes lock the account for a while", |s| {
        two_failures_lock(s)?;
        deny_three_times(s)?;
        account_is(s, "LOCKED")?;
        s.begin()?.is("400 or 201 FAILED")?;
        s.control()?.advance(61)?;
        account_is(s, "OK")?;
        s.begin()?.is("201 PUSH_CONFIRMATION_REQUIRED")
    }),
    entry("failures-lock-the-account", "wrong codes count with denied pushes", |s| {
        two_failures_lock(s)?;
        let begun = s.begin_by("mail")?;
        s.check(&begun.id(), "no code")?;
        answer(s, "DENY")?;
        answer(s, "DENY")?;
        account_is(s, "LOCKED")
    }),
    entry("failures-of-log-ins", "a wrong code that was to activate a device does not count", |s| {
        s.control()?.put_mfa_settings(&json!({ "lockout": { "failureCount": 1 } }))?;
        let device = json!({ "type": "EMAIL", "email": "ada@example.com", "status": "ACTIVATION_REQUIRED" });
        let id = s.create(device)?.id();
        (0..2).try_for_each(|_| s.activate(&id, "no code")?.is("400 INVALID_OTP"))?;
        account_is(s, "OK")
    }),
    entry("failures-of-log-ins", "a push that is ignored does not count", |s| {
        begin_with(s, json!({ "failureCount": 1 }), &[phone()])?;
        (0..2).try_for_each(|_| answer(s, "TIME_OUT"))?;
        account_is(s, "OK")
    }),
    entry("failure-count-locks", "the failure that reaches the count is the one that locks", |s| {
        two_failures_lock(s)?;
        answer(s, "DENY")?;
        account_is(s, "OK")?;
        answer(s, "DENY")?;
        account_is(s, "LOCKED")
    }),
    entry("no-lock-out-by-default", "without the setting failures lock no account", |s| {
        s.control()?.put_mfa_settings(&json!({}))?;
        s.user_has(&[phone()])?;
        deny_three_times(s)?;
        account_is(s, "OK")
    }),
    entry("lock-out-without-duration", "without a duration the lock does not end by itself", |s| {
        begin_with(s, json!({ "failureCount": 1 }), &[phone()])?;
        deny_three_times(s)?;
        s.advance(30 * 24 * 60 * 60)?;
        let account = account(s)?;
        same("account.status", "LOCKED", account["status"].as_str().unwrap_or_default())?;
        holds("no unlockAt", account["unlockAt"].is_null())?;
        act(s, UNLOCK, "")?;
        account_is(s, "OK")
    }),
    entry("assertion-is-a-failure", "wrong assertions lock the account", |s| {
        let mut authenticator = Authenticator::new()?;
        begin_with(s, json!({ "failureCount": 1 }), &[passkey(&authenticator)])?;
        sign_wrongly(s, &mut authenticator)?;
        sign_wrongly(s, &mut authenticator)?;
        account_is(s, "LOCKED")
    }),
    entry("success-forgets-failures", "a push that is approved makes good for one that was denied", |s| {
        two_failures_lock(s)?;
        ["DENY", "APPROVE", "DENY", "APPROVE", "DENY"].into_iter().try_for_each(|one| answer(s, one))?;
        account_is(s, "OK")
    }),
    entry("lock-halts-authentications", "what was begun before the account was locked does not go on", |s| {
        two_failures_lock(s)?;
        let begun = s.begin_by("mail")?;
        let code = s.control()?.last_code()?;
        deny_three_times(s)?;
        s.check(&begun.id(), &code)?.is("400 ACCOUNT_NOT_USABLE")
    }),
    entry("unlock-resets-failures", "unlock ends the lock, and failures are forgotten", |s| {
        two_failures_lock(s)?;
        answer(s, "DENY")?;
        let until = jiff::Timestamp::from_second(s.control()?.now()? + 60).unwrap_or_default();
        act(s, LOCK, json!({ "unlockAt": format!("{until:.3}") }))?;
        account_is(s, "LOCKED")?;
        act(s, UNLOCK, "")?;
        account_is(s, "OK")?;
        answer(s, "DENY")?;
        account_is(s, "OK")
    }),
    entry("unlock-resets-failures", "unlock of what is not locked forgets nothing", |s| {
        begin_with(s, json!({ "failureCount": 3, "durationSeconds": 60 }), &[phone()])?;
        // Four lock the account, whether the count has to be reached or exceeded; the last two alone do not.
        ["DENY", "DENY"].into_iter().try_for_each(|one| answer(s, one))?;
        act(s, UNLOCK, "")?;
        ["DENY", "DENY"].into_iter().try_for_each(|one| answer(s, one))?;
        account_is(s, "LOCKED")
    }),
];
