//! A user's MFA devices in the management API: creating and managing them.

mod activate;
mod block;
mod check_code;
mod check_passkey;
mod create;
mod delete;
mod desktop;
mod list;
mod logs;
mod made_elsewhere;
mod new_device;
mod nickname;
mod order;
mod pairing;
mod passkey;
mod read;
mod remember_browser;
mod reply;
mod resend_code;
pub(crate) mod rules;

use std::sync::Arc;

use self::{
    activate::activate,
    block::{block, unblock, unlock},
    create::create,
    delete::remove,
    list::list,
    logs::request_logs,
    nickname::update_nickname,
    order::{remove_order, set_order},
    read::read,
    remember_browser::remember_browser,
    resend_code::resend_code,
};
pub(crate) use self::{
    made_elsewhere::add_passkey,
    pairing::{Pairings, settle},
};
use super::{
    Context, Stores,
    route::{Base, Exists, Place, Route, delete, get, place, post, put},
    user::{Device, User},
};
use crate::{
    answer::Answer,
    error::{PlatformError, Refusal},
    template::Parameters,
};

static ALL: Place = place(Base::Api, "/users/{userId}/devices")
    .if_exists(|stores, parameters, _| Ok(user_of(stores, parameters).map(drop)?));
static ONE: Place = place(Base::Api, "/users/{userId}/devices/{deviceId}").if_exists(EXISTS);
static NICKNAME: Place = place(Base::Api, "/users/{userId}/devices/{deviceId}/nickname").if_exists(EXISTS);
static LOGS: Place = place(Base::Api, "/users/{userId}/devices/{deviceId}/logs").if_exists(EXISTS);

const EXISTS: Exists = |stores, parameters, _| Ok(device_of(stores, parameters).map(drop)?);

const JSON: &str = "application/json";
const REORDER: &str = "application/vnd.pingidentity.devices.reorder+json";
const REMOVE_ORDER: &str = "application/vnd.pingidentity.devices.order.remove+json";
const ACTIVATE: &str = "application/vnd.pingidentity.device.activate+json";
/// In lower case, in which media types are compared; the pages write `sendActivationCode`.
const SEND_CODE: &str = "application/vnd.pingidentity.device.sendactivationcode+json";
const BLOCK: &str = "application/vnd.pingidentity.device.block+json";
const UNBLOCK: &str = "application/vnd.pingidentity.device.unblock+json";
const UNLOCK: &str = "application/vnd.pingidentity.device.unlock+json";

pub(super) static ROUTES: &[Route] = &[
    get("user_device.list", &ALL, list),
    post("user_device.remember_browser", &ALL, JSON, remember_browser).of_type("BROWSER").with(&[
        "type",
        "payload",
        "policy.id",
        "session.id",
    ]),
    post("user_device.create", &ALL, JSON, create).with(create::MEMBERS),
    post("user_device.set_order", &ALL, REORDER, set_order).with(&["order"]),
    post("user_device.remove_order", &ALL, REMOVE_ORDER, remove_order),
    get("user_device.read", &ONE, read),
    post("user_device.activate", &ONE, ACTIVATE, activate).with(&["otp", "oathResync", "origin", "attestation"]),
    post("user_device.resend_code", &ONE, SEND_CODE, resend_code),
    post("user_device.block", &ONE, BLOCK, block),
    post("user_device.unblock", &ONE, UNBLOCK, unblock),
    post("user_device.unlock", &ONE, UNLOCK, unlock),
    delete("user_device.delete", &ONE, remove),
    put("user_device.update_nickname", &NICKNAME, update_nickname).with(&["nickname"]),
    put("user_device.request_logs", &LOGS, request_logs).with(&["status"]),
];

/// Rule: UNKNOWN_DEVICE_IS_404.
fn user_of(stores: &Stores, parameters: Parameters<'_>) -> Result<Arc<User>, PlatformError> {
    stores.users.find(parameters.get("userId")).cloned().ok_or_else(PlatformError::not_found)
}

fn device_of(stores: &Stores, parameters: Parameters<'_>) -> Result<Device, PlatformError> {
    let user = user_of(stores, parameters)?;
    user.find_any(parameters.get("deviceId")).cloned().ok_or_else(PlatformError::not_found)
}

/// What an operation changes of a device.
type Change = fn(&mut Device, &Context<'_>);

/// Changes the device that the path names, and shows it.
fn changed(stores: &mut Stores, context: &Context<'_>, change: Change) -> Result<Answer, Refusal> {
    let [user_id, device_id] = ["userId", "deviceId"].map(|name| context.parameter(name));
    let changed = stores.users.change_device(user_id, device_id, |device| {
        change(device, context);
        device.touch(context.now());
    });
    changed.ok_or_else(PlatformError::not_found)?;
    read(stores, context)
}
