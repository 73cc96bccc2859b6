use std::fmt;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::{ALL, DeviceAuthentication, OneTimeDevice, problem};
use crate::{
    ApplicationId, Body, DeviceId, Document, Notification, Operation, OperationInfo, PolicyId, RequestError, UserId,
    media_type,
};

/// `POST /{envID}/deviceAuthentications`
///
/// Begins a device authentication. Unless you choose a device, the policy decides: usually the first of the
/// user's devices is used at once, so this may send a push or a code.
///
/// `Debug` shows ids, and neither payload nor challenge nor addresses.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/initialize-device-authentication.html>
#[derive(Clone)]
pub struct InitializeDeviceAuthentication {
    user: Option<UserId>,
    policy: Option<PolicyId>,
    device: Option<DeviceChoice>,
    mobile: Option<(ApplicationId, Box<str>)>,
    notification: Option<Notification>,
    challenge: Option<Bytes>,
    relying_party: Option<Box<str>>,
}

#[derive(Clone, Debug)]
enum DeviceChoice {
    Paired(DeviceId),
    OneTime(OneTimeDevice),
}

/// The least bytes in a WebAuthn challenge of your own (*seen*).
const MIN_CHALLENGE: usize = 32;

impl InitializeDeviceAuthentication {
    /// Begins for `user`.
    #[must_use]
    pub fn new(user: impl Into<UserId>) -> Self {
        Self { user: Some(user.into()), ..Self::usernameless() }
    }

    /// Begins for whoever has a discoverable passkey of the [`relying_party`](Self::relying_party).
    ///
    /// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/initialize_device_authentication_usernameless.html>
    #[must_use]
    pub fn usernameless() -> Self {
        Self {
            user: None,
            policy: None,
            device: None,
            mobile: None,
            notification: None,
            challenge: None,
            relying_party: None,
        }
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
        self.device = Some(DeviceChoice::Paired(device.into()));
        self
    }

    /// Uses a device that is not paired, in place of a paired one.
    #[must_use]
    pub fn one_time_device(mut self, device: OneTimeDevice) -> Self {
        self.device = Some(DeviceChoice::OneTime(device));
        self
    }

    /// Lets the phone itself be the factor: `payload` is what `getMobilePayload` of the mobile SDK returned in the
    /// native `application`.
    #[must_use]
    pub fn mobile_payload(mut self, application: impl Into<ApplicationId>, payload: &str) -> Self {
        self.mobile = Some((application.into(), payload.into()));
        self
    }

    /// Replaces the default text of the message.
    #[must_use]
    pub fn notification(mut self, notification: Notification) -> Self {
        self.notification = Some(notification);
        self
    }

    /// Has passkeys sign a challenge of your own, of at least 32 bytes, so that it is bound to what is confirmed
    /// (*seen*).
    #[must_use]
    pub fn web_authn_challenge(mut self, challenge: impl Into<Bytes>) -> Self {
        self.challenge = Some(challenge.into());
        self
    }

    /// Asks for passkeys of this relying party, a domain, instead of that of the policy.
    #[must_use]
    pub fn relying_party(mut self, id: &str) -> Self {
        self.relying_party = Some(id.into());
        self
    }

    fn to_json(&self) -> Result<Value, RequestError> {
        let mut body = Map::new();
        let mut set = |member: &str, value| body.insert(member.to_owned(), value);
        if let Some(user) = &self.user {
            set("user", json!({ "id": user.checked()? }));
        }
        if let Some(policy) = &self.policy {
            set("policy", json!({ "id": policy.checked()? }));
        }
        match &self.device {
            Some(DeviceChoice::Paired(id)) => set("selectedDevice", json!({ "id": id.checked()? })),
            Some(DeviceChoice::OneTime(device)) => set("selectedDevice", json!({ "oneTime": device.to_json()? })),
            None => None,
        };
        if let Some((application, payload)) = &self.mobile {
            if payload.is_empty() {
                let problem = "is empty: pass what `getMobilePayload` of the mobile SDK returned";
                return Err(RequestError::new("mobile_payload", problem));
            }
            set("application", json!({ "id": application.checked()? }));
            set("mobilePayload", json!(&**payload));
        }
        if let Some(notification) = &self.notification {
            set("notification", notification.to_json());
        }
        if let Some(challenge) = &self.challenge {
            if challenge.len() < MIN_CHALLENGE {
                let problem = "has fewer than 32 bytes: pass at least 32 random bytes";
                return Err(RequestError::new("web_authn_challenge", problem));
            }
            set("webAuthn", json!({ "challenge": BASE64_URL_SAFE_NO_PAD.encode(challenge) }));
        }
        if let Some(relying_party) = &self.relying_party {
            if relying_party.is_empty() {
                return Err(RequestError::new("relying_party", "is empty: pass its domain, such as app.example.com"));
            }
            set("rp", json!({ "id": &**relying_party }));
        }
        Ok(body.into())
    }
}

