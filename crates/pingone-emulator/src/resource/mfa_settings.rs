//! The MFA settings of the environment.

use std::time::Duration;

use crate::object::{DataError, Object};

/// The MFA settings of the environment, which hold for all its users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MfaSettings {
    max_allowed_devices: u32,
    has_alphanumeric_keys: bool,
    lockout: Option<Lockout>,
    enables_mfa: bool,
}

/// When too many failures lock the account of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lockout {
    pub(crate) failure_count: u32,
    /// `None` if the lock does not end by itself.
    pub(crate) duration: Option<Duration>,
}

impl MfaSettings {
    /// Reads the settings from the JSON of PingOne's management API. These are followed:
    ///
    /// - `pairing.maxAllowedDevices` and `pairing.pairingKeyFormat`; without them, 5 and `NUMERIC`.
    /// - `lockout.failureCount`: this many wrong codes, wrong assertions and denied pushes in log-ins lock the account of a
    ///   user, for `lockout.durationSeconds` or, without them, until it is unlocked. Without `lockout`, nothing does.
    /// - `users.mfaEnabled`: whether MFA is enabled for a new user; without it, no.
    ///
    /// # Errors
    ///
    /// When the text is not JSON, or a member that is followed is of the wrong type or out of its documented range.
    pub fn from_json(json: &str) -> Result<Self, DataError> {
        Self::read(&Object::new(String::new(), &Object::parse(json)?)?)
    }

    pub(crate) fn read(object: &Object<'_>) -> Result<Self, DataError> {
        let mut settings = Self::default();
        if let Some(pairing) = object.optional_object("pairing")? {
            settings.read_pairing(&pairing)?;
        }
        settings.lockout = object.optional_object("lockout")?.map(|lockout| Lockout::read(&lockout)).transpose()?;
        let users = object.optional_object("users")?;
        settings.enables_mfa = users.map(|users| users.flag("mfaEnabled")).transpose()?.flatten().unwrap_or_default();
        Ok(settings)
    }

    fn read_pairing(&mut self, pairing: &Object<'_>) -> Result<(), DataError> {
        self.max_allowed_devices = match pairing.number("maxAllowedDevices")? {
            None => self.max_allowed_devices,
            Some(number @ 1..=15) => number,
            Some(_) => return Err(pairing.error("maxAllowedDevices", "must be from 1 to 15")),
        };
        self.has_alphanumeric_keys = match pairing.optional_text("pairingKeyFormat")? {
            None | Some("NUMERIC") => false,
            Some("ALPHANUMERIC") => true,
            Some(_) => return Err(pairing.error("pairingKeyFormat", "must be NUMERIC or ALPHANUMERIC")),
        };
        Ok(())
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

    /// Whether MFA is enabled for a user who is created.
    pub(crate) fn enables_mfa(&self) -> bool {
        self.enables_mfa
    }

    /// When failures lock an account; `None` if they never do.
    pub(crate) fn lockout(&self) -> Option<Lockout> {
        self.lockout
    }
}

impl Lockout {
    fn read(object: &Object<'_>) -> Result<Self, DataError> {
        let positive = |name: &str| match object.number(name)? {
            Some(0) => Err(object.error(name, "must be at least 1")),
            number => Ok(number),
        };
        let failure_count = positive("failureCount")?;
        Ok(Self {
            failure_count: failure_count.ok_or_else(|| object.error("failureCount", "is missing; add it"))?,
            duration: positive("durationSeconds")?.map(|seconds| Duration::from_secs(seconds.into())),
        })
    }
}

impl Default for MfaSettings {
    fn default() -> Self {
        Self { max_allowed_devices: 5, has_alphanumeric_keys: false, lockout: None, enables_mfa: false }
    }
}
