//! `POST /{envID}/deviceAuthentications`

use std::time::Duration;

use pingone_emulator::{Client, Data, Device, Policy, TokenEndpointAuthMethod, User};
use serde_json::{Value, json};

use crate::support::{Caller, EMAIL, PASSKEY, PHONE};

/// A user with one device of each type, whose id is its type; and a user without any.
fn every_type() -> Caller {
    let user = ["SMS", "VOICE", "EMAIL", "WHATSAPP", "MOBILE", "FIDO2", "PLATFORM", "SECURITY_KEY", "TOTP", "NEW"]
        .into_iter()
        .fold(User::new("u"), |user, device_type| user.device(Device::new(device_type, device_type)));
    Caller::of(
        Data::with_policy("e", Policy::new("p").relying_party_id("example.com"))
            .client(Client::new("c", "s", TokenEndpointAuthMethod::ClientSecretBasic))
            .user(user)
            .user(User::new("nobody's-phone")),
    )
}

#[test]
fn answers_201_with_the_address_of_the_authentication() {
    let caller = Caller::new();
    let user_id = caller.service.user_id();
    let reply = caller.initialize(json!({ "user": { "id": user_id } }));
    assert_eq!((reply.status, reply.step()), (201, "PUSH_CONFIRMATION_REQUIRED"));
    assert_eq!(reply.body["selectedDevice"], json!({ "id": PHONE }), "the first device is the default");
    assert_eq!(reply.body["user"], json!({ "id": user_id }));
    assert_eq!(reply.body["createdAt"], reply.body["updatedAt"]);

    let location = reply.header("location").unwrap();
    assert_eq!(reply.body["_links"], json!({ "self": { "href": location } }));
    let environment_id = caller.service.environment_id();
    assert_eq!(location, format!("http://127.0.0.1:8420/{environment_id}/deviceAuthentications/{}", reply.id()));
    assert_eq!(caller.read(&reply.id()).body, reply.body);
}

#[test]
fn each_device_type_has_its_step() {
    let caller = every_type();
    for (device, status, links) in [
        ("MOBILE", "PUSH_CONFIRMATION_REQUIRED", vec!["self"]),
        ("SMS", "OTP_REQUIRED", vec!["device.select", "otp.check", "self"]),
        ("VOICE", "OTP_REQUIRED", vec!["device.select", "otp.check", "self"]),
        ("EMAIL", "OTP_REQUIRED", vec!["device.select", "otp.check", "self"]),
        ("WHATSAPP", "OTP_REQUIRED", vec!["device.select", "otp.check", "self"]),
        ("FIDO2", "ASSERTION_REQUIRED", vec!["assertion.check", "device.select", "self"]),
        ("PLATFORM", "ASSERTION_REQUIRED", vec!["assertion.check", "device.select", "self"]),
        ("SECURITY_KEY", "ASSERTION_REQUIRED", vec!["assertion.check", "device.select", "self"]),
    ] {
        let reply = caller.read(&caller.start(device));
        assert_eq!((reply.step(), reply.links()), (status, links), "{device}");
        assert_eq!(reply.body["selectedDevice"], json!({ "id": device }));
    }
    let codes = caller.service.codes();
    let devices: Vec<_> = codes.iter().map(|sent| (sent.device_id(), sent.device_type())).collect();
    assert_eq!(devices, ["SMS", "VOICE", "EMAIL", "WHATSAPP"].map(|device| (device, device)));
}

