use std::{error::Error, fmt};

use bytes::Bytes;
use http::Response;
use serde_json::{Value, json};

use super::EnrolmentStep;
use crate::{
    Body, DeviceStatus, DeviceType, FromResponse, Ids, Notification, Operation, OperationInfo, PolicyId, RequestError,
    UserId, error::of_creation, media_type, operation::by_reference, user_device::ALL,
};

/// `POST /environments/{envID}/users/{userID}/devices`
///
/// Enrols a device, by the constructor for its type. What comes next is an [`EnrolmentStep`].
///
/// A phone with an app cannot be created: it is paired by a [pairing key](crate::pairing_key). A browser is
/// [remembered](crate::user_device::RememberBrowser).
///
/// It is not sent again by itself, for the user would get two codes and have two devices. After a lost reply nothing
/// can be read, because the reply had the new id; [the list](crate::user_device::ListUserDevices) may give a hint, such
/// as a device with the same number that was not there before. `Debug` shows neither number nor address.
///
/// ```
/// use pingone_model::{DeviceStatus, Environment, Operation, Region, user_device::CreateUserDevice};
///
/// let create = CreateUserDevice::voice("u-1", "+1.5125550123").extension("313#").status(DeviceStatus::ActivationRequired);
/// let request = create.request(&Environment::new(Region::Europe, "e-1"))?;
/// assert_eq!(request.uri(), "https://api.pingone.eu/v1/environments/e-1/users/u-1/devices");
/// # Ok::<_, pingone_model::RequestError>(())
/// ```
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create-mfa-user-device-sms.html>
#[derive(Clone)]
pub struct CreateUserDevice {
    user: UserId,
    kind: DeviceType,
    /// A phone number, an e-mail address or a serial number.
    address: Box<str>,
    relying_party: Option<(Box<str>, Box<str>)>,
    extension: Option<Box<str>>,
    policy: Option<PolicyId>,
    nickname: Option<Box<str>>,
    status: Option<DeviceStatus>,
    notification: Option<Notification>,
    test_mode: bool,
}

impl CreateUserDevice {
    /// Text messages to `phone`, in international form such as `+1.5125550123`.
    #[must_use]
    pub fn sms(user: impl Into<UserId>, phone: &str) -> Self {
        Self::new(user.into(), DeviceType::Sms, phone)
    }

    /// Calls to `phone`, in international form; see [`extension`](Self::extension).
    #[must_use]
    pub fn voice(user: impl Into<UserId>, phone: &str) -> Self {
        Self::new(user.into(), DeviceType::Voice, phone)
    }

    /// Messages to `email`.
    #[must_use]
    pub fn email(user: impl Into<UserId>, email: &str) -> Self {
        Self::new(user.into(), DeviceType::Email, email)
    }

    /// WhatsApp messages to `phone`, in international form with a leading `+`. The policy has to allow it.
    #[must_use]
    pub fn whatsapp(user: impl Into<UserId>, phone: &str) -> Self {
        Self::new(user.into(), DeviceType::WhatsApp, phone)
    }

    /// The hardware token of this serial number, which the environment has to know already.
    #[must_use]
    pub fn oath_token(user: impl Into<UserId>, serial_number: &str) -> Self {
        Self::new(user.into(), DeviceType::OathToken, serial_number)
    }

    /// An authenticator app, which takes a QR code within 30 minutes. The policy has to allow it, and the default one
    /// of an environment does not.
    #[must_use]
    pub fn totp(user: impl Into<UserId>) -> Self {
        Self::new(user.into(), DeviceType::Totp, "")
    }

    /// A passkey for the relying party `rp_id`, a lower-case domain, whose name for users is `rp_name`.
    #[must_use]
    pub fn fido2(user: impl Into<UserId>, policy: impl Into<PolicyId>, rp_id: &str, rp_name: &str) -> Self {
        Self::new(user.into(), DeviceType::Fido2, "").policy(policy).relying_party(rp_id, rp_name)
    }

    /// PingID Desktop, which signs a statement; see [`relying_party`](Self::relying_party). Its status is always
    /// [`ActivationRequired`](DeviceStatus::ActivationRequired).
    #[must_use]
    pub fn pingid_desktop(user: impl Into<UserId>) -> Self {
        Self::new(user.into(), DeviceType::PingIdDesktopGen2, "").status(DeviceStatus::ActivationRequired)
    }

    fn new(user: UserId, kind: DeviceType, address: &str) -> Self {
        Self {
            user,
            kind,
            address: address.into(),
            relying_party: None,
            extension: None,
            policy: None,
            nickname: None,
            status: None,
            notification: None,
            test_mode: false,
        }
    }

