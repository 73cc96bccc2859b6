//! A whole PingOne call without I/O, for clients of any kind.
//!
//! ```sh
//! cargo add pingone-client-core pingone-model
//! ```
//!
//! [`Call`] takes an operation of `pingone-model` through token, sending and, where safe, retries;
//! [`Session`] and [`TokenCache`] have what all calls of a client share. None reads a clock or opens a socket: a driver
//! does what an [`Action`] says. The clients `pingone-async` and `pingone-blocking` are such drivers; this is another:
//!
//! ```
//! use std::time::{Instant, SystemTime};
//!
//! use bytes::Bytes;
//! use pingone_client_core::{
//!     Action, Configuration, Credentials, Error, Now, Outgoing, Session, TokenCache, TokenFetch, TransportError,
//! };
//! use pingone_model::{Environment, InitializeDeviceAuthentication, Operation, Region, Status};
//!
//! /// Your HTTP stack, which sends once and within `outgoing.timeout`. Here it returns canned replies.
//! fn carry(outgoing: &Outgoing) -> Result<http::Response<Bytes>, TransportError> {
//!     let request = &outgoing.request;
//!     Ok(http::Response::new(Bytes::from_static(if request.uri().path().ends_with("/as/token") {
//!         br#"{"access_token": "t", "token_type": "Bearer", "expires_in": 3600}"#
//!     } else {
//!         assert_eq!(request.headers()["authorization"], "Bearer t");
//!         br#"{"id": "a-1", "status": "PUSH_CONFIRMATION_REQUIRED"}"#
//!     })))
//! }
//!
//! fn send<O: Operation>(operation: &O, session: &Session, tokens: &mut TokenCache) -> Result<O::Output, Error> {
//!     let start = Instant::now();
//!     let now = || Now::new(start.elapsed(), SystemTime::now());
//!     let mut call = session.call(operation, now())?;
//!     loop {
//!         match call.next(now()) {
//!             Action::Authorize(_) => {
//!                 if let Some(TokenFetch::Send(outgoing)) = call.authorize(now(), tokens) {
//!                     call.token_received(now(), tokens, carry(&outgoing));
//!                 }
//!             }
//!             Action::AcquirePermit(_) => call.permit_acquired(), // one call at a time is within any limit
//!             Action::Send(outgoing) => call.received(now(), carry(&outgoing)),
//!             Action::Sleep(time) => std::thread::sleep(time),
//!             Action::Done(end) => return end?.read(operation),
//!         }
//!     }
//! }
//!
//! let environment = Environment::new(Region::Europe, "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");
//! let credentials = Credentials::client_secret_basic("client", "secret");
//! let session = Session::new(Configuration::new(environment, credentials), 0)?;
//! let mut tokens = session.tokens();
//! let initialize = InitializeDeviceAuthentication::new("8f8a6354-6153-4430-964e-e10d4e5deed3");
//! let authentication = send(&initialize, &session, &mut tokens)?;
//! assert_eq!(*authentication.status(), Status::PushConfirmationRequired);
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Action::Send`] has the contract of a transport. It has to apply four settings of the [`Configuration`] itself:
//! `connect_timeout`, `max_reply_bytes`, `trust` and [`proxy_server`](Configuration::proxy_server).

mod access_token;
mod action;
mod answer;
mod build_error;
mod call;
mod call_options;
mod change_device;
#[cfg(feature = "jwt")]
mod client_assertion;
mod configuration;
mod credentials;
mod error;
mod fn_transport;
// Their examples need the clients, and run with them.
#[cfg(not(doctest))]
pub mod guide;
mod headers;
mod now;
mod observer;
mod paging;
mod proxy;
mod random;
mod retry;
mod secret;
mod session;
#[cfg(feature = "tracing")]
mod span;
mod time_limit;
mod token_cache;
mod transport;
mod variables;
mod wait;

pub use access_token::AccessToken;
pub use action::{Action, Outgoing, TokenFetch, TokenRequest};
pub use answer::{Answer, Reply};
pub use build_error::BuildError;
pub use call::Call;
pub use call_options::CallOptions;
pub use change_device::{ChangeDevice, ChangeDeviceError, DeviceChange, Reconciliation};
#[cfg(feature = "jwt")]
pub use client_assertion::PrivateKey;
pub use configuration::{Configuration, Trust};
pub use credentials::Credentials;
pub use error::{Error, ErrorKind};
pub use fn_transport::FnTransport;
pub use now::Now;
pub use observer::{CallEvent, Observer};
pub use paging::{Paging, PagingStep};
pub use proxy::{Proxy, ProxyServer};
pub use retry::RetryPolicy;
pub use secret::Secret;
pub use session::Session;
pub use token_cache::TokenCache;
pub use transport::{ReplyTooLarge, TransportError};
pub use variables::VariablesError;
pub use wait::{
    Awaited, AwaitedKey, AwaitedPush, KeyWait, KeyWaitError, ParseWaitError, PushWait, Wait, WaitAction, WaitError,
    WaitPolicy,
};
