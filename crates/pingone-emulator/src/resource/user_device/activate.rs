use super::{
    check_code::check_code,
    check_passkey::check_passkey,
    create::check_active_room,
    desktop, device_of,
    pairing::{Awaited, pairing_of},
    reply::reply,
    rules, user_of,
};
use crate::{
    answer::Answer,
    error::{PlatformError, Refusal},
    resource::{Context, Stores},
};

/// Checks the proof that the device is the user's. Then it can be used.
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
