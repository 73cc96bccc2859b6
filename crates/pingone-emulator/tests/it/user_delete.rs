//! What is a user's ends with the user.

use http::Method;
use pingone_emulator::{Data, Device, User};
use serde_json::{Value, json};

use crate::{
    household::{self, begin, mail, phone},
    support::{Caller, JSON},
};

/// The user `u` with a phone and a mailbox, and `other` with a mailbox.
fn caller() -> Caller {
    let phone = phone().member("application", json!({ "id": "app" }));
    let user = User::new("u").device(phone).device(mail());
    let other = User::new("other").device(Device::new("other-mail", "EMAIL"));
    let data = Data::with_policy("e", household::policy()).client(household::client());
    let caller = Caller::of(data.user(user).user(other));
    caller.service.freeze();
    caller
}

fn delete(caller: &Caller) {
    let reply = caller.manage(Method::DELETE, "/users/u", JSON, "");
    assert_eq!((reply.status, &reply.body, reply.header("content-type")), (204, &Value::Null, None));
}

fn delete_by_control_path(caller: &Caller) {
    assert_eq!(caller.send_to(Method::DELETE, "/_emulator/users/u", None, b"").status, 200);
}

fn control(caller: &Caller, path: &str) -> Value {
    caller.send_to(Method::GET, &format!("/_emulator/{path}"), None, b"").body
}

/// The same user once more, with one device.
fn come_back(caller: &Caller, device: Value) {
    let user = json!({ "devices": [device] }).to_string();
    assert_eq!(caller.send_to(Method::PUT, "/_emulator/users/u", None, user.as_bytes()).status, 200);
}

#[test]
fn nobody_is_found_any_more() {
    let caller = caller();
    delete(&caller);
    let gone = [
        caller.managed("/users/u"),
        caller.managed("/users/u/devices"),
        caller.manage(Method::DELETE, "/users/u", JSON, ""),
        begin(&caller, json!({})),
    ];
    for reply in gone {
        assert_eq!(reply.complaint(), (404, "NOT_FOUND", "", ""));
    }
    assert_eq!(caller.managed("/users").body["count"], json!(1));
}

#[test]
fn all_that_is_theirs_is_gone() {
    for delete in [delete, delete_by_control_path] {
        let caller = caller();
        let create = |path: &str, body: Value| {
            let reply = caller.manage(Method::POST, path, JSON, body);
            assert_eq!(reply.status, 201, "{}", reply.body);
            reply
        };
        let pending = |user: &str| {
            let body = json!({ "type": "EMAIL", "email": "ada@example.com", "status": "ACTIVATION_REQUIRED" });
            create(&format!("/users/{user}/devices"), body)
        };
        let (key, others_key) =
            (create("/users/u/pairingKeys", json!({})), create("/users/other/pairingKeys", json!({})));
        let (device, others_device) = (pending("u").id(), pending("other").id());
        let push = begin(&caller, json!({})).id();
        let code = begin(&caller, json!({ "selectedDevice": { "id": "mail" } })).id();
        let others = caller.initialize(json!({ "user": { "id": "other" } })).id();
        let scanned = {
            let body = json!({ "application": { "id": "app" }, "userApproval": "REQUIRED" });
            caller.post("/authenticationCodes", JSON, body).id()
        };
        caller.service.claim_authentication_code(&scanned, "u", "phone").unwrap();

        delete(&caller);
        for (list, id, left) in [
            ("pushes", "deviceAuthenticationId", json!([])),
            ("device-authentications", "id", json!([others])),
            ("codes", "deviceId", json!([others_device, "other-mail"])),
            ("authentication-codes", "id", json!([])),
        ] {
            let listed = control(&caller, list);
            let listed = listed.as_object().unwrap().values().next().unwrap().as_array().unwrap();
            assert_eq!(listed.iter().map(|one| one[id].clone()).collect::<Value>(), left, "{list}");
        }
        for id in [&push, &code] {
            assert_eq!(caller.read(id).complaint(), (404, "NOT_FOUND", "", ""));
        }
        assert!(caller.service.approve_push(&push).is_err());
        assert_eq!(caller.get(&format!("/authenticationCodes/{scanned}")).status, 404);
        let text = |reply: &Value| reply["code"].as_str().unwrap().to_owned();
        assert!(caller.service.pair_phone(&text(&key.body)).is_err());
        assert!(caller.service.pair_phone(&text(&others_key.body)).is_ok());

        // Nor does it come back with somebody of the same id.
        come_back(&caller, json!({ "id": device, "type": "EMAIL", "status": "ACTIVATION_REQUIRED" }));
        assert_eq!(caller.managed(&format!("/users/u/pairingKeys/{}", key.id())).status, 404);
        caller.service.advance(std::time::Duration::from_secs(24 * 60 * 60));
        let token = caller.service.issue_token(pingone_emulator::TokenKind::Worker);
        let caller = Caller { authorization: Some(format!("Bearer {token}")), ..caller };
        assert_eq!(caller.managed(&format!("/users/u/devices/{device}")).status, 200, "no pairing of old ends it");
        assert_eq!(caller.managed(&format!("/users/other/devices/{others_device}")).status, 404);
    }
}

#[test]
fn their_authentications_can_fail_instead() {
    let caller = caller();
    caller.service.switch_off("delete-ends-authentications").unwrap();
    let [open, completed] = [(); 2].map(|()| begin(&caller, json!({})).id());
    caller.service.approve_push(&completed).unwrap();
    delete(&caller);
    let reply = caller.read(&open);
    assert_eq!((reply.step(), &reply.body["error"]["code"]), ("FAILED", &json!("ACCOUNT_NOT_USABLE")));
    assert_eq!(caller.read(&completed).step(), "COMPLETED");
    assert!(caller.service.pending_pushes().is_empty());
}

#[test]
fn wrong_codes_are_forgotten() {
    let caller = caller();
    let remaining = |caller: &Caller, device: Value| {
        let id = begin(caller, json!({ "selectedDevice": device })).id();
        let otp = household::other_than(&caller.last_code());
        caller.check(&id, otp).body["details"][0]["innerError"]["attemptsRemaining"].clone()
    };
    let devices = [json!({ "id": "mail" }), json!({ "oneTime": { "type": "EMAIL", "email": "ada@example.com" } })];
    for device in &devices {
        assert_eq!(remaining(&caller, device.clone()), json!(2));
    }
    delete(&caller);
    come_back(&caller, json!({ "id": "mail", "type": "EMAIL" }));
    for device in &devices {
        assert_eq!(remaining(&caller, device.clone()), json!(2));
    }
}

#[test]
fn a_device_that_is_taken_away_leaves_nothing_behind() {
    let caller = caller();
    let body = json!({ "type": "EMAIL", "email": "ada@example.com", "status": "ACTIVATION_REQUIRED" });
    let id = caller.manage(Method::POST, "/users/u/devices", JSON, body).id();
    let path = format!("/_emulator/users/u/devices/{id}");
    assert_eq!(caller.send_to(Method::DELETE, &path, None, b"").status, 200);
    let device = json!({ "type": "EMAIL", "status": "ACTIVATION_REQUIRED" }).to_string();
    assert_eq!(caller.send_to(Method::PUT, &path, None, device.as_bytes()).status, 200);
    let code = caller.service.last_pairing_code_for(&id).unwrap().code().to_owned();
    let media_type = "application/vnd.pingidentity.device.activate+json";
    let one = format!("/users/u/devices/{id}");
    let activated = caller.manage(Method::POST, &one, media_type, json!({ "otp": code }));
    assert_eq!(activated.complaint().2, "INVALID_OTP", "the code was for the device before");
}
