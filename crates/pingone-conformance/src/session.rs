//! A client with a token.

use std::cell::RefCell;

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{Method, Request, request::Builder};
use serde_json::{Value, json};

use super::{
    CheckError,
    control::Control,
    reply::Reply,
    target::{Target, Who},
    tenant::Tenant,
    verdict::{Try, differs, not_applicable},
};

pub(super) const FORM: &str = "application/x-www-form-urlencoded";
pub(super) const JSON: &str = "application/json";
pub(super) const SELECT_DEVICE: &str = "application/vnd.pingidentity.device.select+json";
pub(super) const CHECK_OTP: &str = "application/vnd.pingidentity.otp.check+json";
pub(super) const CHECK_ASSERTION: &str = "application/vnd.pingidentity.assertion.check+json";
pub(super) const CHECK_REMEMBERED: &str = "application/vnd.pingidentity.payload.check+json";
pub(super) const CANCEL: &str = "application/vnd.pingidentity.cancel.push.authentication+json";
pub(super) const ACTIVATE: &str = "application/vnd.pingidentity.device.activate+json";
pub(super) const SEND_CODE: &str = "application/vnd.pingidentity.device.sendActivationCode+json";
pub(super) const BLOCK: &str = "application/vnd.pingidentity.device.block+json";
pub(super) const UNBLOCK: &str = "application/vnd.pingidentity.device.unblock+json";
pub(super) const UNLOCK: &str = "application/vnd.pingidentity.device.unlock+json";
pub(super) const REORDER: &str = "application/vnd.pingidentity.devices.reorder+json";
pub(super) const REMOVE_ORDER: &str = "application/vnd.pingidentity.devices.order.remove+json";

/// The collection of authentications.
pub(super) const ALL: &str = "/deviceAuthentications";

pub(super) struct Session<'a> {
    target: &'a Target<'a>,
    place: Tenant,
    control: Option<Control<'a>>,
    token: RefCell<String>,
    /// The token that was good when the entry began.
    first_token: String,
}

impl<'a> Session<'a> {
    pub(super) fn open(target: &'a Target<'a>) -> Result<Self, CheckError> {
        let (place, control) = match &target.who {
            Who::Tenant(tenant) => (tenant.clone(), None),
            Who::Emulator(auth_url) => {
                let control = Control::at(auth_url, target);
                (control.place(auth_url)?, Some(control))
            }
        };
        let mut session = Self { target, place, control, token: RefCell::default(), first_token: String::new() };
        if let Some(control) = &session.control {
            control.prepare()?;
        }
        let first_token = session.get_first_token();
        match (&session.control, &first_token) {
            (None, _) => {}
            (Some(control), Ok(_)) => control.keep()?,
            (Some(control), Err(_)) => control.restore()?,
        }
        session.first_token = first_token?;
        Ok(session)
    }

    fn get_first_token(&self) -> Result<String, CheckError> {
        let reply = self.ask_token(&self.credentials(), "grant_type=client_credentials");
        let reply = reply.map_err(|_| CheckError::new(format!("nothing answers at {}", self.place.base)))?;
        match reply.text("/access_token") {
            "" => Err(CheckError::new(format!(
                "the client cannot get a token with CLIENT_SECRET_BASIC: {}",
                reply.summary()
            ))),
            token => Ok(token.to_owned()),
        }
    }

    /// Makes everything as it was before the first entry.
    pub(super) fn start_over(&self) -> Result<(), CheckError> {
        self.token.replace(self.first_token.clone());
        self.control.as_ref().map_or(Ok(()), Control::start_over)
    }

    /// Makes everything as it was before the check.
    pub(super) fn close(self) -> Result<(), CheckError> {
        self.control.as_ref().map_or(Ok(()), Control::restore)
    }

