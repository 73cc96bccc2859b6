use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use super::authentication::Step;
use crate::{data::Device, error::PlatformError, outbox::Outbox, sequence::Sequence};

/// How the service reaches the user's devices.
pub(crate) struct Factors {
    pub(crate) outbox: Outbox,
    challenges: Sequence,
}

impl Factors {
    pub(crate) fn new() -> Self {
        Self { outbox: Outbox::new(), challenges: Sequence::new(*b"webauthn") }
    }

    /// Begins with `device`, which the request has named in `target`: sends it a push or a code, or challenges it.
    pub(super) fn begin(&mut self, device: &Device, id: &str, target: &str) -> Result<Step, PlatformError> {
        match device.device_type() {
            // Rule (documented): a push is pending until the user answers.
            "MOBILE" => Ok(Step::PushConfirmation),
            // Rule (documented): the choice of such a device sends a code. (assumed): to choose it again sends another.
            "EMAIL" | "SMS" | "VOICE" | "WHATSAPP" => Ok(Step::Otp { code: self.outbox.send(id, device) }),
            // Rule (documented)
            "FIDO2" | "PLATFORM" | "SECURITY_KEY" => {
                Ok(Step::Assertion { request_options: request_options(device, &self.challenges.bytes()) })
            }
            _ => Err(PlatformError::invalid_value(target, "is a device of a type that the emulator does not support")),
        }
    }
}

/// The text `publicKeyCredentialRequestOptions` for a passkey.
///
/// Rule (documented): JSON inside a string, whose bytes are signed numbers.
fn request_options(device: &Device, challenge: &[u8; 32]) -> String {
    let mut options = Map::from_iter([
        ("challenge".to_owned(), signed_bytes(challenge)),
        ("timeout".to_owned(), json!(120_000)),
        ("userVerification".to_owned(), json!("preferred")),
    ]);
    if let Some(rp_id) = device.text(&["rp", "id"]) {
        options.insert("rpId".to_owned(), json!(rp_id));
    }
    if let Some(id) = device.text(&["credentialId"]).and_then(|id| URL_SAFE_NO_PAD.decode(id).ok()) {
        options.insert("allowCredentials".to_owned(), json!([{ "type": "public-key", "id": signed_bytes(&id) }]));
    }
    Value::Object(options).to_string()
}

fn signed_bytes(bytes: &[u8]) -> Value {
    bytes.iter().map(|&byte| i8::from_be_bytes([byte])).collect()
}
