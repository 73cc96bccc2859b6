use serde_json::json;

use super::{DeviceAuthentication, ONE, ReadDeviceAuthentication, problem};
use crate::{
    Body, DeviceAuthenticationId, DeviceId, Document, Ids, Operation, OperationInfo, RequestError, media_type,
    operation::follow_up, shared::open_enum::open_enum,
};

/// `POST /{envID}/deviceAuthentications/{deviceAuthID}` as `application/vnd.pingidentity.device.select+json`
///
/// Continues with another device. A device that receives codes is sent one, and a new one when it is selected again
/// (*inferred*); a mobile device is sent a push.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/select-device-authentication.html>
#[derive(Clone, Debug)]
pub struct SelectDevice {
    id: DeviceAuthenticationId,
    device: DeviceId,
    compatibility: Option<Compatibility>,
}

open_enum! {
    /// What the user's browser can do with a passkey.
    ///
    /// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/check-assertion-device-authentication.html>
    pub enum Compatibility {
        /// It has a platform authenticator.
        Full = "FULL",
        /// It has WebAuthn only.
        SecurityKeyOnly = "SECURITY_KEY_ONLY",
        /// Nothing.
        None = "NONE",
    }
}

impl SelectDevice {
    /// Selects `device` in the authentication `id`.
    #[must_use]
    pub fn new(id: impl Into<DeviceAuthenticationId>, device: impl Into<DeviceId>) -> Self {
        Self { id: id.into(), device: device.into(), compatibility: None }
    }

    /// Says what the user's browser can do.
    #[must_use]
    pub fn compatibility(mut self, compatibility: Compatibility) -> Self {
        self.compatibility = Some(compatibility);
        self
    }
}

impl Operation for SelectDevice {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "device_authentication.select_device",
        ONE,
        media_type::DEVICE_SELECT,
        &[
            "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/select-device-authentication.html",
        ],
    )
    .meaning(problem::of_one);
    type Output = Document<DeviceAuthentication>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.id)
    }

    fn body(&self) -> Result<Body, RequestError> {
        let mut body = json!({ "device": { "id": self.device.checked()? } });
        if let Some(compatibility) = &self.compatibility {
            body["compatibility"] = json!(compatibility);
        }
        Ok(body.into())
    }
}

follow_up!(SelectDevice => ReadDeviceAuthentication(id));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Environment, Region};

    #[test]
    fn compatibility_is_left_out_unless_given() {
        let environment = Environment::new(Region::Europe, "e-1");
        let body = |select: SelectDevice| select.request(&environment).unwrap().into_body();
        assert_eq!(body(SelectDevice::new("a-1", "d-1")), r#"{"device":{"id":"d-1"}}"#);
        assert_eq!(
            body(SelectDevice::new("a-1", "d-1").compatibility(Compatibility::None)),
            r#"{"device":{"id":"d-1"},"compatibility":"NONE"}"#
        );
    }

    #[test]
    fn both_ids_are_checked() {
        let environment = Environment::new(Region::Europe, "e-1");
        let argument = |select: SelectDevice| select.request(&environment).unwrap_err().argument();
        assert_eq!(argument(SelectDevice::new("", "d-1")), "device_authentication_id");
        assert_eq!(argument(SelectDevice::new("a-1", "")), "device_id");
    }
}
