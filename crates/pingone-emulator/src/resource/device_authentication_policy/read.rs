//! Reads a policy from the JSON of PingOne's management API.

use std::time::Duration;

use serde_json::Value;

use super::policy::{Application, BLOCKS, DeviceSelection, FailureLimit, Method, Policy, PushLimit};
use crate::object::{DataError, Object};

/// What the emulator does not follow, but other programs write.
const NOT_FOLLOWED: [&str; 9] = [
    "_links",
    "environment",
    "name",
    "default",
    "createdAt",
    "updatedAt",
    "newDeviceNotification",
    "notificationsPolicy",
    "forSignOnPolicy",
];

const BLOCK_DISABLED: &str = "blockDisabledUsers";
/// Under its current and its older name.
const BLOCK_WITHOUT_MFA: [&str; 2] = ["blockUsersWithDisabledMfa", "bypassBlockedWhenMfaDisabled"];
const IGNORE_LOCK: &str = "ignoreUserLock";

impl Policy {
    /// Reads a device authentication policy from the JSON of PingOne's management API, such as a *read* of one gives.
    ///
    /// What it leaves out is as in [`new`](Self::new). `fido2.fido2PolicyId` names one of the environment's
    /// [FIDO2 policies](crate::Fido2Policy); without it, the default one is meant.
    ///
    /// ```
    /// use pingone_emulator::Policy;
    ///
    /// let policy = r#"{
    ///     "id": "my-policy",
    ///     "sms": { "enabled": false },
    ///     "email": { "enabled": true, "otp": { "lifeTime": { "duration": 15, "timeUnit": "MINUTES" } } }
    /// }"#;
    /// assert_eq!(Policy::from_json(policy)?.id(), "my-policy");
    /// # Ok::<_, pingone_emulator::DataError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the text is not JSON, or a member is of the wrong type, unknown or out of its documented range.
    pub fn from_json(json: &str) -> Result<Self, DataError> {
        Self::read(&Object::new(String::new(), &Object::parse(json)?)?)
    }

    pub(crate) fn read(object: &Object<'_>) -> Result<Self, DataError> {
        let known = ["id", "authentication", "rememberMe", BLOCK_DISABLED, IGNORE_LOCK];
        let known = known.iter().chain(&BLOCK_WITHOUT_MFA).chain(&BLOCKS).chain(&NOT_FOLLOWED);
        object.has_only(&known.copied().collect::<Vec<_>>())?;
        let mut policy = Self::new(object.text("id")?);
        if let Some(authentication) = object.optional_object("authentication")? {
            policy.device_selection = selection(&authentication)?;
        }
        if let Some(web) = object.optional_object("rememberMe")?.map(|remember| remember.object("web")).transpose()? {
            policy.remember_me = web.flag("enabled")?.unwrap_or(policy.remember_me);
            policy.remember_life_time = duration(&web, "lifeTime")?.unwrap_or(policy.remember_life_time);
        }
        policy.accounts.block_disabled = object.flag(BLOCK_DISABLED)?.unwrap_or_default();
        for name in BLOCK_WITHOUT_MFA {
            policy.accounts.block_without_mfa |= object.flag(name)?.unwrap_or_default();
        }
        policy.accounts.ignore_lock = object.flag(IGNORE_LOCK)?.unwrap_or_default();
        for name in BLOCKS {
            if let Some(block) = object.optional_object(name)? {
                policy.methods.insert(name, method(name, &block)?);
            }
        }
        if let Some(mobile) = object.optional_object("mobile")? {
            for object in mobile.optional_objects("applications")? {
                policy.applications.insert(object.text("id")?.to_owned(), application(&object)?);
            }
        }
        if let Some(totp) = object.optional_object("totp")? {
            let windows = within(&totp, "passcodeGracePeriod", 1, 10)?;
            policy.passcode_grace_period = windows.map_or(policy.passcode_grace_period, |windows| windows as u8);
            if let Some(parameters) = totp.optional_object("uriParameters")? {
                let parameter = |name: &String| Ok((name.clone(), parameters.text(name)?.to_owned()));
                policy.uri_parameters = parameters.members().keys().map(parameter).collect::<Result<_, _>>()?;
            }
        }
        if let Some(fido2) = object.optional_object("fido2")? {
            let id = fido2.members().get("fido2PolicyId").filter(|id| !id.is_null());
            policy.fido2_policy_id = id.map(|_| fido2.text("fido2PolicyId")).transpose()?.map(str::to_owned);
        }
        Ok(policy)
    }
}

