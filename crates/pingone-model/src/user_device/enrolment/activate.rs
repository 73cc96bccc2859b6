use std::{error::Error, fmt};

use bytes::Bytes;
use http::Response;
use serde_json::json;

use super::{EnrolmentStep, ExtraCode};
use crate::{
    Body, DeviceId, ErrorCode, FromResponse, Ids, Operation, OperationInfo, RequestError, ResponseError, UserId,
    media_type,
    operation::{by_reference, follow_up},
    reply::identity,
    shared::EnteredCode,
    user_device::{ONE, ReadUserDevice, problem},
    webauthn,
};

/// `POST /environments/{envID}/users/{userID}/devices/{deviceID}` as
/// `application/vnd.pingidentity.device.activate+json`
///
/// Activates a new device by a proof that the user has it. If a hardware token has drifted, the service asks for
/// [another code](EnrolmentStep::ExtraCode), which is a step and not an error.
///
/// A wrong code is an error whose problem is [`WrongCode`](crate::Problem::WrongCode), and it uses up an attempt. The step stays
/// open, and takes another code, as that of [a log-in](crate::CheckOtp#a-wrong-code) does.
///
/// It is not repeated automatically. After a lost reply, read the device to learn whether it is
/// [active](crate::DeviceStatus::Active). `Debug` shows no proof.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/activate-mfa-user-device.html>
#[derive(Clone)]
pub struct ActivateUserDevice {
    user: UserId,
    id: DeviceId,
    proof: Proof,
}

#[derive(Clone)]
enum Proof {
    Otp(EnteredCode),
    OathToken(EnteredCode),
    Fido2 {
        origin: Box<str>,
        /// The text of a browser's `credential.toJSON()`.
        credential: Box<str>,
    },
    Jwt(Box<str>),
}

impl ActivateUserDevice {
    /// Activates the device `id` of `user` by a code: the one that was sent to it, or the one that an authenticator app
    /// shows. Leading zeros count; spaces are not sent.
    #[must_use]
    pub fn otp(user: impl Into<UserId>, id: impl Into<DeviceId>, otp: &str) -> Self {
        Self { user: user.into(), id: id.into(), proof: Proof::Otp(EnteredCode::new(otp)) }
    }

    /// Activates a hardware token by the code that it shows. If the token has drifted, the service [asks for the next
    /// one](EnrolmentStep::ExtraCode), too.
    #[must_use]
    pub fn oath_token(user: impl Into<UserId>, id: impl Into<DeviceId>, otp: &str) -> Self {
        Self { user: user.into(), id: id.into(), proof: Proof::OathToken(EnteredCode::new(otp)) }
    }

    /// Activates a passkey by the `credential` that it made: the text of the browser's
    /// `JSON.stringify(credential.toJSON())`. `origin` is that of the page that asked for it, such as
    /// `https://app.example.com`, or that of an [Android app](crate::CheckAssertion::fido2); one that is not in the credential is
    /// refused before anything is sent.
    #[must_use]
    pub fn fido2(user: impl Into<UserId>, id: impl Into<DeviceId>, origin: &str, credential: &str) -> Self {
        let proof = Proof::Fido2 { origin: origin.into(), credential: credential.into() };
        Self { user: user.into(), id: id.into(), proof }
    }

    /// Activates PingID Desktop with the `jwt` that it returned.
    #[must_use]
    pub fn pingid_desktop(user: impl Into<UserId>, id: impl Into<DeviceId>, jwt: &str) -> Self {
        Self { user: user.into(), id: id.into(), proof: Proof::Jwt(jwt.into()) }
    }

    fn read_step(&self, response: &Response<Bytes>) -> Result<EnrolmentStep, Box<dyn Error + Send + Sync>> {
        if !response.status().is_success() {
            return Ok(EnrolmentStep::ExtraCode(ExtraCode::new(self.user.clone(), self.id.clone())));
        }
        EnrolmentStep::read(&self.user, response)
    }
}

