//! A blocking client for PingOne MFA, over ureq: **device authentications**, users and their devices.
//!
//! ```sh
//! cargo add pingone-blocking
//! cargo add --dev pingone-emulator # the service on localhost, for your tests
//! ```
//!
//! Operations are values of `pingone-model`, which this crate re-exports; [`Client::send`] sends any of them. In this
//! example the user cannot get at their phone, so the pending push is cancelled and the log-in continues by e-mail. The
//! service is the emulator, so this runs as it is; for a tenant, use
//! `Environment::new(Region::Europe, environment_id)`.
//!
//! ```
//! use pingone_blocking::{
//!     Client, Configuration, Credentials, DeviceType, Environment, InitializeDeviceAuthentication, NextStep,
//! };
//! use pingone_emulator::Emulator;
//!
//! let emulator = Emulator::start()?;
//! let service = emulator.service();
//!
//! let environment = Environment::at(&emulator.auth_url(), service.environment_id())?;
//! let credentials = Credentials::client_secret_basic(service.client_id(), service.client_secret());
//! let client = Client::new(Configuration::new(environment, credentials))?;
//!
//! let mut step = client.send(InitializeDeviceAuthentication::new(service.user_id()))?.into_next_step();
//! let proof = loop {
//!     step = match step {
//!         NextStep::Push(push) => client.send(push.cancel())?,
//!         NextStep::DeviceSelection(selection) => {
//!             let email = selection.devices().find(|(_, device)| device.kind() == Some(&DeviceType::Email));
//!             let (email, _) = email.ok_or("no e-mail device")?;
//!             client.send(selection.select(email))?
//!         }
//!         NextStep::Otp(entry) => {
//!             let sent = service.codes(); // in the user's mailbox
//!             client.send(entry.check(sent.last().ok_or("no code")?.code()))?
//!         }
//!         NextStep::Completed(completed) => break completed,
//!         other => return Err(format!("cannot go on: {other:?}").into()),
//!     }
//!     .into_next_step();
//! };
//! assert!(proof.is_for(&service.user_id().into()), "let nobody in for somebody else");
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Client::wait`] waits for the answer to a push, and [`Client::change_device`] cancels one. The module [`guide`] has
//! the guides: errors, retries, waiting, states, users, enrolment, proxies, testing, operation.
//!
//! The client fetches and keeps the token, replaces it once if the service refuses it, retries only what may be sent
//! again ([`RetryPolicy`]), ends a call after 30 seconds, refuses a reply above 4 MiB, follows no redirect, and uses TLS
//! with rustls and the platform's trust store ([`Configuration`]). Implement [`Transport`] to use an HTTP stack of your
//! own. The client needs no runtime, starts none, and inside one it does no more than block a thread.
//!
//! # Tests
//!
//! [`FnTransport`] turns any function from request to response into a transport, with which waiting takes no time. So
//! code that takes a [`Client`] can be tested without a socket:
//!
//! ```
//! use std::time::Duration;
//!
//! use pingone_blocking::{
//!     AccessToken, Client, Configuration, Credentials, DeviceAuthentication, Document, Environment, FnTransport, NextStep,
//!     Region, WaitError,
//! };
//!
//! fn client(transport: FnTransport) -> Client {
//!     let environment = Environment::new(Region::Europe, "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");
//!     let credentials = Credentials::access_token(AccessToken::new("token").unwrap());
//!     Client::builder(Configuration::new(environment, credentials)).transport(transport).build().unwrap()
//! }
//!
//! const PENDING: &str = r#"{"id": "a-1", "status": "PUSH_CONFIRMATION_REQUIRED"}"#;
//! const DENIED: &str = r#"{"id": "a-1", "status": "FAILED"}"#;
//!
//! let transport = FnTransport::replies([(200, PENDING), (200, DENIED)]);
//! let begun = Document::<DeviceAuthentication>::from_json(PENDING).unwrap();
//! let NextStep::Push(push) = begun.into_next_step() else { panic!("no push") };
//! let end = client(transport.clone()).wait(&push, Duration::from_secs(60));
//! assert!(matches!(end, Err(WaitError::Denied(_))));
//! assert!(transport.elapsed() > Duration::from_secs(2), "on its own clock");
//! ```
//!
//! Everything else that such code takes comes from there, too:
//!
//! | it takes | a test gets it from |
//! |---|---|
//! | an [`Error`], or its `Problem` | a refusal, such as `(400, r#"{"code": "INVALID_DATA"}"#)`, or a failure on the way: [`FnTransport::fallible`] |
//! | a [`DeviceChange`], a [`WaitError`] | [`Client::change_device`], [`Client::wait`] |
//! | a [`Completed`] | only a reply |
//! | what [`FindUser`](user::FindUser) finds | `{"_embedded": {"users": [{"id": "u-1", "username": "ada"}]}}` |
//! | an [`EnrolmentStep`](user_device::EnrolmentStep) | [`EnrolmentStep::of`](user_device::EnrolmentStep::of) a device by `Document::from_json`; `ExtraCode` is a refusal of *activate* with `EXTRA_OTP_REQUIRED` |
//! | a [`PairingStep`](pairing_key::PairingStep) | [`PairingStep::of`](pairing_key::PairingStep::of) a key, in the same way |
//! | a [`CallEvent`] | an [`Observer`] |
//!
//! For a service that answers everything, use `Service::handle` of `pingone-emulator` as the function:
//! `FnTransport::new(move |request| service.handle(request))`.
//!
//! # Features
//!
//! - `ring` (on): TLS with ring. No process-wide provider is needed or installed. It adds 14 crates, half of a clean
//!   build, and 1.6 MB to a program.
//! - `aws-lc-rs`: TLS with aws-lc; it takes precedence over `ring`. Compared with that, it adds 2 MB to a program and 50
//!   CPU seconds to a clean build.
//! - `jwt`: client authentication with a signed assertion, `CLIENT_SECRET_JWT` and `PRIVATE_KEY_JWT`. It signs with
//!   ring, so it costs nothing where that is on.
//! - `tracing`: a span for each call, and an event for each attempt and each wait. It adds 3 crates, and
//!   costs next to nothing without a subscriber.
//! - `unstable-ureq`: `UreqTransport::with_agent`, for a ureq agent that you have configured yourself. The version number
//!   of this crate makes no promise about it: it changes when ureq does.
//!
//! Without either provider there is no TLS, and only an environment on loopback can be called.

mod client;
mod client_builder;
mod connector;
mod items;
mod resolver;
mod semaphore;
mod stop;
mod timed_mutex;
mod tls;
mod token_source;
mod transport;
mod ureq;

pub use client::Client;
pub use client_builder::ClientBuilder;
pub use items::Items;
#[cfg(feature = "jwt")]
#[doc(inline)]
pub use pingone_client_core::PrivateKey;
#[doc(inline)]
pub use pingone_client_core::{
    AccessToken, Awaited, AwaitedKey, AwaitedPush, BuildError, CallEvent, CallOptions, ChangeDevice, ChangeDeviceError,
    Configuration, Credentials, DeviceChange, Error, ErrorKind, FnTransport, KeyWait, KeyWaitError, Now, Observer,
    ParseWaitError, Proxy, PushWait, Reply, ReplyTooLarge, RetryPolicy, Secret, TokenRequest, TransportError, Trust,
    VariablesError, Wait, WaitError, WaitPolicy, guide,
};
#[doc(inline)]
pub use pingone_model::*;
pub use stop::Stop;
pub use token_source::TokenSource;
pub use transport::Transport;
pub use ureq::UreqTransport;
/// The crates whose types appear in this API.
#[doc(no_inline)]
pub use {bytes, http};
