use super::{
    create::check_active_room,
    desktop, device_of,
    pairing::{Awaited, Pairing, pairing_of},
    passkey::{Expected, Registration},
    reply::reply,
    rules, user_of,
};
use crate::{
    answer::Answer,
    body::Body,
    error::{PlatformError, Refusal},
    resource::{
        Context, Stores,
        device_authentication::{BASE64_OF_EITHER_KIND, limit_exceeded},
        device_authentication_policy::Policy,
        oath,
        user::{Device, User},
        webauthn::is_of,
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
    let proven = match &pairing.awaited {
        Awaited::Passkey { challenge, rp_id } => {
            check_passkey(&device, (challenge, rp_id), &pairing.policy, &body, stores, context)?
        }
        Awaited::Desktop { challenge } => {
            let mut proven = device.clone();
            desktop::register(&mut proven, body.required_text("attestation")?, challenge)?;
            proven
        }
        Awaited::Sent(_) | Awaited::Generated { .. } => {
            let proven = check_code(&mut pairing, &user, &device, &body, stores, context);
            proven.inspect_err(|_| stores.pairings.put(user.id(), device.id(), pairing))?
        }
    };
    stores.pairings.remove(user.id(), device.id());
    stores.users.change_device(user.id(), device.id(), |device| {
        *device = proven;
        device.touch(context.now());
    });
    stores.users.change(user.id(), |user| user.activate(device.id()));
    // Rule: ACTIVATE_IS_200.
    let device = device_of(stores, context.parameters)?;
    Ok(Answer::resource(reply(&device, user.id(), stores, context)))
}

/// Checks what the browser has returned. A wrong attestation can be followed by a right one.
fn check_passkey(
    device: &Device,
    (challenge, rp_id): (&[u8], &str),
    policy: &Policy,
    body: &Body,
    stores: &Stores,
    context: &Context<'_>,
) -> Result<Device, PlatformError> {
    let origin = body.required_text("origin")?;
    let wrong = |problem: &str| PlatformError::invalid_value("attestation", problem);
    let either_kind = context.holds(&BASE64_OF_EITHER_KIND);
    let registration = Registration::read(body.required_text("attestation")?, either_kind).map_err(wrong)?;
    // Rule: ORIGIN_OF_RELYING_PARTY.
    if !is_of(origin, rp_id) {
        return Err(PlatformError::invalid_value("origin", "is no https address of the relying party"));
    }
    let mut proven = device.clone();
    registration.register(&mut proven, &Expected { challenge, origin, rp_id, policy }).map_err(wrong)?;
    check_new(&registration.credential_id(), stores)?;
    Ok(proven)
}

/// Rule: CREDENTIAL_IS_NEW.
pub(super) fn check_new(credential_id: &str, stores: &Stores) -> Result<(), PlatformError> {
    match stores.users.find_device(|device| device.text(&["credentialId"]) == Some(credential_id)) {
        Some(_) => Err(PlatformError::not_unique("attestation", "is of a passkey that is registered already")),
        None => Ok(()),
    }
}

/// Rule: PAIRING_CODE_IS_SENT. Rule: WRONG_PAIRING_CODES_COUNT.
fn check_code(
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
                *extra = oath::find_drifted(device, otp, state.used_window, now).filter(|_| is_token);
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
