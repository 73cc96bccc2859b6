//! How a passkey is registered.

mod attestation;
mod registration;

use serde_json::{Value, json};

pub(super) use self::registration::{Expected, Registration};
use crate::resource::{
    device_authentication_policy::Policy,
    user::{Device, User},
    webauthn::{descriptor, signed_bytes},
};

/// The algorithms that are offered, as COSE numbers them: ES256, PS256 and RS256.
const OFFERED: [i64; 3] = [-7, -37, -257];

/// The text `publicKeyCredentialCreationOptions`: JSON whose bytes are signed numbers, and whose algorithms are text.
///
/// Rule: CREATION_OPTIONS_ARE_TEXT. Rule: EXCLUDE_CREDENTIALS.
pub(super) fn creation_options(device: &Device, user: &User, challenge: &[u8], policy: &Policy) -> String {
    let wish = policy.registration();
    let rp = |name: &str| device.text(&["rp", name]);
    let is_known = |known: &&Device| known.is_active() && known.text(&["rp", "id"]) == rp("id");
    let known = user.devices().iter().filter(is_known).filter_map(descriptor);
    json!({
        "rp": { "id": rp("id"), "name": rp("name") },
        "user": { "id": signed_bytes(user.id().as_bytes()), "displayName": user.username, "name": user.username },
        "challenge": signed_bytes(challenge),
        "pubKeyCredParams":
            OFFERED.map(|algorithm| json!({ "type": "public-key", "alg": algorithm.to_string() })),
        "timeout": 120_000,
        "excludeCredentials": known.collect::<Value>(),
        "authenticatorSelection": {
            "authenticatorAttachment": wish.attachment,
            "residentKey": wish.resident_key,
            "requireResidentKey": wish.resident_key == "required",
            "userVerification": wish.user_verification,
        },
        "attestation": wish.attestation,
        "extensions": { "credProps": true, "hmacCreateSecret": true },
    })
    .to_string()
}
