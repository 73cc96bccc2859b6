//! The users and their devices, in the form of the data file.

use std::{borrow::Cow, sync::Arc};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::{
    Call,
    answers::{Problem, ok},
};
use crate::{
    answer::Answer,
    list::{Attribute, List},
    object::Object,
    resource::{
        Stores,
        device_authentication_policy::{Fido2Policy, Policy},
        mfa_settings::MfaSettings,
        oath_token::OathToken,
        pairing_key::claim,
        user::{MOST_DEVICES, MOST_USERS, User, Users},
        user_device::add_passkey as add_passkey_of,
    },
    state::State,
};

/// How many policies are taken, each of at most a mebibyte.
const MOST_POLICIES: usize = 1000;

/// A page of them, or all: `?limit=50&cursor=…&filter=id sw "a"`.
pub(super) fn users(call: &Call<'_>) -> Result<Answer, Problem> {
    let state = call.service.state();
    let list = List {
        all: state.stores.users.all(),
        attributes: &[Attribute { name: Cow::Borrowed("id"), operators: &["eq", "sw"] }],
        value: &|user, _| user.id().into(),
        ignores_case: &|_| false,
        most: usize::MAX,
    };
    let page = list.page(call.request)?;
    let mut body = json!({
        "users": page.items.iter().map(|user| user.to_data()).collect::<Value>(),
        "count": page.count,
        "size": page.items.len(),
    });
    if let Some(next) = page.next {
        body["next"] = next.into();
    }
    Ok(ok(body))
}

pub(super) fn user(call: &Call<'_>) -> Result<Answer, Problem> {
    Ok(ok(find(call, &call.service.state().stores.users)?.to_data()))
}

/// Adds or replaces a user.
pub(super) fn put_user(call: &Call<'_>) -> Result<Answer, Problem> {
    let mut body = call.body()?;
    body["id"] = call.parameter("userId").into();
    keep(&mut call.service.state(), &body)
}

pub(super) fn delete_user(call: &Call<'_>) -> Result<Answer, Problem> {
    let mut state = call.service.state();
    let (stores, conditions) = state.parts();
    let is_gone = stores.forget_user(call.parameter("userId"), conditions);
    drop(state);
    if is_gone { users(call) } else { Err(no_user()) }
}

/// Adds a device as the last one, or replaces it.
pub(super) fn put_device(call: &Call<'_>) -> Result<Answer, Problem> {
    let mut device = call.body()?;
    device["id"] = call.parameter("deviceId").into();
    change_devices(call, |devices| {
        match devices.iter_mut().find(|known| known["id"] == device["id"]) {
            Some(known) => *known = device,
            None => devices.push(device),
        }
        Ok(())
    })
}

pub(super) fn delete_device(call: &Call<'_>) -> Result<Answer, Problem> {
    change_devices(call, |devices| {
        let before = devices.len();
        devices.retain(|device| device["id"] != call.parameter("deviceId"));
        if devices.len() == before { Err(no_device()) } else { Ok(()) }
    })
}

/// Nobody else changes the user in between.
fn change_devices(
    call: &Call<'_>,
    change: impl FnOnce(&mut Vec<Value>) -> Result<(), Problem>,
) -> Result<Answer, Problem> {
    let mut state = call.service.state();
    let mut user = find(call, &state.stores.users)?.to_data();
    change(user["devices"].as_array_mut().ok_or_else(no_device)?)?;
    keep(&mut state, &user)
}

/// The current code of the user's app or token.
pub(super) fn generated_code(call: &Call<'_>) -> Result<Answer, Problem> {
    let code = call.service.generated_code(call.parameter("userId"), call.parameter("deviceId"));
    let code = code.ok_or_else(|| Problem::unknown("the user has no such device, or it has no secret"))?;
    Ok(ok(json!({ "code": code })))
}

/// A phone's app claims a pairing key: `{"pairingKey": "…"}`, with the `applicationId` of the app if there are
/// several.
pub(super) fn pair_phone(call: &Call<'_>) -> Result<Answer, Problem> {
    let body = call.body()?;
    let object = Object::new(String::new(), &body)?;
    object.has_only(&["pairingKey", "applicationId"])?;
    let (code, application_id) = (object.text("pairingKey")?, object.optional_text("applicationId")?);
    let mut state = call.service.state();
    let (stores, conditions) = state.parts();
    let claim = claim(stores, conditions, code, application_id).map_err(Problem::unknown)?;
    Ok(ok(json!({ "userId": claim.user_id, "deviceId": claim.device_id })))
}

