use jiff::Timestamp;

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
        user::{Device, DeviceState, User},
    },
};

/// What a code has turned out to be.
enum Verdict {
    /// Of a token whose clock was off: by how many windows it is ahead.
    Right {
        drift: Option<i64>,
    },
    /// That of a token which has drifted, so that the next one has to follow.
    OneMore,
    Wrong,
}

/// Checks the code that the user has entered; of a hardware token, learns by how much it has drifted.
///
/// Rule: PAIRING_CODE_IS_SENT.
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
    let is_sought = resync && device.device_type() == "OATH_TOKEN" && context.holds(&rules::DRIFT_OF_100_WINDOWS);
    let grace = pairing.policy.grace_period();
    let mut state = stores.users.state(user.id(), device.id()).cloned().unwrap_or_default();
    if let Some(until) = state.locked_until(now) {
        return Err(limit_exceeded(device, until, context.conditions));
    }
    let verdict = match &mut pairing.awaited {
        Awaited::Sent(Some(awaited)) if otp == awaited.code && now < awaited.expires_at => {
            Verdict::Right { drift: None }
        }
        Awaited::Generated { extra } => match extra.take() {
            Some(window) => check_extra(device, otp, window, &mut state.used_window, now),
            None if oath::check(device, otp, grace, &mut state.used_window, true, now) => {
                Verdict::Right { drift: None }
            }
            None => {
                let drifted = || oath::find_drifted(device, otp, state.used_window, now);
                *extra = is_sought.then(drifted).flatten();
                if extra.is_some() { Verdict::OneMore } else { Verdict::Wrong }
            }
        },
        Awaited::Sent(_) | Awaited::Passkey { .. } | Awaited::Desktop { .. } => Verdict::Wrong,
    };
    let result = match verdict {
        Verdict::Right { drift } => {
            state.succeeded();
            Ok(proven(device, drift))
        }
        Verdict::OneMore => Err(PlatformError::extra_otp_required()),
        Verdict::Wrong => Err(wrong_code(pairing, device, &mut state, context)),
    };
    *stores.users.state_mut(user.id(), device.id()) = state;
    result
}

/// Whether the code follows that of `window`, which was far off.
fn check_extra(device: &Device, otp: &str, window: u64, used: &mut Option<u64>, now: Timestamp) -> Verdict {
    match oath::follows(device, otp, window, now) {
        Some(drift) => {
            *used = Some(window + 1);
            Verdict::Right { drift: Some(drift) }
        }
        None => Verdict::Wrong,
    }
}

/// The device, and by how many windows its clock is ahead if that is known now.
fn proven(device: &Device, drift: Option<i64>) -> Device {
    let mut proven = device.clone();
    if let Some(drift) = drift.filter(|drift| *drift != 0) {
        proven.hide("drift", Some(drift.into()));
    }
    proven
}

/// Counts a wrong code. After too many, the code that was sent is void, or the app or token is locked.
///
/// Rule: WRONG_PAIRING_CODES_COUNT.
fn wrong_code(pairing: &mut Pairing, device: &Device, state: &mut DeviceState, context: &Context<'_>) -> PlatformError {
    let limit = pairing.policy.method(device.device_type()).failure;
    if !context.holds(&rules::WRONG_PAIRING_CODES_COUNT) {
        return PlatformError::invalid_otp(limit.count);
    }
    let remaining = state.failed(limit, context.now());
    if let (0, Awaited::Sent(awaited)) = (remaining, &mut pairing.awaited) {
        *awaited = None;
    }
    match state.locked_until(context.now()) {
        Some(until) => limit_exceeded(device, until, context.conditions),
        None => PlatformError::invalid_otp(remaining),
    }
}
