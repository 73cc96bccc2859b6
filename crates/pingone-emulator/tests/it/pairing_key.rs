//! Pairing keys, and the phones that claim them.

use std::time::Duration;

use http::Method;
use pingone_emulator::{Data, MfaSettings, Policy};
use serde_json::{Value, json};

use crate::{
    household::{self, begin},
    support::{Caller, JSON, Reply},
};

const ALL: &str = "/users/u/pairingKeys";

fn caller_of(data: Data) -> Caller {
    let caller = Caller::of(data);
    caller.service.freeze();
    caller
}

/// The policy names two applications.
fn caller() -> Caller {
    let policy = r#"{ "id": "p", "mobile": { "applications": [{ "id": "app" }, { "id": "other" }] } }"#;
    caller_of(household::data(Policy::from_json(policy).unwrap(), []))
}

fn create(caller: &Caller, body: Value) -> Reply {
    caller.manage(Method::POST, ALL, JSON, body)
}

fn read(caller: &Caller, key: &Reply) -> Reply {
    caller.managed(&format!("{ALL}/{}", key.id()))
}

fn code(key: &Reply) -> &str {
    key.body["code"].as_str().unwrap()
}

/// By the control path.
fn claim(caller: &Caller, body: Value) -> Reply {
    caller.send_to(Method::POST, "/_emulator/phones", None, body.to_string().as_bytes())
}

#[test]
fn answers_201_with_a_code() {
    let caller = caller();
    let key = create(&caller, json!({ "applications": [{ "id": "app" }], "policy": { "id": "p" } }));
    let own = format!("http://127.0.0.1:8420/v1/environments/e{ALL}/{}", key.id());
    assert_eq!((key.status, key.header("location")), (201, Some(own.as_str())));
    assert_eq!((&key.body["status"], &key.body["policy"]["id"]), (&json!("UNCLAIMED"), &json!("p")));
    assert_eq!(
        (&key.body["applications"], key.links()),
        (&json!([{ "id": "app" }]), vec!["environment", "self", "user"])
    );
    assert_eq!(read(&caller, &key).body, key.body);
    let plain = create(&caller, json!({}));
    assert_eq!(plain.body["applications"], json!([{ "id": "app" }, { "id": "other" }]));
    assert_eq!(plain.body.get("policy"), None);
    assert_ne!(code(&plain), code(&key));
    let unknown = create(&caller, json!({ "policy": { "id": "none" } }));
    assert_eq!(unknown.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "policy.id"));
    let wrong = create(&caller, json!({ "applications": ["app"] }));
    assert_eq!(wrong.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "applications"));
}

#[test]
fn is_for_applications_that_there_are() {
    let caller = caller();
    let create = |id: &str| create(&caller, json!({ "applications": [{ "id": "app" }, { "id": id }] }));
    assert_eq!(create("unheard-of").complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "applications"));
    assert_eq!(create("other").status, 201, "the policy names it");
    let put = |path: &str, body: Value| {
        let path = format!("/_emulator/{path}");
        assert_eq!(caller.send_to(Method::PUT, &path, None, body.to_string().as_bytes()).status, 200);
    };
    put("policies/another", json!({ "mobile": { "applications": [{ "id": "third" }] } }));
    assert_eq!(create("third").status, 201, "another policy names it");
    put("users/somebody", json!({ "devices": [{ "id": "d", "type": "MOBILE", "application": { "id": "fourth" } }] }));
    assert_eq!(create("fourth").status, 201, "a phone has it");
    caller.service.switch_off("unknown-application-is-400").unwrap();
    assert_eq!(create("unheard-of").status, 201);
}

#[test]
fn the_settings_say_how_long_a_code_is() {
    let digits = code(&create(&caller(), json!({}))).to_owned();
    assert!(digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit()), "{digits}");
    let settings = MfaSettings::from_json(r#"{ "pairing": { "pairingKeyFormat": "ALPHANUMERIC" } }"#).unwrap();
    let caller = caller_of(household::data(household::policy(), []).mfa_settings(settings));
    let mixed = code(&create(&caller, json!({}))).to_owned();
    assert!(mixed.len() == 16 && mixed.bytes().any(|byte| byte.is_ascii_uppercase()), "{mixed}");
    assert!(mixed.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()), "{mixed}");
    let wrong = MfaSettings::from_json(r#"{ "pairing": { "pairingKeyFormat": "ROMAN" } }"#).unwrap_err().to_string();
    assert_eq!(wrong, "pairing.pairingKeyFormat: must be NUMERIC or ALPHANUMERIC");
}

#[test]
fn is_valid_for_the_shortest_time() {
    let policy = r#"{ "id": "p", "mobile": { "applications": [
        { "id": "long", "pairingKeyLifetime": { "duration": 2, "timeUnit": "HOURS" } },
        { "id": "short", "pairingKeyLifetime": { "duration": 5, "timeUnit": "MINUTES" } }
    ] } }"#;
    let phone = household::phone().member("application", json!({ "id": "of-a-phone" }));
    let caller = caller_of(household::data(Policy::from_json(policy).unwrap(), [phone]));
    for (applications, minutes) in [
        (json!([{ "id": "of-a-phone" }]), 10),
        (json!([{ "id": "long" }, { "id": "short" }]), 5),
        (json!([{ "id": "long" }]), 120),
        (json!([]), 5),
    ] {
        let key = create(&caller, json!({ "applications": applications }));
        let time = |name: &str| key.body[name].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
        assert_eq!(time("expiresAt").duration_since(time("createdAt")).as_mins(), minutes, "{applications}");
    }
    let key = create(&caller, json!({ "applications": [{ "id": "short" }] }));
    caller.service.advance(Duration::from_secs(299));
    assert_eq!(read(&caller, &key).status, 200);
    caller.service.advance(Duration::from_secs(1));
    assert_eq!(read(&caller, &key).status, 404);
    assert_eq!(claim(&caller, json!({ "pairingKey": code(&key) })).status, 404);
    caller.service.switch_off("expired-pairing-key-is-404").unwrap();
    assert_eq!(read(&caller, &key).body["status"], "UNCLAIMED");
}

