use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use crate::{
    key,
    object::{DataError, Object},
};

/// What a device's `_emulator` may hold.
const HIDDEN: &str = "_emulator";

const HIDDEN_NAMES: [&str; 8] =
    ["publicKey", "signCount", "userHandle", "secret", "testMode", "blocked", "mobilePayload", "cookie"];

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

    /// Sets a further member, such as `nickname`. `id` and `type` stay what they are. Without `status` and
    /// `usableStatus`, it is `ACTIVE` and `ENABLED`.
    #[must_use]
    pub fn member(mut self, name: impl Into<String>, value: Value) -> Self {
        self.members.insert(name.into(), value);
        self
    }

    /// Sets something that the service knows and never shows:
    ///
    /// | name | of | value |
    /// |---|---|---|
    /// | `publicKey` | passkey, PingID Desktop | a JWK; or as text SPKI in PEM or Base64, or COSE in Base64 or Base64URL |
    /// | `signCount` | passkey | the counter that was seen last |
    /// | `userHandle` | passkey | Base64URL; the user's id if it is not given |
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
        self.after([("id", self.id.as_str().into()), ("type", self.device_type.as_str().into())])
    }

    /// The device as it is shown to whoever may choose it.
    ///
    /// Rule: DEVICES_SHOW_THEIR_STATUS.
    pub(crate) fn as_paired(&self) -> Value {
        let [status, usable] = ["status", "usableStatus"].map(|name| self.members.get(name).cloned());
        let usable = usable.or_else(|| (!self.is_known("blocked")).then(|| json!({ "status": "ENABLED" })));
        let shown = [
            ("id", Some(self.id.as_str().into())),
            ("type", Some(self.device_type.as_str().into())),
            ("status", Some(status.unwrap_or_else(|| "ACTIVE".into()))),
            ("usableStatus", usable),
        ];
        self.after(shown.into_iter().filter_map(|(name, value)| Some((name, value?))))
    }

    /// The device as it is shown if it belongs to nobody.
    pub(crate) fn as_one_time(&self) -> Value {
        self.after([("type", self.device_type.as_str().into())])
    }

    /// These members, and then all others.
    fn after<'a>(&self, first: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
        let mut shown: Map<String, Value> = first.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        for (name, value) in &self.members {
            if !shown.contains_key(name) {
                shown.insert(name.clone(), value.clone());
            }
        }
        Value::Object(shown)
    }

    /// Reads a device as it stands in the data.
    pub(super) fn from_data(object: &Object<'_>) -> Result<Self, DataError> {
        let mut device = Self::new(object.text("id")?, object.text("type")?);
        let is_own = |name: &str| [HIDDEN, "id", "type"].contains(&name);
        for (name, value) in object.members().iter().filter(|(name, _)| !is_own(name)) {
            device = device.member(name, value.clone());
        }
        if let Some(hidden) = object.optional_object(HIDDEN)? {
            hidden.has_only(&HIDDEN_NAMES)?;
            check_credential(object, &hidden)?;
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

/// What a passkey could not be used with later is said now.
fn check_credential(device: &Object<'_>, hidden: &Object<'_>) -> Result<(), DataError> {
    let Some(public_key) = hidden.members().get("publicKey") else { return Ok(()) };
    key::read(public_key).map_err(|problem| hidden.error("publicKey", problem))?;
    hidden.number("signCount")?;
    for (object, name) in [(device, "credentialId"), (hidden, "userHandle")] {
        if object.optional_text(name)?.is_some_and(|text| URL_SAFE_NO_PAD.decode(text).is_err()) {
            return Err(object.error(name, "must be Base64URL without padding"));
        }
    }
    Ok(())
}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Device").field("id", &self.id).field("type", &self.device_type).finish_non_exhaustive()
    }
}
