use serde_json::{Map, Value, json};

use super::key::{PairingKey, Status};
use crate::{
    clock::iso,
    resource::{Context, user},
};

/// The address of a key.
pub(super) fn href(key: &PairingKey, context: &Context<'_>) -> String {
    context.api_url(&format!("/users/{}/pairingKeys/{}", key.user_id, key.id))
}

/// A key in the published order.
pub(super) fn reply(key: &PairingKey, context: &Context<'_>) -> Value {
    let mut shown = Map::new();
    let mut set = |name: &str, value: Value| drop(shown.insert(name.to_owned(), value));
    set(
        "_links",
        json!({
            "self": { "href": href(key, context) },
            "environment": { "href": context.api_url("") },
            "user": { "href": user::href(&key.user_id, context) },
        }),
    );
    set("id", key.id.as_str().into());
    set("environment", json!({ "id": context.environment.id }));
    set("code", key.code.as_str().into());
    set("status", key.status.name().into());
    set("applications", key.applications.iter().map(|id| json!({ "id": id })).collect());
    if let Some(id) = &key.policy_id {
        set("policy", json!({ "id": id }));
    }
    set("user", json!({ "id": key.user_id }));
    set("createdAt", iso(key.created_at).into());
    set("updatedAt", iso(key.updated_at).into());
    set("expiresAt", iso(key.expires_at).into());
    if let Status::Failed { code, message } = key.status {
        set("error", json!({ "code": code, "message": message }));
    }
    Value::Object(shown)
}
