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
///
/// Rule: MEMBERS_IN_PUBLISHED_ORDER.
pub(super) fn reply(authentication: &DeviceAuthentication, stores: &Stores, context: &Context<'_>) -> Value {
    let DeviceAuthentication { id, user, policy, selected, step, created_at, updated_at, .. } = authentication;
    let mut members = Map::new();
    let mut set = |name: &str, value: Value| members.insert(name.to_owned(), value);
    set("_links", links(step, &href(authentication, context)));
    set("_embedded", embedded(authentication, stores, context));
    set("id", json!(id));
    set("environment", json!({ "id": context.environment.id }));
    set("status", json!(step.status()));
    if let Step::Failed(failure) = step {
        set("error", error(failure));
    }
    set("policy", json!({ "id": policy.id() }));
    match selected {
        Some(Selected::Paired(id)) => set("selectedDevice", json!({ "id": id })),
        Some(Selected::OneTime(device)) => set("selectedDevice", json!({ "oneTime": device.as_one_time() })),
        Some(Selected::Browser { browser, payload, session }) => {
            set("payload", json!({ "type": "BROWSER", "value": payload }));
            session.as_ref().map(|id| set("deviceSession", json!({ "id": id })));
            browser.as_ref().and_then(|browser| set("selectedDevice", json!({ "id": browser.id() })))
        }
        None => None,
    };
    if let Some(user) = user {
        set("user", json!({ "id": user.id() }));
    }
    match step {
        Step::Assertion(Challenge::Passkey { options, .. }) => set("publicKeyCredentialRequestOptions", json!(options)),
        Step::Otp(Otp::Sent { code, is_test: true, .. }) => set("test", json!({ "otp": shown_code(code, context) })),
        Step::PushConfirmation(push) => {
            let number = |number| number_matching(number, context);
            push.number.and_then(|given| set("numberMatching", json!({ "number": number(given) })))
        }
        Step::Completed { authenticators } => set("authenticators", json!(authenticators)),
        _ => None,
    };
    if let Some(options) = authentication.desktop_options() {
        set("pingIdDesktopCredentialRequestOptions", json!(options));
    }
    // Rule: BYPASS_FLAGS.
    if user.is_some() {
        set("bypassAllowed", json!(authentication.allows_bypass(context.now())));
    }
    set("createdAt", json!(iso(*created_at)));
    set("updatedAt", json!(iso(*updated_at)));
    if !authentication.is_answered_by_desktop() {
        set("aggregateFido2Devices", json!(policy.aggregates_devices()));
    }
    if let Some(user) = user {
        set("userBypassEnabled", json!(user.account.bypass(context.now()).is_some()));
    }
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
    // Rule: ONE_TIME_IS_MASKED.
    if let Some(Selected::OneTime(device)) = &authentication.selected {
        return json!({ "devices": [device.as_one_time()] });
    }
    // Rule: BLOCKED_DEVICES_STAND_APART.
    let apart = context.holds(&rules::BLOCKED_DEVICES_STAND_APART);
    let is_apart = |device: &Device| apart && device.is_known("blocked");
    let devices = authentication.user.as_ref().map_or(&[][..], |user| user.devices());
    let (blocked, open): (Vec<&Device>, Vec<&Device>) = devices.iter().partition(|device| is_apart(device));
    let show = |devices: Vec<&Device>| -> Value {
        devices.into_iter().map(|device| device_of(device, authentication.user_id(), stores, context)).collect()
    };
    let mut embedded = json!({ "devices": show(open), "blockedDevices": show(blocked) });
    // Rule: BROWSER_IS_ACCESSING. Rule: REMEMBERED_SHOWS_DEVICES.
    if let Some(Selected::Browser { browser, .. }) = &authentication.selected {
        embedded["accessingDevices"] = browser.iter().map(Device::to_json).collect();
    }
    embedded
}

/// A device of a user, with what the service has come to know of it.
///
/// Rule: LOCKED_DEVICE_SHOWS_COOL_DOWN.
fn device_of(device: &Device, user_id: &str, stores: &Stores, context: &Context<'_>) -> Value {
    let mut shown = device.as_paired();
    let Some(state) = stores.users.state(user_id, device.id()) else { return shown };
    if let Some(until) = state.locked_until(context.now()) {
        shown["usableStatus"] = json!({ "status": "DISABLED", "reason": "LOCKED" });
        shown["coolDownExpiresAt"] = json!(until.as_millisecond());
    }
    if !state.push_fails.is_empty() {
        let mut fails = shown["pushFails"].as_array().cloned().unwrap_or_default();
        fails.extend(state.push_fails.iter().map(|fail| json!(fail.at.as_millisecond())));
        shown["pushFails"] = Value::Array(fails);
    }
    shown
}

/// The code of a device that is there for tests.
///
/// Rule: TEST_CODE_IS_TEXT.
pub(crate) fn shown_code(code: &str, context: &Context<'_>) -> Value {
    match code.parse::<u64>() {
        Ok(number) if !context.holds(&rules::TEST_CODE_IS_TEXT) => json!(number),
        _ => json!(code),
    }
}

fn number_matching(number: u32, context: &Context<'_>) -> Value {
    if context.holds(&rules::MATCHING_NUMBER_IS_NUMBER) { json!(number) } else { json!(number.to_string()) }
}

fn error(failure: &Failure) -> Value {
    let mut error = json!({ "code": failure.code(), "message": failure.message() });
    if let Failure::NoUsableDevices { unavailable, .. } = failure {
        error["unavailableDevices"] = references(unavailable);
    }
    error
}

pub(super) fn references(ids: &[String]) -> Value {
    ids.iter().map(|id| json!({ "id": id })).collect()
}
