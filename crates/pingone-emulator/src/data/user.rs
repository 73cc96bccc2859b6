use super::Device;

/// A user with their devices.
#[derive(Clone, Debug)]
pub struct User {
    id: String,
    devices: Vec<Device>,
}

impl User {
    /// A user without devices, whose every authentication fails.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), devices: Vec::new() }
    }

    /// Adds a device. The first one is the default.
    #[must_use]
    pub fn device(mut self, device: Device) -> Self {
        self.devices.push(device);
        self
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
}