    /// The device authentication policy that decides what can be enrolled, and how.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<PolicyId>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// The nickname of the device.
    #[must_use]
    pub fn nickname(mut self, nickname: &str) -> Self {
        self.nickname = Some(nickname.into());
        self
    }

    /// Whether the user has to activate it. An administrator may choose, and without a status the device is active at
    /// once; users who enrol their own device always have to activate it. So set it, and take a device for active only
    /// if the reply says so.
    #[must_use]
    pub fn status(mut self, status: DeviceStatus) -> Self {
        self.status = Some(status);
        self
    }

    /// The message with the code: its variant, language and variables. The template itself need not be named.
    #[must_use]
    pub fn notification(mut self, notification: Notification) -> Self {
        self.notification = Some(notification);
        self
    }

    /// Voice: the extension to dial once somebody has answered, such as `313#`.
    #[must_use]
    pub fn extension(mut self, extension: &str) -> Self {
        self.extension = Some(extension.into());
        self
    }

    /// Passkey, PingID Desktop: the relying party, a lower-case domain, and its name for users.
    #[must_use]
    pub fn relying_party(mut self, id: &str, name: &str) -> Self {
        self.relying_party = Some((id.into(), name.into()));
        self
    }

    /// SMS, voice, e-mail: nothing is sent, now or later. Replies contain the code, as
    /// [`TestMode`](crate::TestMode).
    #[must_use]
    pub fn test_mode(mut self) -> Self {
        self.test_mode = true;
        self
    }

    /// The member that holds its address, the argument, and what is wrong if that is empty.
    fn address(&self) -> Option<(&'static str, &'static str, &'static str)> {
        match self.kind {
            DeviceType::Email => Some(("email", "email", "is empty: pass the e-mail address to send codes to")),
            DeviceType::OathToken => {
                Some(("serialNumber", "serial_number", "is empty: pass the number printed on the token"))
            }
            DeviceType::Sms | DeviceType::Voice | DeviceType::WhatsApp => {
                Some(("phone", "phone", "is empty: pass the phone number to send codes to"))
            }
            _ => None,
        }
    }

    /// Refuses what is set but is documented for other types only.
    fn check_type(&self) -> Result<(), RequestError> {
        use DeviceType::{Email, Fido2, PingIdDesktopGen2, Sms, Voice, WhatsApp};
        let is = |kinds: &[DeviceType]| kinds.contains(&self.kind);
        let wrong = |argument, problem| Err(RequestError::new(argument, problem));
        if self.extension.is_some() && !is(&[Voice]) {
            return wrong("extension", "is for voice calls only: leave it out, or create the device with `voice`");
        }
        if self.test_mode && !is(&[Sms, Voice, Email]) {
            return wrong("test_mode", "is for SMS, voice and e-mail only: leave it out");
        }
        if self.notification.is_some() && !is(&[Sms, Voice, Email, WhatsApp]) {
            return wrong("notification", "is only for devices that receive codes: leave it out");
        }
        if self.relying_party.is_some() && !is(&[Fido2, PingIdDesktopGen2]) {
            return wrong("relying_party", "is for passkeys and PingID Desktop only: leave it out");
        }
        if is(&[PingIdDesktopGen2]) && self.status != Some(DeviceStatus::ActivationRequired) {
            return wrong("status", "must be ActivationRequired for PingID Desktop: set that, or leave it out");
        }
        Ok(())
    }
}

impl Operation for CreateUserDevice {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "user_device.create",
        ALL,
        media_type::JSON,
        &[
            "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create-mfa-user-device-sms.html",
            "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create-mfa-user-device-voice.html",
            "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create-mfa-user-device-email.html",
            "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create-mfa-user-device-totp-.html",
            "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create_mfa_user_device_whatsapp.html",
            "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create_mfa_user_device_oath_token.html",
            "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/fido2-biometrics-devices/create-mfa-user-device-fido2---security_key.html",
            "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create-mfa-user-device-desktop.html",
            "https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/create_mfa_user_device_test.html",
        ],
    )
    .meaning(of_creation);
    type Output = EnrolmentStep;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user)
    }

    fn body(&self) -> Result<Body, RequestError> {
        self.check_type()?;
        let mut body = json!({ "type": self.kind });
        if let Some((member, argument, problem)) = self.address() {
            if self.address.is_empty() {
                return Err(RequestError::new(argument, problem));
            }
            body[member] = json!(&*self.address);
        }
        if let Some((id, name)) = &self.relying_party {
            body["rp"] = relying_party(id, name)?;
        }
        for (member, value) in [("extension", &self.extension), ("nickname", &self.nickname)] {
            if let Some(value) = value {
                body[member] = json!(&**value);
            }
        }
        if let Some(policy) = &self.policy {
            body["policy"] = json!({ "id": policy.checked()? });
        }
        if let Some(status) = &self.status {
            body["status"] = json!(status);
        }
        if let Some(notification) = &self.notification {
            body["notification"] = notification.to_json();
        }
        if self.test_mode {
            body["testMode"] = json!(true);
        }
        Ok(body.into())
    }
}

