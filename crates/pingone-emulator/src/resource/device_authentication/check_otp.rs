use super::{
    authentication::{BY_DEVICE, DeviceAuthentication, Failure, Otp, Step},
    factors::{limit_exceeded, makes_codes},
    rules, totp,
};
use crate::{
    error::PlatformError,
    resource::{Context, Stores},
};

/// Checks the code that the user has entered.
pub(super) fn check_otp(
    authentication: &mut DeviceAuthentication,
    stores: &mut Stores,
    context: &Context<'_>,
) -> Result<(), PlatformError> {
    let (body, now) = (context.body()?, context.now());
    let otp = body.required_text("otp")?;
    let wrong_status = || PlatformError::wrong_status(authentication.step.status());
    let device = authentication.selected_device().ok_or_else(wrong_status)?;
    let awaited = match &authentication.step {
        Step::Otp(awaited) => awaited,
        Step::PushTimedOut
            if makes_codes(device, &authentication.policy) && context.holds(&rules::CODE_AFTER_TIME_OUT) =>
        {
            &Otp::Generated
        }
        _ => return Err(wrong_status()),
    };
    let policy = &authentication.policy;
    let state = stores.users.state_mut(authentication.user_id(), device.id());
    if let Some(until) = state.locked_until(now) {
        return Err(limit_exceeded(device, until, context.conditions));
    }
    let is_right = match awaited {
        // Rule: CODE_EXPIRES.
        Otp::Sent { code, expires_at, .. } => otp == code && now < *expires_at,
        Otp::Generated => totp::check(device, otp, policy.grace_period(), &mut state.used_window, context.conditions),
    };
    if is_right {
        state.succeeded();
        authentication.move_to(Step::Completed { authenticators: BY_DEVICE }, now);
        return Ok(());
    }
    let remaining = state.failed(policy.method(device.device_type()).failure, now);
    if !context.holds(&rules::WRONG_CODE_IS_400) {
        authentication.move_to(Step::Failed(Failure::OtpInvalid), now);
        return Ok(());
    }
    if remaining == 0 && context.holds(&rules::ATTEMPTS_END_IT) {
        authentication.move_to(Step::Failed(Failure::OtpAttemptsUsedUp), now);
    }
    Err(PlatformError::invalid_otp(remaining))
}
