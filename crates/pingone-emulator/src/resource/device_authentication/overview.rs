use serde_json::{Value, json};

use super::authentication::{DeviceAuthentication, Step};
use crate::{
    clock::iso,
    resource::{Conditions, Stores},
};

/// The state of each authentication, the oldest first; `last` of them, or all.
pub(crate) fn overview(stores: &Stores, conditions: Conditions<'_>, last: Option<usize>) -> Vec<Value> {
    let mut newest_first: Vec<Value> = stores
        .device_authentications
        .in_order()
        .rev()
        .take(last.unwrap_or(usize::MAX))
        .map(|authentication| line(authentication, conditions))
        .collect();
    newest_first.reverse();
    newest_first
}

fn line(authentication: &DeviceAuthentication, conditions: Conditions<'_>) -> Value {
    let DeviceAuthentication { id, user, step, created_at, updated_at, .. } = authentication;
    let mut line = json!({
        "id": id,
        "status": step.status(),
        "expired": authentication.is_expired(conditions),
        "createdAt": iso(*created_at),
        "updatedAt": iso(*updated_at),
    });
    if let Some(user) = user {
        line["userId"] = user.id().into();
    }
    if let Some(device) = authentication.selected_device() {
        line["deviceId"] = device.id().into();
        line["deviceType"] = device.device_type().into();
    }
    if let Step::Failed(failure) = step {
        line["error"] = failure.code().into();
        line["message"] = failure.message().into();
    }
    line
}
