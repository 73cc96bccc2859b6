use std::fmt;

use serde_json::json;

use super::{DeviceAuthentication, ONE, ReadDeviceAuthentication, problem};
use crate::{
    Body, DeviceAuthenticationId, Document, Ids, Operation, OperationInfo, RequestError, media_type,
    operation::follow_up, shared::EnteredCode,
};

/// `POST /{envID}/deviceAuthentications/{deviceAuthID}` as `application/vnd.pingidentity.otp.check+json`
///
/// Validates the one-time passcode that the user entered. It is text, because leading zeros count; blanks do not, and are not
/// sent. `Debug` does not show it.
///
/// # A wrong code
///
/// A wrong code is an error whose problem is [`WrongCode`](crate::Problem::WrongCode) (*inferred*), and it uses up an attempt.
/// The entry stays open, and takes another code:
///
/// ```
/// # use pingone_model::{DeviceAuthentication, Document, NextStep, Operation};
/// use pingone_model::Problem;
///
/// # let begun = Document::<DeviceAuthentication>::from_json(r#"{"id": "a-1", "status": "OTP_REQUIRED"}"#)?;
/// # let NextStep::Otp(entry) = begun.into_next_step() else { panic!("no code is awaited") };
/// # let mut bodies = [
/// #     (400, r#"{"details": [{"code": "INVALID_OTP", "innerError": {"attemptsRemaining": 2}}]}"#),
/// #     (200, r#"{"id": "a-1", "status": "COMPLETED"}"#),
/// # ].into_iter();
/// # let mut send = |check: pingone_model::CheckOtp| {
/// #     let (status, body) = bodies.next().unwrap();
/// #     check.read(http::Response::builder().status(status).body(body.into()).unwrap())
/// # };
/// # let mut entered = ["123456", "654321"].into_iter();
/// # let mut ask = |_: &str| entered.next().unwrap();
/// let mut code = ask("Enter the code.");
/// let step = loop {
///     match send(entry.check(code)) {
///         Ok(reply) => break reply.into_next_step(),
///         Err(error) => match error.problem() {
///             Problem::WrongCode { attempts_remaining: Some(left), .. } => code = ask(&format!("Wrong; {left} tries are left.")),
///             Problem::WrongCode { .. } => code = ask("Wrong; try again."),
///             _ => return Err(error.into()), // not about this code
///         },
///     }
/// };
/// # assert!(matches!(step, NextStep::Completed(_)));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
///
/// After the last attempt the problem is [`NoTriesLeft`](crate::Problem::NoTriesLeft), and the user can only go on with another
/// device or begin again. If the reply was lost, the [follow-up](crate::FollowUp) tells whether the entry is still open.
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
