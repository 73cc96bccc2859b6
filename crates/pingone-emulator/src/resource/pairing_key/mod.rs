//! Pairing keys: with one, the company's app on a phone becomes a device of its user.

mod claim;
mod create;
mod delete;
mod key;
mod read;
mod reply;
pub(crate) mod rules;

pub use self::claim::PairingFailed;
pub(crate) use self::{claim::claim, key::PairingKeys};
use self::{create::create, delete::remove, key::PairingKey, read::read};
use super::{
    Conditions, Stores,
    route::{Base, Place, Route, delete, get, place, post},
};
use crate::{error::PlatformError, template::Parameters};

static ALL: Place = place(Base::Api, "/users/{userId}/pairingKeys").if_exists(super::user::is_there);
static ONE: Place = place(Base::Api, "/users/{userId}/pairingKeys/{pairingKeyId}")
    .if_exists(|stores, parameters, conditions| Ok(find(stores, parameters, conditions).map(drop)?));

pub(super) static ROUTES: &[Route] = &[
    post("pairing_key.create", &ALL, "application/json", create).with(&["applications", "policy.id"]),
    get("pairing_key.read", &ONE, read),
    delete("pairing_key.delete", &ONE, remove),
];

/// Rule: UNKNOWN_PAIRING_KEY_IS_404. Rule: EXPIRED_PAIRING_KEY_IS_404.
fn find<'a>(
    stores: &'a Stores,
    parameters: Parameters<'_>,
    conditions: Conditions<'_>,
) -> Result<&'a PairingKey, PlatformError> {
    let user = super::user::find(stores, parameters.get("userId"))?;
    let key = stores.pairing_keys.get(parameters.get("pairingKeyId")).filter(|key| key.user_id == user.id());
    let is_there =
        |key: &&PairingKey| !key.is_expired(conditions.now) || !conditions.holds(&rules::EXPIRED_PAIRING_KEY_IS_404);
    key.filter(is_there).ok_or_else(PlatformError::not_found)
}
