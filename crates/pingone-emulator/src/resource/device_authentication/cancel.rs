use super::{
    authentication::{DeviceAuthentication, Step},
    rules,
};
use crate::{
    error::PlatformError,
    resource::{Context, Stores},
};

/// Cancels a push that is not answered yet, so that the user can choose another device.
pub(super) fn cancel(
    authentication: &mut DeviceAuthentication,
    stores: &mut Stores,
    context: &Context<'_>,
) -> Result<(), PlatformError> {
    let body = context.body()?;
    let reason = body.required_text("reason")?;
    if reason != "CHANGE_DEVICE" {
        context.tolerate(&rules::CANCEL_FOR_ANY_REASON, "reason", "is not CHANGE_DEVICE")?;
    }
    let is_possible = match authentication.step {
        Step::PushConfirmation(_) => true,
        Step::Completed { .. } | Step::Failed(_) => false,
        _ => !context.holds(&rules::CANCEL_NEEDS_PENDING_PUSH),
    };
    if !is_possible {
        return Err(PlatformError::wrong_status(authentication.step.status()));
    }
    authentication.count_cancelled_push(&mut stores.users, context.conditions);
    // Rule: CANCEL_KEEPS_SELECTED_DEVICE.
    authentication.move_to(Step::DeviceSelection, context.now());
    Ok(())
}
