use serde_json::json;

use crate::{
    Body, DeviceId, Document, Ids, Links, Operation, OperationInfo, Path, RequestError, Time, UserId,
    reply::view::view, shared::open_enum::open_enum,
};

/// `PUT /environments/{envID}/users/{userID}/devices/{deviceID}/logs`
///
/// Asks the app on a mobile device for its logs, which it can send within 24 hours.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/send-mfa-device-logs.html>
#[derive(Clone, Debug)]
pub struct RequestDeviceLogs {
    user: UserId,
    id: DeviceId,
}

impl RequestDeviceLogs {
    /// Asks for the logs of the mobile device `id` of `user`.
    #[must_use]
    pub fn new(user: impl Into<UserId>, id: impl Into<DeviceId>) -> Self {
        Self { user: user.into(), id: id.into() }
    }
}

impl Operation for RequestDeviceLogs {
    const INFO: &'static OperationInfo = &OperationInfo::put(
        "user_device.request_logs",
        Path::api("/environments/{envID}/users/{userID}/devices/{deviceID}/logs"),
        &["https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/send-mfa-device-logs.html"],
    );
    type Output = Document<DeviceLogs>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user).and(&self.id)
    }

    fn body(&self) -> Result<Body, RequestError> {
        Ok(json!({ "status": LogsStatus::Pending }).into())
    }
}

open_enum! {
    /// Whether an app has sent its logs.
    pub enum LogsStatus {
        /// The app has not sent them yet.
        Pending = "PENDING",
        /// The app has sent them.
        Received = "RECEIVED",
    }
}

view! {
    /// A request for the logs of a device: what the reply to [`RequestDeviceLogs`] has instead of the device.
    pub struct DeviceLogs {
        /// Whether the app has sent them.
        one status = "status": LogsStatus;
        /// Until when the app can send them: ISO 8601 in UTC. It is absent once the app has sent them or the time is over.
        one expires_at = "expiresAt": Time;
        /// Links to the request and to the device.
        one links = "_links": Links;
    }
}
