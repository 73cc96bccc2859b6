//! Adding, removing and reordering a user's devices.

use super::{Device, MOST_DEVICES, User, Users};

impl User {
    /// Whether the emulator keeps one more device, whatever the rules say.
    pub(crate) fn has_room(&self) -> bool {
        self.devices.len() < MOST_DEVICES
    }

    /// The devices that can be used, in their order.
    pub(crate) fn active_devices(&self) -> impl Iterator<Item = &Device> {
        self.devices.iter().filter(|device| device.is_active())
    }

    /// The device that is used if nobody chooses.
    ///
    /// Rule: FIRST_DEVICE_IS_DEFAULT.
    pub(crate) fn default_device(&self) -> Option<&Device> {
        self.active_devices().next()
    }

    /// A device, or a remembered browser.
    pub(crate) fn find_any(&self, id: &str) -> Option<&Device> {
        self.devices.iter().chain(&self.browsers).find(|device| device.id() == id)
    }

    pub(crate) fn find_any_mut(&mut self, id: &str) -> Option<&mut Device> {
        self.devices.iter_mut().chain(&mut self.browsers).find(|device| device.id() == id)
    }

    /// Adds a device as the last one.
    pub(crate) fn add(&mut self, device: Device) {
        self.devices.push(device);
        self.begin_order_anew();
    }

    /// The device can be used from now on, and is the last of the order.
    ///
    /// Rule: ACTIVATED_DEVICE_IS_LAST.
    pub(crate) fn activate(&mut self, id: &str) {
        if let Some(place) = self.devices.iter().position(|device| device.id() == id) {
            let mut device = self.devices.remove(place);
            device.set("status", Some("ACTIVE".into()));
            self.add(device);
        }
    }

    /// Removes a device or a browser.
    pub(crate) fn take(&mut self, id: &str) -> Option<Device> {
        let of = |devices: &mut Vec<Device>| {
            let place = devices.iter().position(|device| device.id() == id)?;
            Some(devices.remove(place))
        };
        let taken = of(&mut self.devices).or_else(|| of(&mut self.browsers));
        self.begin_order_anew();
        taken
    }

    /// Puts these devices first, in this order; the others keep theirs.
    pub(crate) fn put_in_order(&mut self, ids: &[&str]) {
        self.devices.sort_by_key(|device| ids.iter().position(|id| *id == device.id()).unwrap_or(ids.len()));
        self.has_order = true;
    }

    pub(crate) fn remove_order(&mut self) {
        self.has_order = false;
        self.begin_order_anew();
    }

    /// Rule: ORDER_BEGINS_ANEW.
    fn begin_order_anew(&mut self) {
        self.has_order |= self.active_devices().count() <= 1;
    }
}

impl Users {
    /// Changes a user, if there is one.
    pub(crate) fn change<T>(&mut self, id: &str, change: impl FnOnce(&mut User) -> T) -> Option<T> {
        let mut user = User::clone(self.find(id)?);
        let result = change(&mut user);
        self.put(user);
        Some(result)
    }

    /// Changes a device or a browser, if the user has it.
    pub(crate) fn change_device(
        &mut self,
        user_id: &str,
        device_id: &str,
        change: impl FnOnce(&mut Device),
    ) -> Option<()> {
        self.change(user_id, |user| user.find_any_mut(device_id).map(change)).flatten()
    }
}
