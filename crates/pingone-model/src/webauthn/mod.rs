//! Passkeys, between the service's JSON and the browser's.
//!
//! The service writes bytes as signed numbers, in JSON that is itself a string, and wants plain Base64 back; browsers read
//! and write Base64URL.

mod browser_json;
mod credential;
mod options;

pub(crate) use credential::{assertion, attestation, check_address};
pub use options::{CredentialCreationOptions, CredentialRequestOptions};
