use std::{collections::BTreeMap, time::Duration};

use super::fido2_policy::{Fido2Policy, Registration};

/// How users are authenticated, as a device authentication policy says it.
///
/// What is not set has the service's default, or the value in its examples; every type of device is enabled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    pub(super) id: String,
    pub(super) device_selection: DeviceSelection,
    /// By the name of the policy's block, such as `whatsApp`.
    pub(super) methods: BTreeMap<&'static str, Method>,
    pub(super) applications: BTreeMap<String, Application>,
    /// For phones whose application the policy does not name.
    pub(super) other_applications: Application,
    pub(super) passcode_grace_period: u8,
    /// What the key URI of an authenticator app says besides its secret.
    pub(super) uri_parameters: Vec<(String, String)>,
    pub(super) remember_me: bool,
    pub(super) remember_life_time: Duration,
    pub(super) accounts: Accounts,
    pub(super) fido2_policy_id: Option<String>,
    /// `None` until it is known which one is meant.
    pub(super) fido2: Option<Fido2Policy>,
}

/// Whose account a policy keeps out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Accounts {
    pub(crate) block_disabled: bool,
    pub(crate) block_without_mfa: bool,
    pub(crate) ignore_lock: bool,
}

/// What a policy says of a type of device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Method {
    pub(crate) enabled: bool,
    pub(crate) pairing_disabled: bool,
    pub(crate) failure: FailureLimit,
    pub(crate) otp_length: u8,
    pub(crate) otp_life_time: Duration,
}

/// After how many wrong codes or assertions a device is locked, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FailureLimit {
    pub(crate) count: u32,
    pub(crate) cool_down: Duration,
}

/// What a policy says of the phones with an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Application {
    pub(crate) push: bool,
    pub(crate) otp: bool,
    pub(crate) number_matching: bool,
    pub(crate) push_timeout: Duration,
    pub(crate) push_limit: PushLimit,
    pub(crate) pairing_disabled: bool,
    pub(crate) pairing_key_lifetime: Duration,
}

/// Which device is used if the request names none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeviceSelection {
    /// `DEFAULT_TO_FIRST`: the first that can be used.
    #[default]
    DefaultToFirst,
    /// `PROMPT_TO_SELECT`: the user chooses if there are several.
    PromptToSelect,
    /// `ALWAYS_DISPLAY_DEVICES`: the user chooses, even from one.
    AlwaysDisplayDevices,
}

/// When a phone is locked because its pushes are ignored or denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PushLimit {
    /// This many in a row, at most 50 (more lock nothing) …
    pub count: u32,
    /// … within this time …
    pub time_period: Duration,
    /// … lock it for this long.
    pub lock_duration: Duration,
}

/// The blocks of a policy, each of which is about a type of device.
pub(super) const BLOCKS: [&str; 9] =
    ["sms", "voice", "email", "whatsApp", "mobile", "totp", "oathToken", "fido2", "pingIdDesktopGen2"];

/// The block that is about a type of device, as a device names its type.
fn block(device_type: &str) -> &'static str {
    match device_type {
        "SMS" => "sms",
        "VOICE" => "voice",
        "EMAIL" => "email",
        "WHATSAPP" => "whatsApp",
        "TOTP" => "totp",
        "OATH_TOKEN" => "oathToken",
        "FIDO2" | "PLATFORM" | "SECURITY_KEY" => "fido2",
        "PINGID_DESKTOP_GEN2" => "pingIdDesktopGen2",
        _ => "mobile",
    }
}

