use super::{
    create::check_active_room,
    device_of,
    pairing::{Awaited, Pairing, pairing_of},
    reply::reply,
    rules, user_of,
};
use crate::{
    answer::Answer,
    body::Body,
    error::{PlatformError, Refusal},
    resource::{
        Context, Stores,
        device_authentication::limit_exceeded,
        oath,
        user::{Device, User},
    },
};

/// Has the user prove that the device is theirs. From then on, it can be used.
pub(super) fn activate(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let (user, device) = (user_of(stores, context.parameters)?, device_of(stores, context.parameters)?);
    let body = context.body()?;
    if device.is_active() {
        return match context.holds(&rules::ACTIVE_IS_NOT_ACTIVATED) {
            true => Err(PlatformError::wrong_status(device.status()).into()),
            false => Ok(Answer::resource(reply(&device, user.id(), stores, context))),
        };
    }
    check_active_room(&user, stores)?;
    let mut pairing = pairing_of(stores, user.id(), &device)?;
    let proof = check_code(&mut pairing, &user, &device, &body, stores, context);
    if let Err(error) = proof {
        stores.pairings.put(user.id(), device.id(), pairing);
        return Err(error.into());
    }
    stores.pairings.remove(user.id(), device.id());
    stores.users.change_device(user.id(), device.id(), |device| device.touch(context.now()));
    stores.users.change(user.id(), |user| user.activate(device.id()));
    // Rule: ACTIVATE_IS_200.
    let device = device_of(stores, context.parameters)?;
    Ok(Answer::resource(reply(&device, user.id(), stores, context)))
}

/// Rule: PAIRING_CODE_IS_SENT. Rule: WRONG_PAIRING_CODES_COUNT.
fn check_code(
    pairing: &mut Pairing,
    user: &User,
    device: &Device,
    body: &Body,
    stores: &mut Stores,
    context: &Context<'_>,
) -> Result<(), PlatformError> {
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
                *extra = oath::find_drifted(device, otp, state.used_window, now).filter(|_| is_token);
                if extra.is_some() {
                    return Err(PlatformError::extra_otp_required());
                }
                false
            }
        },
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
    if let Some(drift) = drift.filter(|drift| *drift != 0) {
        stores.users.change_device(user.id(), device.id(), |device| device.hide("drift", Some(drift.into())));
    }
    result
}
