use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ring::digest;
use serde_json::Value;

use super::authenticator_data::AuthenticatorData;
use crate::{key, resource::user::Device};

/// What the browser returned, taken apart.
pub(crate) struct Assertion {
    pub(crate) credential_id: Vec<u8>,
    client_data: Vec<u8>,
    authenticator_data: Vec<u8>,
    signature: Vec<u8>,
    user_handle: Option<Vec<u8>>,
}

/// What an assertion has to match.
pub(crate) struct Expected<'a> {
    pub(crate) challenge: &'a [u8],
    pub(crate) origin: &'a str,
    pub(crate) rp_id: &'a str,
    pub(crate) verified: bool,
    /// `None` if any will do.
    pub(crate) user_handle: Option<Vec<u8>>,
    /// Whether nothing else says who the user is.
    pub(crate) names_user: bool,
}

impl Assertion {
    /// Rule: ASSERTION_IS_TEXT. Rule: BASE64_OF_EITHER_KIND. Rule: CREDENTIAL_IS_NAMED_ALIKE.
    pub(crate) fn read(text: &str, either_kind: bool) -> Result<Self, &'static str> {
        let value: Value = serde_json::from_str(text).map_err(|_| "is no JSON")?;
        let binary = |value: &Value| {
            let text = value.as_str()?;
            let url_safe = || URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
            STANDARD.decode(text).ok().or_else(|| either_kind.then(url_safe).flatten())
        };
        let response = &value["response"];
        let part = |name: &str| binary(&response[name]);
        let id = value["id"].as_str().ok_or("lacks the id of the credential")?;
        let credential_id = URL_SAFE_NO_PAD.decode(id).map_err(|_| "has an id that is no Base64URL without padding")?;
        if binary(&value["rawId"]).ok_or("lacks rawId, or it is not Base64")? != credential_id {
            return Err("has an id and a rawId of different credentials");
        }
        if value["type"] != "public-key" {
            return Err("has a type other than public-key");
        }
        let user_handle = match &response["userHandle"] {
            Value::Null => None,
            handle => Some(binary(handle).ok_or("has a userHandle that is not Base64")?),
        };
        Ok(Self {
            credential_id,
            client_data: part("clientDataJSON").ok_or("lacks clientDataJSON, or it is not Base64")?,
            authenticator_data: part("authenticatorData").ok_or("lacks authenticatorData, or it is not Base64")?,
            signature: part("signature").ok_or("lacks the signature, or it is not Base64")?,
            user_handle,
        })
    }

    /// Checks everything but the counter, which it returns.
    pub(crate) fn check(&self, expected: &Expected<'_>, device: &Device) -> Result<u32, &'static str> {
        self.check_user(expected)?;
        self.check_client_data(expected)?;
        let data = AuthenticatorData::read(&self.authenticator_data)?;
        data.check(expected.rp_id, expected.verified)?;
        self.check_signature(device)?;
        Ok(data.counter)
    }

    /// Rule: USER_HANDLE.
    fn check_user(&self, expected: &Expected<'_>) -> Result<(), &'static str> {
        match (&self.user_handle, &expected.user_handle) {
            (None, _) if expected.names_user => Err("There is no userHandle, and nothing else says who the user is."),
            (Some(given), Some(known)) if given != known => Err("The userHandle is not that of the passkey's user."),
            _ => Ok(()),
        }
    }

    /// Rule: CHALLENGE_MATCHES. Rule: ORIGIN_MATCHES.
    fn check_client_data(&self, expected: &Expected<'_>) -> Result<(), &'static str> {
        // Text may begin with a byte order mark (UTF-8 decode, WHATWG Encoding).
        let json = self.client_data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.client_data);
        let client_data: Value = serde_json::from_slice(json).map_err(|_| "clientDataJSON is no JSON.")?;
        if client_data["type"] != "webauthn.get" {
            return Err("The type in clientDataJSON is not webauthn.get.");
        }
        if client_data["challenge"] != URL_SAFE_NO_PAD.encode(expected.challenge) {
            return Err("The challenge is not the one that was set.");
        }
        if client_data["origin"] != expected.origin {
            return Err("The origin in clientDataJSON is not the one in the request.");
        }
        Ok(())
    }

    /// Rule: SIGNATURE_MATCHES.
    fn check_signature(&self, device: &Device) -> Result<(), &'static str> {
        let key = device.known("publicKey").ok_or("The passkey has no public key in the emulator's data.")?;
        let key = key::read(key).map_err(|_| "The passkey's public key in the emulator's data cannot be used.")?;
        let client_data_hash = digest::digest(&digest::SHA256, &self.client_data);
        let signed = [&self.authenticator_data, client_data_hash.as_ref()].concat();
        match key.has_signed(&signed, &self.signature) {
            true => Ok(()),
            false => Err("The signature is not that of the passkey."),
        }
    }
}