impl Operation for InitializeDeviceAuthentication {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "device_authentication.initialize",
        ALL,
        media_type::JSON,
        &[
            "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/initialize-device-authentication.html",
            "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/initialize_device_authentication_custom_notification.html",
            "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/initiate-device-authentication-desktop.html",
            "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/onetime-authentication-sms.html",
            "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/onetime-authentication-voice.html",
            "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/onetime-authentication-email.html",
            "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/initialize_device_authentication_usernameless.html",
        ],
    )
    .meaning(problem::at_begin);
    type Output = Document<DeviceAuthentication>;

    fn body(&self) -> Result<Body, RequestError> {
        Ok(self.to_json()?.into())
    }
}

impl fmt::Debug for InitializeDeviceAuthentication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InitializeDeviceAuthentication")
            .field("user", &self.user)
            .field("policy", &self.policy)
            .field("device", &self.device)
            .field("application", &self.mobile.as_ref().map(|(application, _)| application))
            .field("notification", &self.notification)
            .field("relying_party", &self.relying_party)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_member_is_in_its_place() {
        let initialize = InitializeDeviceAuthentication::new("u-1")
            .policy("p-1")
            .selected_device("d-1")
            .mobile_payload("app-1", "payload")
            .notification(Notification::new().template("transaction"))
            .web_authn_challenge(vec![0xff; 32])
            .relying_party("example.com");
        assert_eq!(
            initialize.to_json().unwrap(),
            json!({
                "user": { "id": "u-1" },
                "policy": { "id": "p-1" },
                "selectedDevice": { "id": "d-1" },
                "application": { "id": "app-1" },
                "mobilePayload": "payload",
                "notification": { "template": { "name": "transaction" } },
                "webAuthn": { "challenge": "__________________________________________8" },
                "rp": { "id": "example.com" },
            })
        );
    }

    #[test]
    fn a_one_time_device_takes_the_place_of_a_paired_one() {
        let initialize = InitializeDeviceAuthentication::new("u-1")
            .selected_device("d-1")
            .one_time_device(OneTimeDevice::voice("+1"));
        let device = json!({ "oneTime": { "type": "VOICE", "phone": "+1" } });
        assert_eq!(initialize.to_json().unwrap()["selectedDevice"], device);
    }

    #[test]
    fn without_anything_the_body_is_an_empty_object() {
        assert_eq!(InitializeDeviceAuthentication::usernameless().to_json().unwrap(), json!({}));
    }

    #[test]
    fn a_bad_argument_is_named() {
        let new = || InitializeDeviceAuthentication::new("u");
        let argument = |initialize: InitializeDeviceAuthentication| initialize.to_json().unwrap_err().argument();
        assert_eq!(argument(InitializeDeviceAuthentication::new("")), "user_id");
        assert_eq!(argument(new().policy("..")), "policy_id");
        assert_eq!(argument(new().selected_device(".")), "device_id");
        assert_eq!(argument(new().one_time_device(OneTimeDevice::email(""))), "email");
        assert_eq!(argument(new().mobile_payload("", "payload")), "application_id");
        assert_eq!(argument(new().mobile_payload("app-1", "")), "mobile_payload");
        assert_eq!(argument(new().relying_party("")), "relying_party");
        assert_eq!(argument(new().web_authn_challenge(vec![0; 31])), "web_authn_challenge");
    }

    #[test]
    fn debug_shows_ids_alone() {
        let initialize = InitializeDeviceAuthentication::new("u-1")
            .one_time_device(OneTimeDevice::email("hunter1@example.com"))
            .mobile_payload("app-1", "hunter2")
            .notification(Notification::new().variable("name", "hunter3"))
            .web_authn_challenge(&b"hunter4"[..]);
        let shown = format!("{initialize:?}");
        assert!(shown.contains("u-1") && shown.contains("app-1") && !shown.contains("hunter"), "{shown}");
    }
}
