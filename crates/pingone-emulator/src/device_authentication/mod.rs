//! `/{envID}/deviceAuthentications`: one file for each operation, one for what they work on.

mod authentication;
mod cancel;
mod check_otp;
mod factors;
mod initialize;
mod push;
mod reply;
mod select_device;

use http::Method;

pub use self::push::{NoPendingPush, PendingPush};
pub(crate) use self::{
    authentication::DeviceAuthentication,
    factors::Factors,
    push::{PushAnswer, answer_push, pending_pushes},
};
use crate::{answer::Answer, body::Body, data::Data, error::PlatformError, request::Request, state::State};

/// The media types say which operation is meant.
mod media_type {
    pub(super) const INITIALIZE: &str = "application/json";
    pub(super) const SELECT_DEVICE: &str = "application/vnd.pingidentity.device.select+json";
    pub(super) const CHECK_OTP: &str = "application/vnd.pingidentity.otp.check+json";
    pub(super) const CANCEL: &str = "application/vnd.pingidentity.cancel.push.authentication+json";
}

/// All authentications: only *initialize*. There is no list.
pub(crate) fn collection(data: &Data, state: &mut State, request: &Request) -> Result<Answer, PlatformError> {
    if request.method() != Method::POST {
        return Err(PlatformError::method_not_allowed("POST"));
    }
    if request.media_type().as_deref() != Some(media_type::INITIALIZE) {
        return Err(PlatformError::unsupported_media_type());
    }
    let authentication = initialize::initialize(data, state, &Body::read(request.body())?)?;
    // Rule (documented): 201 with the address of the new resource, whatever its status.
    let href = reply::href(data, authentication, request);
    Ok(Answer::created(reply::reply(data, authentication, &href), &href))
}

/// One authentication: *read*, and the operations that share its address.
pub(crate) fn one(data: &Data, state: &mut State, request: &Request, id: &str) -> Result<Answer, PlatformError> {
    let method = request.method();
    if ![Method::GET, Method::POST].contains(method) {
        return Err(PlatformError::method_not_allowed("GET, POST"));
    }
    // Rule (assumed): whether there is such an authentication counts before what is asked of it.
    let authentication = state.authentications.get_mut(id).ok_or_else(PlatformError::not_found)?;
    if method == Method::POST {
        let (body, now) = (request.body(), state.clock.now());
        match request.media_type().as_deref() {
            Some(media_type::SELECT_DEVICE) => {
                select_device::select_device(authentication, &Body::read(body)?, &mut state.factors, now)
            }
            Some(media_type::CHECK_OTP) => check_otp::check_otp(authentication, &Body::read(body)?, now),
            Some(media_type::CANCEL) => cancel::cancel(authentication, &Body::read(body)?, now),
            _ => Err(PlatformError::unsupported_media_type()),
        }?;
    }
    let href = reply::href(data, authentication, request);
    Ok(Answer::resource(reply::reply(data, authentication, &href)))
}
