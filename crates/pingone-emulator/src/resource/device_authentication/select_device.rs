use super::{
    authentication::{DeviceAuthentication, Selected, Step},
    check_account,
    factors::{begin, is_resend_due},
    rules,
};
use crate::{
    error::PlatformError,
    resource::{Context, Stores},
};

/// Continues with another device, or again with the same one.
pub(super) fn select_device(
    authentication: &mut DeviceAuthentication,
    stores: &mut Stores,
    context: &Context<'_>,
) -> Result<(), PlatformError> {
    let body = context.body()?;
    let device_id = body.required_text("device.id")?;
    check_account(authentication, stores, context)?;
    let is_possible = match authentication.step {
        // Rule: SELECT_DEVICE_WHILE_OPEN.
        Step::DeviceSelection | Step::Otp(_) => true,
        Step::Assertion(_) => context.holds(&rules::SELECT_AFTER_CHALLENGE),
        Step::PushTimedOut => context.holds(&rules::SELECT_AFTER_TIME_OUT),
        Step::PushConfirmation(_) => !context.holds(&rules::CANCEL_BEFORE_SELECT),
        Step::Completed { .. } | Step::Failed(_) => false,
    };
    if !is_possible {
        return Err(PlatformError::wrong_status(authentication.step.status()));
    }
    let user = authentication.user.clone();
    let unknown = || PlatformError::invalid_value("device.id", "is not a device of the user");
    let device = user.as_ref().and_then(|user| user.find_device(device_id)).ok_or_else(unknown)?;
    if is_resend_due(authentication, device, context.conditions) {
        let step = begin(authentication, device, "device.id", stores, context.conditions)?;
        authentication.selected = Some(Selected::Paired(device.id().to_owned()));
        authentication.move_to(step, context.now());
    }
    Ok(())
}
