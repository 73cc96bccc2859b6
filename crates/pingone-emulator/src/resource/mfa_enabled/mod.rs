//! Whether a user authenticates by MFA at all.

pub(crate) mod rules;

use serde_json::{Value, json};

use super::{
    Context, Stores,
    route::{Base, Place, Route, get, place, put},
    user::{USER_ID, User, find, href, is_there},
};
use crate::{
    answer::Answer,
    error::{PlatformError, Refusal},
};

static PLACE: Place = place(Base::Api, "/users/{userId}/mfaEnabled").if_exists(is_there);

const MFA_ENABLED: &str = "mfaEnabled";

pub(super) static ROUTES: &[Route] =
    &[get("mfa_enabled.read", &PLACE, read), put("mfa_enabled.update", &PLACE, update).with(&[MFA_ENABLED])];

fn read(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    Ok(reply(find(stores, context.parameter(USER_ID))?, context))
}

/// Rule: MFA_ENABLED_IS_SET.
fn update(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let enabled = context.body()?.optional_flag(MFA_ENABLED)?;
    let enabled = enabled.ok_or_else(|| PlatformError::required_value(MFA_ENABLED))?;
    let change = |user: &mut User| user.account.mfa_enabled = enabled;
    let user = stores.users.update(context.parameter(USER_ID), context.now(), change);
    Ok(reply(user.ok_or_else(PlatformError::not_found)?, context))
}

/// Rule: MFA_ENABLED_IS_SMALL.
fn reply(user: &User, context: &Context<'_>) -> Answer {
    let user_href = href(user.id(), context);
    let links = json!({ "self": { "href": format!("{user_href}/mfaEnabled") }, "user": { "href": user_href } });
    Answer::resource(Value::from_iter([("_links", links), (MFA_ENABLED, user.account.mfa_enabled.into())]))
}
