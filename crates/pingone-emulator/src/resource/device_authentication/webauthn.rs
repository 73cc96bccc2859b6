//! What a passkey is asked and what it answers (W3C Web Authentication).

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ring::{digest, signature};
use serde_json::{Map, Value, json};

use crate::{jwt, resource::user::Device};

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

fn signed_bytes(bytes: &[u8]) -> Value {
    bytes.iter().map(|&byte| i8::from_be_bytes([byte])).collect()
}

pub(super) fn credential_id(device: &Device) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(device.text(&["credentialId"])?).ok()
}

/// What an authenticator has signed, taken apart.
pub(super) struct Assertion {
    pub(super) credential_id: Vec<u8>,
    client_data: Vec<u8>,
    authenticator_data: Vec<u8>,
    signature: Vec<u8>,
}

/// What an assertion has to match.
pub(super) struct Expected<'a> {
    pub(super) challenge: &'a [u8],
    pub(super) origin: &'a str,
    pub(super) rp_id: &'a str,
    pub(super) verified: bool,
}

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;

impl Assertion {
    /// Reads what the browser returned.
    ///
    /// Rule: ASSERTION_IS_TEXT. Rule: BASE64_OF_EITHER_KIND.
    pub(super) fn read(text: &str, either_kind: bool) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let url_safe = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
        let bytes = |value: &Value| {
            let text = value.as_str()?;
            STANDARD.decode(text).ok().or_else(|| either_kind.then(|| url_safe(text)).flatten())
        };
        let response = &value["response"];
        Some(Self {
            credential_id: url_safe(value["id"].as_str()?)?,
            client_data: bytes(&response["clientDataJSON"])?,
            authenticator_data: bytes(&response["authenticatorData"])?,
            signature: bytes(&response["signature"])?,
        })
    }

    /// Checks everything but the counter, which it returns.
    ///
    /// Rule: CHALLENGE_MATCHES. Rule: ORIGIN_MATCHES. Rule: RELYING_PARTY_MATCHES. Rule: USER_IS_PRESENT.
    /// Rule: SIGNATURE_MATCHES.
    pub(super) fn check(&self, expected: &Expected<'_>, device: &Device) -> Result<u32, &'static str> {
        let client_data: Value = serde_json::from_slice(&self.client_data).map_err(|_| "clientDataJSON is no JSON.")?;
        if client_data["type"] != "webauthn.get" {
            return Err("The type in clientDataJSON is not webauthn.get.");
        }
        if client_data["challenge"] != URL_SAFE_NO_PAD.encode(expected.challenge) {
            return Err("The challenge is not the one that was set.");
        }
        if client_data["origin"] != expected.origin {
            return Err("The origin in clientDataJSON is not the one in the request.");
        }
        let too_short = "authenticatorData is too short.";
        let (rp_id_hash, rest) = self.authenticator_data.split_at_checked(32).ok_or(too_short)?;
        let (&[flags, a, b, c, d], _) = rest.split_first_chunk().ok_or(too_short)?;
        if rp_id_hash != digest::digest(&digest::SHA256, expected.rp_id.as_bytes()).as_ref() {
            return Err("The relying party's hash is not that of the relying party.");
        }
        if flags & USER_PRESENT == 0 {
            return Err("The flags do not say that a user was present.");
        }
        if expected.verified && flags & USER_VERIFIED == 0 {
            return Err("The flags do not say that the user was verified.");
        }
        let client_data_hash = digest::digest(&digest::SHA256, &self.client_data);
        let signed = [&self.authenticator_data, client_data_hash.as_ref()].concat();
        let point = device.known("publicKey").and_then(|jwk| jwt::ec_point(jwk, "P-256"));
        let key = signature::UnparsedPublicKey::new(
            &signature::ECDSA_P256_SHA256_ASN1,
            point.ok_or("The passkey has no public key in the emulator's data.")?,
        );
        key.verify(&signed, &self.signature).map_err(|_| "The signature is not that of the passkey.")?;
        Ok(u32::from_be_bytes([a, b, c, d]))
    }
}
