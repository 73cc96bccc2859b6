use serde_json::json;

use super::{DeviceAuthentication, ONE, ReadDeviceAuthentication, problem};
use crate::{
    Body, DeviceAuthenticationId, Document, Ids, Operation, OperationInfo, RequestError, media_type,
    operation::follow_up, shared::open_enum::open_enum,
};

/// `POST /{envID}/deviceAuthentications/{deviceAuthID}` as
/// `application/vnd.pingidentity.cancel.push.authentication+json`
///
/// Cancels a push that is not answered yet, so that the user can change device. It does **not** end the
/// authentication, which goes back to `DEVICE_SELECTION_REQUIRED`; there, `selectedDevice` still names the device that
/// was abandoned. The user's app needs version 2.0 or higher of the PingOne MFA SDK.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/cancel_authentication.html>
///
/// ```
/// use pingone_model::{CancelDeviceAuthentication, CancelReason, Environment, Operation, Region};
///
/// let cancel = CancelDeviceAuthentication::new("004fd27a-c7e7-4e63-8644-0563e43dcd02", CancelReason::ChangeDevice);
/// let request = cancel.request(&Environment::new(Region::Europe, "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6"))?;
/// assert_eq!(request.body(), r#"{"reason":"CHANGE_DEVICE"}"#);
/// # Ok::<_, pingone_model::RequestError>(())
/// ```
#[derive(Clone, Debug)]
pub struct CancelDeviceAuthentication {
    id: DeviceAuthenticationId,
    reason: CancelReason,
}

open_enum! {
    /// Why a push is cancelled.
    pub enum CancelReason {
        /// The user wants another device: the only documented value.
        ChangeDevice = "CHANGE_DEVICE",
        /// The user signs out: known only from the vendor's connector for PingID (*seen*).
        SignOut = "SIGNOUT",
        /// The user adds a device: known only from the vendor's connector for PingID (*seen*).
        AddDevice = "ADD_DEVICE",
    }
}

impl CancelDeviceAuthentication {
    /// Cancels the pending push of the authentication `id`.
    #[must_use]
    pub fn new(id: impl Into<DeviceAuthenticationId>, reason: CancelReason) -> Self {
        Self { id: id.into(), reason }
    }
}

impl Operation for CancelDeviceAuthentication {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "device_authentication.cancel",
        ONE,
        media_type::CANCEL_PUSH_AUTHENTICATION,
        &[
            "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/cancel_authentication.html",
        ],
    )
    .meaning(problem::of_one);
    type Output = Document<DeviceAuthentication>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.id)
    }

    fn body(&self) -> Result<Body, RequestError> {
        Ok(match &self.reason {
            CancelReason::ChangeDevice => r#"{"reason":"CHANGE_DEVICE"}"#.into(),
            other => json!({ "reason": other.as_str() }).into(),
        })
    }
}

follow_up!(CancelDeviceAuthentication => ReadDeviceAuthentication(id));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Environment, Region};

    #[test]
    fn an_invalid_id_is_refused_before_anything_is_sent() {
        let environment = Environment::new(Region::Europe, "e-1");
        for bad in ["", ".", "..", "a/b", &"a".repeat(101)] {
            let error =
                CancelDeviceAuthentication::new(bad, CancelReason::ChangeDevice).request(&environment).unwrap_err();
            assert_eq!(error.argument(), "device_authentication_id");
        }
    }

    #[test]
    fn another_reason_is_sent_as_it_stands() {
        let cancel = CancelDeviceAuthentication::new("a-1", CancelReason::from("NEW \"ONE\""));
        let request = cancel.request(&Environment::new(Region::Europe, "e-1")).unwrap();
        assert_eq!(request.body(), r#"{"reason":"NEW \"ONE\""}"#);
    }
}
