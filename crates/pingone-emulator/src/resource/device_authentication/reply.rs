use serde_json::{Map, Value, json};

use super::{
    authentication::{Challenge, DeviceAuthentication, Failure, Otp, Selected, Step},
    rules,
};
use crate::{
    clock::iso,
    resource::{Context, Stores, user::Device},
};

/// The address of an authentication, on the host that the client has asked.
pub(super) fn href(authentication: &DeviceAuthentication, context: &Context<'_>) -> String {
    context.auth_url(&format!("/deviceAuthentications/{}", authentication.id))
}

/// An authentication as every operation shows it.
pub(super) fn reply(authentication: &DeviceAuthentication, stores: &Stores, context: &Context<'_>) -> Value {
    let DeviceAuthentication { id, user, policy, selected, step, created_at, updated_at, .. } = authentication;
    let mut members = Map::new();
    let mut set = |name: &str, value: Value| members.insert(name.to_owned(), value);
    set("_links", links(step, &href(authentication, context)));
    set("_embedded", embedded(authentication, stores, context));
    set("id", json!(id));
    set("environment", json!({ "id": context.environment.id }));
    set("status", json!(step.status()));
    set("policy", json!({ "id": policy.id() }));
    match selected {
        Some(Selected::Paired(id)) => set("selectedDevice", json!({ "id": id })),
        Some(Selected::OneTime(device)) => set("selectedDevice", json!({ "oneTime": without_id(device) })),
        Some(Selected::Browser { browser, payload, session }) => {
            set("payload", json!({ "type": "BROWSER", "value": payload }));
            session.as_ref().map(|id| set("deviceSession", json!({ "id": id })));
            browser.as_ref().and_then(|browser| set("selectedDevice", json!({ "id": browser.id() })))
        }
        None => None,
    };
    if let Some(user) = user {
        set("user", json!({ "id": user.id() }));
        // Rule: BYPASS_FLAGS.
        set("bypassAllowed", json!(user.bypass_allowed));
        set("userBypassEnabled", json!(user.bypass_enabled));
    }
    match step {
        Step::Assertion(Challenge::Passkey { options, .. }) => set("publicKeyCredentialRequestOptions", json!(options)),
        Step::Assertion(Challenge::Desktop { options, .. }) => {
            set("pingIdDesktopCredentialRequestOptions", json!(options))
        }
        Step::Otp(Otp::Sent { code, is_test: true, .. }) => set("test", json!({ "otp": otp(code, context) })),
        Step::PushConfirmation(push) => {
            let number = |number| number_matching(number, context);
            push.number.and_then(|given| set("numberMatching", json!({ "number": number(given) })))
        }
        Step::Completed { authenticators } => set("authenticators", json!(authenticators)),
        Step::Failed(failure) => set("error", error(failure)),
        Step::DeviceSelection | Step::Otp(_) | Step::PushTimedOut => None,
    };
    set("createdAt", json!(iso(*created_at)));
    set("updatedAt", json!(iso(*updated_at)));
    set("aggregateFido2Devices", json!(policy.aggregates_devices()));
    Value::Object(members)
}

/// Rule: LINKS_LEAD_TO_ITSELF.
fn links(step: &Step, href: &str) -> Value {
    let operations: &[&str] = match step {
        Step::DeviceSelection | Step::PushTimedOut => &["device.select"],
        Step::Otp(_) => &["device.select", "otp.check"],
        Step::Assertion(_) => &["device.select", "assertion.check"],
        Step::PushConfirmation(_) | Step::Completed { .. } | Step::Failed(_) => &[],
    };
    ["self"].iter().chain(operations).map(|name| ((*name).to_owned(), json!({ "href": href }))).collect()
}

fn embedded(authentication: &DeviceAuthentication, stores: &Stores, context: &Context<'_>) -> Value {
    match (&authentication.selected, &authentication.user) {
        // Rule: ONE_TIME_IS_MASKED.
        (Some(Selected::OneTime(device)), _) => json!({ "devices": [without_id(device)] }),
        // Rule: BROWSER_IS_ACCESSING.
        (Some(Selected::Browser { browser, .. }), _) => {
            let browsers: Vec<Value> = browser.iter().map(Device::to_json).collect();
            json!({ "devices": [], "blockedDevices": [], "accessingDevices": browsers })
        }
        (_, Some(user)) => {
            // Rule: BLOCKED_DEVICES_STAND_APART.
            let apart = context.holds(&rules::BLOCKED_DEVICES_STAND_APART);
            let is_apart = |device: &&Device| apart && device.is_known("blocked");
            let show = |device: &Device| device_of(device, user.id(), stores, context);
            let blocked: Value = user.devices().iter().filter(is_apart).map(show).collect();
            let open: Value = user.devices().iter().filter(|device| !is_apart(device)).map(show).collect();
            json!({ "devices": open, "blockedDevices": blocked })
        }
        (_, None) => json!({ "devices": [], "blockedDevices": [] }),
    }
}

/// A device of a user, with what the service has come to know of it.
///
/// Rule: LOCKED_DEVICE_SHOWS_COOL_DOWN.
fn device_of(device: &Device, user_id: &str, stores: &Stores, context: &Context<'_>) -> Value {
    let mut shown = device.to_json();
    let Some(state) = stores.users.state(user_id, device.id()) else { return shown };
    if let Some(until) = state.locked_until(context.now()) {
        shown["usableStatus"] = json!({ "status": "DISABLED", "reason": "LOCKED" });
        shown["coolDownExpiresAt"] = json!(until.as_millisecond());
    }
    if !state.push_fails.is_empty() {
        let mut fails = shown["pushFails"].as_array().cloned().unwrap_or_default();
        fails.extend(state.push_fails.iter().map(|fail| json!(fail.as_millisecond())));
        shown["pushFails"] = Value::Array(fails);
    }
    shown
}

fn without_id(device: &Device) -> Value {
    let mut shown = device.to_json();
    if let Some(members) = shown.as_object_mut() {
        members.remove("id");
    }
    shown
}

fn otp(code: &str, context: &Context<'_>) -> Value {
    match code.parse::<u64>() {
        Ok(number) if !context.holds(&rules::TEST_CODE_IS_TEXT) => json!(number),
        _ => json!(code),
    }
}

fn number_matching(number: u32, context: &Context<'_>) -> Value {
    if context.holds(&rules::MATCHING_NUMBER_IS_NUMBER) { json!(number) } else { json!(number.to_string()) }
}

pub(super) fn error(failure: &Failure) -> Value {
    let mut error = json!({ "code": failure.code(), "message": failure.message() });
    if let Failure::NoUsableDevices { unavailable } = failure {
        error["unavailableDevices"] = unavailable.iter().map(|id| json!({ "id": id })).collect();
    }
    error
}
