use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::address::mask;
use crate::{
    clock::iso,
    key,
    object::{DataError, Object},
};

/// What a device's `_emulator` may hold.
const HIDDEN: &str = "_emulator";

const HIDDEN_NAMES: [&str; 17] = [
    "publicKey",
    "signCount",
    "userHandle",
    "secret",
    "otpLength",
    "timeStep",
    "hashAlgorithm",
    "counter",
    "drift",
    "testMode",
    "blocked",
    "blockedAt",
    "mobilePayload",
    "cookie",
    "createdAt",
    "updatedAt",
    "rememberedUntil",
];

/// What only the management API shows.
const MANAGED: [&str; 2] = ["extension", "serialNumber"];

/// When a device in the data was created, unless it says so.
const LONG_AGO: &str = "2024-01-01T00:00:00.000Z";

/// An MFA device: what the service shows inside an authentication, and what it knows but never shows.
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

    /// Sets a further member, such as `nickname`. `id` and `type` cannot be changed. Without `status` and
    /// `usableStatus`, it is `ACTIVE` and `ENABLED`.
    #[must_use]
    pub fn member(mut self, name: impl Into<String>, value: Value) -> Self {
        self.members.insert(name.into(), value);
        self
    }

    /// Sets something that the service knows but never shows:
    ///
    /// | name | of | value |
    /// |---|---|---|
    /// | `publicKey` | passkey, PingID Desktop | a JWK; or as text SPKI in PEM or Base64, or COSE in Base64 or Base64URL |
    /// | `signCount` | passkey | the counter that was seen last |
    /// | `userHandle` | passkey | Base64URL; the user's id if it is not given |
    /// | `secret` | TOTP, OATH token, app with codes | Base32 |
    /// | `otpLength`, `timeStep`, `hashAlgorithm`, `counter` | OATH token | as its creation says them; 6, 30, `HmacSHA1`, 0 |
    /// | `drift` | OATH token | by how many windows its clock is ahead |
    /// | `testMode` | SMS, voice, e-mail | `true`: nothing is sent; the reply has the code |
    /// | `blocked`, `blockedAt` | any | `true`: an administrator has blocked it; when |
    /// | `createdAt`, `updatedAt` | any | times, as management shows them |
    /// | `mobilePayload` | MOBILE | the payload with which the app itself is the factor |
    /// | `cookie`, `rememberedUntil` | remembered browser | `name=value`; a time |
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
    /// Rule: DEVICES_SHOW_THEIR_STATUS. Rule: MANAGEMENT_SHOWS_ADDRESSES.
    pub(crate) fn as_paired(&self) -> Value {
        let is_usable = self.is_active() && !self.is_known("blocked");
        let usable = self.members.get("usableStatus").cloned();
        let usable = usable.or_else(|| is_usable.then(|| json!({ "status": "ENABLED" })));
        let shown = [
            ("id", Some(self.id.as_str().into())),
            ("type", Some(self.device_type.as_str().into())),
            ("status", Some(self.status().into())),
            ("usableStatus", usable),
        ];
        let mut shown = self.after(shown.into_iter().filter_map(|(name, value)| Some((name, value?))));
        if let Value::Object(members) = &mut shown {
            members.retain(|name, _| !MANAGED.contains(&name.as_str()));
            for name in ["email", "phone"] {
                if let Some(Value::String(address)) = members.get_mut(name) {
                    *address = mask(name, address);
                }
            }
        }
        shown
    }

    /// What the management API shows in addition to the common members.
    pub(crate) fn others(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.members.iter().filter(|(name, _)| !["status", "usableStatus"].contains(&name.as_str()))
    }

    pub(crate) fn status(&self) -> &str {
        self.text(&["status"]).unwrap_or("ACTIVE")
    }

    pub(crate) fn is_active(&self) -> bool {
        self.status() == "ACTIVE"
    }

    /// Whether it is neither blocked, disabled nor still to be activated.
    pub(crate) fn is_usable(&self) -> bool {
        let is_enabled = self.text(&["usableStatus", "status"]).is_none_or(|status| status == "ENABLED");
        self.is_active() && is_enabled && !self.is_known("blocked")
    }

    /// Whether this browser is still remembered.
    ///
    /// Rule: REMEMBERED_FOR_LIFE_TIME.
    pub(crate) fn is_remembered(&self, now: Timestamp) -> bool {
        let until = self.known_text("rememberedUntil").and_then(|until| until.parse::<Timestamp>().ok());
        until.is_none_or(|until| now < until)
    }

    /// When it was created and last changed.
    pub(crate) fn times(&self) -> [&str; 2] {
        let created = self.known_text("createdAt").unwrap_or(LONG_AGO);
        [created, self.known_text("updatedAt").unwrap_or(created)]
    }

    /// Sets or removes a member.
    pub(crate) fn set(&mut self, name: &str, value: Option<Value>) {
        set(&mut self.members, name, value);
    }

    /// Sets or removes something that is never shown as it is.
    pub(crate) fn hide(&mut self, name: &str, value: Option<Value>) {
        set(&mut self.hidden, name, value);
    }

    /// The device has changed.
    pub(crate) fn touch(&mut self, now: Timestamp) {
        self.hide("updatedAt", Some(iso(now).into()));
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

    /// Reads a device from the data.
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

    /// The member at `path`.
    pub(crate) fn value(&self, path: &[&str]) -> Option<&Value> {
        let (first, rest) = path.split_first()?;
        rest.iter().try_fold(self.members.get(*first)?, |value, name| value.get(name))
    }
}

fn set(members: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    match value {
        Some(value) => drop(members.insert(name.to_owned(), value)),
        None => drop(members.shift_remove(name)),
    }
}

/// Refuses now what would make a passkey unusable later.
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
