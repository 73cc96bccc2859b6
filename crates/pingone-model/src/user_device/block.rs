use super::{ONE, ReadUserDevice};
use crate::{Device, DeviceId, Document, Ids, Operation, OperationInfo, UserId, media_type, operation::follow_up};

/// `POST /environments/{envID}/users/{userID}/devices/{deviceID}` as
/// `application/vnd.pingidentity.device.block+json`
///
/// Blocks a device: nobody can authenticate by it until it is [unblocked](UnblockUserDevice). A lock is something else: it
/// follows failures, and ends by itself.
///
/// After a lost reply, read it to learn whether it [is blocked](crate::Device::block).
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/block_mfa_user_device.html>
#[derive(Clone, Debug)]
pub struct BlockUserDevice {
    user: UserId,
    id: DeviceId,
}

impl BlockUserDevice {
    /// Blocks the device `id` of `user`.
    #[must_use]
    pub fn new(user: impl Into<UserId>, id: impl Into<DeviceId>) -> Self {
        Self { user: user.into(), id: id.into() }
    }
}

impl Operation for BlockUserDevice {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "user_device.block",
        ONE,
        media_type::DEVICE_BLOCK,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/block_mfa_user_device.html"],
    );
    type Output = Document<Device>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user).and(&self.id)
    }
}

follow_up!(BlockUserDevice => ReadUserDevice(user, id));

/// `POST /environments/{envID}/users/{userID}/devices/{deviceID}` as
/// `application/vnd.pingidentity.device.unblock+json`
///
/// Unblocks a device. The media type is *unverified*: public programs use it, but no page of the reference shows it. The
/// reply is taken to be the device, or nothing (*inferred*).
///
/// After a lost reply, read it to learn whether it [is blocked](crate::Device::block).
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/unblock_mfa_user_device.html>
#[derive(Clone, Debug)]
pub struct UnblockUserDevice {
    user: UserId,
    id: DeviceId,
}

impl UnblockUserDevice {
    /// Unblocks the device `id` of `user`.
    #[must_use]
    pub fn new(user: impl Into<UserId>, id: impl Into<DeviceId>) -> Self {
        Self { user: user.into(), id: id.into() }
    }
}

impl Operation for UnblockUserDevice {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "user_device.unblock",
        ONE,
        media_type::DEVICE_UNBLOCK,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/unblock_mfa_user_device.html"],
    );
    type Output = Option<Document<Device>>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user).and(&self.id)
    }
}

follow_up!(UnblockUserDevice => ReadUserDevice(user, id));
