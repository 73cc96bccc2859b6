use pingone_model::{
    Device, DeviceAuthentication, DeviceAuthenticationId, DeviceId, DeviceSelection, SelectDevice, SelectedDevice,
};

/// The devices that the user can choose instead of the one whose push was taken back, or was not answered in time.
#[derive(Clone, Debug)]
pub struct OtherDevices {
    selection: DeviceSelection,
    abandoned: Option<DeviceId>,
}

impl OtherDevices {
    /// `device` is the one whose push it was; if nobody has said so before, the reply does.
    pub(crate) fn new(selection: DeviceSelection, device: Option<&DeviceId>) -> Self {
        let abandoned = device.or(selected(selection.authentication())).cloned();
        Self { selection, abandoned }
    }

    /// The authentication's id.
    #[must_use]
    pub fn id(&self) -> &DeviceAuthenticationId {
        self.selection.id()
    }

    /// The devices that can be selected, without the abandoned one.
    pub fn devices(&self) -> impl Iterator<Item = (&DeviceId, &Device)> {
        self.selection.devices().filter(|(id, _)| Some(*id) != self.abandoned.as_ref())
    }

    /// The same devices, each with a label for people; no two are alike.
    #[must_use]
    pub fn labels(&self) -> Vec<(&DeviceId, String)> {
        self.selection.labels().into_iter().filter(|(id, _)| Some(*id) != self.abandoned.as_ref()).collect()
    }

    /// The device whose push it was, if the service said which.
    #[must_use]
    pub fn abandoned(&self) -> Option<&DeviceId> {
        self.abandoned.as_ref()
    }

    /// Goes on with `device`, which may be the abandoned one: that gets another push.
    #[must_use]
    pub fn select(&self, device: impl Into<DeviceId>) -> SelectDevice {
        self.selection.select(device)
    }

    /// All devices that can be selected, the abandoned one among them.
    #[must_use]
    pub fn selection(&self) -> &DeviceSelection {
        &self.selection
    }

    /// The same, to keep.
    #[must_use]
    pub fn into_selection(self) -> DeviceSelection {
        self.selection
    }
}

/// The abandoned device is the one that the reply names as selected.
impl From<DeviceSelection> for OtherDevices {
    fn from(selection: DeviceSelection) -> Self {
        Self::new(selection, None)
    }
}

/// The device that was selected last.
pub(crate) fn selected(reply: &DeviceAuthentication) -> Option<&DeviceId> {
    reply.selected_device().and_then(SelectedDevice::id)
}
