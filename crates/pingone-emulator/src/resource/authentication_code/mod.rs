//! Authentication codes: the user's app claims one by scanning it, instead of receiving a push.

mod claim;
mod code;
mod create;
mod reply;
pub(crate) mod rules;
mod store;

pub use self::{claim::ClaimError, code::CodeAnswer};
pub(crate) use self::{
    claim::{answer, claim, overview},
    store::AuthenticationCodes,
};
use self::{code::AuthenticationCode, create::create, reply::reply};
use super::{
    Conditions, Context, Stores,
    route::{Base, Place, Route, delete, get, place, post},
};
use crate::{
    answer::Answer,
    error::{PlatformError, Refusal},
};

static ALL: Place = place(Base::Auth, "/authenticationCodes");
static ONE: Place = place(Base::Auth, "/authenticationCodes/{authenticationCodeId}")
    .if_exists(|stores, parameters, conditions| Ok(find(stores, parameters.get(ID), conditions).map(drop)?));

const ID: &str = "authenticationCodeId";

pub(super) static ROUTES: &[Route] = &[
    post("authentication_code.create", &ALL, "application/json", create).with(&[
        "application.id",
        "clientContext",
        "lifeTime.duration",
        "lifeTime.timeUnit",
        "userApproval",
    ]),
    get("authentication_code.read", &ONE, read),
    delete("authentication_code.delete", &ONE, remove),
];

/// Rule: EXPIRED_CODE_IS_404.
fn find<'a>(stores: &'a Stores, id: &str, conditions: Conditions<'_>) -> Result<&'a AuthenticationCode, PlatformError> {
    let code = stores.authentication_codes.get(id).ok_or_else(PlatformError::not_found)?;
    let is_gone = code.is_expired(conditions.now) && conditions.holds(&rules::EXPIRED_CODE_IS_404);
    if is_gone { Err(PlatformError::not_found()) } else { Ok(code) }
}

fn read(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let code = find(stores, context.parameter(ID), context.conditions)?;
    Ok(Answer::resource(reply(code, context)))
}

/// Rule: DELETED_CODE_IS_GONE.
fn remove(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    stores.authentication_codes.remove(context.parameter(ID));
    Ok(Answer::no_content())
}
