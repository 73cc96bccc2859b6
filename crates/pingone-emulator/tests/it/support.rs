//! A caller with a token, and what comes back to it.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};
use pingone_emulator::{Data, Service};
use serde_json::{Value, json};

pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
pub(crate) const JSON: &str = "application/json";
pub(crate) const SELECT_DEVICE: &str = "application/vnd.pingidentity.device.select+json";
pub(crate) const CHECK_OTP: &str = "application/vnd.pingidentity.otp.check+json";
pub(crate) const CHECK_ASSERTION: &str = "application/vnd.pingidentity.assertion.check+json";
pub(crate) const CHECK_REMEMBERED: &str = "application/vnd.pingidentity.payload.check+json";
pub(crate) const CANCEL: &str = "application/vnd.pingidentity.cancel.push.authentication+json";

/// Devices of the built-in user.
pub(crate) const PHONE: &str = "3c325a86-283d-4fdf-bfda-239900d1ce8d";
pub(crate) const OTHER_PHONE: &str = "259e5a50-46bb-4696-883b-ea14bb36bdf9";
pub(crate) const PASSKEY: &str = "a8ccb1b3-0809-43c2-881b-f624a417e8aa";
pub(crate) const EMAIL: &str = "daba8c2b-5f01-42fa-91a5-ee91e58b0b26";

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Reply {
    pub(crate) fn of(response: Response<Bytes>) -> Self {
        let (head, body) = response.into_parts();
        let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() };
        Self { status: head.status.as_u16(), headers: head.headers, body }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The status of an authentication that was answered with 200 or 201.
    pub(crate) fn step(&self) -> &str {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.body);
        self.body["status"].as_str().unwrap()
    }

    /// The status of an authentication, or the code of what is wrong.
    pub(crate) fn step_or_error(&self) -> &str {
        if self.status < 300 { self.step() } else { self.complaint().2 }
    }

    pub(crate) fn id(&self) -> String {
        self.body["id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn links(&self) -> Vec<&str> {
        let mut links: Vec<&str> = self.body["_links"].as_object().unwrap().keys().map(String::as_str).collect();
        links.sort_unstable();
        links
    }

    /// Status, code, and code and target of the detail, of an error of the platform.
    pub(crate) fn complaint(&self) -> (u16, &str, &str, &str) {
        fn text<'a>(value: &'a Value, name: &str) -> &'a str {
            value[name].as_str().unwrap_or_default()
        }
        let detail = &self.body["details"][0];
        (self.status, text(&self.body, "code"), text(detail, "code"), text(detail, "target"))
    }
}

/// Somebody who talks to a service, without a socket.
pub(crate) struct Caller {
    pub(crate) service: Service,
    pub(crate) authorization: Option<String>,
}

impl Caller {
    /// A client of the built-in data, with a token.
    pub(crate) fn new() -> Self {
        Self::of(Data::built_in())
    }

    /// The first client of `data`, which authenticates by `CLIENT_SECRET_BASIC`, with a token.
    pub(crate) fn of(data: Data) -> Self {
        let service = Service::new(data);
        let authorization = Some(basic(service.client_id(), service.client_secret()));
        let stranger = Self { service, authorization };
        let reply = stranger.post("/as/token", FORM, "grant_type=client_credentials");
        let authorization = Some(format!("Bearer {}", reply.body["access_token"].as_str().unwrap()));
        Self { authorization, ..stranger }
    }

    /// Sends a request to the environment's `path`.
    pub(crate) fn send(&self, method: Method, path: &str, content_type: Option<&str>, body: &[u8]) -> Reply {
        let path = format!("/{}{path}", self.service.environment_id());
        self.send_to(method, &path, content_type, body)
    }

    /// Sends a request to any path.
    pub(crate) fn send_to(&self, method: Method, path: &str, content_type: Option<&str>, body: &[u8]) -> Reply {
        let mut request = Request::builder().method(method).uri(path).header("host", "127.0.0.1:8420");
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        Reply::of(self.service.handle(request.body(Bytes::copy_from_slice(body)).unwrap()))
    }

