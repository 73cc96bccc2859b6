//! Users with their devices, and what the service remembers of each device.

mod account;
mod address;
mod change;
mod create;
mod device;
mod device_state;
mod devices;
mod list;
mod lock;
pub(crate) mod lockout;
mod profile;
mod reply;
pub(crate) mod rules;
mod schema;
mod store;
#[expect(clippy::module_inception, reason = "the resource is a user, and so is its item")]
mod user;

use std::sync::Arc;

pub(crate) use self::{
    address::{gets_codes, is_address, mask},
    device_state::{DeviceState, PushFail},
    reply::href,
    schema::Schema,
    store::{MOST_DEVICES, MOST_USERS, Users},
};
use self::{
    change::{change, replace},
    create::{create, import},
    list::list,
    lock::{lock, unlock},
    reply::reply,
};
pub use self::{device::Device, user::User};
use super::{
    Conditions, Context, Stores,
    route::{Base, Place, Route, delete, get, patch, place, post, put},
};
use crate::{
    answer::Answer,
    error::{PlatformError, Refusal},
    template::Parameters,
};

static ALL: Place = place(Base::Api, "/users");
static ONE: Place = place(Base::Api, "/users/{userId}").if_exists(is_there);

/// The user's id in a path.
pub(crate) const USER_ID: &str = "userId";

const JSON: &str = "application/json";
const IMPORT: &str = "application/vnd.pingidentity.user.import+json";
const LOCK: &str = "application/vnd.pingidentity.account.lock+json";
const UNLOCK: &str = "application/vnd.pingidentity.account.unlock+json";

pub(super) static ROUTES: &[Route] = &[
    get("user.list", &ALL, list),
    get("user.read", &ONE, read),
    post("user.create", &ALL, JSON, create),
    post("user.import", &ALL, IMPORT, import),
    put("user.replace", &ONE, replace),
    patch("user.change", &ONE, change),
    delete("user.delete", &ONE, remove),
    post("user.lock", &ONE, LOCK, lock).with(&["unlockAt"]),
    post("user.unlock", &ONE, UNLOCK, unlock),
];

/// Whether the user in a path exists.
pub(crate) fn is_there(stores: &Stores, parameters: Parameters<'_>, _: Conditions<'_>) -> Result<(), Refusal> {
    Ok(find(stores, parameters.get(USER_ID)).map(drop)?)
}

pub(crate) fn find<'a>(stores: &'a Stores, id: &str) -> Result<&'a Arc<User>, PlatformError> {
    stores.users.find(id).ok_or_else(PlatformError::not_found)
}

fn read(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let user = find(stores, context.parameter(USER_ID))?;
    Ok(Answer::resource(reply(user, stores, context)))
}

/// Rule: DELETE_TAKES_DEVICES_ALONG.
fn remove(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    stores.forget_user(context.parameter(USER_ID), context.conditions);
    Ok(Answer::no_content())
}
