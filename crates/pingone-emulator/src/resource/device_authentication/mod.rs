//! Device authentications: one file for each operation, and one for each thing that they work on.

mod authentication;
mod cancel;
mod check_assertion;
mod check_otp;
mod check_remembered_device;
mod factors;
mod initialize;
mod one_time;
mod overview;
mod phone;
mod push;
mod reply;
pub(crate) mod rules;
mod select_device;
mod store;
mod webauthn;

use self::{
    authentication::{DeviceAuthentication, LOCKED},
    cancel::cancel,
    check_assertion::check_assertion,
    check_otp::check_otp,
    check_remembered_device::check_remembered_device,
    initialize::initialize,
    phone::read,
    reply::reply,
    select_device::select_device,
};
pub(crate) use self::{
    factors::{Factors, PushScripts, limit_exceeded},
    initialize::find_policy,
    overview::overview,
    phone::{answer_push, pending_pushes, settle},
    reply::shown_code,
    rules::verification::{BASE64_OF_EITHER_KIND, ORIGIN_OF_ANDROID_APP},
    store::DeviceAuthentications,
};
pub use self::{
    phone::{NoPendingPush, PendingPush},
    push::{PushAnswer, PushScript},
};
use super::{
    Conditions, Context, Stores,
    route::{Base, Place, Route, get, place, post},
};
use crate::{
    answer::Answer,
    error::{PlatformError, Refusal},
};

static ALL: Place = place(Base::Auth, "/deviceAuthentications");
static ONE: Place = place(Base::Auth, "/deviceAuthentications/{deviceAuthenticationId}")
    .if_exists(|stores, parameters, conditions| Ok(find(stores, parameters.get(ID), conditions).map(drop)?));

const ID: &str = "deviceAuthenticationId";
const JSON: &str = "application/json";
const CHECK_PAYLOAD: &str = "application/vnd.pingidentity.payload.check+json";
const SELECT_DEVICE: &str = "application/vnd.pingidentity.device.select+json";
const CHECK_OTP: &str = "application/vnd.pingidentity.otp.check+json";
const CHECK_ASSERTION: &str = "application/vnd.pingidentity.assertion.check+json";
const CANCEL: &str = "application/vnd.pingidentity.cancel.push.authentication+json";

pub(super) static ROUTES: &[Route] = &[
    post("device_authentication.initialize", &ALL, JSON, initialize).with(&[
        "user.id",
        "policy.id",
        "selectedDevice.id",
        "selectedDevice.oneTime.type",
        "selectedDevice.oneTime.phone",
        "selectedDevice.oneTime.email",
        "selectedDevice.oneTime.testMode",
        "application.id",
        "mobilePayload",
        "notification.template.name",
        "notification.template.variant",
        "notification.template.locale",
        "notification.template.variables",
        "notification.clientContext",
        "rp.id",
        "webAuthn.challenge",
    ]),
    post("device_authentication.check_remembered_device", &ALL, CHECK_PAYLOAD, check_remembered_device).with(&[
        "user.id",
        "policy.id",
        "payload.type",
        "payload.value",
        "deviceSession.id",
    ]),
    get("device_authentication.read", &ONE, |s, c| go_on(s, c, read)),
    post("device_authentication.select_device", &ONE, SELECT_DEVICE, |s, c| go_on_compatibly(s, c, select_device))
        .with(&["device.id", "compatibility"]),
    post("device_authentication.check_otp", &ONE, CHECK_OTP, |s, c| go_on(s, c, check_otp)).with(&["otp"]),
    post("device_authentication.check_assertion", &ONE, CHECK_ASSERTION, |s, c| {
        go_on_compatibly(s, c, check_assertion)
    })
    .with(&["origin", "assertion", "compatibility"]),
    post("device_authentication.cancel", &ONE, CANCEL, |s, c| go_on(s, c, cancel)).with(&["reason"]),
];

/// What an operation does with an authentication that was begun.
type Operation = fn(&mut DeviceAuthentication, &mut Stores, &Context<'_>) -> Result<(), PlatformError>;

fn go_on(stores: &mut Stores, context: &Context<'_>, operation: Operation) -> Result<Answer, Refusal> {
    let mut authentication = find(stores, context.parameter(ID), context.conditions)?.clone();
    let result = operation(&mut authentication, stores, context);
    let answer = result.map(|()| Answer::resource(reply(&authentication, stores, context)));
    // A refusal may have changed it too, such as that of the last wrong code.
    stores.device_authentications.put(authentication);
    Ok(answer?)
}

/// For an operation whose body can say what the browser is able to do.
fn go_on_compatibly(stores: &mut Stores, context: &Context<'_>, operation: Operation) -> Result<Answer, Refusal> {
    let body = context.body()?;
    let compatibility = body.optional_text("compatibility")?;
    if compatibility.is_some_and(|given| !["FULL", "SECURITY_KEY_ONLY", "NONE"].contains(&given)) {
        let problem = "is none of FULL, SECURITY_KEY_ONLY and NONE";
        context.tolerate(&rules::ANY_COMPATIBILITY, "compatibility", problem)?;
    }
    go_on(stores, context, operation)
}

/// What is done now needs an account that is not locked.
fn check_account(
    authentication: &DeviceAuthentication,
    stores: &Stores,
    context: &Context<'_>,
) -> Result<(), PlatformError> {
    match authentication.is_halted(&stores.users, context.conditions) {
        true => Err(PlatformError::account_not_usable(None, LOCKED)),
        false => Ok(()),
    }
}

fn find<'a>(
    stores: &'a Stores,
    id: &str,
    conditions: Conditions<'_>,
) -> Result<&'a DeviceAuthentication, PlatformError> {
    let authentication = stores.device_authentications.get(id).ok_or_else(PlatformError::not_found)?;
    match authentication.is_expired(conditions) {
        false => Ok(authentication),
        true if conditions.holds(&rules::EXPIRED_IS_404) => Err(PlatformError::not_found()),
        true => Err(PlatformError::gone()),
    }
}
