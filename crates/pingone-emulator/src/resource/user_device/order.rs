use std::collections::BTreeSet;

use super::{list::list, rules, user_of};
use crate::{
    answer::Answer,
    error::{PlatformError, Refusal},
    resource::{Context, Stores},
};

/// Sets the order of the devices; the first is the default.
pub(super) fn set_order(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let user = user_of(stores, context.parameters)?;
    let body = context.body()?;
    let ids = body.required_ids("order")?;
    let known: BTreeSet<&str> = user.active_devices().map(|device| device.id()).collect();
    if !ids.iter().all(|id| known.contains(id)) {
        return Err(PlatformError::invalid_value("order", "names a device that is not active").into());
    }
    let given = BTreeSet::from_iter(&ids);
    if given.len() != ids.len() {
        return Err(PlatformError::invalid_value("order", "names a device twice").into());
    }
    if given.len() < known.len() && !context.holds(&rules::ORDER_MAY_BE_PARTIAL) {
        return Err(PlatformError::invalid_value("order", "must name every active device").into());
    }
    stores.users.change(user.id(), |user| user.put_in_order(&ids));
    // Rule: SET_ORDER_ANSWERS_LIST.
    list(stores, context)
}

/// Removes the order, and with it the default.
pub(super) fn remove_order(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    stores.users.change(context.parameter("userId"), |user| user.remove_order());
    // Rule: REMOVE_ORDER_IS_204.
    Ok(Answer::no_content())
}
