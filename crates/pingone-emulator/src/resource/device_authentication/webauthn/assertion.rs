use ring::digest;
use serde_json::Value;

use crate::{
    key,
    resource::{
        user::Device,
        webauthn::{AuthenticatorData, ClientData, Credential},
    },
};

/// What the browser returned, taken apart.
pub(crate) struct Assertion {
    credential: Credential,
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

/// What an authenticator says of itself.
pub(crate) struct Said {
    pub(crate) counter: u32,
    /// Whether the passkey can be backed up.
    pub(crate) is_eligible: bool,
    pub(crate) is_backed_up: bool,
}

impl Assertion {
    pub(crate) fn read(text: &str, either_kind: bool) -> Result<Self, &'static str> {
        let credential = Credential::read(text, either_kind)?;
        let user_handle = match credential.response("userHandle") {
            Value::Null => None,
            _ => Some(credential.part("userHandle").ok_or("has a userHandle that is not Base64")?),
        };
        let part = |name: &str| credential.part(name);
        Ok(Self {
            client_data: part("clientDataJSON").ok_or("lacks clientDataJSON, or it is not Base64")?,
            authenticator_data: part("authenticatorData").ok_or("lacks authenticatorData, or it is not Base64")?,
            signature: part("signature").ok_or("lacks the signature, or it is not Base64")?,
            user_handle,
            credential,
        })
    }

    pub(crate) fn credential_id(&self) -> &Vec<u8> {
        &self.credential.id
    }

    /// Checks everything but what has to fit earlier assertions, which it returns.
    pub(crate) fn check(&self, expected: &Expected<'_>, device: &Device) -> Result<Said, &'static str> {
        self.check_user(expected)?;
        let client_data = ClientData::read(&self.client_data)?;
        if !client_data.is_of("webauthn.get") {
            return Err("The type in clientDataJSON is not webauthn.get.");
        }
        client_data.check(expected.challenge, expected.origin)?;
        let data = AuthenticatorData::read(&self.authenticator_data)?;
        data.check(expected.rp_id, expected.verified)?;
        self.check_signature(device)?;
        let (is_eligible, is_backed_up) = data.backup();
        Ok(Said { counter: data.counter, is_eligible, is_backed_up })
    }

    /// Rule: USER_HANDLE.
    fn check_user(&self, expected: &Expected<'_>) -> Result<(), &'static str> {
        match (&self.user_handle, &expected.user_handle) {
            (None, _) if expected.names_user => Err("There is no userHandle, and nothing else says who the user is."),
            (Some(given), Some(known)) if given != known => Err("The userHandle is not that of the passkey's user."),
            _ => Ok(()),
        }
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
