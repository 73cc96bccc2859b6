//! What a passkey is asked and what it answers (W3C Web Authentication).

mod assertion;

use serde_json::{Map, Value, json};

pub(super) use self::assertion::{Assertion, Expected, Said};
use crate::resource::{
    user::Device,
    webauthn::{descriptor, signed_bytes},
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
    if let Some(passkey) = device.and_then(descriptor) {
        options.insert("allowCredentials".to_owned(), json!([passkey]));
    }
    Value::Object(options).to_string()
}
