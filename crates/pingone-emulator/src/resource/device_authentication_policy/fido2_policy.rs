use crate::object::{DataError, Object};

/// What passkeys have to do, as a FIDO2 policy says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fido2Policy {
    pub(super) id: String,
    pub(super) is_default: bool,
    pub(super) relying_party_id: Option<String>,
    /// Whether a log-in needs it.
    pub(super) user_verification: bool,
    pub(super) aggregate_devices: bool,
    pub(super) registration: Registration,
}

/// What a FIDO2 policy wants of a passkey that is registered, in the words of WebAuthn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Registration {
    pub(crate) user_verification: &'static str,
    pub(crate) resident_key: &'static str,
    /// `None` if either kind will do.
    pub(crate) attachment: Option<&'static str>,
    pub(crate) attestation: &'static str,
    pub(crate) allows_backup: bool,
    pub(crate) display_name: String,
}

impl Default for Registration {
    fn default() -> Self {
        Self {
            user_verification: "preferred",
            resident_key: "preferred",
            attachment: None,
            attestation: "none",
            allows_backup: true,
            display_name: "fidoPolicy.deviceDisplayName01".to_owned(),
        }
    }
}

impl Registration {
    fn read(policy: &Object<'_>) -> Result<Self, DataError> {
        let wish = [("DISCOURAGED", "discouraged"), ("PREFERRED", "preferred"), ("REQUIRED", "required")];
        let mut read = Self::default();
        if let Some(verification) = policy.optional_object("userVerification")? {
            read.user_verification = word(&verification, "option", &wish)?.unwrap_or(read.user_verification);
        }
        read.resident_key = word(policy, "discoverableCredentials", &wish)?.unwrap_or(read.resident_key);
        let attachments = [("PLATFORM", "platform"), ("CROSS_PLATFORM", "cross-platform"), ("BOTH", "")];
        read.attachment = word(policy, "authenticatorAttachment", &attachments)?.filter(|word| !word.is_empty());
        let attestations = [("NONE", "none"), ("DIRECT", "direct"), ("ENTERPRISE", "enterprise")];
        read.attestation = word(policy, "attestationRequirements", &attestations)?.unwrap_or(read.attestation);
        if let Some(backup) = policy.optional_object("backupEligibility")? {
            read.allows_backup = backup.flag("allow")?.unwrap_or(read.allows_backup);
        }
        if let Some(name) = policy.optional_text("deviceDisplayName")? {
            read.display_name = name.to_owned();
        }
        Ok(read)
    }
}

/// What WebAuthn calls what the member says.
fn word(
    object: &Object<'_>,
    name: &str,
    words: &[(&'static str, &'static str)],
) -> Result<Option<&'static str>, DataError> {
    let Some(text) = object.optional_text(name)? else { return Ok(None) };
    let found = words.iter().find(|(known, _)| *known == text).map(|(_, word)| *word);
    let names: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
    found.map(Some).ok_or_else(|| object.error(name, format!("must be one of {}", names.join(", "))))
}

impl Fido2Policy {
    /// Reads a FIDO2 policy from the JSON of PingOne's management API. `default`, `relyingPartyId`, `userVerification`,
    /// `aggregateDevices`, `discoverableCredentials`, `authenticatorAttachment`, `attestationRequirements`,
    /// `backupEligibility` and `deviceDisplayName` are followed.
    ///
    /// # Errors
    ///
    /// When the text is not JSON, or a member that is followed is of the wrong type.
    pub fn from_json(json: &str) -> Result<Self, DataError> {
        Self::read(&Object::new(String::new(), &Object::parse(json)?)?)
    }

    pub(crate) fn read(object: &Object<'_>) -> Result<Self, DataError> {
        let registration = Registration::read(object)?;
        let verification = object.optional_object("userVerification")?;
        let is_enforced = verification.map(|object| object.flag("enforceDuringAuthentication")).transpose()?.flatten();
        let user_verification = registration.user_verification == "required" && is_enforced.unwrap_or(true);
        Ok(Self {
            id: object.text("id")?.to_owned(),
            is_default: object.flag("default")?.unwrap_or_default(),
            relying_party_id: object.optional_text("relyingPartyId")?.map(str::to_owned),
            user_verification,
            aggregate_devices: object.flag("aggregateDevices")?.unwrap_or_default(),
            registration,
        })
    }

    /// The policy's id.
    pub fn id(&self) -> &str {
        &self.id
    }
}
