//! How a device is created.

use std::time::Duration;

use http::Method;
use pingone_emulator::{Device, MfaSettings, Policy, TokenKind};
use serde_json::json;

use super::{ALL, SEND_CODE, act, activate, caller, create, created, ids, list, log_in, mail, read, sent_code, with};
use crate::{
    household,
    support::{Caller, JSON},
};

#[test]
fn answers_201_with_the_device() {
    let caller = caller();
    let reply = create(&caller, json!({ "type": "EMAIL", "email": "ada@example.com", "nickname": "Mine" }));
    assert_eq!(reply.status, 201);
    let own = format!("http://127.0.0.1:8420/v1/environments/e/users/u/devices/{}", reply.id());
    assert_eq!(reply.header("location"), Some(own.as_str()));
    assert_eq!(reply.body["_links"]["self"]["href"], own);
    let members =
        ["_links", "id", "environment", "user", "type", "status", "createdAt", "updatedAt", "email", "nickname"];
    assert_eq!(Vec::from_iter(reply.body.as_object().unwrap().keys()), members);
    assert_eq!((&reply.body["status"], &reply.body["email"]), (&json!("ACTIVE"), &json!("ada@example.com")));
    assert_eq!(reply.links(), ["environment", "self", "user"]);
    assert!(caller.service.codes().is_empty(), "nothing is sent");
    assert_eq!(log_in(&caller, &reply.id()).step(), "OTP_REQUIRED");
}

#[test]
fn each_type_has_its_address() {
    let caller = caller();
    for (device_type, member, address) in [
        ("SMS", "phone", "+1.5125550123"),
        ("VOICE", "phone", "1-512-555-1234"),
        ("VOICE", "phone", "+1 (512) 555-1234"),
        ("WHATSAPP", "phone", "+15125551234"),
        ("EMAIL", "email", "ada@example.com"),
    ] {
        let id = created(&caller, json!({ "type": device_type, member: address }));
        assert_eq!(read(&caller, &id).body[member], address);
        let begun = log_in(&caller, &id);
        let code = caller.last_code();
        assert_eq!(caller.check(&begun.id(), &code).step(), "COMPLETED", "{device_type}");
    }
    for (device_type, member, address, complaint) in [
        ("SMS", "phone", "15125551234", "INVALID_VALUE"),
        ("WHATSAPP", "phone", "15125551234", "INVALID_VALUE"),
        ("VOICE", "phone", "555-1234", "INVALID_VALUE"),
        ("EMAIL", "email", "ada", "INVALID_VALUE"),
        ("EMAIL", "email", "", "EMPTY_VALUE"),
    ] {
        let reply = create(&caller, json!({ "type": device_type, member: address }));
        assert_eq!(reply.complaint(), (400, "INVALID_DATA", complaint, member), "{device_type} {address}");
    }
    assert_eq!(create(&caller, json!({ "type": "SMS" })).complaint().2, "REQUIRED_VALUE");
    let voice = created(&caller, json!({ "type": "VOICE", "phone": "+1.5125551111", "extension": "313#" }));
    assert_eq!(read(&caller, &voice).body["extension"], "313#");
    assert!(!log_in(&caller, &voice).body.to_string().contains("313#"));
}

#[test]
fn names_what_is_wrong_with_the_body() {
    let caller = caller();
    for (body, complaint, target) in [
        (json!({}), "REQUIRED_VALUE", "type"),
        (json!({ "type": "MOBILE" }), "INVALID_VALUE", "type"),
        (json!({ "type": "PIGEON" }), "INVALID_VALUE", "type"),
        (mail("READY"), "INVALID_VALUE", "status"),
        (json!({ "type": "EMAIL", "email": "a@b", "policy": { "id": "none" } }), "INVALID_VALUE", "policy.id"),
        (json!({ "type": "EMAIL", "email": "a@b", "testMode": "yes" }), "INVALID_VALUE", "testMode"),
        (json!({ "type": "WHATSAPP", "phone": "+15125551234", "testMode": true }), "INVALID_VALUE", "testMode"),
        (json!({ "type": "EMAIL", "email": "a@b", "nickname": "n".repeat(101) }), "INVALID_VALUE", "nickname"),
    ] {
        assert_eq!(create(&caller, body).complaint(), (400, "INVALID_DATA", complaint, target));
    }
    assert_eq!(list(&caller, "")["count"], 0, "nothing was created");
    let nobody = caller.manage(Method::POST, "/users/nobody/devices", JSON, mail("ACTIVE"));
    assert_eq!((nobody.status, nobody.complaint().1), (404, "NOT_FOUND"));
}