impl Policy {
    /// A policy with the service's defaults.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            device_selection: DeviceSelection::default(),
            methods: BLOCKS.map(|block| (block, Method::of(block))).into(),
            applications: BTreeMap::new(),
            other_applications: Application::default(),
            passcode_grace_period: 5,
            uri_parameters: Vec::new(),
            remember_me: true,
            remember_life_time: Duration::from_secs(30 * 24 * 60 * 60),
            accounts: Accounts::default(),
            fido2_policy_id: None,
            fido2: None,
        }
    }

    /// The policy's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Sets which device is used if the request names none.
    #[must_use]
    pub fn device_selection(self, device_selection: DeviceSelection) -> Self {
        Self { device_selection, ..self }
    }

    /// Sets how long a push waits for its answer; 40 seconds by default.
    #[must_use]
    pub fn push_timeout(self, push_timeout: Duration) -> Self {
        self.for_applications(|application| application.push_timeout = push_timeout)
    }

    /// Sets when pushes that are ignored or denied lock the phone; 5 in 10 minutes, for 30 minutes, by default.
    #[must_use]
    pub fn push_limit(self, push_limit: PushLimit) -> Self {
        self.for_applications(|application| application.push_limit = push_limit)
    }

    /// Makes the user pick the number that the reply shows in the app; off by default.
    #[must_use]
    pub fn number_matching(self, number_matching: bool) -> Self {
        self.for_applications(|application| application.number_matching = number_matching)
    }

    /// Sets the number of digits of a code that is sent, from 6 to 10; 6 by default.
    #[must_use]
    pub fn otp_length(self, otp_length: u8) -> Self {
        self.for_methods(|method| method.otp_length = otp_length.clamp(6, 10))
    }

    /// Sets how long a code that was sent is valid; 30 minutes by default.
    #[must_use]
    pub fn otp_life_time(self, otp_life_time: Duration) -> Self {
        self.for_methods(|method| method.otp_life_time = otp_life_time)
    }

    /// Sets after how many wrong codes a device is locked, and for how long. By default 3; and 2 minutes, but not at all
    /// where a code is sent.
    #[must_use]
    pub fn otp_failures(self, otp_failures: u32, cool_down: Duration) -> Self {
        self.for_methods(|method| method.failure = FailureLimit { count: otp_failures, cool_down })
    }

    /// Sets by how many windows of 30 seconds the clock of an authenticator app may be off; 5 by default.
    #[must_use]
    pub fn passcode_grace_period(self, passcode_grace_period: u8) -> Self {
        Self { passcode_grace_period, ..self }
    }

    /// Sets the relying party of passkeys that name none, and of a sign-on without a user.
    #[must_use]
    pub fn relying_party_id(mut self, relying_party_id: impl Into<String>) -> Self {
        self.fido2.get_or_insert_default().relying_party_id = Some(relying_party_id.into());
        self
    }

    /// Requires a passkey to verify the user; off by default.
    #[must_use]
    pub fn user_verification(mut self, user_verification: bool) -> Self {
        let fido2 = self.fido2.get_or_insert_default();
        fido2.user_verification = user_verification;
        fido2.registration.user_verification = if user_verification { "required" } else { "preferred" };
        self
    }

    /// Sets the flag `aggregateFido2Devices`; off by default.
    #[must_use]
    pub fn aggregate_fido2_devices(mut self, aggregate_fido2_devices: bool) -> Self {
        self.fido2.get_or_insert_default().aggregate_devices = aggregate_fido2_devices;
        self
    }

    /// Allows browsers to be remembered; on by default.
    #[must_use]
    pub fn remember_me(self, remember_me: bool) -> Self {
        Self { remember_me, ..self }
    }

    /// Keeps out users who are disabled; off by default.
    #[must_use]
    pub fn block_disabled_users(mut self, block_disabled_users: bool) -> Self {
        self.accounts.block_disabled = block_disabled_users;
        self
    }

    /// Keeps out users for whom MFA is disabled; off by default, and then `bypassAllowed` says that they may pass.
    #[must_use]
    pub fn block_users_with_disabled_mfa(mut self, block_users_with_disabled_mfa: bool) -> Self {
        self.accounts.block_without_mfa = block_users_with_disabled_mfa;
        self
    }

    /// Lets users log in whose account is locked; off by default.
    #[must_use]
    pub fn ignore_user_lock(mut self, ignore_user_lock: bool) -> Self {
        self.accounts.ignore_lock = ignore_user_lock;
        self
    }

    fn for_methods(mut self, set: impl Fn(&mut Method)) -> Self {
        self.methods.values_mut().for_each(set);
        self
    }

    fn for_applications(mut self, set: impl Fn(&mut Application)) -> Self {
        self.applications.values_mut().chain([&mut self.other_applications]).for_each(set);
        self
    }

    /// What it says of devices of this type.
    pub(crate) fn method(&self, device_type: &str) -> Method {
        self.methods.get(block(device_type)).copied().unwrap_or_else(|| Method::of(block(device_type)))
    }

    /// What it says of phones with this application.
    pub(crate) fn application(&self, id: Option<&str>) -> Application {
        id.and_then(|id| self.applications.get(id)).copied().unwrap_or(self.other_applications)
    }

    /// The applications that it names.
    pub(crate) fn named_applications(&self) -> impl Iterator<Item = &str> {
        self.applications.keys().map(String::as_str)
    }

    /// For how long a phone with one of these applications can be paired.
    pub(crate) fn pairing_key_lifetime(&self, applications: &[String]) -> Duration {
        let lifetimes = applications.iter().map(|id| self.application(Some(id)).pairing_key_lifetime);
        lifetimes.min().unwrap_or(self.other_applications.pairing_key_lifetime)
    }

    pub(crate) fn selection(&self) -> DeviceSelection {
        self.device_selection
    }

    pub(crate) fn grace_period(&self) -> u8 {
        self.passcode_grace_period
    }

    pub(crate) fn uri_parameters(&self) -> &[(String, String)] {
        &self.uri_parameters
    }

    pub(crate) fn accounts(&self) -> Accounts {
        self.accounts
    }

    pub(crate) fn remembers_browsers(&self) -> bool {
        self.remember_me
    }

    /// For how long a browser is remembered.
    pub(crate) fn remember_life_time(&self) -> Duration {
        self.remember_life_time
    }

    pub(crate) fn relying_party(&self) -> Option<&str> {
        self.fido2.as_ref()?.relying_party_id.as_deref()
    }

    pub(crate) fn verifies_users(&self) -> bool {
        self.fido2.as_ref().is_some_and(|fido2| fido2.user_verification)
    }

    /// What it wants of a passkey that is registered.
    pub(crate) fn registration(&self) -> Registration {
        self.fido2.as_ref().map(|fido2| fido2.registration.clone()).unwrap_or_default()
    }

    pub(crate) fn aggregates_devices(&self) -> bool {
        self.fido2.as_ref().is_some_and(|fido2| fido2.aggregate_devices)
    }
}

impl Method {
    /// The defaults of a block.
    ///
    /// Rule: LOCK_OUT_DEFAULTS.
    pub(super) fn of(block: &str) -> Self {
        let cool_down = match block {
            "sms" | "voice" | "email" | "whatsApp" => Duration::ZERO,
            _ => Duration::from_secs(2 * 60),
        };
        let failure = FailureLimit { count: 3, cool_down };
        let otp_life_time = Duration::from_secs(30 * 60);
        Self { enabled: true, pairing_disabled: false, failure, otp_length: 6, otp_life_time }
    }
}

impl Default for Application {
    fn default() -> Self {
        Self {
            push: true,
            otp: true,
            number_matching: false,
            push_timeout: Duration::from_secs(40),
            push_limit: PushLimit::default(),
            pairing_disabled: false,
            pairing_key_lifetime: Duration::from_secs(10 * 60),
        }
    }
}

impl Default for PushLimit {
    fn default() -> Self {
        let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
        Self { count: 5, time_period: minutes(10), lock_duration: minutes(30) }
    }
}
