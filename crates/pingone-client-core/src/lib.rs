//! A whole PingOne call without I/O, for clients of any kind.
//!
//! [`Call`] takes an operation of `pingone-model` through token, sending and one fresh token; [`TokenCache`] keeps the
//! token that all calls share. Neither reads a clock nor opens a socket: a driver does what an [`Action`] says. The
//! clients `pingone-async` and `pingone-blocking` are such drivers; this is another:
//!
//! ```
//! use std::time::{Duration, SystemTime};
//!
//! use bytes::Bytes;
//! use pingone_client_core::{Action, Call, Credentials, Error, Now, TokenCache, TransportError};
//! use pingone_model::{Environment, InitializeDeviceAuthentication, Operation, Region, Status};
//!
//! /// Your HTTP stack. Here it has the service's answers by heart.
//! fn carry(request: &http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
//!     Ok(http::Response::new(Bytes::from_static(if request.uri().path().ends_with("/as/token") {
//!         br#"{"access_token": "t", "token_type": "Bearer", "expires_in": 3600}"#
//!     } else {
//!         assert_eq!(request.headers()["authorization"], "Bearer t");
//!         br#"{"id": "a-1", "status": "PUSH_CONFIRMATION_REQUIRED"}"#
//!     })))
//! }
//!
//! fn send<O: Operation>(operation: &O, environment: &Environment, tokens: &mut TokenCache) -> Result<O::Output, Error> {
//!     let start = std::time::Instant::now();
//!     let now = || Now::new(start.elapsed(), SystemTime::now());
//!     let mut call = Call::new(operation, environment, Duration::from_secs(30))?;
//!     loop {
//!         match call.next(now()) {
//!             Action::Authorize => {
//!                 if let Some(outgoing) = call.authorize(now(), tokens) {
//!                     let response = carry(&outgoing.request);
//!                     call.token_received(now(), tokens, response);
//!                 }
//!             }
//!             Action::Send(outgoing) => call.received(now(), carry(&outgoing.request)),
//!             Action::Done(end) => return Call::read::<O>(end?),
//!         }
//!     }
//! }
//!
//! let environment = Environment::new(Region::Europe, "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");
//! let credentials = Credentials::client_secret_basic("client", "secret");
//! let mut tokens = TokenCache::new(&environment, &credentials)?;
//! let initialize = InitializeDeviceAuthentication::new("8f8a6354-6153-4430-964e-e10d4e5deed3");
//! let authentication = send(&initialize, &environment, &mut tokens)?;
//! assert_eq!(*authentication.status(), Status::PushConfirmationRequired);
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

mod build_error;
mod call;
mod configuration;
mod credentials;
mod error;
mod headers;
mod now;
mod secret;
mod token;
mod transport;

pub use build_error::BuildError;
pub use call::{Action, Call, Outgoing};
pub use configuration::{Configuration, Proxy};
pub use credentials::Credentials;
pub use error::{Error, ErrorKind};
pub use now::Now;
pub use secret::Secret;
pub use token::{AccessToken, TokenCache};
pub use transport::{ReplyTooLarge, TransportError};
