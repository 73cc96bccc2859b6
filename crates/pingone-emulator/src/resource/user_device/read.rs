use super::{device_of, reply::reply};
use crate::{
    answer::Answer,
    error::Refusal,
    resource::{Context, Stores},
};

/// A device as it is now.
pub(super) fn read(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let device = device_of(stores, context.parameters)?;
    Ok(Answer::resource(reply(&device, context.parameter("userId"), stores, context)))
}
