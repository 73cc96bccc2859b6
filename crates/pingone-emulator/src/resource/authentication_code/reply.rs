use serde_json::{Map, Value, json};

use super::{Context, code::AuthenticationCode};
use crate::clock::iso;

/// The address of a code, on the host that the client has asked.
pub(super) fn href(code: &AuthenticationCode, context: &Context<'_>) -> String {
    context.auth_url(&format!("/authenticationCodes/{}", code.id))
}

/// A code as every operation shows it, in the published order.
///
/// Rule: CLAIMED_CODE_NAMES_THE_USER.
pub(super) fn reply(code: &AuthenticationCode, context: &Context<'_>) -> Value {
    let claimant = code.claimant();
    let device = claimant.map(|claimant| json!({ "device": claimant.device.as_paired() }));
    let approval = if code.needs_approval { "REQUIRED" } else { "NOT_REQUIRED" };
    let members = [
        ("_links", Some(json!({ "self": { "href": href(code, context) } }))),
        ("_embedded", device),
        ("id", Some(json!(code.id))),
        ("environment", Some(json!({ "id": context.environment.id }))),
        ("code", Some(json!(code.code))),
        ("uri", Some(json!(format!("pingonesdk?authentication_code={}", code.code)))),
        ("application", Some(json!({ "id": code.application_id }))),
        ("clientContext", code.client_context.clone()),
        ("lifeTime", Some(json!({ "duration": code.life_time.duration, "timeUnit": code.life_time.unit.name() }))),
        ("userApproval", Some(json!(approval))),
        ("status", Some(json!(code.status(context.conditions)))),
        ("user", claimant.map(|claimant| json!({ "id": claimant.user_id }))),
        ("expiresAt", Some(json!(iso(code.expires_at())))),
        ("updatedAt", Some(json!(iso(code.updated_at)))),
        ("createdAt", Some(json!(iso(code.created_at)))),
    ];
    let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(members.collect::<Map<_, _>>())
}
