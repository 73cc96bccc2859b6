//! The MFA settings of the environment.

use crate::object::{DataError, Object};

/// What holds for every user of the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MfaSettings {
    max_allowed_devices: u32,
}

impl MfaSettings {
    /// Reads the settings from the JSON of PingOne's management API. `pairing.maxAllowedDevices` is followed; it is 5 if
    /// it is not given.
    ///
    /// # Errors
    ///
    /// When the text is no JSON, or a member that is followed is of the wrong type or out of its documented range.
    pub fn from_json(json: &str) -> Result<Self, DataError> {
        Self::read(&Object::new(String::new(), &Object::parse(json)?)?)
    }

    pub(crate) fn read(object: &Object<'_>) -> Result<Self, DataError> {
        let Some(pairing) = object.optional_object("pairing")? else { return Ok(Self::default()) };
        match pairing.number("maxAllowedDevices")? {
            None => Ok(Self::default()),
            Some(number @ 1..=15) => Ok(Self { max_allowed_devices: number }),
            Some(_) => Err(pairing.error("maxAllowedDevices", "must be from 1 to 15")),
        }
    }

    /// How many devices a user can have.
    pub(crate) fn max_allowed_devices(&self) -> u32 {
        self.max_allowed_devices
    }
}

impl Default for MfaSettings {
    fn default() -> Self {
        Self { max_allowed_devices: 5 }
    }
}