#[test]
fn the_creator_decides_whether_it_is_active() {
    let mut caller = caller();
    for (status, shown) in
        [(json!(null), "ACTIVE"), (json!("ACTIVE"), "ACTIVE"), (json!("ACTIVATION_REQUIRED"), "ACTIVATION_REQUIRED")]
    {
        let reply = create(&caller, json!({ "type": "EMAIL", "email": "a@example.com", "status": status }));
        assert_eq!(reply.body["status"], shown);
    }
    caller.service.switch_off("worker-token-is-required").unwrap();
    caller.authorization = Some(format!("Bearer {}", caller.service.issue_token(TokenKind::User)));
    let own = create(&caller, json!({ "type": "EMAIL", "email": "a@example.com" }));
    assert_eq!(own.body["status"], "ACTIVATION_REQUIRED");
    assert_eq!(create(&caller, mail("ACTIVE")).complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "status"));
}

#[test]
fn a_new_secret_has_to_be_confirmed() {
    let caller = caller();
    let id = created(&caller, json!({ "type": "TOTP" }));
    assert_eq!(read(&caller, &id).body["status"], "ACTIVATION_REQUIRED");
    let refused = create(&caller, json!({ "type": "TOTP", "status": "ACTIVE" }));
    assert_eq!(refused.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "status"));
    let begun = log_in(&caller, &id);
    assert_eq!(begun.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "selectedDevice.id"));
}

