//! What can go wrong before a request exists, and what the service answers instead of the reply.

mod body;
mod meaning;
mod problem;
mod request;
mod response;

pub use body::{ErrorCode, ErrorDetail, InnerError, OAuthError, PlatformError};
pub(crate) use meaning::of_creation;
pub use problem::{Problem, RetryAfter};
pub use request::RequestError;
pub(crate) use response::Meaning;
pub use response::{CORRELATION_ID, ResponseError};
