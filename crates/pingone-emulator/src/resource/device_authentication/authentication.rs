use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{push::Push, rules};
use crate::{
    clock::after,
    resource::{
        Conditions,
        device_authentication_policy::Policy,
        user::{Device, User, Users},
    },
};

/// Rule: AUTHENTICATION_EXPIRES.
const LIFETIME: SignedDuration = SignedDuration::from_mins(15);

/// Why a user is kept out whose account is locked.
pub(super) const LOCKED: &str = "The account of the user is locked.";

/// An authentication and its state.
#[derive(Clone)]
pub(crate) struct DeviceAuthentication {
    pub(super) id: String,
    /// Unknown until a passkey has said who it is. Later changes of the user do not reach this authentication.
    pub(super) user: Option<Arc<User>>,
    pub(super) policy: Arc<Policy>,
    /// Even after *cancel*, the device that was last chosen.
    pub(super) selected: Option<Selected>,
    pub(super) wish: Wish,
    pub(super) step: Step,
    /// What PingID Desktop was asked, once it has answered.
    pub(super) answered_options: Option<String>,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

/// The device that an authentication goes by.
#[derive(Clone)]
pub(super) enum Selected {
    /// A device of the user, by its id.
    Paired(String),
    /// A device that belongs to nobody. Its id is its address, and is not shown.
    OneTime(Device),
    /// A remembered browser, with what the request said of it.
    Browser { browser: Option<Device>, payload: String, session: Option<String> },
}

/// What the request to begin has asked of passkeys and of messages.
#[derive(Clone, Default)]
pub(super) struct Wish {
    pub(super) rp_id: Option<String>,
    pub(super) challenge: Option<Vec<u8>>,
    /// As it was sent.
    pub(super) notification: Option<Value>,
}

/// A status, with what belongs to it.
#[derive(Clone)]
pub(super) enum Step {
    DeviceSelection,
    Otp(Otp),
    Assertion(Challenge),
    PushConfirmation(Push),
    PushTimedOut,
    Completed { authenticators: &'static [&'static str] },
    Failed(Failure),
}

/// The code that is awaited.
#[derive(Clone)]
pub(super) enum Otp {
    /// It was sent, or is shown by the answer if the device is there for tests.
    Sent { code: String, expires_at: Timestamp, is_test: bool },
    /// The user's app or token makes it.
    Generated,
}

/// What has to be signed.
#[derive(Clone)]
pub(super) enum Challenge {
    Passkey { challenge: Vec<u8>, rp_id: String, options: String },
    Desktop { challenge: String, rp_id: String, options: String },
}

/// Why an authentication has failed. Its code is from another vocabulary than those of the platform's errors.
#[derive(Clone)]
pub(super) enum Failure {
    NoUsableDevices { user_id: String, unavailable: Vec<String> },
    AccountNotUsable(&'static str),
    PushDenied,
    OtpInvalid,
    OtpAttemptsUsedUp,
    AssertionInvalid(&'static str),
    NotRemembered,
}

/// The methods of a user who signed with a device.
///
/// Rule: AUTHENTICATORS_BY_METHOD.
pub(super) const BY_DEVICE: &[&str] = &["mfa", "user"];
/// What they have done with an app that holds a key.
pub(super) const BY_APP: &[&str] = &["mfa", "swk"];

/// What they have done by a code from a device of this type.
pub(super) fn by_code(device_type: &str) -> &'static [&'static str] {
    match device_type {
        "SMS" => &["mfa", "otp", "sms"],
        "VOICE" => &["mfa", "otp", "tel"],
        _ => &["mfa", "otp"],
    }
}

impl DeviceAuthentication {
    pub(super) fn move_to(&mut self, step: Step, now: Timestamp) {
        if let (Step::Assertion(Challenge::Desktop { options, .. }), true) = (&self.step, step.is_last()) {
            self.answered_options = Some(options.clone());
        }
        self.step = step;
        self.updated_at = now;
    }

    /// Rule: DESKTOP_KEEPS_OPTIONS.
    pub(super) fn desktop_options(&self) -> Option<&str> {
        match &self.step {
            Step::Assertion(Challenge::Desktop { options, .. }) => Some(options),
            _ => self.answered_options.as_deref(),
        }
    }

    pub(super) fn is_answered_by_desktop(&self) -> bool {
        self.answered_options.is_some()
    }

    pub(super) fn pending_push(&self) -> Option<&Push> {
        match &self.step {
            Step::PushConfirmation(push) => Some(push),
            _ => None,
        }
    }

    pub(super) fn is_expired(&self, conditions: Conditions<'_>) -> bool {
        conditions.now >= after(self.created_at, LIFETIME) && conditions.holds(&rules::AUTHENTICATION_EXPIRES)
    }

