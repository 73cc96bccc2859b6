use super::{
    pairing::{Awaited, Pairing},
    rules,
};
use crate::{
    body::Body,
    error::PlatformError,
    resource::{
        Context, Stores,
        device_authentication::limit_exceeded,
        oath,
        user::{Device, User},
    },
};

/// Checks the code that the user has entered; of a hardware token, learns by how much it has drifted.
///
/// Rule: PAIRING_CODE_IS_SENT. Rule: WRONG_PAIRING_CODES_COUNT.
pub(super) fn check_code(
    pairing: &mut Pairing,
    user: &User,
    device: &Device,
    body: &Body,
    stores: &mut Stores,
    context: &Context<'_>,
) -> Result<Device, PlatformError> {
    let (otp, now) = (body.required_text("otp")?, context.now());
    let resync = body.optional_flag("oathResync")?.unwrap_or_default();
    let policy = pairing.policy.clone();
    let mut state = stores.users.state(user.id(), device.id()).cloned().unwrap_or_default();
    if let Some(until) = state.locked_until(now) {
        return Err(limit_exceeded(device, until, context.conditions));
    }
    let mut drift = None;
    let is_right = match &mut pairing.awaited {
        Awaited::Sent(awaited) => awaited.as_ref().is_some_and(|it| otp == it.code && now < it.expires_at),
        Awaited::Generated { extra } => match extra.take() {
            Some(window) => {
                drift = oath::follows(device, otp, window, now);
                state.used_window = drift.map(|_| window + 1).or(state.used_window);
                drift.is_some()
            }
            None if oath::check(device, otp, policy.grace_period(), &mut state.used_window, true, now) => true,
            None => {
                let is_token = resync && device.device_type() == "OATH_TOKEN";
                let is_sought = is_token && context.holds(&rules::DRIFT_OF_100_WINDOWS);
                *extra = oath::find_drifted(device, otp, state.used_window, now).filter(|_| is_sought);
                if extra.is_some() {
                    return Err(PlatformError::extra_otp_required());
                }
                false
            }
        },
        Awaited::Passkey { .. } | Awaited::Desktop { .. } => false,
    };
    let result = match is_right {
        true => {
            state.succeeded();
            Ok(())
        }
        false if !context.holds(&rules::WRONG_PAIRING_CODES_COUNT) => {
            Err(PlatformError::invalid_otp(policy.method(device.device_type()).failure.count))
        }
        false => {
            let remaining = state.failed(policy.method(device.device_type()).failure, now);
            if let (0, Awaited::Sent(awaited)) = (remaining, &mut pairing.awaited) {
                *awaited = None;
            }
            Err(match state.locked_until(now) {
                Some(until) => limit_exceeded(device, until, context.conditions),
                None => PlatformError::invalid_otp(remaining),
            })
        }
    };
    *stores.users.state_mut(user.id(), device.id()) = state;
    let mut proven = device.clone();
    if let Some(drift) = drift.filter(|drift| *drift != 0) {
        proven.hide("drift", Some(drift.into()));
    }
    result.map(|()| proven)
}
