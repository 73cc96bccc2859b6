//! Wrong codes and denied pushes lock the account, whatever the device, if the MFA settings say so.

use std::time::Duration;

use http::Method;
use pingone_conformance::Authenticator;
use pingone_emulator::{Data, MfaSettings, Policy, PushAnswer, PushScript, TokenKind, User};
use serde_json::{Value, json};

use crate::{
    household::{self, begin, mail, other_than, phone},
    remembered,
    support::{CHECK_ASSERTION, Caller, JSON, Reply},
};

const LOCK: &str = "application/vnd.pingidentity.account.lock+json";
const UNLOCK: &str = "application/vnd.pingidentity.account.unlock+json";

fn data(policy: Policy, lockout: &Value) -> Data {
    let settings = MfaSettings::from_json(&json!({ "lockout": lockout }).to_string()).unwrap();
    household::data(policy, [phone(), mail()]).mfa_settings(settings)
}

/// The user `u` with a phone and a mailbox, whose account is locked for a minute by so many failures.
fn caller(failure_count: u32) -> Caller {
    let lockout = json!({ "failureCount": failure_count, "durationSeconds": 60 });
    let caller = Caller::of(data(household::policy(), &lockout));
    caller.service.freeze();
    caller
}

fn begin_by(caller: &Caller, device_id: &str) -> Reply {
    begin(caller, json!({ "selectedDevice": { "id": device_id } }))
}

fn deny(caller: &Caller) {
    caller.service.deny_push(&begin_by(caller, "phone").id()).unwrap();
}

fn approve(caller: &Caller) {
    caller.service.approve_push(&begin_by(caller, "phone").id()).unwrap();
}

/// Gives a wrong code; returns the authentication, and what was answered.
fn mistype(caller: &Caller) -> (String, Reply) {
    let id = begin_by(caller, "mail").id();
    let otp = other_than(&caller.last_code());
    let reply = caller.check(&id, otp);
    (id, reply)
}

fn account(caller: &Caller) -> Value {
    caller.managed("/users/u").body["account"].clone()
}

fn is_locked(caller: &Caller) -> bool {
    let is_told = account(caller)["status"] == "LOCKED";
    let is_kept_out = begin_by(caller, "mail").step_or_error() == "ACCOUNT_NOT_USABLE";
    assert_eq!(is_told, is_kept_out);
    is_told
}

fn unlock(caller: &Caller) {
    let reply = caller.manage(Method::POST, "/users/u", UNLOCK, "");
    assert_eq!((reply.status, &reply.body["account"]["status"]), (200, &json!("OK")));
}

#[test]
fn wrong_codes_and_denied_pushes_lock_the_account_for_a_while() {
    let caller = caller(3);
    deny(&caller);
    mistype(&caller);
    assert!(!is_locked(&caller));
    let (_, last) = mistype(&caller);
    assert_eq!(last.complaint().2, "INVALID_OTP", "it says what was wrong, not what has come of it");
    assert!(is_locked(&caller));
    let user = caller.managed("/users/u").body;
    let shown = json!({
        "canAuthenticate": false, "status": "LOCKED", "lockedAt": user["updatedAt"],
        "unlockAt": user["account"]["unlockAt"], "secondsUntilUnlock": 60,
    });
    assert_eq!(user["account"], shown);
    caller.service.advance(Duration::from_secs(59));
    assert!(is_locked(&caller));
    caller.service.advance(Duration::from_secs(1));
    assert!(!is_locked(&caller), "it ends by itself");
    mistype(&caller);
    deny(&caller);
    assert!(!is_locked(&caller), "the count has begun anew");
    deny(&caller);
    assert!(is_locked(&caller));
}

#[test]
fn a_code_of_a_device_that_is_nobodys_counts_and_an_ignored_push_does_not() {
    let caller = caller(1);
    begin_by(&caller, "phone");
    caller.service.advance(Duration::from_secs(40));
    caller.cancel(&begin_by(&caller, "phone").id());
    assert!(!is_locked(&caller));
    let address = json!({ "type": "EMAIL", "email": "somebody@example.com" });
    let id = begin(&caller, json!({ "selectedDevice": { "oneTime": address } })).id();
    caller.check(&id, other_than(&caller.last_code()));
    assert!(is_locked(&caller));
}

#[test]
fn codes_that_are_to_activate_a_device_do_not_count() {
    let caller = caller(1);
    let body = json!({ "type": "EMAIL", "email": "ada@example.com", "status": "ACTIVATION_REQUIRED" });
    let path = format!("/users/u/devices/{}", caller.manage(Method::POST, "/users/u/devices", JSON, body).id());
    let activate = "application/vnd.pingidentity.device.activate+json";
    let wrong = caller.manage(Method::POST, &path, activate, json!({ "otp": "no code" }));
    assert_eq!(wrong.complaint().2, "INVALID_OTP");
    assert!(!is_locked(&caller));
}

