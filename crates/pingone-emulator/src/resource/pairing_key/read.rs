use super::{find, reply::reply};
use crate::{
    answer::Answer,
    error::Refusal,
    resource::{Context, Stores},
};

/// A key as it is now: whether a phone has claimed it.
pub(super) fn read(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let key = find(stores, context.parameters, context.conditions)?;
    Ok(Answer::resource(reply(key, context)))
}