fn selection(object: &Object<'_>) -> Result<DeviceSelection, DataError> {
    match object.optional_text("deviceSelection")? {
        None | Some("DEFAULT_TO_FIRST") => Ok(DeviceSelection::DefaultToFirst),
        Some("PROMPT_TO_SELECT") => Ok(DeviceSelection::PromptToSelect),
        Some("ALWAYS_DISPLAY_DEVICES") => Ok(DeviceSelection::AlwaysDisplayDevices),
        Some(_) => {
            let problem = "must be DEFAULT_TO_FIRST, PROMPT_TO_SELECT or ALWAYS_DISPLAY_DEVICES";
            Err(object.error("deviceSelection", problem))
        }
    }
}

/// A block, of whatever type of device: passkeys have `failure` where the others have `otp.failure`.
fn method(name: &str, block: &Object<'_>) -> Result<Method, DataError> {
    block.has_only(&[
        "enabled",
        "otp",
        "failure",
        "fido2PolicyId",
        "applications",
        "passcodeGracePeriod",
        "uriParameters",
        "pairingDisabled",
        "pairingKeyLifetime",
        "promptForNicknameOnPairing",
    ])?;
    let mut method = Method::of(name);
    method.enabled = block.flag("enabled")?.unwrap_or(method.enabled);
    method.pairing_disabled = block.flag("pairingDisabled")?.unwrap_or(method.pairing_disabled);
    if let Some(failure) = block.optional_object("failure")? {
        method.failure = failure_limit(&failure, method.failure)?;
    }
    let Some(otp) = block.optional_object("otp")? else { return Ok(method) };
    otp.has_only(&["failure", "lifeTime", "otpLength", "window"])?;
    if let Some(failure) = otp.optional_object("failure")? {
        method.failure = failure_limit(&failure, method.failure)?;
    }
    method.otp_life_time = duration(&otp, "lifeTime")?.unwrap_or(method.otp_life_time);
    method.otp_length = within(&otp, "otpLength", 6, 10)?.map_or(method.otp_length, |digits| digits as u8);
    Ok(method)
}

fn failure_limit(object: &Object<'_>, default: FailureLimit) -> Result<FailureLimit, DataError> {
    object.has_only(&["count", "coolDown"])?;
    // The reference sends it as text in one place.
    let as_text = object.members().get("count").and_then(Value::as_str).and_then(|count| count.parse::<u32>().ok());
    let count = match as_text {
        Some(count) if (1..=7).contains(&count) => Some(count),
        _ => within(object, "count", 1, 7)?,
    };
    let cool_down = duration(object, "coolDown")?.unwrap_or(default.cool_down);
    Ok(FailureLimit { count: count.unwrap_or(default.count), cool_down })
}

fn application(object: &Object<'_>) -> Result<Application, DataError> {
    object.has_only(&[
        "id",
        "type",
        "push",
        "otp",
        "pushTimeout",
        "pushLimit",
        "pairingKeyLifetime",
        "deviceAuthorization",
        "autoEnrollment",
        "integrityDetection",
        "pairingDisabled",
        "biometricsEnabled",
        "ipPairingConfiguration",
        "newRequestDurationConfiguration",
        "pingIdAppConfig",
    ])?;
    let mut application = Application::default();
    if let Some(push) = object.optional_object("push")? {
        application.push = push.flag("enabled")?.unwrap_or(application.push);
        if let Some(matching) = push.optional_object("numberMatching")? {
            application.number_matching = matching.flag("enabled")?.unwrap_or(application.number_matching);
        }
    }
    if let Some(otp) = object.optional_object("otp")? {
        application.otp = otp.flag("enabled")?.unwrap_or(application.otp);
    }
    if let Some(timeout) = duration(object, "pushTimeout")? {
        if !(40..=150).contains(&timeout.as_secs()) {
            return Err(object.error("pushTimeout", "must be from 40 to 150 seconds"));
        }
        application.push_timeout = timeout;
    }
    if let Some(limit) = object.optional_object("pushLimit")? {
        application.push_limit = push_limit(&limit, application.push_limit)?;
    }
    application.pairing_disabled = object.flag("pairingDisabled")?.unwrap_or(application.pairing_disabled);
    if let Some(lifetime) = duration(object, "pairingKeyLifetime")? {
        if !(60..=48 * 60 * 60).contains(&lifetime.as_secs()) {
            return Err(object.error("pairingKeyLifetime", "must be from 1 minute to 48 hours"));
        }
        application.pairing_key_lifetime = lifetime;
    }
    Ok(application)
}

