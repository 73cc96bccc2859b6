//! Passkeys that a browser has made without the service, for tests and log-in pages.

use serde_json::json;

use super::{
    check_passkey::check_new,
    passkey::{Expected, Registration},
};
use crate::{
    clock::iso,
    resource::{Conditions, Stores, user::Device},
};

/// Adds the passkey that a browser's `create` returned, with any challenge. Returns its id.
pub(crate) fn add_passkey(
    stores: &mut Stores,
    conditions: Conditions<'_>,
    user_id: &str,
    credential: &str,
    user_handle: Option<&str>,
) -> Result<String, &'static str> {
    let registration = Registration::read(credential, true)?;
    let rp_id = registration.relying_party().ok_or("The relying party is not the host of the page.")?;
    let challenge = registration.client_data.challenge().ok_or("The challenge is not Base64URL.")?;
    let policy = stores.policies.default().ok_or("There is no policy.")?;
    let origin = registration.client_data.origin();
    let mut device = Device::new(stores.pairings.next_id(), "FIDO2")
        .member("status", "ACTIVE".into())
        .member("rp", json!({ "id": rp_id, "name": rp_id }))
        .hidden("createdAt", iso(conditions.now).into());
    device.hide("userHandle", user_handle.map(Into::into));
    let expected = Expected { challenge: &challenge, origin, rp_id: &rp_id, policy: &policy };
    registration.register(&mut device, &expected)?;
    check_new(&registration.credential_id(), stores).map_err(|_| "The passkey is registered already.")?;
    let id = device.id().to_owned();
    stores.users.change(user_id, |user| user.add(device)).ok_or("There is no user with this id.")?;
    Ok(id)
}