/// Adds a passkey at once: the body is the `toJSON()` of a browser's new credential. With `userHandle`,
/// if that is not the user's id.
pub(super) fn add_passkey(call: &Call<'_>) -> Result<Answer, Problem> {
    let mut state = call.service.state();
    let user = find(call, &state.stores.users)?;
    Problem::check_room("devices", user.devices().len(), MOST_DEVICES)?;
    let body = call.body()?;
    let handle = Object::new(String::new(), &body)?.optional_text("userHandle")?;
    if handle.is_some_and(|handle| URL_SAFE_NO_PAD.decode(handle).is_err()) {
        return Err(Problem::bad("userHandle: must be Base64URL without padding"));
    }
    let (stores, conditions) = state.parts();
    let added = add_passkey_of(stores, conditions, user.id(), &body.to_string(), handle);
    Ok(ok(json!({ "deviceId": added.map_err(|problem| Problem::bad(format!("the passkey: {problem}")))? })))
}

/// The hardware tokens of the environment, paired or not.
pub(super) fn oath_tokens(call: &Call<'_>) -> Result<Answer, Problem> {
    let state = call.service.state();
    let token = |token: &OathToken| json!({ "serialNumber": token.serial_number(), "type": token.token_type() });
    Ok(ok(json!({ "oathTokens": state.stores.oath_tokens.iter().map(token).collect::<Value>() })))
}

/// What a token shows that nobody has paired yet: now, or `?ahead=2` windows or presses later.
pub(super) fn oath_token_code(call: &Call<'_>) -> Result<Answer, Problem> {
    let ahead = call.request.query("ahead").map_or(Ok(0), |ahead| ahead.parse());
    let ahead = ahead.map_err(|_| Problem::bad("ahead: must be a whole number"))?;
    let code = call.service.oath_token_code(call.parameter("serialNumber"), ahead);
    Ok(ok(json!({ "code": code.ok_or_else(|| Problem::unknown("there is no such token"))? })))
}

/// Adds or replaces a policy, in the JSON of the management API.
pub(super) fn put_policy(call: &Call<'_>) -> Result<Answer, Problem> {
    let mut body = call.body()?;
    body["id"] = call.parameter("policyId").into();
    let policy = Policy::read(&Object::new(String::new(), &body)?)?;
    let policies = &mut call.service.state().stores.policies;
    if policies.find(policy.id()).is_none() {
        Problem::check_room("policies", policies.len(), MOST_POLICIES)?;
    }
    policies.put(policy);
    Ok(ok(body))
}

/// The same for a FIDO2 policy.
pub(super) fn put_fido2_policy(call: &Call<'_>) -> Result<Answer, Problem> {
    let mut body = call.body()?;
    body["id"] = call.parameter("policyId").into();
    let policy = Fido2Policy::read(&Object::new(String::new(), &body)?)?;
    let policies = &mut call.service.state().stores.policies;
    if policies.find_fido2(policy.id()).is_none() {
        Problem::check_room("policies", policies.len(), MOST_POLICIES)?;
    }
    policies.put_fido2(policy);
    Ok(ok(body))
}

/// The MFA settings in the JSON of the management API. What is left out has its default again.
pub(super) fn put_mfa_settings(call: &Call<'_>) -> Result<Answer, Problem> {
    let body = call.body()?;
    let settings = MfaSettings::read(&Object::new(String::new(), &body)?)?;
    call.service.state().stores.mfa_settings = settings;
    Ok(ok(body))
}

fn find(call: &Call<'_>, users: &Users) -> Result<Arc<User>, Problem> {
    users.find(call.parameter("userId")).cloned().ok_or_else(no_user)
}

fn no_user() -> Problem {
    Problem::unknown("there is no user with this id")
}

fn no_device() -> Problem {
    Problem::unknown("the user has no device with this id")
}

fn keep(state: &mut State, user: &Value) -> Result<Answer, Problem> {
    let (Stores { users, pairings, .. }, conditions) = state.parts();
    let user = User::from_data(&Object::new(String::new(), user)?, &users.schema)?;
    if users.find(user.id()).is_none() {
        Problem::check_room("users", users.len(), MOST_USERS)?;
    }
    if user.devices().len() > MOST_DEVICES {
        return Err(Problem::bad(format!("devices: there can be at most {MOST_DEVICES}")));
    }
    if users.id_of(&user.username).is_some_and(|id| id != user.id()) {
        return Err(Problem::bad("username: is taken by another user"));
    }
    let id = user.id().to_owned();
    users.put(user.known_since(conditions.now));
    pairings.forget_gone(&id, users.find(&id).map(Arc::as_ref));
    users.find(&id).map(|user| ok(user.to_data())).ok_or_else(no_user)
}
