use super::{changed, device_of, read, rules};
use crate::{
    answer::Answer,
    clock::iso,
    error::{PlatformError, Refusal},
    resource::{Context, Stores},
};

/// An administrator blocks the device.
pub(super) fn block(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    changed(stores, context, |device, context| {
        if !device.is_known("blocked") {
            device.hide("blocked", Some(true.into()));
            device.hide("blockedAt", Some(iso(context.now()).into()));
        }
    })
}

/// The device can be used again.
pub(super) fn unblock(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    if !context.holds(&rules::UNBLOCK_IS_LIKE_BLOCK) {
        return Err(PlatformError::unsupported_media_type().into());
    }
    changed(stores, context, |device, _| {
        device.hide("blocked", None);
        device.hide("blockedAt", None);
    })
}

/// Ends the lock after wrong codes or ignored pushes, and resets the count of tries.
///
/// Rule: UNLOCK_ENDS_THE_LOCK.
pub(super) fn unlock(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let device = device_of(stores, context.parameters)?;
    stores.users.state_mut(context.parameter("userId"), device.id()).unlock();
    if context.holds(&rules::UNLOCK_ANSWERS_DEVICE) { read(stores, context) } else { Ok(Answer::no_content()) }
}
