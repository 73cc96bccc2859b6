//! What the account of a user means for their authentications.

use std::time::{Duration, SystemTime};

use http::Method;
use pingone_conformance::Authenticator;
use pingone_emulator::{Data, Policy, User};
use serde_json::{Value, json};

use crate::{
    household::{self, begin, browser, mail},
    support::{CHECK_ASSERTION, CHECK_REMEMBERED, Caller, Reply},
};

fn caller_of(policy: Policy, user: User) -> Caller {
    let user = user.device(mail()).remembered_browser(browser());
    Caller::of(Data::with_policy("e", policy).client(household::client()).user(user))
}

/// Locks the account of `u` from now on, for so many seconds if it ends by itself.
fn lock(caller: &Caller, seconds: Option<i64>) {
    let path = "/_emulator/users/u";
    let mut user = caller.send_to(Method::GET, path, None, b"").body;
    let now = caller.send_to(Method::GET, "/_emulator/clock", None, b"").body["now"].clone();
    let until = |seconds| {
        let now: jiff::Timestamp = now.as_str().unwrap().parse().unwrap();
        (now + jiff::SignedDuration::from_secs(seconds)).to_string()
    };
    user["account"] = json!({ "lockedAt": now });
    if let Some(seconds) = seconds {
        user["account"]["unlockAt"] = until(seconds).into();
    }
    let reply = caller.send_to(Method::PUT, path, None, user.to_string().as_bytes());
    assert_eq!(reply.status, 200, "{}", reply.body);
}

fn check_browser(caller: &Caller) -> Reply {
    let body = json!({
        "user": { "id": "u" }, "policy": { "id": "p" }, "payload": { "type": "BROWSER", "value": "x" },
    });
    caller.post("/deviceAuthentications", CHECK_REMEMBERED, body)
}

const KEPT_OUT: (u16, &str, &str, &str) = (400, "REQUEST_FAILED", "ACCOUNT_NOT_USABLE", "user.id");

#[test]
fn a_locked_account_is_kept_out() {
    let caller = caller_of(household::policy(), User::new("u"));
    caller.service.freeze();
    lock(&caller, Some(60));
    assert_eq!(begin(&caller, json!({})).complaint(), KEPT_OUT);
    assert_eq!(check_browser(&caller).complaint(), KEPT_OUT);
    caller.service.switch_off("account-not-usable-is-400").unwrap();
    for (reply, status) in [(begin(&caller, json!({})), 201), (check_browser(&caller), 200)] {
        let error = &reply.body["error"]["code"];
        assert_eq!((reply.status, reply.step(), error), (status, "FAILED", &json!("ACCOUNT_NOT_USABLE")));
    }
    caller.service.advance(Duration::from_secs(60));
    assert_eq!(begin(&caller, json!({})).step(), "OTP_REQUIRED", "it has ended by itself");
}

#[test]
fn a_lock_without_an_end_does_not_end_and_a_policy_can_ignore_it() {
    let caller = caller_of(household::policy(), User::new("u"));
    lock(&caller, None);
    caller.service.advance(Duration::from_secs(1_000_000_000));
    let bearer = caller.service.issue_token(pingone_emulator::TokenKind::Worker);
    let caller = Caller { authorization: Some(format!("Bearer {bearer}")), ..caller };
    assert_eq!(begin(&caller, json!({})).complaint(), KEPT_OUT);

    let caller = caller_of(household::policy().ignore_user_lock(true), User::new("u"));
    lock(&caller, None);
    assert_eq!(begin(&caller, json!({})).step(), "OTP_REQUIRED");
}

#[test]
fn a_disabled_user_is_kept_out_if_the_policy_says_so() {
    let blocking = household::policy().block_disabled_users(true);
    assert_eq!(begin(&caller_of(blocking.clone(), User::new("u").disabled()), json!({})).complaint(), KEPT_OUT);
    assert_eq!(begin(&caller_of(blocking, User::new("u")), json!({})).step(), "OTP_REQUIRED");
    let reply = begin(&caller_of(household::policy(), User::new("u").disabled()), json!({}));
    assert_eq!(reply.step(), "OTP_REQUIRED");
}

#[test]
fn a_user_with_mfa_disabled_is_kept_out_if_the_policy_says_so() {
    let blocking = household::policy().block_users_with_disabled_mfa(true);
    assert_eq!(begin(&caller_of(blocking.clone(), User::new("u").without_mfa()), json!({})).complaint(), KEPT_OUT);
    let reply = begin(&caller_of(blocking, User::new("u")), json!({}));
    assert_eq!((reply.step(), &reply.body["bypassAllowed"]), ("OTP_REQUIRED", &json!(false)));
}

#[test]
fn a_user_known_only_by_their_passkey_is_kept_out_as_well() {
    let mut authenticator = Authenticator::new().unwrap();
    authenticator.user_handle = Some(b"u".to_vec());
    let user = User::new("u").disabled().device(household::passkey(&authenticator));
    let policy = household::policy().block_disabled_users(true);
    let caller = Caller::of(Data::with_policy("e", policy).client(household::client()).user(user));
    let begun = caller.initialize(json!({}));
    assert_eq!(begun.step(), "ASSERTION_REQUIRED");
    let assertion = authenticator.assertion(&begun.body).unwrap();
    let body = json!({ "origin": household::ORIGIN, "assertion": assertion });
    let reply = caller.act(&begun.id(), CHECK_ASSERTION, body);
    assert_eq!((reply.step(), &reply.body["error"]["code"]), ("FAILED", &json!("ACCOUNT_NOT_USABLE")));
}

#[test]
fn a_bypass_is_shown() {
    let flags = |reply: &Reply| [&reply.body["bypassAllowed"], &reply.body["userBypassEnabled"]].map(Value::clone);
    let in_an_hour = SystemTime::now() + Duration::from_secs(3600);
    for (user, expected) in [
        (User::new("u"), [false, false]),
        (User::new("u").without_mfa(), [true, false]),
        (User::new("u").bypass_mfa_until(in_an_hour), [true, true]),
        (User::new("u").bypass_mfa_until(SystemTime::UNIX_EPOCH), [false, false]),
    ] {
        let caller = caller_of(household::policy(), user);
        let reply = begin(&caller, json!({}));
        assert_eq!((reply.step(), flags(&reply)), ("OTP_REQUIRED", expected.map(Value::from)));
        caller.service.switch_off("bypass-flags").unwrap();
        let step = if expected[0] { "COMPLETED" } else { "OTP_REQUIRED" };
        assert_eq!(begin(&caller, json!({})).step(), step);
    }
    let caller = caller_of(household::policy(), User::new("u").bypass_mfa_until(in_an_hour));
    let id = begin(&caller, json!({})).id();
    caller.service.advance(Duration::from_secs(600));
    assert_eq!(flags(&caller.read(&id)), [true, true].map(Value::from));
    let caller = caller_of(household::policy(), User::new("u").bypass_mfa_until(in_an_hour));
    caller.service.advance(Duration::from_secs(3600 - 10));
    let id = begin(&caller, json!({})).id();
    caller.service.advance(Duration::from_secs(10));
    let read = caller.service.issue_token(pingone_emulator::TokenKind::Worker);
    let caller = Caller { authorization: Some(format!("Bearer {read}")), ..caller };
    assert_eq!(flags(&caller.read(&id)), [false, false].map(Value::from), "it is over");
}
