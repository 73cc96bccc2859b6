use crate::object::{DataError, Object};

/// What passkeys have to do, as a FIDO2 policy says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fido2Policy {
    pub(super) id: String,
    pub(super) is_default: bool,
    pub(super) relying_party_id: Option<String>,
    pub(super) user_verification: bool,
    pub(super) aggregate_devices: bool,
}

impl Fido2Policy {
    /// Reads a FIDO2 policy from the JSON of PingOne's management API. `relyingPartyId`, `userVerification`,
    /// `aggregateDevices` and `default` are followed; the rest is about registrations.
    ///
    /// # Errors
    ///
    /// When the text is no JSON, or a member that is followed is of the wrong type.
    pub fn from_json(json: &str) -> Result<Self, DataError> {
        Self::read(&Object::new(String::new(), &Object::parse(json)?)?)
    }

    pub(crate) fn read(object: &Object<'_>) -> Result<Self, DataError> {
        let user_verification = match object.optional_object("userVerification")? {
            None => false,
            Some(verification) => {
                let is_required = match verification.optional_text("option")? {
                    None | Some("DISCOURAGED" | "PREFERRED") => false,
                    Some("REQUIRED") => true,
                    Some(_) => {
                        return Err(verification.error("option", "must be DISCOURAGED, PREFERRED or REQUIRED"));
                    }
                };
                is_required && verification.flag("enforceDuringAuthentication")?.unwrap_or(true)
            }
        };
        Ok(Self {
            id: object.text("id")?.to_owned(),
            is_default: object.flag("default")?.unwrap_or_default(),
            relying_party_id: object.optional_text("relyingPartyId")?.map(str::to_owned),
            user_verification,
            aggregate_devices: object.flag("aggregateDevices")?.unwrap_or_default(),
        })
    }

    /// The policy's id.
    pub fn id(&self) -> &str {
        &self.id
    }
}
