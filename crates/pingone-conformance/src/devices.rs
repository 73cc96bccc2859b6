//! Devices of the entries' user, in the form of the data file.

use serde_json::{Value, json};

use super::authenticator::{Authenticator, RP_ID};

/// The Base32 of `12345678901234567890`, the secret of the examples in RFC 6238.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// The application of the phones.
pub(super) const APPLICATION: &str = "app";

pub(super) fn phone() -> Value {
    json!({ "id": "phone", "type": "MOBILE", "application": { "id": APPLICATION } })
}

/// A phone whose app makes codes too.
pub(super) fn phone_with_codes() -> Value {
    let mut phone = phone();
    phone["otpEnabled"] = true.into();
    phone["_emulator"] = json!({ "secret": SECRET });
    phone
}

pub(super) fn mail() -> Value {
    json!({ "id": "mail", "type": "EMAIL", "email": "ad****@example.com" })
}

pub(super) fn test_mail() -> Value {
    json!({ "id": "mail", "type": "EMAIL", "email": "ad****@example.com", "_emulator": { "testMode": true } })
}

pub(super) fn blocked_sms() -> Value {
    json!({ "id": "blocked", "type": "SMS", "phone": "*******44", "_emulator": { "blocked": true } })
}

pub(super) fn totp() -> Value {
    json!({ "id": "totp", "type": "TOTP", "_emulator": { "secret": SECRET } })
}

pub(super) fn passkey(authenticator: &Authenticator) -> Value {
    json!({
        "id": "passkey",
        "type": "FIDO2",
        "rp": { "id": RP_ID },
        "credentialId": authenticator.credential_id(),
        "_emulator": { "publicKey": authenticator.public_key() },
    })
}

pub(super) fn desktop(authenticator: &Authenticator) -> Value {
    json!({
        "id": "desktop",
        "type": "PINGID_DESKTOP_GEN2",
        "rp": { "id": RP_ID },
        "_emulator": { "publicKey": authenticator.public_key() },
    })
}

/// A browser that was remembered.
pub(super) fn browser() -> Value {
    json!({ "id": "browser", "type": "BROWSER", "name": "Firefox", "_emulator": { "cookie": "rm=123" } })
}