impl Operation for ActivateUserDevice {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "user_device.activate",
        ONE,
        media_type::DEVICE_ACTIVATE,
        &[
            "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/activate-mfa-user-device.html",
            "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/fido2-biometrics-devices/activate-mfa-user-device-fido2.html",
            "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/activate_device_oath_token.html",
            "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/activate-mfa-user-device-desktop.html",
        ],
    )
    .meaning(problem::of_pairing)
    .answered_by(wants_extra_code);
    type Output = EnrolmentStep;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user).and(&self.id)
    }

    fn body(&self) -> Result<Body, RequestError> {
        let body = match &self.proof {
            Proof::Otp(otp) => json!({ "otp": otp.checked()? }),
            Proof::OathToken(otp) => json!({ "otp": otp.checked()?, "oathResync": true }),
            Proof::Fido2 { origin, credential } => {
                json!({ "origin": &**origin, "attestation": webauthn::attestation(origin, credential)? })
            }
            Proof::Jwt(jwt) if jwt.is_empty() => {
                return Err(RequestError::new("jwt", "is empty: pass the text that PingID Desktop returned"));
            }
            Proof::Jwt(jwt) => json!({ "attestation": &**jwt }),
        };
        Ok(body.into())
    }
}

fn wants_extra_code(refusal: &ResponseError) -> bool {
    refusal.has_code(&ErrorCode::ExtraOtpRequired)
}

follow_up!(ActivateUserDevice => ReadUserDevice(user, id));

impl FromResponse<ActivateUserDevice> for EnrolmentStep {
    fn from_response(
        activate: &ActivateUserDevice,
        response: &Response<Bytes>,
    ) -> Result<Self, Box<dyn Error + Send + Sync>> {
        activate.read_step(response)
    }

    fn is_about(&self, id: &str) -> bool {
        self.device().is_none_or(|device| identity::is(device, id))
    }
}

by_reference!(ActivateUserDevice => EnrolmentStep);

impl fmt::Debug for ActivateUserDevice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActivateUserDevice").field("user", &self.user).field("id", &self.id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Environment, Region};

    #[test]
    fn a_code_is_text_without_blanks_and_is_not_shown() {
        let activate = ActivateUserDevice::otp("u-1", "d-1", " 001 234\n");
        let request = activate.request(&Environment::new(Region::Europe, "e-1")).unwrap();
        assert_eq!(request.body(), r#"{"otp":"001234"}"#);
        let jwt = ActivateUserDevice::pingid_desktop("u-1", "d-1", "hunter2");
        assert!(!format!("{activate:?} {jwt:?}").contains("1234") && !format!("{jwt:?}").contains("hunter2"));
    }

    #[test]
    fn a_bad_argument_is_named() {
        let argument =
            |it: ActivateUserDevice| it.request(&Environment::new(Region::Europe, "e-1")).unwrap_err().argument();
        assert_eq!(argument(ActivateUserDevice::otp("", "d", "1")), "user_id");
        assert_eq!(argument(ActivateUserDevice::otp("u", "", "1")), "device_id");
        assert_eq!(argument(ActivateUserDevice::otp("u", "d", " ")), "otp");
        assert_eq!(argument(ActivateUserDevice::oath_token("u", "d", "")), "otp");
        assert_eq!(argument(ActivateUserDevice::fido2("u", "d", "app.example.com", "{}")), "origin");
        assert_eq!(argument(ActivateUserDevice::fido2("u", "d", "https://a", "{}")), "credential");
        assert_eq!(argument(ActivateUserDevice::pingid_desktop("u", "d", "")), "jwt");
    }

    fn read(status: u16, body: &'static str) -> Result<EnrolmentStep, ResponseError> {
        let response = Response::builder().status(status).body(Bytes::from_static(body.as_bytes())).unwrap();
        ActivateUserDevice::oath_token("u-1", "d-1", "1").read(response)
    }

    #[test]
    fn one_more_code_is_a_step_and_no_error() {
        let wanted = include_str!("../../../fixtures/errors/extra_otp_required.400.json");
        let Ok(EnrolmentStep::ExtraCode(entry)) = read(400, wanted) else { panic!("no step") };
        let request = entry.activate("2").request(&Environment::new(Region::Europe, "e-1")).unwrap();
        assert_eq!(request.body(), r#"{"otp":"2","oathResync":true}"#);
        assert!(request.uri().path().ends_with("/users/u-1/devices/d-1"));
        let other = wanted.replace("EXTRA_OTP_REQUIRED", "INVALID_OTP").leak();
        assert!(read(400, other).is_err());
    }

    #[test]
    fn a_reply_about_another_device_is_refused() {
        assert!(matches!(read(200, r#"{"id":"D-1","status":"ACTIVE"}"#), Ok(EnrolmentStep::Ready(_))));
        assert!(read(200, r#"{"id":"d-2","status":"ACTIVE"}"#).is_err());
    }
}
