use std::sync::Arc;

use jiff::Timestamp;

use crate::data::User;

/// An authentication and where it stands.
pub(crate) struct DeviceAuthentication {
    pub(super) id: String,
    /// How many came before it.
    pub(super) number: usize,
    pub(super) user: Arc<User>,
    /// Also after *cancel* the device that was chosen last.
    pub(super) selected_device: Option<String>,
    pub(super) step: Step,
    pub(super) failed_otp_checks: u32,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

/// A status, with what belongs to it.
pub(super) enum Step {
    DeviceSelection,
    Otp { code: String },
    Assertion { request_options: String },
    PushConfirmation,
    Completed,
    Failed(Failure),
}

/// Why an authentication has failed. Its code is from another vocabulary than those of the platform's errors.
#[derive(Clone, Copy)]
pub(super) enum Failure {
    /// Rule (documented): the code. (assumed): a user without any device gets it too.
    NoUsableDevices,
    /// Rule (assumed): a rejected push has no status of its own, and this code.
    PushDenied,
    /// Rule (assumed): the code.
    OtpAttemptsUsedUp,
}

impl DeviceAuthentication {
    pub(super) fn move_to(&mut self, step: Step, now: Timestamp) {
        self.step = step;
        self.updated_at = now;
    }

    pub(super) fn is_push_pending(&self) -> bool {
        matches!(self.step, Step::PushConfirmation)
    }
}

impl Step {
    pub(super) fn status(&self) -> &'static str {
        match self {
            Self::DeviceSelection => "DEVICE_SELECTION_REQUIRED",
            Self::Otp { .. } => "OTP_REQUIRED",
            Self::Assertion { .. } => "ASSERTION_REQUIRED",
            Self::PushConfirmation => "PUSH_CONFIRMATION_REQUIRED",
            Self::Completed => "COMPLETED",
            Self::Failed(_) => "FAILED",
        }
    }
}

impl Failure {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::NoUsableDevices => "NO_USABLE_DEVICES",
            Self::PushDenied => "PUSH_CONFIRMATION_DENIED",
            Self::OtpAttemptsUsedUp => "OTP_ATTEMPTS_EXCEEDED",
        }
    }

    pub(super) fn message(self) -> &'static str {
        match self {
            Self::NoUsableDevices => "The user has no device that can be used.",
            Self::PushDenied => "The user has denied the push.",
            Self::OtpAttemptsUsedUp => "Too many wrong codes were given.",
        }
    }
}