#[test]
fn a_push_that_is_denied_by_script_locks_since_it_was_denied() {
    let caller = caller(1);
    let script = PushScript::new(PushAnswer::Deny).after(Duration::from_secs(5));
    caller.service.script_pushes(script);
    begin_by(&caller, "phone");
    caller.service.advance(Duration::from_secs(20));
    assert_eq!(account(&caller)["secondsUntilUnlock"], 45);
}

#[test]
fn the_count_can_have_to_be_exceeded() {
    let caller = caller(2);
    caller.service.switch_off("failure-count-locks").unwrap();
    deny(&caller);
    deny(&caller);
    assert!(!is_locked(&caller));
    deny(&caller);
    assert!(is_locked(&caller));
}

#[test]
fn without_the_setting_no_account_is_locked() {
    let caller = household::of(household::policy(), [phone(), mail()]);
    for _ in 0..40 {
        mistype(&caller);
    }
    assert!(!is_locked(&caller));
}

#[test]
fn without_a_duration_it_does_not_end_by_itself() {
    let caller = Caller::of(data(household::policy(), &json!({ "failureCount": 1 })));
    deny(&caller);
    caller.service.advance(Duration::from_secs(1_000_000_000));
    let token = caller.service.issue_token(TokenKind::Worker);
    let caller = Caller { authorization: Some(format!("Bearer {token}")), ..caller };
    assert!(is_locked(&caller));
    assert_eq!((account(&caller).get("unlockAt"), account(&caller).get("secondsUntilUnlock")), (None, None));
    unlock(&caller);
    assert!(!is_locked(&caller));
}

#[test]
fn wrong_assertions_count() {
    for (is_counted, is_locked_then) in [(true, true), (false, false)] {
        let (mut passkey, lockout) = (Authenticator::new().unwrap(), json!({ "failureCount": 1 }));
        let settings = MfaSettings::from_json(&json!({ "lockout": lockout }).to_string()).unwrap();
        let devices = [household::passkey(&passkey), mail()];
        let caller = Caller::of(household::data(household::policy(), devices).mfa_settings(settings));
        if !is_counted {
            caller.service.switch_off("assertion-is-a-failure").unwrap();
        }
        let begun = begin_by(&caller, "passkey");
        let assertion = passkey.sign_challenge(&[0; 32]).unwrap();
        let body = json!({ "origin": household::ORIGIN, "assertion": assertion });
        assert_eq!(caller.act(&begun.id(), CHECK_ASSERTION, body).step(), "FAILED");
        assert_eq!(is_locked(&caller), is_locked_then);
    }
}

#[test]
fn a_success_makes_good_for_failures() {
    let caller = caller(2);
    let succeed_by_code = || {
        let id = begin_by(&caller, "mail").id();
        assert_eq!(caller.check(&id, &caller.last_code()).step(), "COMPLETED");
    };
    deny(&caller);
    approve(&caller);
    deny(&caller);
    succeed_by_code();
    deny(&caller);
    assert!(!is_locked(&caller));
    caller.service.switch_off("success-forgets-failures").unwrap();
    approve(&caller);
    deny(&caller);
    assert!(is_locked(&caller));
}

