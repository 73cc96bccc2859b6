//! PingOne MFA on localhost: **device authentications**, users and the enrolment of their devices.
//!
//! An emulator of the service that confirms who a user is with a push, a one-time code or a passkey. It has
//! the service's addresses, media types, states and error bodies, and is strict about them; your test controls its users,
//! their phones and the clock. It works for a client in any language: as the program `pingone-emulator`, or
//! inside a test:
//!
//! - [`Emulator`] is the service on a socket. It starts in a few milliseconds and stops when it is dropped.
//! - [`Service`] is its core, without I/O: a request goes in, a response comes out.
//! - [`Data`] is what the service knows at the start. The built-in data are those of the documented reply to *cancel*.
//!
//! In this example the user cannot get at their phone, so the push is cancelled:
//!
//! ```
//! use base64::{Engine, engine::general_purpose::STANDARD};
//! use bytes::Bytes;
//! use http::{Request, Response, StatusCode};
//! use pingone_emulator::Emulator;
//! use serde_json::{Value, json};
//!
//! let emulator = Emulator::start()?;
//! let service = emulator.service();
//!
//! // Any HTTP client can do this on `emulator.auth_url()`; here the requests go to the service directly.
//! let post = |path: &str, media_type: &str, authorization: &str, body: String| {
//!     let request = Request::post(format!("{}/{}{path}", emulator.auth_url(), service.environment_id()))
//!         .header("content-type", media_type)
//!         .header("authorization", authorization)
//!         .body(Bytes::from(body))?;
//!     let response = service.handle(request);
//!     Ok::<(StatusCode, Value), Box<dyn std::error::Error>>((
//!         response.status(),
//!         serde_json::from_slice(response.body())?,
//!     ))
//! };
//!
//! // The first client of the built-in data authenticates with `CLIENT_SECRET_BASIC`.
//! let basic = STANDARD.encode(format!("{}:{}", service.client_id(), service.client_secret()));
//! let form = "grant_type=client_credentials".to_owned();
//! let (_, token) = post("/as/token", "application/x-www-form-urlencoded", &format!("Basic {basic}"), form)?;
//! let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap_or_default());
//!
//! // The user's first device is a phone: it gets a push, which is pending until the test answers it.
//! let user = json!({ "user": { "id": service.user_id() } });
//! let (status, started) = post("/deviceAuthentications", "application/json", &bearer, user.to_string())?;
//! assert_eq!(status, StatusCode::CREATED);
//! assert_eq!(started["status"], "PUSH_CONFIRMATION_REQUIRED");
//!
//! // The media type selects the operation.
//! let id = started["id"].as_str().unwrap_or_default();
//! let (status, cancelled) = post(
//!     &format!("/deviceAuthentications/{id}"),
//!     "application/vnd.pingidentity.cancel.push.authentication+json",
//!     &bearer,
//!     json!({ "reason": "CHANGE_DEVICE" }).to_string(),
//! )?;
//! assert_eq!(status, StatusCode::OK);
//! assert_eq!(cancelled["status"], "DEVICE_SELECTION_REQUIRED");
//!
//! // An approval that comes too late has no effect.
//! assert!(service.approve_push(id).is_err());
//! assert_eq!(service.journal().len(), 3);
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
//! # Rules
//!
//! The emulator shares no code with any client. [`rules`] lists every rule that it enforces: its
//! source (*documented*, *seen* in a published program, *inferred* or *assumed*) and its test.
//! Most of the assumed ones can be [switched off](Service::switch_off), so that you can test a client either
//! way.
//!
//! # Time, phones and faults
//!
//! - [Move](Service::advance) or [stop](Service::freeze) the clock: a push times out without a wait.
//! - [Approve](Service::approve_push) and [deny](Service::deny_push) pushes, directly or by a [script](PushScript).
//! - Inject a [`Fault`]: for the nth request, for an operation, at random.
//!
//! # Without a socket
//!
//! [`Service::handle`] is all that a transport needs. [`Service::exchange`] also says how to deliver the
//! response, for faults such as a reset connection.
//!
//! # Control paths
//!
//! For tests in other languages there are control paths at [`Emulator::control_url`]; `/openapi.json` there
//! describes them. They need no token, but answer only this machine. In a browser, the same address with a trailing
//! slash shows the users' phones and mailboxes.
//!
//! # Features
//!
//! Both are on by default.
//!
//! - `tls`: HTTPS, by [`EmulatorBuilder::tls`].
//! - `check`: the program's command `check`, which tests a service against the list of `pingone-conformance`.

mod answer;
mod body;
mod clock;
mod collection;
mod data;
mod emulator;
mod error;
mod exchange;
mod fault;
mod journal;
mod jwt;
mod key;
mod list;
mod object;
mod operation;
mod page;
mod request;
mod resource;
mod retention;
mod rules;
mod sequence;
mod service;
mod state;
mod template;

pub use data::Data;
pub use emulator::{Emulator, EmulatorBuilder};
pub use exchange::{Delivery, Exchange};
pub use fault::{Fault, FaultKind, RetryAfter};
pub use journal::JournalEntry;
pub use object::DataError;
pub use operation::{NoSuchOperation, Operation, operations, unserved_operations};
pub use resource::{
    authentication_code::{ClaimError, CodeAnswer},
    device_authentication::{NoPendingPush, PendingPush, PushAnswer, PushScript},
    device_authentication_policy::{DeviceSelection, Fido2Policy, Policy, PushLimit},
    mfa_settings::MfaSettings,
    oath_token::OathToken,
    outbox::SentCode,
    pairing_key::PairingFailed,
    population::Population,
    rules,
    token::{Client, TokenCounters, TokenEndpointAuthMethod, TokenKind},
    user::{Device, User},
};
pub use rules::{NoSuchRule, Rule, Standing};
pub use service::Service;
