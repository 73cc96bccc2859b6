use serde_json::{Map, Value, json};

use super::authentication::{DeviceAuthentication, Failure, Step};
use crate::{
    data::{Data, Device},
    request::Request,
};

/// The address of an authentication, on the host that the client has asked.
pub(super) fn href(data: &Data, authentication: &DeviceAuthentication, request: &Request) -> String {
    format!("{}/{}/deviceAuthentications/{}", request.base(), data.environment_id, authentication.id)
}

/// An authentication as every operation shows it.
pub(super) fn reply(data: &Data, authentication: &DeviceAuthentication, href: &str) -> Value {
    let DeviceAuthentication { id, user, selected_device, step, created_at, updated_at, .. } = authentication;
    let devices: Vec<Value> = user.devices().iter().map(Device::to_json).collect();
    let mut members = Map::new();
    let mut set = |name: &str, value: Value| members.insert(name.to_owned(), value);
    set("_links", links(step, href));
    set("_embedded", json!({ "devices": devices, "blockedDevices": [] }));
    set("id", json!(id));
    set("environment", json!({ "id": data.environment_id }));
    set("status", json!(step.status()));
    set("policy", json!({ "id": data.policy_id }));
    if let Some(id) = selected_device {
        set("selectedDevice", json!({ "id": id }));
    }
    set("user", json!({ "id": user.id() }));
    match step {
        Step::Assertion { request_options } => set("publicKeyCredentialRequestOptions", json!(request_options)),
        // Rule (seen): an open set of names for what the user has done; this is one of them.
        Step::Completed => set("authenticators", json!(["mfa"])),
        Step::Failed(failure) => set("error", error(*failure)),
        Step::DeviceSelection | Step::Otp { .. } | Step::PushConfirmation => None,
    };
    set("bypassAllowed", json!(false));
    set("createdAt", json!(format!("{created_at:.3}")));
    set("updatedAt", json!(format!("{updated_at:.3}")));
    set("aggregateFido2Devices", json!(false));
    set("userBypassEnabled", json!(false));
    Value::Object(members)
}

/// Rule (documented): the operations that are possible, and all at one address.
fn links(step: &Step, href: &str) -> Value {
    let operations: &[&str] = match step {
        Step::DeviceSelection => &["device.select"],
        Step::Otp { .. } => &["device.select", "otp.check"],
        // Rule (assumed): the choice of a device. (documented): the check of an assertion, which is still to be built.
        Step::Assertion { .. } => &["device.select", "assertion.check"],
        // Rule (assumed): the name of a link for *cancel* is not known.
        Step::PushConfirmation | Step::Completed | Step::Failed(_) => &[],
    };
    ["self"].iter().chain(operations).map(|name| ((*name).to_owned(), json!({ "href": href }))).collect()
}

fn error(failure: Failure) -> Value {
    match failure {
        // Rule (documented): this one lists the devices that are locked or blocked, of which the emulator has none.
        Failure::NoUsableDevices => {
            json!({ "code": failure.code(), "message": failure.message(), "unavailableDevices": [] })
        }
        Failure::PushDenied | Failure::OtpAttemptsUsedUp => {
            json!({ "code": failure.code(), "message": failure.message() })
        }
    }
}