#[test]
fn there_are_twenty_at_most() {
    let caller = caller();
    let keys: Vec<Reply> = (0..20).map(|_| create(&caller, json!({}))).collect();
    let one_more = || create(&caller, json!({}));
    assert_eq!(one_more().complaint(), (400, "REQUEST_FAILED", "LIMIT_EXCEEDED", ""));
    caller.service.pair_phone(code(&keys[0])).unwrap();
    assert_eq!(one_more().status, 201, "one that was claimed is none");
    caller.manage(Method::DELETE, &format!("{ALL}/{}", keys[1].id()), JSON, "");
    assert_eq!((one_more().status, one_more().status), (201, 400));
    caller.service.advance(Duration::from_secs(600));
    assert_eq!(one_more().status, 201);
}

#[test]
fn what_is_not_there_is_not_found() {
    let caller = caller();
    let key = create(&caller, json!({}));
    for path in [format!("{ALL}/none"), format!("/users/nobody/pairingKeys/{}", key.id())] {
        for method in [Method::GET, Method::DELETE] {
            assert_eq!(caller.manage(method, &path, JSON, "").status, 404, "{path}");
        }
    }
    assert_eq!(caller.manage(Method::POST, "/users/nobody/pairingKeys", JSON, "{}").status, 404);
    assert_eq!(caller.manage(Method::GET, ALL, JSON, "").status, 405, "there is no list");
    assert_eq!(caller.manage(Method::POST, "/users/u/pairingkeys", JSON, "{}").status, 403, "as the prose has it");
}

#[test]
fn a_phone_that_claims_it_gets_pushes() {
    let caller = caller();
    let key = create(&caller, json!({ "applications": [{ "id": "app" }, { "id": "other" }] }));
    let typed = format!(" {}-{} ", &code(&key)[..4], &code(&key)[4..]);
    assert_eq!(claim(&caller, json!({ "pairingKey": typed, "applicationId": "stranger" })).status, 404);
    let claimed = claim(&caller, json!({ "pairingKey": typed, "applicationId": "other" }));
    assert_eq!((claimed.status, &claimed.body["userId"]), (200, &json!("u")), "{}", claimed.body);
    caller.service.advance(Duration::from_secs(3000));
    let after = read(&caller, &key).body;
    assert_eq!((&after["status"], after["updatedAt"] == after["createdAt"]), (&json!("CLAIMED"), true));

    let id = claimed.body["deviceId"].as_str().unwrap().to_owned();
    let device = caller.managed(&format!("/users/u/devices/{id}")).body;
    assert_eq!((&device["type"], &device["application"]["id"]), (&json!("MOBILE"), &json!("other")));
    assert!(!device.to_string().contains("secret"), "{device}");
    let begun = begin(&caller, json!({}));
    assert_eq!((begun.step(), &begun.body["selectedDevice"]["id"]), ("PUSH_CONFIRMATION_REQUIRED", &json!(id)));
    caller.service.approve_push(&begun.id()).unwrap();
    assert_eq!(caller.read(&begun.id()).step(), "COMPLETED");
    assert!(caller.service.generated_code("u", &id).is_some(), "its app makes codes too");
    let again = caller.service.pair_phone(code(&key)).unwrap_err().to_string();
    assert_eq!(again, "no phone was paired: there is no pairing key with this code that can be claimed");
}

#[test]
fn fails_where_no_phone_can_be_paired() {
    let policy = Policy::from_json(r#"{ "id": "p", "mobile": { "enabled": false } }"#).unwrap();
    let full = MfaSettings::from_json(r#"{ "pairing": { "maxAllowedDevices": 1 } }"#).unwrap();
    for (data, expected) in [
        (household::data(policy, []), "PAIRING_DISABLED"),
        (household::data(household::policy(), [household::mail()]).mfa_settings(full), "LIMIT_EXCEEDED"),
    ] {
        let caller = caller_of(data);
        let key = create(&caller, json!({}));
        let problem = caller.service.pair_phone(code(&key)).unwrap_err().to_string();
        let failed = read(&caller, &key).body;
        assert_eq!((&failed["status"], &failed["error"]["code"]), (&json!("FAILED"), &json!(expected)));
        assert_eq!(problem, format!("no phone was paired: {}", failed["error"]["message"].as_str().unwrap()));
        assert!(caller.service.pair_phone(code(&key)).is_err(), "it cannot be claimed again");
    }
}

#[test]
fn what_is_deleted_cannot_be_claimed() {
    let caller = caller();
    let key = create(&caller, json!({}));
    let gone = caller.manage(Method::DELETE, &format!("{ALL}/{}", key.id()), JSON, "");
    assert_eq!((gone.status, gone.body), (204, Value::Null));
    assert_eq!((read(&caller, &key).status, caller.service.pair_phone(code(&key)).is_err()), (404, true));
}

#[test]
fn says_what_is_wrong_with_a_claim() {
    let caller = caller();
    for (body, told) in [
        (json!({}), "pairingKey: is missing; add it"),
        (json!({ "pairingKey": 5 }), "pairingKey: must be a string that is not empty"),
        (json!({ "pairingKey": "x" }), "there is no pairing key with this code that can be claimed"),
        (json!({ "key": "x" }), "key: is unknown; use one of pairingKey, applicationId"),
    ] {
        assert_eq!(claim(&caller, body).body["error"], told);
    }
}
