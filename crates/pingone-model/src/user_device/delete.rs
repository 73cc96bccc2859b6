use super::{ONE, ReadUserDevice};
use crate::{DeviceId, Ids, Operation, OperationInfo, UserId, operation::follow_up};

/// `DELETE /environments/{envID}/users/{userID}/devices/{deviceID}`
///
/// Removes a device. If it was the first in the order, the second is the default from then on.
///
/// After a lost reply, reading the device tells: 404 means that it is removed.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/delete-mfa-user-device.html>
#[derive(Clone, Debug)]
pub struct DeleteUserDevice {
    user: UserId,
    id: DeviceId,
}

impl DeleteUserDevice {
    /// Removes the device `id` of `user`.
    #[must_use]
    pub fn new(user: impl Into<UserId>, id: impl Into<DeviceId>) -> Self {
        Self { user: user.into(), id: id.into() }
    }
}

impl Operation for DeleteUserDevice {
    const INFO: &'static OperationInfo = &OperationInfo::delete(
        "user_device.delete",
        ONE,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/delete-mfa-user-device.html"],
    );
    type Output = ();

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user).and(&self.id)
    }
}

follow_up!(DeleteUserDevice => ReadUserDevice(user, id));