    /// Whether it is over.
    pub(super) fn is_over(&self, conditions: Conditions<'_>) -> bool {
        self.step.is_last() || self.is_expired(conditions)
    }

    /// When it was over, or will be if nobody ends it.
    pub(super) fn ends_at(&self) -> Timestamp {
        if self.step.is_last() { self.updated_at } else { after(self.created_at, LIFETIME) }
    }

    /// When something happens to it by itself.
    pub(super) fn due_at(&self) -> Option<Timestamp> {
        self.pending_push().map(Push::due_at)
    }

    pub(super) fn selected_device(&self) -> Option<&Device> {
        match self.selected.as_ref()? {
            Selected::Paired(id) => self.user.as_ref()?.find_device(id),
            Selected::OneTime(device) => Some(device),
            Selected::Browser { browser, .. } => browser.as_ref(),
        }
    }

    /// Whether the user may be let in without MFA.
    ///
    /// Rule: BYPASS_IS_TOLD.
    pub(super) fn allows_bypass(&self, now: Timestamp) -> bool {
        let account = self.user.as_ref().map(|user| &user.account);
        account.is_some_and(|account| {
            account.bypass(now).is_some() || !account.mfa_enabled && !self.policy.accounts().block_without_mfa
        })
    }

    /// Why the user's account does not let them in.
    ///
    /// Rule: LOCKED_ACCOUNT_IS_KEPT_OUT. Rule: DISABLED_USER_IS_KEPT_OUT. Rule: DISABLED_MFA_IS_KEPT_OUT.
    pub(super) fn kept_out(&self, now: Timestamp) -> Option<&'static str> {
        let (account, policy) = (&self.user.as_ref()?.account, self.policy.accounts());
        if account.lock(now).is_some() && !policy.ignore_lock {
            Some(LOCKED)
        } else if !account.is_enabled && policy.block_disabled {
            Some("The user is disabled.")
        } else if !account.mfa_enabled && account.bypass(now).is_none() && policy.block_without_mfa {
            Some("MFA is disabled for the user.")
        } else {
            None
        }
    }

    /// Whether it could continue, had the account of the user not been locked in the meantime.
    ///
    /// Rule: LOCK_HALTS_AUTHENTICATIONS.
    pub(super) fn is_halted(&self, users: &Users, conditions: Conditions<'_>) -> bool {
        let is_locked = users.find(self.user_id()).is_some_and(|user| user.account.lock(conditions.now).is_some());
        !self.step.is_last()
            && is_locked
            && !self.policy.accounts().ignore_lock
            && conditions.holds(&rules::LOCK_HALTS_AUTHENTICATIONS)
    }

    /// Empty as long as the user is unknown.
    pub(super) fn user_id(&self) -> &str {
        self.user.as_ref().map_or("", |user| user.id())
    }
}

impl Step {
    fn is_last(&self) -> bool {
        matches!(self, Self::Completed { .. } | Self::Failed(_))
    }

    pub(super) fn status(&self) -> &'static str {
        match self {
            Self::DeviceSelection => "DEVICE_SELECTION_REQUIRED",
            Self::Otp(_) => "OTP_REQUIRED",
            Self::Assertion(_) => "ASSERTION_REQUIRED",
            Self::PushConfirmation(_) => "PUSH_CONFIRMATION_REQUIRED",
            Self::PushTimedOut => "PUSH_CONFIRMATION_TIMED_OUT",
            Self::Completed { .. } => "COMPLETED",
            Self::Failed(_) => "FAILED",
        }
    }
}

impl Failure {
    /// Rule: FAILURE_CODES.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NoUsableDevices { .. } => "NO_USABLE_DEVICES",
            Self::AccountNotUsable(_) => "ACCOUNT_NOT_USABLE",
            Self::PushDenied => "PUSH_CONFIRMATION_DENIED",
            Self::OtpInvalid => "OTP_INVALID",
            Self::OtpAttemptsUsedUp => "OTP_ATTEMPTS_EXCEEDED",
            Self::AssertionInvalid(_) => "ASSERTION_INVALID",
            Self::NotRemembered => "DEVICE_NOT_REMEMBERED",
        }
    }

    pub(super) fn message(&self) -> String {
        let text = match self {
            // The published text.
            Self::NoUsableDevices { user_id, .. } => {
                return format!("Couldn't find authenticating device for user: {user_id}");
            }
            Self::PushDenied => "The user has denied the push.",
            Self::OtpInvalid => "The code is wrong.",
            Self::OtpAttemptsUsedUp => "Too many wrong codes were given.",
            Self::AccountNotUsable(reason) | Self::AssertionInvalid(reason) => reason,
            Self::NotRemembered => "The browser is not remembered.",
        };
        text.to_owned()
    }
}