#[test]
fn what_the_emulator_cannot_do_it_refuses() {
    let caller = every_type();
    for (member, value, target) in [
        ("selectedDevice", json!({ "id": "TOTP" }), "selectedDevice.id"),
        ("selectedDevice", json!({ "id": "NEW" }), "selectedDevice.id"),
        ("selectedDevice", json!({ "oneTime": { "type": "TOTP" } }), "selectedDevice.oneTime.type"),
        ("mobilePayload", json!("text of a phone"), "mobilePayload"),
    ] {
        let application = json!({ "id": "a" });
        let reply = caller.initialize(json!({ "user": { "id": "u" }, member: value, "application": application }));
        assert_eq!(reply.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", target));
    }
}

#[test]
fn a_user_without_devices_is_refused() {
    let caller = every_type();
    let body = json!({ "user": { "id": "nobody's-phone" } });
    let refused = caller.initialize(body.clone());
    assert_eq!(refused.complaint(), (400, "REQUEST_FAILED", "NO_USABLE_DEVICES", "user.id"));
    let text = "Couldn't find authenticating device for user: nobody's-phone";
    assert_eq!(refused.body["details"][0]["message"], text);

    caller.service.switch_off("no-usable-device-is-400").unwrap();
    let reply = caller.initialize(body);
    assert_eq!(reply.body["error"]["message"], text);
    assert_eq!((reply.status, reply.step(), reply.links()), (201, "FAILED", vec!["self"]));
    assert_eq!(reply.body["error"]["code"], "NO_USABLE_DEVICES");
    assert_eq!(reply.body["_embedded"]["devices"], json!([]));
    assert_eq!(reply.body.get("selectedDevice"), None);
}

#[test]
fn names_what_is_wrong_with_the_body() {
    let caller = Caller::new();
    let user = json!({ "id": caller.service.user_id() });
    for (body, complaint) in [
        (
            json!({ "rp": { "id": "pingone.com" }, "selectedDevice": { "id": PHONE } }),
            (400, "INVALID_DATA", "REQUIRED_VALUE", "user.id"),
        ),
        (
            json!({ "rp": { "id": "pingone.com" }, "mobilePayload": "text" }),
            (400, "INVALID_DATA", "REQUIRED_VALUE", "user.id"),
        ),
        (json!({ "user": "u" }), (400, "INVALID_DATA", "INVALID_VALUE", "user")),
        (json!({ "user": { "id": 1 } }), (400, "INVALID_DATA", "INVALID_VALUE", "user.id")),
        (json!({ "user": { "id": "of-nobody" } }), (404, "NOT_FOUND", "", "")),
        (json!({ "user": user, "policy": { "id": "p" } }), (400, "INVALID_DATA", "INVALID_VALUE", "policy.id")),
        (json!({ "user": user, "policy": [] }), (400, "INVALID_DATA", "INVALID_VALUE", "policy")),
        (
            json!({ "user": user, "selectedDevice": { "id": "d" } }),
            (400, "INVALID_DATA", "INVALID_VALUE", "selectedDevice.id"),
        ),
    ] {
        assert_eq!(caller.initialize(body).complaint(), complaint);
    }
}

#[test]
fn knows_its_policy_and_tolerates_unknown_members() {
    let caller = Caller::new();
    let reply = caller.initialize(json!({
        "user": { "id": caller.service.user_id() },
        "policy": { "id": "6ad97c12-cfa6-0f90-1332-0274be07e414" },
        "selectedDevice": { "id": EMAIL },
        "notification": { "template": { "name": "transaction" } },
        "unheardOf": true,
    }));
    assert_eq!(reply.step(), "OTP_REQUIRED");
}

#[test]
fn a_passkey_gets_options_as_text_with_signed_bytes() {
    let caller = Caller::new();
    let [first, second] = [(); 2].map(|()| {
        let reply = caller.read(&caller.start(PASSKEY));
        let options = reply.body["publicKeyCredentialRequestOptions"].as_str().unwrap();
        serde_json::from_str::<Value>(options).unwrap()
    });
    assert_ne!(first["challenge"], second["challenge"]);
    assert_eq!(first["challenge"].as_array().unwrap().len(), 32);
    assert_eq!((&first["rpId"], &first["timeout"]), (&json!("pingone.com"), &json!(120_000)));
    let credential = &first["allowCredentials"][0];
    assert_eq!(credential["type"], "public-key");
    // The credential's id is `AejegVUIW1c…`.
    assert_eq!(
        credential["id"].as_array().unwrap()[..6],
        [json!(1), json!(-24), json!(-34), json!(-127), json!(85), json!(8)]
    );
    for bytes in [&first["challenge"], &credential["id"]] {
        assert!(bytes.as_array().unwrap().iter().all(|byte| (-128..=127).contains(&byte.as_i64().unwrap())));
    }
}

#[test]
fn times_are_those_of_the_service() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    let time = |reply: &Value, name: &str| reply[name].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    caller.service.advance(Duration::from_secs(30));
    let reply = caller.cancel(&id).body;
    let passed = time(&reply, "updatedAt").duration_since(time(&reply, "createdAt"));
    assert!((30..40).contains(&passed.as_secs()), "{passed:?}");
}
