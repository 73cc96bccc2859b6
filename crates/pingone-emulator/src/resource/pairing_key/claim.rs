//! How a phone claims a key.

use std::{error::Error, fmt};

use serde_json::json;

use super::key::{PairingKey, Status};
use crate::{
    clock::iso,
    resource::{
        Conditions, Stores,
        device_authentication_policy::Policy,
        oath,
        user::{Device, User},
    },
};

/// A phone that has been paired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) user_id: String,
    pub(crate) device_id: String,
}

/// Why a phone could not be paired: one line of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairingFailed(&'static str);

impl PairingFailed {
    pub(crate) fn new(problem: &'static str) -> Self {
        Self(problem)
    }
}

impl fmt::Display for PairingFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no phone was paired: {}", self.0)
    }
}

impl Error for PairingFailed {}

/// An app claims this code: the phone becomes a device of the key's user, or the key fails.
///
/// Rule: CLAIMED_KEY_MAKES_A_PHONE.
pub(crate) fn claim(
    stores: &mut Stores,
    conditions: Conditions<'_>,
    code: &str,
    application_id: Option<&str>,
) -> Result<Claim, &'static str> {
    // People may type it in groups and in lower case.
    let code = code.replace([' ', '-'], "").to_ascii_uppercase();
    let key = stores.pairing_keys.valid(&code, conditions.now);
    let mut key = key.ok_or("there is no pairing key with this code that can be claimed")?.clone();
    let application_id = application_id.or(key.applications.first().map(String::as_str));
    if application_id.is_some_and(|id| !key.applications.is_empty() && !key.applications.iter().any(|own| own == id)) {
        return Err("the pairing key is for other applications");
    }
    let application_id = application_id.map(str::to_owned);
    key.updated_at = conditions.now;
    let user = stores.users.find(&key.user_id).ok_or("the user of the pairing key is gone")?;
    key.status = fate(user, application_id.as_deref(), &key.policy, stores);
    let result = match key.status {
        Status::Failed { message, .. } => Err(message),
        Status::Unclaimed | Status::Claimed => Ok(pair(stores, conditions, &key, application_id.as_deref())),
    };
    stores.pairing_keys.put(key, conditions.now);
    result
}

/// Rule: FAILED_PAIRING_KEY.
fn fate(user: &User, application_id: Option<&str>, policy: &Policy, stores: &Stores) -> Status {
    let mobile = policy.method("MOBILE");
    if !mobile.enabled || mobile.pairing_disabled || policy.application(application_id).pairing_disabled {
        return Status::Failed {
            code: "PAIRING_DISABLED",
            message: "The policy does not allow this phone to be paired.",
        };
    }
    if !user.has_room() || !stores.mfa_settings.allow_one_more(user.active_devices().count()) {
        return Status::Failed { code: "LIMIT_EXCEEDED", message: "Maximum allowed devices has been reached" };
    }
    Status::Claimed
}

/// Gives the user the phone, in the published order of members.
fn pair(stores: &mut Stores, conditions: Conditions<'_>, key: &PairingKey, application_id: Option<&str>) -> Claim {
    let (device_id, secret) = stores.pairings.next_phone();
    let device = Device::new(device_id.as_str(), "MOBILE")
        .member("status", "ACTIVE".into())
        .member("os", json!({ "version": "15", "type": "ANDROID" }))
        .member("apiVersion", "2.0".into())
        .member("locale", "en-US".into())
        .member("model", json!({ "name": "EMULATED", "marketingName": "Emulated phone" }))
        .member(
            "application",
            json!({
                "id": application_id.unwrap_or("emulated-app"),
                "nativeName": "EmulatedApp",
                "version": "1.0.0",
                "name": "EmulatedApp",
                "pushSandbox": false,
                "passcodeRefreshDuration": { "duration": 30, "timeUnit": "SECONDS" },
            }),
        )
        .member("pushEnabled", true.into())
        .member("manufacturer", "PingOne emulator".into())
        .member("sdkVersion", "2.0.0(1)".into())
        .member("rooted", false.into())
        .member("lockEnabled", true.into())
        .member("notificationProvider", "FCM".into())
        .member("notification", "enabled".into())
        .member("background", "available".into())
        .member("allowPushNotification", true.into())
        .member("pushStatus", json!({ "status": "ENABLED" }))
        .member("otpEnabled", true.into())
        .member("otpStatus", json!({ "status": "ENABLED" }))
        .member("pushFails", json!([]))
        .hidden("createdAt", iso(conditions.now).into())
        .hidden("secret", oath::secret_text(&secret).into());
    stores.users.change(&key.user_id, |user| user.add(device));
    Claim { user_id: key.user_id.clone(), device_id }
}
