use jiff::Timestamp;

use super::{
    authentication::{BY_DEVICE, DeviceAuthentication, Failure, Otp, Step},
    factors::{Factors, makes_codes},
    totp,
};
use crate::{
    body::Body,
    error::PlatformError,
    rules::{self, Rules},
};

/// Checks the code that the user has entered.
pub(super) fn check_otp(
    authentication: &mut DeviceAuthentication,
    body: &Body,
    factors: &mut Factors,
    rules: &Rules,
    now: Timestamp,
) -> Result<(), PlatformError> {
    let otp = body.required_text("otp")?;
    let wrong_status = || PlatformError::wrong_status(authentication.step.status());
    let device = authentication.selected_device().ok_or_else(wrong_status)?;
    let awaited = match &authentication.step {
        Step::Otp(awaited) => awaited,
        Step::PushTimedOut if makes_codes(device) && rules.holds(&rules::CODE_AFTER_TIME_OUT) => &Otp::Generated,
        _ => return Err(wrong_status()),
    };
    let policy = &authentication.policy;
    let state = factors.devices.state(authentication.user_id(), device.id());
    if let Some(until) = state.locked_until(now) {
        return Err(PlatformError::limit_exceeded(device.device_type(), until, rules));
    }
    let is_right = match awaited {
        // Rule: CODE_EXPIRES.
        Otp::Sent { code, expires_at, .. } => otp == code && now < *expires_at,
        Otp::Generated => totp::check(device, otp, policy.passcode_grace_period, &mut state.used_window, rules, now),
    };
    if is_right {
        state.succeeded();
        authentication.move_to(Step::Completed { authenticators: BY_DEVICE }, now);
        return Ok(());
    }
    let remaining = state.failed(policy, now);
    if !rules.holds(&rules::WRONG_CODE_IS_400) {
        authentication.move_to(Step::Failed(Failure::OtpInvalid), now);
        return Ok(());
    }
    if remaining == 0 && rules.holds(&rules::ATTEMPTS_END_IT) {
        authentication.move_to(Step::Failed(Failure::OtpAttemptsUsedUp), now);
    }
    Err(PlatformError::invalid_otp(remaining))
}
