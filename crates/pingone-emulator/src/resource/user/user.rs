use serde_json::{Value, json};

use super::Device;
use crate::object::{DataError, Object};

/// A user with their devices.
#[derive(Clone, Debug)]
pub struct User {
    pub(crate) id: String,
    pub(crate) devices: Vec<Device>,
    pub(crate) browsers: Vec<Device>,
    pub(crate) has_order: bool,
    pub(crate) bypass_allowed: bool,
    pub(crate) bypass_enabled: bool,
}

impl User {
    /// A user without devices, whose every authentication fails.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            devices: Vec::new(),
            browsers: Vec::new(),
            has_order: true,
            bypass_allowed: false,
            bypass_enabled: false,
        }
    }

    /// Adds a device. The first one is the default.
    #[must_use]
    pub fn device(mut self, device: Device) -> Self {
        self.devices.push(device);
        self
    }

    /// Adds a browser that is remembered: a device whose hidden member `cookie` is the `name=value` that it sends.
    #[must_use]
    pub fn remembered_browser(mut self, browser: Device) -> Self {
        self.browsers.push(browser);
        self
    }

    /// Takes away the order of the devices, and with it the default.
    #[must_use]
    pub fn without_order(self) -> Self {
        Self { has_order: false, ..self }
    }

    /// Sets the flags `bypassAllowed` and `userBypassEnabled`.
    #[must_use]
    pub fn bypass(self, allowed: bool, enabled: bool) -> Self {
        Self { bypass_allowed: allowed, bypass_enabled: enabled, ..self }
    }

    /// The user's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The user's devices in their order.
    pub fn devices(&self) -> &[Device] {
        &self.devices
    }

    pub(crate) fn find_device(&self, id: &str) -> Option<&Device> {
        self.devices.iter().find(|device| device.id() == id)
    }

    /// Reads a user as it stands in the data.
    pub(crate) fn from_data(object: &Object<'_>) -> Result<Self, DataError> {
        object.has_only(&["id", "devices", "rememberedBrowsers", "ordered", "bypassAllowed", "userBypassEnabled"])?;
        let mut user = Self::new(object.text("id")?);
        for object in object.objects("devices")? {
            user = user.device(Device::from_data(&object)?);
        }
        for object in object.optional_objects("rememberedBrowsers")? {
            user = user.remembered_browser(Device::from_data(&object)?);
        }
        user.has_order = object.flag("ordered")?.unwrap_or(user.has_order);
        user.bypass_allowed = object.flag("bypassAllowed")?.unwrap_or(user.bypass_allowed);
        user.bypass_enabled = object.flag("userBypassEnabled")?.unwrap_or(user.bypass_enabled);
        Ok(user)
    }

    /// The user as it stands in the data.
    pub(crate) fn to_data(&self) -> Value {
        json!({
            "id": self.id,
            "devices": self.devices.iter().map(Device::to_data).collect::<Value>(),
            "rememberedBrowsers": self.browsers.iter().map(Device::to_data).collect::<Value>(),
            "ordered": self.has_order,
            "bypassAllowed": self.bypass_allowed,
            "userBypassEnabled": self.bypass_enabled,
        })
    }
}
