//! What the reference documents, and how `pingone-model` builds and reads it: the one table that the tests of requests,
//! replies and leaks and the coverage table are driven by.
//!
//! The requests and replies themselves are data, in `pingone-model/fixtures`.
//!
//! ```
//! for row in pingone_fixtures::rows() {
//!     let documented = row.documented();
//!     let built = row.built();
//!     assert_eq!(documented.method, built.operation.info().method.as_str());
//! }
//! ```
#![expect(clippy::panic, clippy::unwrap_used, reason = "tests, where several crates find them")]

mod authentication_code;
mod bypass_mfa;
mod device_authentication;
mod document;
pub mod files;
mod mfa_enabled;
mod operation;
mod pairing_key;
mod population;
mod request;
mod row;
mod shown;
mod sources;
mod texts;
mod user;
mod user_device;
mod values;

pub use document::{AnyDocument, Output};
pub use operation::AnyOperation;
pub use request::DocumentedRequest;
pub use row::{Built, DocumentedReply, Replies, Reply, Row};
pub use shown::{may_be_shown, planted};
pub use texts::Texts;
pub use values::{ENVIRONMENT, is_id};

/// Every documented request that this project has, resource by resource.
#[must_use]
pub fn rows() -> Vec<Row> {
    [
        device_authentication::rows(),
        authentication_code::rows(),
        user::rows(),
        user_device::rows(),
        pairing_key::rows(),
        population::rows(),
        mfa_enabled::rows(),
        bypass_mfa::rows(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Every documented reply.
#[must_use]
pub fn replies() -> Vec<Reply> {
    rows().into_iter().flat_map(Row::into_replies).collect()
}
