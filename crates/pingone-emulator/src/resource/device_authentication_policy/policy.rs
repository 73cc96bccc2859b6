use std::time::Duration;

/// How users are authenticated. What is not set has the service's default, or the value of its examples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    pub(crate) id: String,
    pub(crate) device_selection: DeviceSelection,
    pub(crate) push_timeout: Duration,
    pub(crate) push_limit: PushLimit,
    pub(crate) number_matching: bool,
    pub(crate) otp_length: u8,
    pub(crate) otp_life_time: Duration,
    pub(crate) otp_failures: u32,
    pub(crate) cool_down: Duration,
    pub(crate) passcode_grace_period: u8,
    pub(crate) relying_party_id: Option<String>,
    pub(crate) user_verification: bool,
    pub(crate) aggregate_fido2_devices: bool,
    pub(crate) remember_me: bool,
}

/// Which device is taken if the request names none.
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
    /// So many in a row …
    pub count: u32,
    /// … within this time …
    pub time_period: Duration,
    /// … lock it for this long.
    pub lock_duration: Duration,
}

/// After how many wrong codes or assertions a device is locked, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FailureLimit {
    pub(crate) count: u32,
    pub(crate) cool_down: Duration,
}

impl Policy {
    /// A policy with the service's defaults.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            device_selection: DeviceSelection::default(),
            push_timeout: Duration::from_secs(40),
            push_limit: PushLimit::default(),
            number_matching: false,
            otp_length: 6,
            otp_life_time: Duration::from_secs(30 * 60),
            otp_failures: 3,
            cool_down: Duration::from_secs(2 * 60),
            passcode_grace_period: 5,
            relying_party_id: None,
            user_verification: false,
            aggregate_fido2_devices: false,
            remember_me: true,
        }
    }

    pub(crate) fn failure_limit(&self) -> FailureLimit {
        FailureLimit { count: self.otp_failures, cool_down: self.cool_down }
    }

    /// The policy's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Sets which device is taken if the request names none.
    #[must_use]
    pub fn device_selection(self, device_selection: DeviceSelection) -> Self {
        Self { device_selection, ..self }
    }

    /// Sets how long a push waits for its answer; 40 seconds by default.
    #[must_use]
    pub fn push_timeout(self, push_timeout: Duration) -> Self {
        Self { push_timeout, ..self }
    }

    /// Sets when pushes that are ignored or denied lock the phone; 5 in 10 minutes, for 30 minutes, by default.
    #[must_use]
    pub fn push_limit(self, push_limit: PushLimit) -> Self {
        Self { push_limit, ..self }
    }

    /// Has the user pick a number in the app, which the answer shows; no by default.
    #[must_use]
    pub fn number_matching(self, number_matching: bool) -> Self {
        Self { number_matching, ..self }
    }

    /// Sets the number of digits of a code that is sent, from 6 to 10; 6 by default.
    #[must_use]
    pub fn otp_length(self, otp_length: u8) -> Self {
        Self { otp_length: otp_length.clamp(6, 10), ..self }
    }

    /// Sets how long a code that was sent is good; 30 minutes by default.
    #[must_use]
    pub fn otp_life_time(self, otp_life_time: Duration) -> Self {
        Self { otp_life_time, ..self }
    }

    /// Sets after how many wrong codes a device is locked, and for how long; 3 and 2 minutes by default.
    #[must_use]
    pub fn otp_failures(self, otp_failures: u32, cool_down: Duration) -> Self {
        Self { otp_failures, cool_down, ..self }
    }

    /// Sets by how many windows of 30 seconds the clock of an authenticator app may be wrong; 5 by default.
    #[must_use]
    pub fn passcode_grace_period(self, passcode_grace_period: u8) -> Self {
        Self { passcode_grace_period, ..self }
    }

    /// Sets the relying party of passkeys that name none, and of a sign-on without a user.
    #[must_use]
    pub fn relying_party_id(self, relying_party_id: impl Into<String>) -> Self {
        Self { relying_party_id: Some(relying_party_id.into()), ..self }
    }

    /// Demands of a passkey that it verifies the user; no by default.
    #[must_use]
    pub fn user_verification(self, user_verification: bool) -> Self {
        Self { user_verification, ..self }
    }

    /// Sets the flag `aggregateFido2Devices`; no by default.
    #[must_use]
    pub fn aggregate_fido2_devices(self, aggregate_fido2_devices: bool) -> Self {
        Self { aggregate_fido2_devices, ..self }
    }

    /// Allows browsers to be remembered; yes by default.
    #[must_use]
    pub fn remember_me(self, remember_me: bool) -> Self {
        Self { remember_me, ..self }
    }
}

impl Default for PushLimit {
    fn default() -> Self {
        let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
        Self { count: 5, time_period: minutes(10), lock_duration: minutes(30) }
    }
}