#[test]
fn whoever_is_kept_out_has_not_succeeded() {
    let mut passkey = Authenticator::new().unwrap();
    passkey.user_handle = Some(b"u".to_vec());
    let settings = MfaSettings::from_json(r#"{ "lockout": { "failureCount": 2 } }"#).unwrap();
    let devices = [household::passkey(&passkey), phone(), mail()];
    let caller = Caller::of(household::data(household::policy(), devices).mfa_settings(settings));
    caller.service.freeze();
    deny(&caller);
    let until = json!({ "unlockAt": caller.time(60) });
    assert_eq!(caller.manage(Method::POST, "/users/u", LOCK, until).status, 200);
    let begun = caller.initialize(json!({}));
    let body = json!({ "origin": household::ORIGIN, "assertion": passkey.assertion(&begun.body).unwrap() });
    let kept_out = caller.act(&begun.id(), CHECK_ASSERTION, body);
    assert_eq!((kept_out.step(), &kept_out.body["error"]["code"]), ("FAILED", &json!("ACCOUNT_NOT_USABLE")));
    caller.service.advance(Duration::from_secs(60));
    deny(&caller);
    assert!(is_locked(&caller), "the first denial still counts");
}

#[test]
fn a_browser_that_is_remembered_proves_nothing() {
    let settings = MfaSettings::from_json(r#"{ "lockout": { "failureCount": 2 } }"#).unwrap();
    let user = User::new("u").device(phone()).device(mail()).remembered_browser(household::browser());
    let data = Data::with_policy("e", household::policy()).client(household::client()).user(user);
    let caller = Caller::of(data.mfa_settings(settings));
    deny(&caller);
    assert_eq!(remembered::check(&caller, "rm=123", &remembered::body()).step(), "COMPLETED");
    deny(&caller);
    assert!(is_locked(&caller));
}

#[test]
fn what_is_over_says_so_whether_or_not_the_account_is_locked() {
    let caller = caller(1);
    let (code, sent) = (begin_by(&caller, "mail").id(), caller.last_code());
    assert_eq!(caller.check(&code, &sent).step(), "COMPLETED");
    deny(&caller);
    for reply in [caller.check(&code, &sent), caller.select(&code, "phone")] {
        assert_eq!(reply.complaint().2, "CONSTRAINT_VIOLATION");
    }
}

#[test]
fn what_was_begun_before_is_halted() {
    let caller = caller(1);
    let [code, other_code] = [(); 2].map(|()| {
        let id = begin_by(&caller, "mail").id();
        (id, caller.last_code())
    });
    let [push, other_push] = [(); 2].map(|()| begin_by(&caller, "phone").id());
    deny(&caller);
    let halted = [caller.check(&code.0, &code.1), caller.select(&code.0, "phone")];
    for reply in halted {
        assert_eq!(reply.complaint(), (400, "REQUEST_FAILED", "ACCOUNT_NOT_USABLE", ""));
    }
    assert_eq!(caller.read(&code.0).step(), "OTP_REQUIRED");
    caller.service.approve_push(&push).unwrap();
    let failed = caller.read(&push);
    assert_eq!((failed.step(), &failed.body["error"]["code"]), ("FAILED", &json!("ACCOUNT_NOT_USABLE")));

    caller.service.switch_off("lock-halts-authentications").unwrap();
    caller.service.approve_push(&other_push).unwrap();
    assert_eq!(caller.read(&other_push).step(), "COMPLETED");
    assert_eq!(caller.check(&other_code.0, &other_code.1).step(), "COMPLETED");
    caller.service.switch_on("lock-halts-authentications").unwrap();
    unlock(&caller);
    assert_eq!(caller.check(&code.0, &code.1).step(), "COMPLETED", "unlocked, it goes on");
}

#[test]
fn a_policy_can_ignore_it() {
    let lockout = json!({ "failureCount": 1 });
    let caller = Caller::of(data(household::policy().ignore_user_lock(true), &lockout));
    let id = begin_by(&caller, "mail").id();
    let code = caller.last_code();
    deny(&caller);
    assert_eq!(account(&caller)["status"], "LOCKED");
    assert_eq!((caller.check(&id, &code).step(), begin_by(&caller, "mail").step()), ("COMPLETED", "OTP_REQUIRED"));
}

#[test]
fn unlock_forgets_failures_if_the_account_was_locked() {
    let caller = caller(2);
    deny(&caller);
    unlock(&caller);
    deny(&caller);
    assert!(is_locked(&caller), "it was not locked, and so nothing was forgotten");
    unlock(&caller);
    deny(&caller);
    assert!(!is_locked(&caller));
    let until = jiff::Timestamp::MAX.to_string();
    assert_eq!(caller.manage(Method::POST, "/users/u", LOCK, json!({ "unlockAt": until })).status, 200);
    unlock(&caller);
    deny(&caller);
    assert!(!is_locked(&caller), "whoever has locked it");
}

#[test]
fn a_user_who_comes_back_has_failed_in_nothing() {
    let caller = caller(2);
    deny(&caller);
    assert_eq!(caller.manage(Method::DELETE, "/users/u", JSON, "").status, 204);
    let user = json!({ "devices": [{ "id": "phone", "type": "MOBILE" }, { "id": "mail", "type": "EMAIL" }] });
    caller.send_to(Method::PUT, "/_emulator/users/u", None, user.to_string().as_bytes());
    deny(&caller);
    assert!(!is_locked(&caller));
}

#[test]
fn the_control_path_changes_the_settings() {
    let caller = caller(1);
    let put = |body: Value| caller.send_to(Method::PUT, "/_emulator/mfa-settings", None, body.to_string().as_bytes());
    for (body, problem) in [
        (json!({ "lockout": {} }), "lockout.failureCount: is missing; add it"),
        (json!({ "lockout": { "failureCount": 0 } }), "lockout.failureCount: must be at least 1"),
        (
            json!({ "lockout": { "failureCount": 1, "durationSeconds": "60" } }),
            "lockout.durationSeconds: must be a whole number",
        ),
    ] {
        let reply = put(body);
        assert_eq!((reply.status, &reply.body["error"]), (400, &json!(problem)));
    }
    assert_eq!(put(json!({})).status, 200);
    deny(&caller);
    assert!(!is_locked(&caller), "there is no such setting any more");
}