    /// The control paths, which only an emulator has.
    pub(super) fn control(&self) -> Try<&Control<'a>> {
        self.control.as_ref().map_or_else(|| not_applicable("needs the control paths of an emulator"), Ok)
    }

    /// A user of the service.
    pub(super) fn user_id(&self) -> &str {
        &self.place.user_id
    }

    pub(super) fn client_id(&self) -> &str {
        &self.place.client_id
    }

    pub(super) fn client_secret(&self) -> &str {
        &self.place.client_secret
    }

    /// The address of this path in the environment.
    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.place.base)
    }

    /// The base of another environment. A custom domain has one only.
    pub(super) fn other_environment(&self) -> Try<String> {
        let other = "00000000-0000-4000-8000-000000000000";
        self.place.base.strip_suffix(&self.place.environment_id).map_or_else(
            || not_applicable("a custom domain has one environment"),
            |base| Ok(format!("{base}{other}{ALL}/{other}")),
        )
    }

    /// The client's own way to authenticate.
    pub(super) fn credentials(&self) -> String {
        basic(&self.place.client_id, &self.place.client_secret)
    }

    pub(super) fn ask_token(&self, authorization: &str, form: &str) -> Try<Reply> {
        let request = Request::post(self.address("/as/token")).header("authorization", authorization);
        self.send(request.header("content-type", FORM), form)
    }

    /// Takes a new token: time has passed.
    pub(super) fn renew_token(&self) -> Try {
        let reply = self.ask_token(&self.credentials(), "grant_type=client_credentials")?;
        reply.is("200")?;
        self.use_token(reply.text("/access_token"));
        Ok(())
    }

    pub(super) fn use_token(&self, token: &str) {
        self.token.replace(token.to_owned());
    }

    /// A request to a path in the environment, with the token.
    pub(super) fn request(&self, method: Method, path: &str) -> Builder {
        let bearer = format!("Bearer {}", self.token.borrow());
        Request::builder().method(method).uri(self.address(path)).header("authorization", bearer)
    }

    pub(super) fn send(&self, request: Builder, body: impl Into<Vec<u8>>) -> Try<Reply> {
        let request = request.body(body.into()).map_err(|error| differs("a request", error))?;
        self.target.send(request).map_err(|error| differs("an answer", error))
    }

    pub(super) fn post(&self, path: &str, media_type: &str, body: impl ToString) -> Try<Reply> {
        self.send(self.request(Method::POST, path).header("content-type", media_type), body.to_string())
    }

    /// Asks the management host, which an emulator has at the same address.
    pub(super) fn manage(&self, method: Method, path: &str, media_type: &str, body: impl ToString) -> Try<Reply> {
        let address = format!("{}/v1/environments/{}{path}", self.control()?.auth_url(), self.place.environment_id);
        let bearer = format!("Bearer {}", self.token.borrow());
        let request = Request::builder().method(method).uri(address).header("authorization", bearer);
        self.send(request.header("content-type", media_type), body.to_string())
    }

    pub(super) fn initialize(&self, body: Value) -> Try<Reply> {
        self.post(ALL, JSON, body)
    }

    /// Begins with a device that is not paired, and to which nothing is sent: so it can be done anywhere.
    pub(super) fn begin_with_test_mail(&self) -> Try<Reply> {
        let device = json!({ "type": "EMAIL", "email": "conformance@example.com", "testMode": true });
        let reply =
            self.initialize(json!({ "user": { "id": self.place.user_id }, "selectedDevice": { "oneTime": device } }))?;
        reply.is("201 OTP_REQUIRED")?;
        Ok(reply)
    }

    pub(super) fn read(&self, id: &str) -> Try<Reply> {
        self.send(self.request(Method::GET, &format!("{ALL}/{id}")), "")
    }

    pub(super) fn act(&self, id: &str, media_type: &str, body: Value) -> Try<Reply> {
        self.post(&format!("{ALL}/{id}"), media_type, body)
    }

    pub(super) fn cancel(&self, id: &str) -> Try<Reply> {
        self.act(id, CANCEL, json!({ "reason": "CHANGE_DEVICE" }))
    }

    pub(super) fn select(&self, id: &str, device_id: &str) -> Try<Reply> {
        self.act(id, SELECT_DEVICE, json!({ "device": { "id": device_id } }))
    }

    pub(super) fn check(&self, id: &str, otp: &str) -> Try<Reply> {
        self.act(id, CHECK_OTP, json!({ "otp": otp }))
    }
}

/// `CLIENT_SECRET_BASIC`: the plain pair.
pub(super) fn basic(client_id: &str, client_secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{client_id}:{client_secret}")))
}
