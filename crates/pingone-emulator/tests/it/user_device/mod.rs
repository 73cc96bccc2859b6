//! The devices of the user `u`, by way of the management host.

mod activate;
mod create;
mod desktop;
mod list;
mod manage;
mod oath_token;
mod order;
mod passkey;
mod remembered;
mod totp;

use http::Method;
use pingone_emulator::{Data, Device, MfaSettings, OathToken, Policy, User};
use serde_json::{Value, json};

use crate::{
    household,
    support::{Caller, JSON, Reply},
};

const ALL: &str = "/users/u/devices";

const REORDER: &str = "application/vnd.pingidentity.devices.reorder+json";
const REMOVE_ORDER: &str = "application/vnd.pingidentity.devices.order.remove+json";
const ACTIVATE: &str = "application/vnd.pingidentity.device.activate+json";
const SEND_CODE: &str = "application/vnd.pingidentity.device.sendActivationCode+json";
const BLOCK: &str = "application/vnd.pingidentity.device.block+json";
const UNBLOCK: &str = "application/vnd.pingidentity.device.unblock+json";
const UNLOCK: &str = "application/vnd.pingidentity.device.unlock+json";

/// The environment `e` with the user `u`, who can have 15 devices and has these.
fn with(policy: Policy, devices: impl IntoIterator<Item = Device>) -> Caller {
    let user = devices.into_iter().fold(User::new("u"), User::device);
    let token = r#"{
        "serialNumber": "1000", "type": "TOTP", "secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "otpLength": 8,
        "hashAlgorithm": "HmacSHA256", "totp": { "timeStep": 60 }
    }"#;
    let counter = r#"{
        "serialNumber": "2000", "type": "HOTP", "secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        "hotp": { "counter": 7 }
    }"#;
    let settings = MfaSettings::from_json(r#"{ "pairing": { "maxAllowedDevices": 15 } }"#).unwrap();
    let data = Data::with_policy("e", policy).client(household::client()).user(user).mfa_settings(settings);
    let caller = Caller::of(
        [token, counter].into_iter().fold(data, |data, token| data.oath_token(OathToken::from_json(token).unwrap())),
    );
    caller.service.freeze();
    caller
}

fn caller() -> Caller {
    with(household::policy(), [])
}

fn create(caller: &Caller, body: Value) -> Reply {
    caller.manage(Method::POST, ALL, JSON, body)
}

/// A device that was created; its id.
fn created(caller: &Caller, body: Value) -> String {
    let reply = create(caller, body);
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.id()
}

fn mail(status: &str) -> Value {
    json!({ "type": "EMAIL", "email": "ada@example.com", "status": status })
}

fn read(caller: &Caller, device_id: &str) -> Reply {
    caller.manage(Method::GET, &format!("{ALL}/{device_id}"), JSON, "")
}

fn list(caller: &Caller, query: &str) -> Value {
    let reply = caller.manage(Method::GET, &format!("{ALL}{query}"), JSON, "");
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.body
}

fn ids(list: &Value) -> Vec<&str> {
    let devices = list["_embedded"]["devices"].as_array().unwrap();
    devices.iter().map(|device| device["id"].as_str().unwrap()).collect()
}

/// What is done with a device, by a media type.
fn act(caller: &Caller, device_id: &str, media_type: &str, body: impl ToString) -> Reply {
    caller.manage(Method::POST, &format!("{ALL}/{device_id}"), media_type, body)
}

fn activate(caller: &Caller, device_id: &str, otp: &str) -> Reply {
    act(caller, device_id, ACTIVATE, json!({ "otp": otp }))
}

fn sent_code(caller: &Caller, device_id: &str) -> String {
    caller.service.last_pairing_code_for(device_id).unwrap().code().to_owned()
}

/// Begins a log-in with a device.
fn log_in(caller: &Caller, device_id: &str) -> Reply {
    household::begin(caller, json!({ "selectedDevice": { "id": device_id } }))
}
