use serde_json::{Map, Value, json};

use super::rules;
use crate::{
    clock::iso,
    resource::{Context, Stores, user::Device},
};

/// The address of a device.
pub(super) fn href(user_id: &str, device_id: &str, context: &Context<'_>) -> String {
    context.api_url(&format!("/users/{user_id}/devices/{device_id}"))
}

/// A device as management shows it.
///
/// Rule: MANAGEMENT_SHOWS_ADDRESSES. Rule: DEVICE_SHOWS_LOCK_AND_BLOCK.
pub(super) fn reply(device: &Device, user_id: &str, stores: &Stores, context: &Context<'_>) -> Value {
    let state = stores.users.state(user_id, device.id());
    let lock = match state.and_then(|state| Some((state, state.locked_until(context.now())?))) {
        None => json!({ "status": "UNLOCKED" }),
        Some((state, until)) if context.holds(&rules::LOCK_HAS_A_REASON) => {
            json!({ "status": "LOCKED", "reason": state.lock_reason(), "expiresAt": iso(until) })
        }
        Some((_, until)) => json!({ "status": "LOCKED", "expiresAt": iso(until) }),
    };
    let block = match (device.is_known("blocked"), device.known("blockedAt")) {
        (false, _) => json!({ "status": "UNBLOCKED" }),
        (true, None) => json!({ "status": "BLOCKED" }),
        (true, Some(at)) => json!({ "status": "BLOCKED", "blockedAt": at }),
    };
    members(device, user_id, context, [("lock", lock), ("block", block)])
}

/// A device that was just created: neither locked nor blocked, so the reply says nothing about that.
///
/// Rule: CREATE_IS_201.
pub(super) fn created(device: &Device, user_id: &str, context: &Context<'_>) -> Value {
    members(device, user_id, context, [])
}

/// In the published order.
fn members<const N: usize>(
    device: &Device,
    user_id: &str,
    context: &Context<'_>,
    before_status: [(&str, Value); N],
) -> Value {
    let own = href(user_id, device.id(), context);
    let mut links = json!({
        "self": { "href": own },
        "environment": { "href": context.api_url("") },
        "user": { "href": context.api_url(&format!("/users/{user_id}")) },
    });
    // Rule: ACTIVATE_LINK.
    if !device.is_active() {
        links["device.activate"] = json!({ "href": own });
    }
    let mut shown = Map::new();
    let mut set = |name: &str, value: Value| drop(shown.insert(name.to_owned(), value));
    set("_links", links);
    set("id", device.id().into());
    set("environment", json!({ "id": context.environment.id }));
    set("user", json!({ "id": user_id }));
    set("type", device.device_type().into());
    for (name, value) in before_status {
        set(name, value);
    }
    set("status", device.status().into());
    let [created_at, updated_at] = device.times();
    set("createdAt", created_at.into());
    set("updatedAt", updated_at.into());
    for (name, value) in device.others() {
        set(name, value.clone());
    }
    if device.is_known("testMode") {
        set("testMode", true.into());
    }
    Value::Object(shown)
}
