use super::{
    authentication::{DeviceAuthentication, Step},
    rules,
};
use crate::{
    error::PlatformError,
    resource::{Context, Stores},
};

/// Takes back a push that is not answered yet, so that the user can choose another device.
pub(super) fn cancel(
    authentication: &mut DeviceAuthentication,
    _: &mut Stores,
    context: &Context<'_>,
) -> Result<(), PlatformError> {
    let body = context.body()?;
    let reason = body.required_text("reason")?;
    if reason != "CHANGE_DEVICE" && !context.holds(&rules::CANCEL_FOR_ANY_REASON) {
        return Err(PlatformError::invalid_value("reason", "must be CHANGE_DEVICE"));
    }
    let is_possible = match authentication.step {
        Step::PushConfirmation(_) => true,
        Step::Completed { .. } | Step::Failed(_) => false,
        _ => !context.holds(&rules::CANCEL_NEEDS_PENDING_PUSH),
    };
    if !is_possible {
        return Err(PlatformError::wrong_status(authentication.step.status()));
    }
    // Rule: CANCEL_KEEPS_SELECTED_DEVICE.
    authentication.move_to(Step::DeviceSelection, context.now());
    Ok(())
}
