use std::fmt;

use serde_json::{Map, Value};

/// An MFA device, as the service shows it inside an authentication.
///
/// `Debug` shows id and type only: the rest may be personal.
#[derive(Clone, PartialEq)]
pub struct Device {
    id: String,
    device_type: String,
    members: Map<String, Value>,
}

impl Device {
    /// A device with nothing but its `id` and its `type`, such as `MOBILE`, `EMAIL` or `FIDO2`.
    pub fn new(id: impl Into<String>, device_type: impl Into<String>) -> Self {
        Self { id: id.into(), device_type: device_type.into(), members: Map::new() }
    }

    /// Sets a further member, such as `nickname`. `id` and `type` stay what they are.
    #[must_use]
    pub fn member(mut self, name: impl Into<String>, value: Value) -> Self {
        self.members.insert(name.into(), value);
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

    /// The whole device.
    pub fn to_json(&self) -> Value {
        let mut members = self.members.clone();
        members.insert("id".to_owned(), self.id.as_str().into());
        members.insert("type".to_owned(), self.device_type.as_str().into());
        Value::Object(members)
    }

    /// The member at `path`, such as `["rp", "id"]`, if it is text.
    pub(crate) fn text(&self, path: &[&str]) -> Option<&str> {
        let (first, rest) = path.split_first()?;
        rest.iter().try_fold(self.members.get(*first)?, |value, name| value.get(name))?.as_str()
    }
}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Device").field("id", &self.id).field("type", &self.device_type).finish_non_exhaustive()
    }
}
