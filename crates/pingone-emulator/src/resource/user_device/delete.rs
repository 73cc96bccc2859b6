use super::{device_of, pairing::forget};
use crate::{
    answer::Answer,
    error::Refusal,
    resource::{Context, Stores},
};

/// Deletes the device. If it was the default, the next one becomes the default.
pub(super) fn remove(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let (user_id, device) = (context.parameter("userId"), device_of(stores, context.parameters)?);
    forget(stores, user_id, device.id());
    // Rule: DELETE_IS_204.
    Ok(Answer::no_content())
}
