//! PingOne MFA on localhost: **device authentications**, users and the enrolment of their devices.
//!
//! An emulator of the service that lets a user confirm who they are with a push, a one-time code or a passkey. It has
//! the service's addresses, media types, states and error bodies, and is strict about each; its users, their phones and
//! the clock are in the hands of the test. It works for a client in any language: as the program `pingone-emulator`, or
//! inside a test:
//!
//! - [`Emulator`] is the service on a socket. It starts in a few milliseconds and stops when it is dropped.
//! - [`Service`] is its heart, without I/O: a request goes in, a response comes out.
//! - [`Data`] is what the service knows at the start. The built-in data are those of the documented reply to *cancel*.
//!
//! A user does not get at their phone, so the push is cancelled:
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
//! // Any HTTP client can do this on `emulator.auth_url()`; here the requests go to the heart directly.
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
//! // The first client of the built-in data authenticates by `CLIENT_SECRET_BASIC`.
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
//! // The media type alone says which operation is meant.
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
//! The emulator has its own idea of the rules and shares no code with any client. [`rules`] lists every one of them: on
//! what ground it stands, *documented*, *seen* in a published program, *inferred* or *assumed*, and which test holds it.
//! Most of those that are only assumed can be [switched off](Service::switch_off), so that a client is tested against the
//! other way as well.
//!
//! # Time, phones and accidents
//!
//! - The clock is [moved](Service::advance) by call and can be [stopped](Service::freeze): a push times out in no time.
//! - Users [approve](Service::approve_push) and [deny](Service::deny_push) by call, or by a [script](PushScript).
//! - A [`Fault`] makes an exchange go wrong: by number, by operation, by chance.
//!
//! # Without a socket
//!
//! [`Service::handle`] is all that a transport needs. [`Service::exchange`] says in addition how the answer has to
//! travel, which is how the socket learns of a reset connection.
//!
//! # Control paths
//!
//! What a test in another language asks of the emulator lies at [`Emulator::control_url`]; `/openapi.json` there
//! describes it. No token is needed, but only this machine is answered. In a browser, the same address with a slash
//! behind it is the users' phones and mailboxes.
//!
//! # Features
//!
//! Both are on by default.
//!
//! - `tls`: HTTPS, by [`EmulatorBuilder::tls`].
//! - `check`: the program's command `check`, which holds a service against the list of `pingone-conformance`.

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
