//! The MFA settings of the environment.

use crate::object::{DataError, Object};

/// The MFA settings of the environment, which hold for all its users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MfaSettings {
    max_allowed_devices: u32,
    has_alphanumeric_keys: bool,
}

impl MfaSettings {
    /// Reads the settings from the JSON of PingOne's management API. `pairing.maxAllowedDevices` and
    /// `pairing.pairingKeyFormat` are followed; they are 5 and `NUMERIC` if they are not given.
    ///
    /// # Errors
    ///
    /// When the text is not JSON, or a member that is followed is of the wrong type or out of its documented range.
    pub fn from_json(json: &str) -> Result<Self, DataError> {
        Self::read(&Object::new(String::new(), &Object::parse(json)?)?)
    }

    pub(crate) fn read(object: &Object<'_>) -> Result<Self, DataError> {
        let Some(pairing) = object.optional_object("pairing")? else { return Ok(Self::default()) };
        let default = Self::default();
        let max_allowed_devices = match pairing.number("maxAllowedDevices")? {
            None => default.max_allowed_devices,
            Some(number @ 1..=15) => number,
            Some(_) => return Err(pairing.error("maxAllowedDevices", "must be from 1 to 15")),
        };
        let has_alphanumeric_keys = match pairing.optional_text("pairingKeyFormat")? {
            None | Some("NUMERIC") => false,
            Some("ALPHANUMERIC") => true,
            Some(_) => return Err(pairing.error("pairingKeyFormat", "must be NUMERIC or ALPHANUMERIC")),
        };
        Ok(Self { max_allowed_devices, has_alphanumeric_keys })
    }

    /// How many devices a user can have.
    pub(crate) fn max_allowed_devices(&self) -> u32 {
        self.max_allowed_devices
    }

    /// Whether a user who has so many active devices can have one more.
    pub(crate) fn allow_one_more(&self, devices: usize) -> bool {
        devices < self.max_allowed_devices as usize
    }

    /// Whether a pairing key has letters too.
    pub(crate) fn has_alphanumeric_keys(&self) -> bool {
        self.has_alphanumeric_keys
    }
}

impl Default for MfaSettings {
    fn default() -> Self {
        Self { max_allowed_devices: 5, has_alphanumeric_keys: false }
    }
}