fn relying_party(id: &str, name: &str) -> Result<Value, RequestError> {
    let is_domain =
        !id.is_empty() && !id.contains(|character: char| ":/".contains(character) || character.is_uppercase());
    if !is_domain {
        return Err(RequestError::new("rp_id", "is not a lower-case domain name: pass one such as app.example.com"));
    }
    if name.is_empty() {
        return Err(RequestError::new("rp_name", "is empty: pass the name that users know the relying party by"));
    }
    Ok(json!({ "id": id, "name": name }))
}

impl FromResponse<CreateUserDevice> for EnrolmentStep {
    fn from_response(
        create: &CreateUserDevice,
        response: &Response<Bytes>,
    ) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Self::read(&create.user, response)
    }
}

by_reference!(CreateUserDevice => EnrolmentStep);

impl fmt::Debug for CreateUserDevice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateUserDevice")
            .field("user", &self.user)
            .field("kind", &self.kind)
            .field("policy", &self.policy)
            .field("status", &self.status)
            .field("test_mode", &self.test_mode)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Environment, Region};

    fn body(create: CreateUserDevice) -> Result<Value, &'static str> {
        let request = create.request(&Environment::new(Region::Europe, "e-1")).map_err(|error| error.argument())?;
        Ok(serde_json::from_slice(request.body()).unwrap())
    }

    #[test]
    fn only_what_is_given_is_written() {
        assert_eq!(body(CreateUserDevice::totp("u")).unwrap(), json!({ "type": "TOTP" }));
        let all = CreateUserDevice::voice("u", "+1").extension("3#").policy("p").nickname("").test_mode();
        let all = all.status(DeviceStatus::Active).notification(Notification::new().locale("fr"));
        assert_eq!(
            body(all).unwrap(),
            json!({
                "type": "VOICE", "phone": "+1", "extension": "3#", "policy": { "id": "p" }, "nickname": "",
                "status": "ACTIVE", "notification": { "template": { "locale": "fr" } }, "testMode": true,
            })
        );
    }

    #[test]
    fn a_bad_argument_is_named() {
        for (create, argument) in [
            (CreateUserDevice::sms("", "+1"), "user_id"),
            (CreateUserDevice::sms("u", ""), "phone"),
            (CreateUserDevice::voice("u", ""), "phone"),
            (CreateUserDevice::whatsapp("u", ""), "phone"),
            (CreateUserDevice::email("u", ""), "email"),
            (CreateUserDevice::oath_token("u", ""), "serial_number"),
            (CreateUserDevice::totp("u").policy(""), "policy_id"),
            (CreateUserDevice::fido2("u", "p", "App.example.com", "App"), "rp_id"),
            (CreateUserDevice::fido2("u", "p", "https://app.example.com", "App"), "rp_id"),
            (CreateUserDevice::fido2("u", "p", "", "App"), "rp_id"),
            (CreateUserDevice::fido2("u", "p", "app.example.com", ""), "rp_name"),
            (CreateUserDevice::fido2("u", "", "app.example.com", "App"), "policy_id"),
        ] {
            assert_eq!(body(create), Err(argument));
        }
    }

    #[test]
    fn what_is_of_another_type_is_refused() {
        for (create, argument) in [
            (CreateUserDevice::sms("u", "+1").extension("3"), "extension"),
            (CreateUserDevice::whatsapp("u", "+1").test_mode(), "test_mode"),
            (CreateUserDevice::totp("u").notification(Notification::new()), "notification"),
            (CreateUserDevice::email("u", "a@example.com").relying_party("a", "b"), "relying_party"),
            (CreateUserDevice::pingid_desktop("u").status(DeviceStatus::Active), "status"),
        ] {
            assert_eq!(body(create), Err(argument));
        }
    }

    #[test]
    fn debug_shows_no_address() {
        let create = CreateUserDevice::voice("u-1", "hunter1").extension("hunter2").nickname("hunter3");
        let create = create.notification(Notification::new().variable("name", "hunter4"));
        let shown = format!("{create:?}");
        assert!(shown.contains("Voice") && !shown.contains("hunter"), "{shown}");
    }
}
