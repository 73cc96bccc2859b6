use crate::{
    Device, DeviceId, Document, Ids, Operation, OperationInfo, UserId, media_type,
    user_device::{ONE, problem},
};

/// `POST /environments/{envID}/users/{userID}/devices/{deviceID}` as
/// `application/vnd.pingidentity.device.sendActivationCode+json`
///
/// Sends another code to a device that is not active yet. The reply is not documented; it is taken to be the device, or
/// nothing (*inferred*).
///
/// It is never sent again by itself, because the user would get two codes. After a lost reply, nothing tells whether one was
/// sent: ask the user.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/resend_pairing_otp.html>
#[derive(Clone, Debug)]
pub struct ResendPairingCode {
    user: UserId,
    id: DeviceId,
}

impl ResendPairingCode {
    /// Sends another code to the device `id` of `user`.
    #[must_use]
    pub fn new(user: impl Into<UserId>, id: impl Into<DeviceId>) -> Self {
        Self { user: user.into(), id: id.into() }
    }
}

impl Operation for ResendPairingCode {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "user_device.resend_code",
        ONE,
        media_type::DEVICE_SEND_ACTIVATION_CODE,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/resend_pairing_otp.html"],
    )
    .meaning(problem::of_pairing);
    type Output = Option<Document<Device>>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user).and(&self.id)
    }
}
