//! How PingID Desktop is paired: with a statement signed with its key.

use serde_json::{Value, json};

use crate::{
    error::PlatformError,
    jwt::{self, Jwt},
    key,
    resource::user::{Device, User},
};

/// The text `pingIdDesktopCredentialCreationOptions`: a signed JWT, for the desktop only.
pub(super) fn creation_options(device: &Device, user: &User, challenge: &str) -> String {
    let rp = device.value(&["rp"]);
    jwt::sign(&json!({ "challenge": challenge, "rp": rp, "user": { "id": user.id(), "name": user.username } }))
}

/// Checks the desktop's statement, and stores its key in the device.
///
/// Rule: DESKTOP_ATTESTATION.
pub(super) fn register(device: &mut Device, attestation: &str, challenge: &str) -> Result<(), PlatformError> {
    let wrong = |problem: &str| PlatformError::invalid_value("attestation", problem);
    let token = Jwt::read(attestation).ok_or_else(|| wrong("must be what the desktop returned"))?;
    if token.claim("challenge") != challenge {
        return Err(wrong("has another challenge than was set"));
    }
    let public_key = &token.claim("cnf")["jwk"];
    if key::read(public_key).is_err() {
        return Err(wrong("has no key in cnf.jwk that can be used"));
    }
    if !token.is_signed_with_key(public_key) {
        return Err(wrong("is not signed with its own key"));
    }
    device.hide("publicKey", Some(public_key.clone()));
    device.set("model", Some(json!({})));
    for name in ["os", "application", "credentialId", "unitId"] {
        device.set(name, Some(token.claim(name)).filter(|value| **value != Value::Null).cloned());
    }
    Ok(())
}
