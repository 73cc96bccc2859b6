//! PingOne MFA **device authentications**, users, and the enrolment of their devices, without I/O.
//!
//! ```sh
//! cargo add pingone-model
//! ```
//!
//! An [`Operation`] becomes an [`http::Request`], and reads an [`http::Response`]; how the bytes travel is yours. The
//! crates `pingone-async` and `pingone-blocking` are clients on top of it; `pingone-client-core` has tokens for a
//! client of your own.
//!
//! On one address, the service tells operations apart by media type alone. In this example the user cannot get at their
//! phone, so the pending push is cancelled and the log-in continues with another device.
//!
//! ```
//! use bytes::Bytes;
//! use pingone_model::{Environment, InitializeDeviceAuthentication, NextStep, Operation, Region, UserId};
//!
//! /// Your HTTP stack, which adds the token and sends.
//! fn carry(request: http::Request<Bytes>) -> http::Response<Bytes> {
//!     // Here it returns canned replies.
//!     let media_type = request.headers()["content-type"].to_str().unwrap_or_default();
//!     http::Response::new(Bytes::from_static(match media_type {
//!         "application/json" => br#"{"id": "a-1", "status": "PUSH_CONFIRMATION_REQUIRED"}"#,
//!         "application/vnd.pingidentity.cancel.push.authentication+json" => br#"{
//!             "id": "a-1", "status": "DEVICE_SELECTION_REQUIRED",
//!             "_embedded": {"devices": [{"id": "d-1", "type": "MOBILE"}, {"id": "d-2", "type": "EMAIL"}]}
//!         }"#,
//!         "application/vnd.pingidentity.device.select+json" => br#"{"id": "a-1", "status": "OTP_REQUIRED"}"#,
//!         "application/vnd.pingidentity.otp.check+json" => br#"{
//!             "id": "a-1", "status": "COMPLETED", "user": {"id": "8f8a6354-6153-4430-964e-e10d4e5deed3"}
//!         }"#,
//!         other => panic!("no such operation: {other}"),
//!     }))
//! }
//!
//! fn send<O: Operation>(operation: O) -> Result<O::Output, Box<dyn std::error::Error>> {
//!     let environment = Environment::new(Region::Europe, "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");
//!     Ok(operation.read(carry(operation.request(&environment)?))?)
//! }
//!
//! let user = UserId::from("8f8a6354-6153-4430-964e-e10d4e5deed3");
//! let mut step = send(InitializeDeviceAuthentication::new(&user))?.into_next_step();
//! let proof = loop {
//!     step = match step {
//!         NextStep::Push(push) => send(push.cancel())?,
//!         NextStep::DeviceSelection(selection) => send(selection.select("d-2"))?,
//!         NextStep::Otp(entry) => send(entry.check("012345"))?,
//!         NextStep::Completed(completed) => break completed,
//!         other => return Err(format!("cannot go on: {other:?}").into()),
//!     }
//!     .into_next_step();
//! };
//! assert!(proof.is_for(&user), "let nobody in for somebody else");
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
//! What it promises:
//!
//! - **Nothing the service sends is lost, and nothing it adds breaks a reader**: see [`Document`].
//! - **Only `COMPLETED` is success**: see [`Completed`].
//! - **No user is mistaken for another**: see [`FindUser`](user::FindUser).
//! - **A bad argument is refused before anything is sent**, by name: see [`RequestError`].
//! - **No personal data in `Debug` and `Display`.**
//!
//! Facts that the documentation does not settle are marked where they are relied on: *seen* (in the vendor's own
//! programs) or *inferred*.

pub mod authentication_code;
pub mod bypass_mfa;
mod device;
mod device_authentication;
mod environment;
mod error;
mod host;
pub mod media_type;
pub mod mfa_enabled;
mod operation;
mod operations;
pub mod pairing_key;
pub mod population;
mod region;
mod reply;
mod shared;
mod token;
pub mod user;
pub mod user_device;
mod webauthn;

pub use device::*;
pub use device_authentication::*;
pub use environment::Environment;
pub use error::{
    CORRELATION_ID, ErrorCode, ErrorDetail, InnerError, OAuthError, PlatformError, Problem, RequestError,
    ResponseError, RetryAfter,
};
pub use host::Host;
pub use operation::{
    Body, Filter, FollowUp, FromResponse, Idempotency, Ids, List, Operation, OperationInfo, Page, Path, PathId, Query,
};
pub use operations::operations;
pub use region::Region;
#[cfg(feature = "unstable-shown")]
pub use reply::member::Member;
pub use reply::{Document, Untyped};
pub use shared::*;
pub use token::TokenReply;
pub use webauthn::{CredentialCreationOptions, CredentialRequestOptions};
