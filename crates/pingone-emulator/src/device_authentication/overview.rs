use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    authentication::{DeviceAuthentication, Step},
    is_expired,
};
use crate::{clock::iso, rules::Rules, state::State};

/// Where each authentication stands, the oldest first; `last` of them, or all.
pub(crate) fn overview(state: &State, last: Option<usize>) -> Vec<Value> {
    let now = state.clock.now();
    let mut newest_first: Vec<Value> = state
        .authentications
        .in_order()
        .rev()
        .take(last.unwrap_or(usize::MAX))
        .map(|authentication| line(authentication, &state.rules, now))
        .collect();
    newest_first.reverse();
    newest_first
}

fn line(authentication: &DeviceAuthentication, rules: &Rules, now: Timestamp) -> Value {
    let DeviceAuthentication { id, user, step, created_at, updated_at, .. } = authentication;
    let mut line = json!({
        "id": id,
        "status": step.status(),
        "expired": is_expired(authentication, rules, now),
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
    }
    line
}
