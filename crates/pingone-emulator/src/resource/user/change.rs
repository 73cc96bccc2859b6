use serde_json::{Map, Value};

use super::{
    USER_ID, User,
    create::check_unique,
    find,
    profile::{Profile, Reading, patched},
    reply::reply,
};
use crate::{
    answer::Answer,
    error::{PlatformError, Refusal},
    resource::{Context, Stores},
};

/// Gives a user these attributes and no others.
///
/// Rule: PUT_CLEARS_WHAT_IS_LEFT_OUT.
pub(super) fn replace(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    keep(stores, context, context.whole_body()?.members())
}

/// Changes the attributes that are given.
pub(super) fn change(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let patch = context.whole_body()?.members().clone();
    let whole = patched(find(stores, context.parameter(USER_ID))?, patch, context);
    keep(stores, context, &whole)
}

fn keep(stores: &mut Stores, context: &Context<'_>, members: &Map<String, Value>) -> Result<Answer, Refusal> {
    let id = context.parameter(USER_ID);
    let verified = find(stores, id)?.attributes.get("emailVerified") == Some(&Value::Bool(true));
    let reading = Reading { schema: &stores.users.schema, others: &[], can_verify_email: verified };
    let Profile { username, attributes } = Profile::read(members, &reading, context)?;
    check_unique(stores, &username, id, context)?;
    let change = |user: &mut User| (user.username, user.attributes) = (username, attributes);
    let user = stores.users.update(id, context.now(), change).cloned().ok_or_else(PlatformError::not_found)?;
    Ok(Answer::resource(reply(&user, stores, context)))
}