fn push_limit(object: &Object<'_>, default: PushLimit) -> Result<PushLimit, DataError> {
    object.has_only(&["count", "timePeriod", "lockDuration"])?;
    let minutes = |name: &str, default: Duration| match duration(object, name)? {
        None => Ok(default),
        Some(time) if (60..=120 * 60).contains(&time.as_secs()) => Ok(time),
        Some(_) => Err(object.error(name, "must be from 1 to 120 minutes")),
    };
    Ok(PushLimit {
        count: within(object, "count", 1, 50)?.unwrap_or(default.count),
        time_period: minutes("timePeriod", default.time_period)?,
        lock_duration: minutes("lockDuration", default.lock_duration)?,
    })
}

fn within(object: &Object<'_>, name: &str, lowest: u32, highest: u32) -> Result<Option<u32>, DataError> {
    match object.number(name)? {
        Some(number) if !(lowest..=highest).contains(&number) => {
            Err(object.error(name, format!("must be from {lowest} to {highest}")))
        }
        number => Ok(number),
    }
}

/// `{"duration": 30, "timeUnit": "MINUTES"}`
fn duration(object: &Object<'_>, name: &str) -> Result<Option<Duration>, DataError> {
    let Some(time) = object.optional_object(name)? else { return Ok(None) };
    time.has_only(&["duration", "timeUnit"])?;
    let seconds = match time.text("timeUnit")? {
        "SECONDS" => 1,
        "MINUTES" => 60,
        "HOURS" => 60 * 60,
        "DAYS" => 24 * 60 * 60,
        _ => return Err(time.error("timeUnit", "must be SECONDS, MINUTES, HOURS or DAYS")),
    };
    let count = time.number("duration")?.ok_or_else(|| time.error("duration", "is missing; add it"))?;
    Ok(Some(Duration::from_secs(u64::from(count) * seconds)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The members that the emulator follows of the reply that the reference shows for a policy that was created.
    fn documented() -> Value {
        let minutes = |duration: u32| json!({ "duration": duration, "timeUnit": "MINUTES" });
        let failure = |count: u32, cool_down: u32| json!({ "count": count, "coolDown": minutes(cool_down) });
        let sent = |length: u32, life_time: u32, cool_down: u32| {
            json!({ "enabled": true, "otp": {
                "failure": failure(3, cool_down), "lifeTime": minutes(life_time), "otpLength": length,
            } })
        };
        let generated = |enabled: bool| json!({ "enabled": enabled, "otp": { "failure": failure(3, 2) } });
        let mut totp = generated(true);
        totp["passcodeGracePeriod"] = json!(3);
        totp["uriParameters"] = json!({ "issuer": "Example spreadsheet app" });
        let mut mobile = generated(true);
        mobile["applications"] = json!([{
            "id": "28e07e36-63d2-46d3-8743-dbdd51c58ee0",
            "push": { "enabled": true, "numberMatching": { "enabled": true } },
            "otp": { "enabled": true },
            "autoEnrollment": { "enabled": true },
            "deviceAuthorization": { "enabled": true, "extraVerification": "permissive" },
            "pushTimeout": { "duration": 120, "timeUnit": "SECONDS" },
            "pairingKeyLifetime": { "duration": 24, "timeUnit": "HOURS" },
            "pushLimit": { "count": 4, "timePeriod": minutes(20), "lockDuration": minutes(30) },
            "integrityDetection": "permissive",
        }]);
        json!({
            "_links": {}, "id": "p", "environment": { "id": "e" }, "name": "MFA policy",
            "authentication": { "deviceSelection": "PROMPT_TO_SELECT" },
            "notificationsPolicy": {}, "newDeviceNotification": "SMS_THEN_EMAIL",
            "sms": sent(6, 30, 0), "email": sent(8, 30, 0), "voice": sent(6, 30, 0), "whatsApp": sent(6, 15, 5),
            "mobile": mobile, "totp": totp, "oathToken": generated(false), "pingIdDesktopGen2": generated(false),
            "fido2": {
                "enabled": true, "promptForNicknameOnPairing": true,
                "failure": { "count": "4", "coolDown": { "duration": 150, "timeUnit": "SECONDS" } },
            },
            "rememberMe": { "web": { "enabled": false, "lifeTime": { "duration": 30, "timeUnit": "DAYS" } } },
            "forSignOnPolicy": false, "blockUsersWithDisabledMfa": false, "blockDisabledUsers": true, "default": false,
            "createdAt": "2026-06-25T12:57:01.574Z", "updatedAt": "2026-06-25T12:57:01.574Z",
        })
    }

    fn read(value: &Value) -> Result<Policy, String> {
        Policy::from_json(&value.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_documented_reply_says_everything() {
        let policy = read(&documented()).unwrap();
        let seconds = Duration::from_secs;
        assert_eq!((policy.selection(), policy.grace_period()), (DeviceSelection::PromptToSelect, 3));
        assert_eq!(policy.uri_parameters(), [("issuer".to_owned(), "Example spreadsheet app".to_owned())]);
        assert_eq!(policy.remember_life_time(), seconds(30 * 24 * 60 * 60));
        assert_eq!((policy.method("EMAIL").otp_length, policy.method("SMS").otp_length), (8, 6));
        assert_eq!(policy.method("WHATSAPP").otp_life_time, seconds(15 * 60));
        assert_eq!(policy.method("WHATSAPP").failure, FailureLimit { count: 3, cool_down: seconds(5 * 60) });
        assert_eq!(policy.method("SECURITY_KEY").failure, FailureLimit { count: 4, cool_down: seconds(150) });
        assert!(policy.method("TOTP").enabled && !policy.method("OATH_TOKEN").enabled);
        assert!(!policy.method("PINGID_DESKTOP_GEN2").enabled && !policy.remembers_browsers());
        let accounts = policy.accounts();
        assert!(accounts.block_disabled && !accounts.block_without_mfa && !accounts.ignore_lock);
        for name in ["blockUsersWithDisabledMfa", "bypassBlockedWhenMfaDisabled"] {
            assert!(read(&json!({ "id": "p", name: true })).unwrap().accounts().block_without_mfa, "{name}");
        }
        let named = policy.application(Some("28e07e36-63d2-46d3-8743-dbdd51c58ee0"));
        assert_eq!((named.push_timeout, named.number_matching), (seconds(120), true));
        assert_eq!(named.pairing_key_lifetime, seconds(24 * 60 * 60));
        assert_eq!((named.push_limit.count, named.push_limit.time_period), (4, seconds(20 * 60)));
        assert_eq!(policy.application(Some("another")), Application::default());
    }

    #[test]
    fn says_where_it_is_wrong() {
        for (pointer, value, expected) in [
            ("/email/otp/otpLength", json!(11), "email.otp.otpLength: must be from 6 to 10"),
            ("/sms/otp/failure/count", json!(8), "sms.otp.failure.count: must be from 1 to 7"),
            ("/fido2/failure/count", json!("8"), "fido2.failure.count: must be a whole number"),
            (
                "/sms/otp/lifeTime/timeUnit",
                json!("WEEKS"),
                "sms.otp.lifeTime.timeUnit: must be SECONDS, MINUTES, HOURS or DAYS",
            ),
            (
                "/mobile/applications/0/pushTimeout/duration",
                json!(39),
                "mobile.applications[0].pushTimeout: must be from 40 to 150 seconds",
            ),
            (
                "/mobile/applications/0/pushLimit/lockDuration/duration",
                json!(121),
                "mobile.applications[0].pushLimit.lockDuration: must be from 1 to 120 minutes",
            ),
            ("/totp/passcodeGracePeriod", json!(0), "totp.passcodeGracePeriod: must be from 1 to 10"),
            (
                "/authentication/deviceSelection",
                json!("ANY"),
                "authentication.deviceSelection: must be DEFAULT_TO_FIRST, PROMPT_TO_SELECT or ALWAYS_DISPLAY_DEVICES",
            ),
        ] {
            let mut policy = documented();
            *policy.pointer_mut(pointer).unwrap() = value;
            assert_eq!(read(&policy).unwrap_err(), expected);
        }
        let misspelt = json!({ "id": "p", "sms": { "otp": { "lifetime": {} } } });
        assert_eq!(
            read(&misspelt).unwrap_err(),
            "sms.otp.lifetime: is unknown; use one of failure, lifeTime, otpLength, window"
        );
        assert!(read(&json!({ "id": "p", "pushTimeout": 60 })).unwrap_err().starts_with("pushTimeout: is unknown"));
    }
}
