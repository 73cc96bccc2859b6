use super::{DeviceAuthentication, ONE, problem};
use crate::{DeviceAuthenticationId, Document, Ids, Operation, OperationInfo};

/// `GET /{envID}/deviceAuthentications/{deviceAuthID}`
///
/// Reads a device authentication. This is the only way to learn how a push was answered.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/read-device-authentication.html>
#[derive(Clone, Debug)]
pub struct ReadDeviceAuthentication {
    id: DeviceAuthenticationId,
}

impl ReadDeviceAuthentication {
    /// Reads the authentication `id`.
    #[must_use]
    pub fn new(id: impl Into<DeviceAuthenticationId>) -> Self {
        Self { id: id.into() }
    }
}

impl Operation for ReadDeviceAuthentication {
    const INFO: &'static OperationInfo = &OperationInfo::get(
        "device_authentication.read",
        ONE,
        &[
            "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/read-device-authentication.html",
        ],
    )
    .meaning(problem::of_one);
    type Output = Document<DeviceAuthentication>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Environment, Region};

    #[test]
    fn it_has_no_body_and_no_media_type() {
        let request = ReadDeviceAuthentication::new("a-1").request(&Environment::new(Region::Europe, "e-1")).unwrap();
        assert_eq!(request.uri(), "https://auth.pingone.eu/e-1/deviceAuthentications/a-1");
        assert!(request.headers().is_empty() && request.body().is_empty());
    }
}
