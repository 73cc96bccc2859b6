use std::time::Duration;

use super::{
    authentication::{DeviceAuthentication, Failure, Otp, Selected, Step, by_code},
    check_account,
    factors::{limit_exceeded, makes_codes},
    rules,
};
use crate::{
    error::PlatformError,
    resource::{
        Context, Stores,
        device_authentication_policy::FailureLimit,
        oath,
        user::{Device, lockout},
    },
};

/// Checks the code that the user has entered.
pub(super) fn check_otp(
    authentication: &mut DeviceAuthentication,
    stores: &mut Stores,
    context: &Context<'_>,
) -> Result<(), PlatformError> {
    let (body, now) = (context.body()?, context.now());
    let otp = body.required_text("otp")?;
    check_account(authentication, stores, context)?;
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
        // Rule: CODE_WORKS_ONCE.
        Otp::Generated => {
            let once = context.holds(&rules::CODE_WORKS_ONCE);
            oath::check(device, otp, policy.grace_period(), &mut state.used_window, once, now)
        }
    };
    if is_right {
        state.succeeded();
        lockout::succeeded(stores, authentication.user_id(), context.conditions);
        let authenticators = by_code(device.device_type());
        authentication.move_to(Step::Completed { authenticators }, now);
        return Ok(());
    }
    let remaining = state.failed(failure_limit(authentication, device), now);
    let locked_until = state.locked_until(now);
    lockout::failed(stores, authentication.user_id(), context.conditions);
    if !context.holds(&rules::WRONG_CODE_IS_400) {
        authentication.move_to(Step::Failed(Failure::OtpInvalid), now);
        return Ok(());
    }
    let error = match locked_until {
        Some(until) => limit_exceeded(device, until, context.conditions),
        None => PlatformError::invalid_otp(remaining),
    };
    let ends_it = if locked_until.is_some() { &rules::ATTEMPTS_END_IT } else { &rules::NO_COOL_DOWN_FAILS };
    if remaining == 0 && context.holds(ends_it) {
        authentication.move_to(Step::Failed(Failure::OtpAttemptsUsedUp), now);
    }
    Err(error)
}

/// Rule: ONE_TIME_IS_NEVER_LOCKED.
fn failure_limit(authentication: &DeviceAuthentication, device: &Device) -> FailureLimit {
    let limit = authentication.policy.method(device.device_type()).failure;
    match authentication.selected {
        Some(Selected::OneTime(_)) => FailureLimit { cool_down: Duration::ZERO, ..limit },
        _ => limit,
    }
}
