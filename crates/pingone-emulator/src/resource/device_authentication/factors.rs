use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::json;

use super::{
    authentication::{Challenge, DeviceAuthentication, Otp, Step},
    push::{Push, PushScript},
    rules, webauthn,
};
use crate::{
    clock::{after, signed},
    error::PlatformError,
    jwt,
    resource::{
        Conditions, Stores,
        device_authentication_policy::Policy,
        outbox::{Outbox, SentCode},
        user::{Device, Users, gets_codes},
    },
    retention::Retention,
    sequence::Sequence,
};

/// How the service reaches the user's devices.
#[derive(Clone)]
pub(crate) struct Factors {
    pub(crate) outbox: Outbox,
    pub(crate) scripts: PushScripts,
    challenges: Sequence,
    numbers: Sequence,
}

/// What users will do with their pushes.
#[derive(Clone, Default)]
pub(crate) struct PushScripts {
    pub(crate) of_any: Option<PushScript>,
    pub(crate) of_device: BTreeMap<String, PushScript>,
}

/// What a device can do for an authentication.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Factor {
    Push,
    SentCode,
    GeneratedCode,
    Passkey,
    Desktop,
}

/// Whether a device can be used now.
pub(super) enum Fitness {
    Fit(Factor),
    Locked(Timestamp),
    Unfit(&'static str),
}

impl Factor {
    /// Rule: DEVICE_TYPE_CHOOSES_STEP. Rule: POLICY_OF_APPLICATION.
    fn of(device: &Device, policy: &Policy) -> Option<Self> {
        let gets_pushes =
            || device.flag(&["pushEnabled"]) != Some(false) && policy.application(device.application_id()).push;
        match device.device_type() {
            "MOBILE" if gets_pushes() => Some(Self::Push),
            // Rule: PHONE_WITHOUT_PUSH.
            "MOBILE" => makes_codes(device, policy).then_some(Self::GeneratedCode),
            device_type if gets_codes(device_type) => Some(Self::SentCode),
            "TOTP" | "OATH_TOKEN" => makes_codes(device, policy).then_some(Self::GeneratedCode),
            "FIDO2" | "PLATFORM" | "SECURITY_KEY" => Some(Self::Passkey),
            "PINGID_DESKTOP_GEN2" => Some(Self::Desktop),
            _ => None,
        }
    }
}

/// Whether the device makes codes itself, and the service knows by which secret.
pub(super) fn makes_codes(device: &Device, policy: &Policy) -> bool {
    let is_allowed = device.device_type() != "MOBILE" || policy.application(device.application_id()).otp;
    device.known("secret").is_some() && device.flag(&["otpEnabled"]) != Some(false) && is_allowed
}

impl Factors {
    pub(crate) fn new(code: Option<String>, retention: Retention) -> Self {
        Self {
            outbox: Outbox::new(code, retention),
            scripts: PushScripts::default(),
            challenges: Sequence::new(*b"webauthn"),
            numbers: Sequence::new(*b"matching"),
        }
    }

    fn push(&mut self, device: &Device, policy: &Policy, now: Timestamp) -> Push {
        let application = policy.application(device.application_id());
        // Rule: NUMBER_MATCHING.
        let number =
            application.number_matching.then(|| 10 + u32::try_from(self.numbers.number() % 90).unwrap_or_default());
        let script = self.scripts.of_device.get(device.id()).or(self.scripts.of_any.as_ref());
        Push::new(now, application.push_timeout, number, script.cloned())
    }

    fn send_code(&mut self, authentication: &DeviceAuthentication, device: &Device, now: Timestamp) -> Otp {
        let DeviceAuthentication { id, policy, .. } = authentication;
        // Rule: TEST_DEVICES.
        let is_test = device.is_known("testMode");
        let method = policy.method(device.device_type());
        let code = self.outbox.code(method.otp_length);
        if !is_test {
            let sent = SentCode::new(Some(id), authentication.user_id(), device, &code, now);
            self.outbox.send(sent.with(authentication.wish.notification.clone()));
        }
        Otp::Sent { code, expires_at: after(now, signed(method.otp_life_time)), is_test }
    }

