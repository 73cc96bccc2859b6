use super::{ONE, ReadUserDevice};
use crate::{Device, DeviceId, Document, Ids, Operation, OperationInfo, UserId, media_type, operation::follow_up};

/// `POST /environments/{envID}/users/{userID}/devices/{deviceID}` as
/// `application/vnd.pingidentity.device.unlock+json`
///
/// Unlocks a device that is locked after failures, and resets their count. The reply is not documented; it is taken to be the
/// device, or nothing.
///
/// After a lost reply, read it to learn whether it [is locked](crate::Device::lock).
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/unlock_device.html>
#[derive(Clone, Debug)]
pub struct UnlockUserDevice {
    user: UserId,
    id: DeviceId,
}

impl UnlockUserDevice {
    /// Unlocks the device `id` of `user`.
    #[must_use]
    pub fn new(user: impl Into<UserId>, id: impl Into<DeviceId>) -> Self {
        Self { user: user.into(), id: id.into() }
    }
}

impl Operation for UnlockUserDevice {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "user_device.unlock",
        ONE,
        media_type::DEVICE_UNLOCK,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/unlock_device.html"],
    );
    type Output = Option<Document<Device>>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user).and(&self.id)
    }
}

follow_up!(UnlockUserDevice => ReadUserDevice(user, id));
