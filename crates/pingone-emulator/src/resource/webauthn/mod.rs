//! What registrations and assertions of passkeys have in common (W3C Web Authentication).

mod authenticator_data;
mod client_data;
mod credential;
mod origin;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

pub(crate) use self::{
    authenticator_data::AuthenticatorData, client_data::ClientData, credential::Credential, origin::check_origin,
};
use super::user::Device;

/// Bytes as the service writes them in its options: numbers from -128 to 127.
pub(crate) fn signed_bytes(bytes: &[u8]) -> Value {
    bytes.iter().map(|&byte| i8::from_be_bytes([byte])).collect()
}

/// The id of the credential that a passkey is.
pub(crate) fn credential_id(device: &Device) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(device.text(&["credentialId"])?).ok()
}

/// A passkey as options name it, with its known transports.
pub(crate) fn descriptor(device: &Device) -> Option<Value> {
    let mut descriptor = json!({ "type": "public-key", "id": signed_bytes(&credential_id(device)?) });
    if let Some(transports) = device.value(&["attributes", "transports"]) {
        descriptor["transports"] = transports.clone();
    }
    Some(descriptor)
}