    /// Sends a request to a path of the environment on the management host.
    pub(crate) fn manage(&self, method: Method, path: &str, content_type: &str, body: impl ToString) -> Reply {
        let path = format!("/v1/environments/{}{path}", self.service.environment_id());
        self.send_to(method, &path, Some(content_type), body.to_string().as_bytes())
    }

    /// Reads a path of the environment on the management host.
    pub(crate) fn managed(&self, path: &str) -> Reply {
        self.manage(Method::GET, path, JSON, "")
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None, b"")
    }

    pub(crate) fn post(&self, path: &str, content_type: &str, body: impl ToString) -> Reply {
        self.send(Method::POST, path, Some(content_type), body.to_string().as_bytes())
    }

    pub(crate) fn initialize(&self, body: Value) -> Reply {
        self.post("/deviceAuthentications", JSON, body)
    }

    /// Starts an authentication of the first user with a device; returns its id.
    pub(crate) fn start(&self, device_id: &str) -> String {
        let user_id = self.service.user_id();
        let reply = self.initialize(json!({ "user": { "id": user_id }, "selectedDevice": { "id": device_id } }));
        assert_eq!(reply.status, 201, "{}", reply.body);
        reply.id()
    }

    pub(crate) fn read(&self, id: &str) -> Reply {
        self.get(&format!("/deviceAuthentications/{id}"))
    }

    pub(crate) fn act(&self, id: &str, media_type: &str, body: Value) -> Reply {
        self.post(&format!("/deviceAuthentications/{id}"), media_type, body)
    }

    pub(crate) fn cancel(&self, id: &str) -> Reply {
        self.act(id, CANCEL, json!({ "reason": "CHANGE_DEVICE" }))
    }

    pub(crate) fn select(&self, id: &str, device_id: &str) -> Reply {
        self.act(id, SELECT_DEVICE, json!({ "device": { "id": device_id } }))
    }

    pub(crate) fn check(&self, id: &str, otp: &str) -> Reply {
        self.act(id, CHECK_OTP, json!({ "otp": otp }))
    }

    /// `seconds` from now, on the service's clock.
    pub(crate) fn time(&self, seconds: i64) -> String {
        let now = self.send_to(Method::GET, "/_emulator/clock", None, b"").body["now"].clone();
        let now: jiff::Timestamp = now.as_str().unwrap().parse().unwrap();
        format!("{:.3}", now + jiff::SignedDuration::from_secs(seconds))
    }

    /// The code that was sent last.
    pub(crate) fn last_code(&self) -> String {
        self.service.codes().last().unwrap().code().to_owned()
    }

    /// An authentication in each status that there is, with that status.
    pub(crate) fn in_every_status(&self) -> Vec<(&'static str, String)> {
        let timed_out = self.start(PHONE);
        self.service.advance(Duration::from_secs(40));
        let [push, selection, otp, assertion, completed, failed] =
            [PHONE, PHONE, EMAIL, PASSKEY, PHONE, PHONE].map(|device| self.start(device));
        assert_eq!(self.cancel(&selection).status, 200);
        self.service.approve_push(&completed).unwrap();
        self.service.deny_push(&failed).unwrap();
        let all = vec![
            ("PUSH_CONFIRMATION_REQUIRED", push),
            ("PUSH_CONFIRMATION_TIMED_OUT", timed_out),
            ("DEVICE_SELECTION_REQUIRED", selection),
            ("OTP_REQUIRED", otp),
            ("ASSERTION_REQUIRED", assertion),
            ("COMPLETED", completed),
            ("FAILED", failed),
        ];
        for (status, id) in &all {
            assert_eq!(self.read(id).step(), *status);
        }
        all
    }
}

pub(crate) fn basic(client_id: &str, client_secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{client_id}:{client_secret}")))
}
