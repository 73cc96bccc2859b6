//! How a device is enrolled: it is created, then activated with a proof that the user has it.

mod activate;
mod create;
#[cfg(doctest)]
mod impossible;
mod resend_code;

use std::error::Error;

use bytes::Bytes;
use http::Response;

use super::ReadUserDevice;
use crate::{CredentialCreationOptions, Device, DeviceId, DeviceStatus, DeviceType, Document, TestMode, UserId};

pub use activate::ActivateUserDevice;
pub use create::CreateUserDevice;
pub use resend_code::ResendPairingCode;

/// What comes next with a new device.
///
/// A step owns the reply, borrows nothing, and offers only what its state allows. Only a device that the service calls
/// `ACTIVE` is [`Ready`](Self::Ready).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum EnrolmentStep {
    /// The user was sent a code: let them enter it.
    SentCode(SentCode),
    /// The user has to enter the code that their hardware token shows.
    TokenCode(TokenCode),
    /// The token has drifted: the user has to enter the next code that it shows, which resynchronizes it.
    ExtraCode(ExtraCode),
    /// Show the QR code; then the user enters the code that their authenticator app shows.
    AuthenticatorApp(AuthenticatorApp),
    /// Call `navigator.credentials.create` in the browser, and activate the device with the credential that it returns.
    Passkey(PasskeyRegistration),
    /// Hand the options to PingID Desktop, and activate the device with the statement that it returns.
    PingIdDesktop(PingIdDesktopRegistration),
    /// The device is active: the user can authenticate with it.
    Ready(ActiveDevice),
    /// A status or a type that this version does not know, or a reply without the device's id.
    Unknown(Document<Device>),
}

impl EnrolmentStep {
    /// What comes next with this device of `user`, such as one that was read.
    #[must_use]
    pub fn of(user: impl Into<UserId>, device: Document<Device>) -> Self {
        use DeviceType::{
            Email, Fido2, OathToken, PingIdDesktopGen2, Platform, SecurityKey, Sms, Totp, Voice, WhatsApp,
        };
        let (Some(id), user) = (device.id().cloned(), user.into()) else {
            return Self::Unknown(device);
        };
        match (device.status(), device.kind()) {
            (Some(DeviceStatus::Active), _) => Self::Ready(ActiveDevice { user, id, device }),
            (Some(DeviceStatus::ActivationRequired), Some(kind)) => match kind {
                Sms | Voice | Email | WhatsApp => Self::SentCode(SentCode { user, id, device }),
                OathToken => Self::TokenCode(TokenCode { user, id, device }),
                Totp => Self::AuthenticatorApp(AuthenticatorApp { user, id, device }),
                Fido2 | Platform | SecurityKey => Self::Passkey(PasskeyRegistration { user, id, device }),
                PingIdDesktopGen2 => Self::PingIdDesktop(PingIdDesktopRegistration { user, id, device }),
                _ => Self::Unknown(device),
            },
            _ => Self::Unknown(device),
        }
    }

    pub(super) fn read(user: &UserId, response: &Response<Bytes>) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self::of(user, Document::from_json(response.body().clone())?))
    }

    /// The device in the reply; a request for one more code has none.
    #[must_use]
    pub fn device(&self) -> Option<&Document<Device>> {
        match self {
            Self::SentCode(step) => Some(&step.device),
            Self::TokenCode(step) => Some(&step.device),
            Self::AuthenticatorApp(step) => Some(&step.device),
            Self::Passkey(step) => Some(&step.device),
            Self::PingIdDesktop(step) => Some(&step.device),
            Self::Ready(step) => Some(&step.device),
            Self::Unknown(device) => Some(device),
            Self::ExtraCode(_) => None,
        }
    }
}

macro_rules! with_device {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name {
            user: UserId,
            id: DeviceId,
            device: Document<Device>,
        }

        impl $name {
            /// The device's id.
            #[must_use]
            pub fn id(&self) -> &DeviceId {
                &self.id
            }

            /// The user whose device it is: the one who was named in the request.
            #[must_use]
            pub fn user_id(&self) -> &UserId {
                &self.user
            }

            /// The device in the reply.
            #[must_use]
            pub fn device(&self) -> &Document<Device> {
                &self.device
            }

            /// Reads the device as it is now.
            #[must_use]
            pub fn read(&self) -> ReadUserDevice {
                ReadUserDevice::new(&self.user, &self.id)
            }
        }
    )*};
}

with_device! {
    /// A device to which a code was sent, which activates it.
    SentCode
    /// A hardware token, which is activated by the code that it shows.
    TokenCode
    /// An authenticator app, which takes a QR code and is activated by the code that it shows then.
    AuthenticatorApp
    /// A passkey that the user's browser has to make.
    PasskeyRegistration
    /// A PingID Desktop application that has to register.
    PingIdDesktopRegistration
    /// The proof that a device is active: the service said `ACTIVE`, and nothing else makes one.
    ActiveDevice
}

/// A hardware token that has drifted: the next code that it shows activates it.
#[derive(Clone, Debug)]
pub struct ExtraCode {
    user: UserId,
    id: DeviceId,
}

impl ExtraCode {
    pub(super) fn new(user: UserId, id: DeviceId) -> Self {
        Self { user, id }
    }

