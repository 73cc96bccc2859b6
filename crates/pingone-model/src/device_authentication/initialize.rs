use bytes::Bytes;
use http::{Request, Response};
use serde_json::json;

use super::{ALL, DeviceAuthentication};
use crate::{
    DeviceId, Document, Environment, Operation, OperationInfo, PolicyId, RequestError, ResponseError, UserId,
    media_type,
};

/// `POST /{envID}/deviceAuthentications`
///
/// Begins a device authentication for a user. Without a device of your choice the policy decides: as a rule the first
/// of the user's devices is used at once, so this may send a push or a code.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/initialize-device-authentication.html>
#[derive(Clone, Debug)]
pub struct InitializeDeviceAuthentication {
    user: UserId,
    policy: Option<PolicyId>,
    selected_device: Option<DeviceId>,
}

impl InitializeDeviceAuthentication {
    /// Begins for `user`.
    #[must_use]
    pub fn new(user: impl Into<UserId>) -> Self {
        Self { user: user.into(), policy: None, selected_device: None }
    }

    /// Applies this device authentication policy instead of the environment's default.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<PolicyId>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// Starts with this paired device instead of the default one.
    #[must_use]
    pub fn selected_device(mut self, device: impl Into<DeviceId>) -> Self {
        self.selected_device = Some(device.into());
        self
    }
}

impl Operation for InitializeDeviceAuthentication {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "device_authentication.initialize",
        ALL,
        media_type::JSON,
        &[
            "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/initialize-device-authentication.html",
        ],
    );
    type Output = Document<DeviceAuthentication>;

    fn request(&self, environment: &Environment) -> Result<Request<Bytes>, RequestError> {
        let mut body = json!({ "user": { "id": self.user.checked()? } });
        if let Some(policy) = &self.policy {
            body["policy"] = json!({ "id": policy.checked()? });
        }
        if let Some(device) = &self.selected_device {
            body["selectedDevice"] = json!({ "id": device.checked()? });
        }
        Ok(Self::INFO.request(environment.auth(&["deviceAuthentications"])?, body.to_string()))
    }

    fn read(response: Response<Bytes>) -> Result<Self::Output, ResponseError> {
        Document::from_response(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;

    #[test]
    fn policy_and_device_stand_in_the_body_when_given() {
        let initialize = InitializeDeviceAuthentication::new("u-1").policy("p-1").selected_device("d-1");
        let request = initialize.request(&Environment::new(Region::Europe, "e-1")).unwrap();
        assert_eq!(request.body(), r#"{"policy":{"id":"p-1"},"selectedDevice":{"id":"d-1"},"user":{"id":"u-1"}}"#);
    }

    #[test]
    fn every_id_is_checked() {
        let argument = |initialize: InitializeDeviceAuthentication| {
            initialize.request(&Environment::new(Region::Europe, "e-1")).unwrap_err().argument()
        };
        assert_eq!(argument(InitializeDeviceAuthentication::new("")), "user_id");
        assert_eq!(argument(InitializeDeviceAuthentication::new("u").policy("..")), "policy_id");
        assert_eq!(argument(InitializeDeviceAuthentication::new("u").selected_device(".")), "device_id");
    }
}
