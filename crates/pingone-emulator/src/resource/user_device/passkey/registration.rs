use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::Uri;
use ring::digest;
use serde_json::{Value, json};

use super::{OFFERED, attestation::Attestation};
use crate::{
    key,
    resource::{
        device_authentication_policy::Policy,
        user::Device,
        webauthn::{AuthenticatorData, ClientData, Credential},
    },
};

/// The longest id of a credential.
const LONGEST_ID: usize = 1023;

/// What the browser returned, taken apart.
pub(crate) struct Registration {
    credential: Credential,
    client_data_json: Vec<u8>,
    pub(crate) client_data: ClientData,
    attestation: Attestation,
}

/// What a registration has to match.
pub(crate) struct Expected<'a> {
    pub(crate) challenge: &'a [u8],
    pub(crate) origin: &'a str,
    pub(crate) rp_id: &'a str,
    pub(crate) policy: &'a Policy,
}

impl Registration {
    /// Rule: ATTESTATION_IS_TEXT.
    pub(crate) fn read(text: &str, either_kind: bool) -> Result<Self, &'static str> {
        let credential = Credential::read(text, either_kind)?;
        let part = |name: &str| credential.part(name);
        let client_data_json = part("clientDataJSON").ok_or("lacks clientDataJSON, or it is not Base64")?;
        let object = part("attestationObject").ok_or("lacks attestationObject, or it is not Base64")?;
        Ok(Self {
            client_data: ClientData::read(&client_data_json)?,
            attestation: Attestation::read(&object)?,
            client_data_json,
            credential,
        })
    }

    /// The id of the credential that was made.
    pub(crate) fn credential_id(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.credential.id)
    }

    /// The relying party that the authenticator has signed for: the host of the page, or a domain above it.
    pub(crate) fn relying_party(&self) -> Option<String> {
        let data = AuthenticatorData::read(&self.attestation.authenticator_data).ok()?;
        let origin: Uri = self.client_data.origin().parse().ok()?;
        let host = origin.host()?;
        let above = host.match_indices('.').filter_map(|(dot, _)| host.get(dot + 1..));
        [host].into_iter().chain(above).find(|rp_id| data.is_for(rp_id)).map(str::to_owned)
    }

    /// Checks everything except whether the credential is new, and stores it in the device.
    ///
    /// Rule: REGISTRATION_MATCHES. Rule: REGISTRATION_VERIFIES_USER.
    pub(crate) fn register(&self, device: &mut Device, expected: &Expected<'_>) -> Result<(), &'static str> {
        if !self.client_data.is_of("webauthn.create") {
            return Err("The type in clientDataJSON is not webauthn.create.");
        }
        self.client_data.check(expected.challenge, expected.origin)?;
        let data = AuthenticatorData::read(&self.attestation.authenticator_data)?;
        let wish = expected.policy.registration();
        data.check(expected.rp_id, wish.user_verification == "required")?;
        let made = data.credential.as_ref().ok_or("The flags announce no credential.")?;
        // Rule: REGISTERED_CREDENTIAL_IS_NAMED_ALIKE.
        if made.id != self.credential.id || made.id.is_empty() || made.id.len() > LONGEST_ID {
            return Err("The id is not that of the credential that was made.");
        }
        // Rule: ALGORITHM_WAS_OFFERED.
        let public_key = URL_SAFE_NO_PAD.encode(made.public_key);
        let key = key::read(&public_key.as_str().into()).map_err(|_| "The public key cannot be used.")?;
        if !OFFERED.contains(&key.cose_algorithm()) {
            return Err("The key is of an algorithm that was not offered.");
        }
        let hash = digest::digest(&digest::SHA256, &self.client_data_json);
        let signed = [&self.attestation.authenticator_data, hash.as_ref()].concat();
        let attestation_type = self.attestation.check(&key, &signed)?;
        // Rule: BACKUP_OF_POLICY.
        let (eligible, backed_up) = data.backup();
        if eligible && !wish.allows_backup {
            return Err("The passkey can be backed up, which the policy does not allow.");
        }
        // Rule: REGISTERED_PASSKEY_IS_SHOWN. In the published order.
        let rp = device.value(&["rp"]).cloned();
        device.set("rp", None);
        device.set("attributes", Some(self.attributes()));
        device.set("rp", rp);
        device.set("credentialId", Some(self.credential_id().into()));
        device.set("fidoRegistrationArtifacts", Some(json!({ "attestationType": attestation_type.name() })));
        device.set("backup", Some(json!({ "backupEligibility": eligible, "backupState": backed_up })));
        device.set("displayName", Some(wish.display_name.into()));
        device.hide("publicKey", Some(public_key.into()));
        device.hide("signCount", Some(data.counter.into()));
        Ok(())
    }

    /// What the browser says about the authenticator, unsigned.
    fn attributes(&self) -> Value {
        let attachment = self.credential.member("authenticatorAttachment");
        let mut attributes = json!({ "isCrossPlatform": attachment == "cross-platform" });
        let properties = &self.credential.member("clientExtensionResults")["credProps"];
        if let Some(is_resident) = properties["rk"].as_bool() {
            attributes["isResidentKey"] = is_resident.into();
        }
        if let Some(transports) = self.credential.response("transports").as_array() {
            attributes["transports"] = transports.iter().filter(|transport| transport.is_string()).cloned().collect();
        }
        attributes
    }
}
