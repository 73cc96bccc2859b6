use std::fmt;

use serde_json::json;

use super::{DeviceAuthentication, ONE, ReadDeviceAuthentication, problem};
use crate::{
    Body, DeviceAuthenticationId, Document, Ids, Operation, OperationInfo, RequestError, media_type,
    operation::follow_up, shared::EnteredCode,
};

/// `POST /{envID}/deviceAuthentications/{deviceAuthID}` as `application/vnd.pingidentity.otp.check+json`
///
/// Validates the one-time passcode that the user entered. A wrong one is a [`ResponseError`](crate::ResponseError) with
/// the code [`InvalidOtp`](crate::ErrorCode::InvalidOtp) (*inferred*), and uses up an attempt.
///
/// The passcode is text, for its leading zeros count; blanks in it do not, and are not sent. `Debug` does not show it.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/validate-otp-device-authentication.html>
#[derive(Clone)]
pub struct CheckOtp {
    id: DeviceAuthenticationId,
    otp: EnteredCode,
}

impl CheckOtp {
    /// Validates `otp`, as entered, in the authentication `id`.
    #[must_use]
    pub fn new(id: impl Into<DeviceAuthenticationId>, otp: &str) -> Self {
        Self { id: id.into(), otp: EnteredCode::new(otp) }
    }
}

impl Operation for CheckOtp {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "device_authentication.check_otp",
        ONE,
        media_type::OTP_CHECK,
        &[
            "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/validate-otp-device-authentication.html",
        ],
    )
    .meaning(problem::of_one);
    type Output = Document<DeviceAuthentication>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.id)
    }

    fn body(&self) -> Result<Body, RequestError> {
        Ok(json!({ "otp": self.otp.checked()? }).into())
    }
}

follow_up!(CheckOtp => ReadDeviceAuthentication(id));

impl fmt::Debug for CheckOtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckOtp").field("id", &self.id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Environment, Region};

    #[test]
    fn leading_zeros_are_kept_and_the_code_is_not_shown() {
        let check = CheckOtp::new("a-1", "001234");
        let request = check.request(&Environment::new(Region::Europe, "e-1")).unwrap();
        assert_eq!(request.body(), r#"{"otp":"001234"}"#);
        assert!(!format!("{check:?}").contains("1234"));
    }

    #[test]
    fn blanks_are_taken_out() {
        let request =
            CheckOtp::new("a-1", " 012\u{a0}3 4\t5\r\n").request(&Environment::new(Region::Europe, "e-1")).unwrap();
        assert_eq!(request.body(), r#"{"otp":"012345"}"#);
    }

    #[test]
    fn an_empty_code_burns_no_attempt() {
        for empty in ["", " ", "\u{2003}\n"] {
            let error = CheckOtp::new("a-1", empty).request(&Environment::new(Region::Europe, "e-1")).unwrap_err();
            assert_eq!(error.argument(), "otp");
        }
    }
}
