//! What a passkey is asked and what it answers (W3C Web Authentication).

mod assertion;

use serde_json::{Map, Value, json};

pub(super) use self::assertion::{Assertion, Expected};
use crate::resource::{
    user::Device,
    webauthn::{credential_id, signed_bytes},
};

/// The text `publicKeyCredentialRequestOptions`.
///
/// Rule: OPTIONS_ARE_TEXT.
pub(super) fn request_options(device: Option<&Device>, challenge: &[u8], rp_id: &str, verified: bool) -> String {
    let mut options = Map::from_iter([
        ("challenge".to_owned(), signed_bytes(challenge)),
        ("rpId".to_owned(), json!(rp_id)),
        ("timeout".to_owned(), json!(120_000)),
        ("userVerification".to_owned(), json!(if verified { "required" } else { "preferred" })),
    ]);
    if let Some(id) = device.and_then(credential_id) {
        options.insert("allowCredentials".to_owned(), json!([{ "type": "public-key", "id": signed_bytes(&id) }]));
    }
    Value::Object(options).to_string()
}
