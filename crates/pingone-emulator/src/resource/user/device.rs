use std::fmt;

use serde_json::{Map, Value};

use crate::object::{DataError, Object};

/// What a device's `_emulator` may hold.
const HIDDEN: &str = "_emulator";

/// An MFA device, as the service shows it inside an authentication, and what the service knows of it and never shows.
///
/// `Debug` shows id and type only: the rest may be personal.
#[derive(Clone, PartialEq)]
pub struct Device {
    id: String,
    device_type: String,
    members: Map<String, Value>,
    hidden: Map<String, Value>,
}

impl Device {
    /// A device with nothing but its `id` and its `type`, such as `MOBILE`, `EMAIL` or `FIDO2`.
    pub fn new(id: impl Into<String>, device_type: impl Into<String>) -> Self {
        Self { id: id.into(), device_type: device_type.into(), members: Map::new(), hidden: Map::new() }
    }

    /// Sets a further member, such as `nickname`. `id` and `type` stay what they are.
    #[must_use]
    pub fn member(mut self, name: impl Into<String>, value: Value) -> Self {
        self.members.insert(name.into(), value);
        self
    }

    /// Sets something that the service knows and never shows:
    ///
    /// | name | of | value |
    /// |---|---|---|
    /// | `publicKey` | passkey, PingID Desktop | JWK of a P-256 key |
    /// | `signCount` | passkey | the counter that was seen last |
    /// | `secret` | TOTP, OATH token, app with codes | Base32 |
    /// | `testMode` | SMS, voice, e-mail | `true`: nothing is sent, the answer carries the code |
    /// | `blocked` | any | `true`: an administrator has blocked it |
    /// | `mobilePayload` | MOBILE | the text with which the app itself is the factor |
    /// | `cookie` | remembered browser | `name=value` |
    #[must_use]
    pub fn hidden(mut self, name: impl Into<String>, value: Value) -> Self {
        self.hidden.insert(name.into(), value);
        self
    }

    /// The device's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The device's `type`.
    pub fn device_type(&self) -> &str {
        &self.device_type
    }

    /// The whole device, without what is hidden.
    pub fn to_json(&self) -> Value {
        let mut members = self.members.clone();
        members.insert("id".to_owned(), self.id.as_str().into());
        members.insert("type".to_owned(), self.device_type.as_str().into());
        Value::Object(members)
    }

    /// Reads a device as it stands in the data.
    pub(super) fn from_data(object: &Object<'_>) -> Result<Self, DataError> {
        let mut device = Self::new(object.text("id")?, object.text("type")?);
        for (name, value) in object.members().iter().filter(|(name, _)| *name != HIDDEN) {
            device = device.member(name, value.clone());
        }
        if let Some(hidden) = object.optional_object(HIDDEN)? {
            hidden.has_only(&["publicKey", "signCount", "secret", "testMode", "blocked", "mobilePayload", "cookie"])?;
            for (name, value) in hidden.members() {
                device = device.hidden(name, value.clone());
            }
        }
        Ok(device)
    }

    /// The device as the data hold it: with what is hidden in `_emulator`.
    pub(super) fn to_data(&self) -> Value {
        let mut device = self.to_json();
        if !self.hidden.is_empty() {
            device[HIDDEN] = Value::Object(self.hidden.clone());
        }
        device
    }

    /// The member at `path`, such as `["rp", "id"]`, if it is text.
    pub(crate) fn text(&self, path: &[&str]) -> Option<&str> {
        self.value(path)?.as_str()
    }

    /// The member at `path`, if it is `true` or `false`.
    pub(crate) fn flag(&self, path: &[&str]) -> Option<bool> {
        self.value(path)?.as_bool()
    }

    pub(crate) fn application_id(&self) -> Option<&str> {
        self.text(&["application", "id"])
    }

    pub(crate) fn known(&self, name: &str) -> Option<&Value> {
        self.hidden.get(name)
    }

    pub(crate) fn known_text(&self, name: &str) -> Option<&str> {
        self.hidden.get(name)?.as_str()
    }

    pub(crate) fn is_known(&self, name: &str) -> bool {
        self.hidden.get(name) == Some(&Value::Bool(true))
    }

    fn value(&self, path: &[&str]) -> Option<&Value> {
        let (first, rest) = path.split_first()?;
        rest.iter().try_fold(self.members.get(*first)?, |value, name| value.get(name))
    }
}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Device").field("id", &self.id).field("type", &self.device_type).finish_non_exhaustive()
    }
}