    /// The device's id.
    #[must_use]
    pub fn id(&self) -> &DeviceId {
        &self.id
    }

    /// The user whose device it is.
    #[must_use]
    pub fn user_id(&self) -> &UserId {
        &self.user
    }

    /// Activates the token with the next code that it shows.
    #[must_use]
    pub fn activate(&self, otp: &str) -> ActivateUserDevice {
        ActivateUserDevice::oath_token(&self.user, &self.id, otp)
    }
}

impl SentCode {
    /// Activates the device with the code that the user entered.
    #[must_use]
    pub fn activate(&self, otp: &str) -> ActivateUserDevice {
        ActivateUserDevice::otp(&self.user, &self.id, otp)
    }

    /// Sends another code.
    #[must_use]
    pub fn resend(&self) -> ResendPairingCode {
        ResendPairingCode::new(&self.user, &self.id)
    }

    /// The code of a test device, to which nothing is sent.
    #[must_use]
    pub fn test_otp(&self) -> Option<&str> {
        self.device.test().and_then(TestMode::otp)
    }
}

impl TokenCode {
    /// Activates the token with the code that it shows.
    #[must_use]
    pub fn activate(&self, otp: &str) -> ActivateUserDevice {
        ActivateUserDevice::oath_token(&self.user, &self.id, otp)
    }
}

impl AuthenticatorApp {
    /// The content of the QR code, `otpauth://…` (*unverified*). Whoever has it can log in as the user: show it to them
    /// once, and store it nowhere. Only the reply to the creation has it.
    #[must_use]
    pub fn key_uri(&self) -> Option<&str> {
        self.device.key_uri()
    }

    /// The secret in Base32, for somebody who cannot scan the QR code, which contains it (*unverified*).
    #[must_use]
    pub fn secret(&self) -> Option<&str> {
        self.device.secret()
    }

    /// Activates the app with the code that it shows.
    #[must_use]
    pub fn activate(&self, otp: &str) -> ActivateUserDevice {
        ActivateUserDevice::otp(&self.user, &self.id, otp)
    }
}

impl PasskeyRegistration {
    /// What `navigator.credentials.create` takes; only the reply to the creation has it.
    #[must_use]
    pub fn options(&self) -> Option<&CredentialCreationOptions> {
        self.device.public_key_credential_creation_options()
    }

    /// Activates the passkey with the credential that the browser created; see [`ActivateUserDevice::fido2`].
    #[must_use]
    pub fn activate(&self, origin: &str, credential: &str) -> ActivateUserDevice {
        ActivateUserDevice::fido2(&self.user, &self.id, origin, credential)
    }
}

impl PingIdDesktopRegistration {
    /// A signed statement: the user's browser posts it, as it is, to `http://localhost:9410/register`. Only the reply to the
    /// creation has it.
    #[must_use]
    pub fn options(&self) -> Option<&str> {
        self.device.ping_id_desktop_credential_creation_options()
    }

    /// Activates PingID Desktop with the statement that it returned.
    #[must_use]
    pub fn activate(&self, jwt: &str) -> ActivateUserDevice {
        ActivateUserDevice::pingid_desktop(&self.user, &self.id, jwt)
    }
}

/// An active device can be passed wherever a device's id is wanted.
impl From<&ActiveDevice> for DeviceId {
    fn from(device: &ActiveDevice) -> Self {
        device.id.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPES: [&str; 8] =
        [r#""SMS""#, r#""OATH_TOKEN""#, r#""TOTP""#, r#""FIDO2""#, r#""PINGID_DESKTOP_GEN2""#, r#""NEW""#, "null", "7"];

    fn step(id: &str, kind: &str, status: &str) -> EnrolmentStep {
        let json = format!(r#"{{"id":{id},"type":{kind},"status":{status}}}"#);
        EnrolmentStep::of("u-1", Document::from_json(json).unwrap())
    }

    #[test]
    fn nothing_but_active_is_ready() {
        for kind in TYPES {
            assert!(matches!(step(r#""d-1""#, kind, r#""ACTIVE""#), EnrolmentStep::Ready(_)), "{kind}");
            for status in
                [r#""ACTIVATION_REQUIRED""#, r#""active""#, r#""ACTIVE ""#, r#""ENABLED""#, r#""""#, "null", "true"]
            {
                let step = step(r#""d-1""#, kind, status);
                assert!(!matches!(step, EnrolmentStep::Ready(_)), "{kind} {status}: {step:?}");
            }
        }
    }

    #[test]
    fn without_an_id_there_is_nothing_to_go_on_with() {
        for id in ["null", "7"] {
            assert!(matches!(step(id, r#""SMS""#, r#""ACTIVE""#), EnrolmentStep::Unknown(_)));
        }
    }

    #[test]
    fn a_step_is_of_the_user_who_was_asked_for() {
        let json = r#"{"id":"d-1","status":"ACTIVE","user":{"id":"somebody-else"}}"#;
        let EnrolmentStep::Ready(device) = EnrolmentStep::of("u-1", Document::from_json(json).unwrap()) else {
            panic!("not ready")
        };
        assert_eq!((device.user_id().as_str(), DeviceId::from(&device).as_str()), ("u-1", "d-1"));
    }
}
