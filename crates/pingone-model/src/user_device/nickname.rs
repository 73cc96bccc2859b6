use std::fmt;

use serde_json::json;

use super::ReadUserDevice;
use crate::{
    Body, DeviceId, Document, Ids, Links, Operation, OperationInfo, Path, RequestError, UserId, operation::follow_up,
    reply::view::view,
};

/// `PUT /environments/{envID}/users/{userID}/devices/{deviceID}/nickname`
///
/// Gives a device a nickname, which is the only attribute of a device that can be changed. `Debug` does not show it.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/update-device-nickname.html>
#[derive(Clone)]
pub struct UpdateDeviceNickname {
    user: UserId,
    id: DeviceId,
    nickname: Box<str>,
}

impl UpdateDeviceNickname {
    /// Names the device `id` of `user`. A nickname has up to 100 characters, and an empty one removes the old one
    /// (*unverified*).
    #[must_use]
    pub fn new(user: impl Into<UserId>, id: impl Into<DeviceId>, nickname: &str) -> Self {
        Self { user: user.into(), id: id.into(), nickname: nickname.into() }
    }
}

impl Operation for UpdateDeviceNickname {
    const INFO: &'static OperationInfo = &OperationInfo::put(
        "user_device.update_nickname",
        Path::api("/environments/{envID}/users/{userID}/devices/{deviceID}/nickname"),
        &["https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/update-device-nickname.html"],
    );
    type Output = Document<DeviceNickname>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user).and(&self.id)
    }

    fn body(&self) -> Result<Body, RequestError> {
        Ok(json!({ "nickname": &*self.nickname }).into())
    }
}

follow_up!(UpdateDeviceNickname => ReadUserDevice(user, id));

impl fmt::Debug for UpdateDeviceNickname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateDeviceNickname").field("user", &self.user).field("id", &self.id).finish_non_exhaustive()
    }
}

view! {
    /// The nickname of a device: what the reply to [`UpdateDeviceNickname`] has instead of the device.
    pub struct DeviceNickname {
        /// The nickname.
        text nickname = "nickname";
        /// Links to the nickname and to the device.
        one links = "_links": Links;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_name() {
        assert!(!format!("{:?}", UpdateDeviceNickname::new("u-1", "d-1", "hunter2")).contains("hunter2"));
    }
}
