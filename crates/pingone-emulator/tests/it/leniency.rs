//! What is not documented, and accepted: it stands in the journal, unless the service is strict.

use http::Method;
use pingone_emulator::{Data, rules};
use serde_json::json;

use crate::support::{CANCEL, CHECK_ASSERTION, Caller, EMAIL, JSON, PHONE, SELECT_DEVICE};

/// The warnings about the last request.
fn warnings(caller: &Caller) -> Vec<String> {
    caller.service.journal().last().unwrap().warnings().to_vec()
}

#[test]
fn what_is_not_documented_is_accepted_with_a_warning() {
    let caller = Caller::new();
    let user = json!({ "id": caller.service.user_id(), "name": "n" });
    let begun = caller.initialize(json!({ "user": user, "riskLevel": { "is": "low" } }));
    assert_eq!(begun.status, 201);
    assert_eq!(warnings(&caller), ["user.name is not a documented member", "riskLevel is not a documented member"]);

    let id = begun.id();
    assert_eq!(caller.act(&id, CANCEL, json!({ "reason": "CHANGE_DEVISE" })).step(), "DEVICE_SELECTION_REQUIRED");
    assert_eq!(warnings(&caller), ["reason is not CHANGE_DEVICE"]);

    let body = json!({ "device": { "id": EMAIL }, "compatibility": "SOME" });
    assert_eq!(caller.act(&id, SELECT_DEVICE, body).step(), "OTP_REQUIRED");
    assert_eq!(warnings(&caller), ["compatibility is none of FULL, SECURITY_KEY_ONLY and NONE"]);
    caller.act(&id, CHECK_ASSERTION, json!({ "origin": "o", "assertion": "a", "compatibility": "SOME" }));
    assert_eq!(warnings(&caller).len(), 1);
}

#[test]
fn what_is_documented_needs_no_warning() {
    let caller = Caller::of(Data::built_in().strict());
    let begun = caller.initialize(json!({
        "user": { "id": caller.service.user_id() },
        "notification": {
            "template": { "name": "transaction", "variant": "v", "locale": "en", "variables": { "any": "text" } },
            "clientContext": { "any": { "thing": 1 } },
        },
        "rp": { "id": "pingone.com" },
    }));
    assert_eq!(begun.status, 201, "{}", begun.body);
    let id = begun.id();
    assert_eq!(caller.cancel(&id).status, 200);
    for compatibility in ["FULL", "SECURITY_KEY_ONLY", "NONE"] {
        let body = json!({ "device": { "id": EMAIL }, "compatibility": compatibility });
        assert_eq!(caller.act(&id, SELECT_DEVICE, body).status, 200);
    }
    assert_eq!(caller.check(&id, &caller.last_code()).step(), "COMPLETED");
    assert!(caller.service.journal().iter().all(|entry| entry.warnings().is_empty()));
}

#[test]
fn a_strict_service_refuses_it() {
    let caller = Caller::of(Data::built_in().strict());
    let refused = |target| (400, "INVALID_DATA", "INVALID_VALUE", target);
    let user = json!({ "id": caller.service.user_id(), "name": "n" });
    assert_eq!(caller.initialize(json!({ "user": user })).complaint(), refused("user.name"));
    let id = caller.start(PHONE);
    assert_eq!(caller.act(&id, CANCEL, json!({ "reason": "CHANGE_DEVISE" })).complaint(), refused("reason"));
    assert_eq!(caller.read(&id).step(), "PUSH_CONFIRMATION_REQUIRED");
    caller.cancel(&id);
    let body = json!({ "device": { "id": EMAIL }, "compatibility": "SOME" });
    assert_eq!(caller.act(&id, SELECT_DEVICE, body).complaint(), refused("compatibility"));
    let body = json!({ "username": "ada", "id": "own" });
    assert_eq!(caller.manage(Method::POST, "/users", JSON, body).complaint(), refused("id"));
    assert_eq!(rules().filter(|rule| rule.is_lenient()).count(), 4);
}

#[test]
fn a_flood_of_members_makes_few_warnings() {
    let caller = Caller::new();
    let mut body = json!({ "user": { "id": caller.service.user_id() } });
    for number in 0..1000 {
        body[format!("{number}{}", "x".repeat(1000))] = json!(1);
    }
    assert_eq!(caller.initialize(body).status, 201);
    let warnings = warnings(&caller);
    assert!(warnings.len() == 10 && warnings.iter().all(|warning| warning.len() < 100), "{warnings:?}");
}
