use super::ONE;
use crate::{Device, DeviceId, Document, Ids, Operation, OperationInfo, UserId};

/// `GET /environments/{envID}/users/{userID}/devices/{deviceID}`
///
/// Reads a device of a user.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/read-one-mfa-user-device.html>
#[derive(Clone, Debug)]
pub struct ReadUserDevice {
    user: UserId,
    id: DeviceId,
}

impl ReadUserDevice {
    /// Reads the device `id` of `user`.
    #[must_use]
    pub fn new(user: impl Into<UserId>, id: impl Into<DeviceId>) -> Self {
        Self { user: user.into(), id: id.into() }
    }
}

impl Operation for ReadUserDevice {
    const INFO: &'static OperationInfo = &OperationInfo::get(
        "user_device.read",
        ONE,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/read-one-mfa-user-device.html"],
    );
    type Output = Document<Device>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user).and(&self.id)
    }
}
