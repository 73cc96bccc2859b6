//! `/{envID}/deviceAuthentications`: one file for each operation, and one for each thing that they work on.

mod authentication;
mod cancel;
mod check_assertion;
mod check_otp;
mod check_remembered_device;
mod collection;
mod device_state;
mod factors;
mod initialize;
mod one_time;
mod overview;
mod push;
mod reply;
mod select_device;
mod totp;
mod webauthn;

use jiff::{SignedDuration, Timestamp};

pub use self::push::{NoPendingPush, PendingPush, PushAnswer, PushScript};
pub(crate) use self::{
    authentication::DeviceAuthentication,
    collection::DeviceAuthentications,
    factors::{Factors, PushScripts},
    overview::overview,
    push::{answer_push, pending_pushes},
};
use self::{
    authentication::{Failure, Step},
    reply::Surroundings,
};
use crate::{
    answer::Answer,
    body::Body,
    clock::after,
    data::Device,
    error::PlatformError,
    operation::Operation,
    request::Request,
    rules::{self, Rules},
    state::State,
};

/// Rule: AUTHENTICATION_EXPIRES.
const LIFETIME: SignedDuration = SignedDuration::from_mins(15);

/// *Initialize* or *check remembered device*, on the address of all authentications.
pub(crate) fn start(state: &mut State, request: &Request, operation: Operation) -> Result<Answer, PlatformError> {
    let body = Body::read(request.body(), &state.rules)?;
    let is_check = operation == Operation::CheckRememberedDevice;
    let authentication = match is_check {
        true => check_remembered_device::check_remembered_device(state, request, &body)?,
        false => initialize::initialize(state, &body)?,
    };
    if let Step::Failed(failure @ Failure::NoUsableDevices { .. }) = &authentication.step {
        if !state.rules.holds(&rules::NO_USABLE_DEVICE_IS_201) {
            return Err(PlatformError::no_usable_devices(reply::error(failure)));
        }
    }
    let href = reply::href(&state.data.environment_id, &authentication, request);
    let body = reply::reply(&surroundings(state), &authentication, &href);
    state.authentications.add(authentication);
    // Rule: CHECK_REMEMBERED_IS_200. Rule: INITIALIZE_IS_201.
    Ok(if is_check { Answer::resource(body) } else { Answer::created(body, &href) })
}

/// Every operation on one authentication.
pub(crate) fn act(
    state: &mut State,
    request: &Request,
    id: &str,
    operation: Option<Operation>,
) -> Result<Answer, PlatformError> {
    let now = state.clock.now();
    let State { authentications, factors, rules, data, .. } = &mut *state;
    let authentication = authentications.find(id).ok_or_else(PlatformError::not_found)?;
    if is_expired(authentication, rules, now) {
        return Err(PlatformError::expired(rules));
    }
    match operation.ok_or_else(PlatformError::unsupported_media_type)? {
        Operation::Read => authentication.count_read(factors, rules, now),
        operation => {
            let body = Body::read(request.body(), rules)?;
            match operation {
                Operation::SelectDevice => {
                    select_device::select_device(authentication, &body, factors, rules, now)?;
                    let number = authentication.number;
                    authentications.watch(id, number);
                }
                Operation::CheckOtp => check_otp::check_otp(authentication, &body, factors, rules, now)?,
                Operation::CheckAssertion => {
                    check_assertion::check_assertion(authentication, &body, data, factors, rules, now)?;
                }
                Operation::Cancel => cancel::cancel(authentication, &body, rules, now)?,
                _ => return Err(PlatformError::unsupported_media_type()),
            }
        }
    }
    let authentication = state.authentications.get(id).ok_or_else(PlatformError::not_found)?;
    let href = reply::href(&state.data.environment_id, authentication, request);
    Ok(Answer::resource(reply::reply(&surroundings(state), authentication, &href)))
}

fn is_expired(authentication: &DeviceAuthentication, rules: &Rules, now: Timestamp) -> bool {
    now >= after(authentication.created_at, LIFETIME) && rules.holds(&rules::AUTHENTICATION_EXPIRES)
}

fn surroundings(state: &State) -> Surroundings<'_> {
    let State { data, factors, rules, clock, .. } = state;
    Surroundings { environment_id: &data.environment_id, factors, rules, now: clock.now() }
}

/// The code that a user's app or token shows now.
pub(crate) fn generated_code(device: &Device, now: Timestamp) -> Option<String> {
    totp::code(device, now)
}
