use std::{error::Error, fmt};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, header};
use serde_json::json;

use super::{ALL, Completed, DeviceAuthentication, Failed, NextStep, problem};
use crate::{
    Body, BrowserCookie, Document, FromResponse, Operation, OperationInfo, PolicyId, RequestError, UserId, media_type,
};

/// `POST /{envID}/deviceAuthentications` as `application/vnd.pingidentity.payload.check+json`
///
/// Asks whether the user's browser is remembered, which replaces any other device. `Debug` shows neither
/// cookie nor payload.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/remembered-devices/check_remembered_device.html>
#[derive(Clone)]
pub struct CheckRememberedDevice {
    user: UserId,
    policy: PolicyId,
    cookie: BrowserCookie,
    payload: Box<str>,
    device_session: Option<Box<str>>,
}

/// Whether the browser is remembered.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum RememberedDevice {
    /// It is, so the user is authenticated.
    Remembered(Completed),
    /// It is not: an ordinary answer. Continue with another device.
    NotRemembered(Failed),
    /// A status that is not documented for this operation.
    Unknown(Document<DeviceAuthentication>),
}

impl CheckRememberedDevice {
    /// Asks for a browser of `user`, under a `policy` that allows remembering. `cookie` came when the browser [was
    /// remembered](crate::user_device::RememberBrowser); `payload` is the output of the Signals SDK in the browser.
    #[must_use]
    pub fn new(
        user: impl Into<UserId>,
        policy: impl Into<PolicyId>,
        cookie: impl Into<BrowserCookie>,
        payload: &str,
    ) -> Self {
        let (user, policy) = (user.into(), policy.into());
        Self { user, policy, cookie: cookie.into(), payload: payload.into(), device_session: None }
    }

    /// The PingOne session that was given when the browser was remembered; required if there was one.
    #[must_use]
    pub fn device_session(mut self, id: &str) -> Self {
        self.device_session = Some(id.into());
        self
    }
}

impl Operation for CheckRememberedDevice {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "device_authentication.check_remembered_device",
        ALL,
        media_type::PAYLOAD_CHECK,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/remembered-devices/check_remembered_device.html"],
    )
    .meaning(problem::at_begin);
    type Output = RememberedDevice;

    fn headers(&self, headers: &mut HeaderMap) -> Result<(), RequestError> {
        if self.cookie.as_str().is_empty() {
            return Err(empty("cookie"));
        }
        let mut cookie = HeaderValue::try_from(self.cookie.as_str())
            .map_err(|_| RequestError::new("cookie", "cannot be sent in a header: pass it as `name=value`"))?;
        cookie.set_sensitive(true);
        headers.insert(header::COOKIE, cookie);
        Ok(())
    }

    fn body(&self) -> Result<Body, RequestError> {
        if self.payload.is_empty() {
            return Err(empty("payload"));
        }
        let mut body = json!({
            "user": { "id": self.user.checked()? },
            "policy": { "id": self.policy.checked()? },
            "payload": { "type": "BROWSER", "value": &*self.payload },
        });
        if let Some(session) = &self.device_session {
            if session.is_empty() {
                return Err(empty("device_session"));
            }
            body["deviceSession"] = json!({ "id": &**session });
        }
        Ok(body.into())
    }
}

fn empty(argument: &'static str) -> RequestError {
    RequestError::new(argument, "is empty: a browser cannot be recognized without it")
}

impl<O: ?Sized> FromResponse<O> for RememberedDevice {
    fn from_response(_: &O, response: &Response<Bytes>) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let reply = Document::<DeviceAuthentication>::from_json(response.body().clone())?;
        Ok(match reply.clone().into_next_step() {
            NextStep::Completed(completed) => Self::Remembered(completed),
            NextStep::Failed(failed) => Self::NotRemembered(failed),
            _ => Self::Unknown(reply),
        })
    }
}

impl fmt::Debug for CheckRememberedDevice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckRememberedDevice")
            .field("user", &self.user)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;
    use crate::{Environment, Region};

    fn request(check: &CheckRememberedDevice) -> Result<Request<Bytes>, RequestError> {
        check.request(&Environment::new(Region::Europe, "e-1"))
    }

    #[test]
    fn the_cookie_travels_as_a_sensitive_header() {
        let request = request(&CheckRememberedDevice::new("u-1", "p-1", "P1RM=abc", "signals")).unwrap();
        let cookie = &request.headers()["cookie"];
        assert_eq!(cookie, "P1RM=abc");
        assert!(cookie.is_sensitive());
    }

    #[test]
    fn a_bad_argument_is_named() {
        let argument = |user, policy, cookie, payload| {
            request(&CheckRememberedDevice::new(user, policy, cookie, payload)).unwrap_err().argument()
        };
        assert_eq!(argument("", "p", "c=1", "s"), "user_id");
        assert_eq!(argument("u", "", "c=1", "s"), "policy_id");
        assert_eq!(argument("u", "p", "", "s"), "cookie");
        assert_eq!(argument("u", "p", "c=1\n", "s"), "cookie");
        assert_eq!(argument("u", "p", "c=1", ""), "payload");
        let check = CheckRememberedDevice::new("u", "p", "c=1", "s").device_session("");
        assert_eq!(request(&check).unwrap_err().argument(), "device_session");
    }

    #[test]
    fn failed_is_an_ordinary_answer() {
        let check = CheckRememberedDevice::new("u-1", "p-1", "P1RM=abc", "signals");
        let read = |body: &'static str| check.read(Response::new(Bytes::from_static(body.as_bytes())));
        assert!(matches!(read(r#"{"status":"COMPLETED"}"#), Ok(RememberedDevice::Remembered(_))));
        assert!(matches!(read(r#"{"status":"FAILED"}"#), Ok(RememberedDevice::NotRemembered(_))));
        assert!(matches!(read(r#"{"id":"a","status":"OTP_REQUIRED"}"#), Ok(RememberedDevice::Unknown(_))));
        assert!(read("<html>").is_err());
    }

    #[test]
    fn debug_shows_neither_cookie_nor_payload() {
        let check = CheckRememberedDevice::new("u-1", "p-1", "P1RM=hunter2", "hunter3").device_session("hunter4");
        assert!(!format!("{check:?}").contains("hunter"));
    }
}