    /// Challenges a passkey, or any passkey of the relying party.
    pub(super) fn challenge(
        &mut self,
        authentication: &DeviceAuthentication,
        device: Option<&Device>,
    ) -> Result<Challenge, PlatformError> {
        let DeviceAuthentication { wish, policy, .. } = authentication;
        let challenge = wish.challenge.clone().unwrap_or_else(|| self.challenges.bytes::<32>().to_vec());
        // Rule: RELYING_PARTY.
        let rp_id = wish.rp_id.as_deref().or_else(|| device?.text(&["rp", "id"])).or(policy.relying_party());
        let rp_id = rp_id
            .ok_or_else(|| PlatformError::required_value(if device.is_some() { "rp.id" } else { "user.id" }))?
            .to_owned();
        let options = webauthn::request_options(device, &challenge, &rp_id, policy.verifies_users());
        Ok(Challenge::Passkey { challenge, rp_id, options })
    }

    fn challenge_desktop(&mut self, authentication: &DeviceAuthentication, device: &Device) -> Challenge {
        let challenge = self.challenges.id();
        let rp_id = authentication.wish.rp_id.as_deref().or_else(|| device.text(&["rp", "id"]));
        let rp_id = rp_id.or(authentication.policy.relying_party()).unwrap_or_default().to_owned();
        let options = jwt::sign(&json!({ "challenge": challenge, "rpId": rp_id }));
        Challenge::Desktop { challenge, rp_id, options }
    }
}

/// Rule: UNUSABLE_DEVICES.
pub(super) fn fitness(
    device: &Device,
    authentication: &DeviceAuthentication,
    users: &Users,
    conditions: Conditions<'_>,
) -> Fitness {
    if let Some(until) =
        users.state(authentication.user_id(), device.id()).and_then(|state| state.locked_until(conditions.now))
    {
        return Fitness::Locked(until);
    }
    if !device.is_usable() {
        return Fitness::Unfit("is a device that is blocked, disabled or not active");
    }
    let policy = &authentication.policy;
    if !policy.method(device.device_type()).enabled && conditions.holds(&rules::POLICY_ENABLES_TYPE) {
        return Fitness::Unfit("is a device of a type that the policy does not enable");
    }
    Factor::of(device, policy).map_or(Fitness::Unfit("is a device that the emulator has no factor for"), Fitness::Fit)
}

/// Too many tries: the device is locked `until` then.
pub(crate) fn limit_exceeded(device: &Device, until: Timestamp, conditions: Conditions<'_>) -> PlatformError {
    PlatformError::quota_exceeded(device.device_type(), until, conditions.holds(&rules::QUOTA_IS_400))
}

/// Continues with `device`, which the request named in `target`: sends it a push or a code, or challenges it.
pub(super) fn begin(
    authentication: &DeviceAuthentication,
    device: &Device,
    target: &str,
    stores: &mut Stores,
    conditions: Conditions<'_>,
) -> Result<Step, PlatformError> {
    let Stores { users, factors, .. } = stores;
    let now = conditions.now;
    match fitness(device, authentication, users, conditions) {
        Fitness::Unfit(reason) => Err(PlatformError::invalid_value(target, reason)),
        Fitness::Locked(until) => Err(limit_exceeded(device, until, conditions)),
        Fitness::Fit(Factor::Push) => Ok(Step::PushConfirmation(factors.push(device, &authentication.policy, now))),
        Fitness::Fit(Factor::SentCode) => Ok(Step::Otp(factors.send_code(authentication, device, now))),
        Fitness::Fit(Factor::GeneratedCode) => Ok(Step::Otp(Otp::Generated)),
        Fitness::Fit(Factor::Passkey) => factors.challenge(authentication, Some(device)).map(Step::Assertion),
        Fitness::Fit(Factor::Desktop) => Ok(Step::Assertion(factors.challenge_desktop(authentication, device))),
    }
}

/// Rule: NEW_CODE_ON_RESELECT.
pub(super) fn is_resend_due(
    authentication: &DeviceAuthentication,
    device: &Device,
    conditions: Conditions<'_>,
) -> bool {
    let is_same = authentication.selected_device().is_some_and(|selected| selected.id() == device.id());
    let awaits_sent_code = matches!(authentication.step, Step::Otp(Otp::Sent { .. }));
    !(is_same && awaits_sent_code) || conditions.holds(&rules::NEW_CODE_ON_RESELECT)
}
