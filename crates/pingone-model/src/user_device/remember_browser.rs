use std::{error::Error, fmt};

use bytes::Bytes;
use http::Response;
use serde_json::json;

use super::ALL;
use crate::{
    Body, BrowserCookie, Device, Document, FromResponse, Ids, Operation, OperationInfo, PolicyId, RequestError, UserId,
    error::of_creation, media_type,
};

/// `POST /environments/{envID}/users/{userID}/devices`
///
/// Has the service remember a user's browser, which can then [be checked](crate::CheckRememberedDevice) instead of a second
/// factor. `Debug` does not show the payload.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/remembered-devices/create_remembered_device.html>
#[derive(Clone)]
pub struct RememberBrowser {
    user: UserId,
    policy: PolicyId,
    payload: Box<str>,
    session: Option<Box<str>>,
}

impl RememberBrowser {
    /// Remembers a browser of `user`, under a `policy` that allows remembering. `payload` is the output of the Signals
    /// SDK in the browser, with `universalDeviceIdentification`.
    #[must_use]
    pub fn new(user: impl Into<UserId>, policy: impl Into<PolicyId>, payload: &str) -> Self {
        Self { user: user.into(), policy: policy.into(), payload: payload.into(), session: None }
    }

    /// The id of the PingOne session. Each check has to name the same one.
    #[must_use]
    pub fn session(mut self, id: &str) -> Self {
        self.session = Some(id.into());
        self
    }
}

impl Operation for RememberBrowser {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "user_device.remember_browser",
        ALL,
        media_type::JSON,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/remembered-devices/create_remembered_device.html"],
    )
    .meaning(of_creation);
    type Output = RememberedBrowser;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user)
    }

    fn body(&self) -> Result<Body, RequestError> {
        if self.payload.is_empty() {
            return Err(RequestError::new("payload", "is empty: pass the output of the Signals SDK"));
        }
        let mut body =
            json!({ "type": "BROWSER", "payload": &*self.payload, "policy": { "id": self.policy.checked()? } });
        if let Some(session) = &self.session {
            if session.is_empty() {
                return Err(RequestError::new("session", "is empty: pass its id, or leave it out"));
            }
            body["session"] = json!({ "id": &**session });
        }
        Ok(body.into())
    }
}

/// A browser that the service remembers.
#[derive(Clone, Debug)]
pub struct RememberedBrowser {
    device: Document<Device>,
    cookie: Option<BrowserCookie>,
}

impl RememberedBrowser {
    /// The browser, as a device.
    #[must_use]
    pub fn device(&self) -> &Document<Device> {
        &self.device
    }

    /// The cookie by which the browser is recognized: keep it for this browser. `None` if the reply set none; the browser
    /// is not recognized then.
    #[must_use]
    pub fn cookie(&self) -> Option<&BrowserCookie> {
        self.cookie.as_ref()
    }
}

impl<O: ?Sized> FromResponse<O> for RememberedBrowser {
    fn from_response(_: &O, response: &Response<Bytes>) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let device = Document::from_json(response.body().clone())?;
        Ok(Self { device, cookie: BrowserCookie::set_by(response.headers()) })
    }
}

impl fmt::Debug for RememberBrowser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RememberBrowser")
            .field("user", &self.user)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CheckRememberedDevice, Environment, Region};

    #[test]
    fn a_bad_argument_is_named_and_no_payload_shown() {
        let argument =
            |it: RememberBrowser| it.request(&Environment::new(Region::Europe, "e-1")).unwrap_err().argument();
        assert_eq!(argument(RememberBrowser::new("", "p", "s")), "user_id");
        assert_eq!(argument(RememberBrowser::new("u", "", "s")), "policy_id");
        assert_eq!(argument(RememberBrowser::new("u", "p", "")), "payload");
        assert_eq!(argument(RememberBrowser::new("u", "p", "s").session("")), "session");
        let remember = RememberBrowser::new("u", "p", "hunter2").session("hunter3");
        assert!(!format!("{remember:?}").contains("hunter"));
    }

    #[test]
    fn the_cookie_is_given_back() {
        let response = Response::builder()
            .status(201)
            .header("set-cookie", "P1RM=hunter2; Path=/; Secure; HttpOnly")
            .body(Bytes::from_static(br#"{"id":"d-1","type":"BROWSER","status":"ACTIVE"}"#))
            .unwrap();
        let remembered = RememberBrowser::new("u-1", "p-1", "signals").read(response).unwrap();
        assert!(!format!("{remembered:?}").contains("hunter2"));
        let check = CheckRememberedDevice::new("u-1", "p-1", remembered.cookie().unwrap(), "signals");
        let request = check.request(&Environment::new(Region::Europe, "e-1")).unwrap();
        assert_eq!(request.headers()["cookie"], "P1RM=hunter2");
    }
}