#[test]
fn the_policy_says_what_can_be_paired() {
    let policy = |block: &str| Policy::from_json(&format!(r#"{{ "id": "q", "email": {block} }}"#)).unwrap();
    for block in [r#"{ "enabled": false }"#, r#"{ "enabled": true, "pairingDisabled": true }"#] {
        let caller = Caller::of(household::data(household::policy(), []).policy(policy(block)));
        let body = json!({ "type": "EMAIL", "email": "a@example.com", "policy": { "id": "q" } });
        assert_eq!(create(&caller, body.clone()).complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "type"));
        caller.service.switch_off("policy-allows-pairing").unwrap();
        assert_eq!(create(&caller, body).status, 201);
    }
}

#[test]
fn the_settings_limit_how_many_there_are() {
    let settings = MfaSettings::from_json(r#"{ "pairing": { "maxAllowedDevices": 2 } }"#).unwrap();
    let blocked = household::mail().hidden("blocked", json!(true));
    let caller = Caller::of(household::data(household::policy(), [blocked]).mfa_settings(settings));
    let [waiting, other] = [(); 2].map(|()| created(&caller, mail("ACTIVATION_REQUIRED")));
    assert_eq!(activate(&caller, &waiting, &sent_code(&caller, &waiting)).status, 200, "who waits does not count");
    for reply in [
        create(&caller, mail("ACTIVE")),
        create(&caller, mail("ACTIVATION_REQUIRED")),
        activate(&caller, &other, &sent_code(&caller, &other)),
    ] {
        assert_eq!(reply.complaint(), (400, "REQUEST_FAILED", "LIMIT_EXCEEDED", ""));
        let detail = &reply.body["details"][0];
        assert_eq!(detail["message"], "Maximum allowed devices has been reached");
        assert_eq!(detail["innerError"]["maximumAllowed"], 2);
    }
    assert_eq!(read(&caller, &other).body["status"], "ACTIVATION_REQUIRED");
}

#[test]
fn fifty_can_wait() {
    let caller = caller();
    for _ in 0..50 {
        created(&caller, mail("ACTIVATION_REQUIRED"));
    }
    let one_more = || create(&caller, mail("ACTIVATION_REQUIRED"));
    assert_eq!(one_more().complaint(), (400, "REQUEST_FAILED", "LIMIT_EXCEEDED", ""));
    assert_eq!(create(&caller, mail("ACTIVE")).status, 201);
    caller.service.switch_off("most-pending-devices").unwrap();
    assert_eq!(one_more().status, 201);
}

#[test]
fn there_is_an_end_without_that_rule_too() {
    let waiting = |number| Device::new(format!("d{number}"), "EMAIL").member("status", json!("ACTIVATION_REQUIRED"));
    let caller = with(household::policy(), (0..998).map(waiting));
    caller.service.switch_off("most-pending-devices").unwrap();
    caller.service.switch_off("pending-device-expires").unwrap();
    let put = |id: &str| {
        let path = format!("/_emulator/users/u/devices/{id}");
        caller.send_to(Method::PUT, &path, None, br#"{ "type": "EMAIL" }"#)
    };
    let first = created(&caller, mail("ACTIVATION_REQUIRED"));
    assert_eq!(put("another").status, 200);
    for status in ["ACTIVATION_REQUIRED", "ACTIVE"] {
        let refused = create(&caller, mail(status));
        assert_eq!(refused.complaint(), (400, "REQUEST_FAILED", "LIMIT_EXCEEDED", ""));
        let message = &refused.body["details"][0]["message"];
        assert_eq!(message, "the user has 1000 devices, which is the limit of the emulator");
    }
    let full = put("one-more");
    assert_eq!((full.status, &full.body["error"]), (400, &json!("devices: there can be at most 1000")));
    assert_eq!(put("another").status, 200, "it is there already");
    let key = caller.manage(Method::POST, "/users/u/pairingKeys", JSON, "{}");
    assert!(caller.service.pair_phone(key.body["code"].as_str().unwrap()).is_err());
    let failed = caller.managed(&format!("/users/u/pairingKeys/{}", key.id())).body;
    assert_eq!((&failed["status"], &failed["error"]["code"]), (&json!("FAILED"), &json!("LIMIT_EXCEEDED")));
    assert_eq!(caller.manage(Method::DELETE, &format!("{ALL}/{first}"), JSON, "").status, 204);
    created(&caller, mail("ACTIVATION_REQUIRED"));
}

#[test]
fn what_is_not_activated_disappears() {
    let caller = caller();
    let active = created(&caller, mail("ACTIVE"));
    let id = created(&caller, mail("ACTIVATION_REQUIRED"));
    caller.service.advance(Duration::from_secs(23 * 60 * 60));
    let caller = renewed(caller);
    assert_eq!(act(&caller, &id, SEND_CODE, "").status, 200, "another code gives no more time");
    caller.service.advance(Duration::from_secs(60 * 60));
    let caller = renewed(caller);
    assert_eq!(read(&caller, &id).status, 404);
    assert_eq!(ids(&list(&caller, "")), [active]);
    caller.service.switch_off("pending-device-expires").unwrap();
    let id = created(&caller, mail("ACTIVATION_REQUIRED"));
    caller.service.advance(Duration::from_secs(30 * 24 * 60 * 60));
    let caller = renewed(caller);
    assert_eq!(read(&caller, &id).status, 200);
}

/// The same with a token that is good now.
pub(super) fn renewed(caller: Caller) -> Caller {
    let authorization = Some(format!("Bearer {}", caller.service.issue_token(TokenKind::Worker)));
    Caller { authorization, ..caller }
}

#[test]
fn a_device_of_the_data_can_be_activated_too() {
    let waiting = household::mail().member("status", json!("ACTIVATION_REQUIRED"));
    let caller = with(household::policy(), [waiting]);
    assert_eq!(activate(&caller, "mail", "123456").complaint().2, "INVALID_OTP", "no code was sent");
    assert_eq!(act(&caller, "mail", SEND_CODE, "").status, 200);
    assert_eq!(activate(&caller, "mail", &sent_code(&caller, "mail")).body["status"], "ACTIVE");
}
