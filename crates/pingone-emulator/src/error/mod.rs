//! PingOne's three forms of errors: the platform's, OAuth's, and the gateway's in front of both.

mod oauth;
mod platform;

use http::{HeaderName, StatusCode};
use serde_json::json;

pub(crate) use self::{oauth::OAuthError, platform::PlatformError};
use crate::answer::Answer;

/// A request that the service has understood well enough to refuse it.
#[derive(Debug)]
pub(crate) enum Refusal {
    Platform(PlatformError),
    OAuth(OAuthError),
}

impl Refusal {
    pub(crate) fn into_answer(self, correlation_id: &str) -> Answer {
        match self {
            Self::Platform(error) => error.into_answer(correlation_id),
            Self::OAuth(error) => error.into_answer(correlation_id),
        }
    }
}

impl From<PlatformError> for Refusal {
    fn from(error: PlatformError) -> Self {
        Self::Platform(error)
    }
}

impl From<OAuthError> for Refusal {
    fn from(error: OAuthError) -> Self {
        Self::OAuth(error)
    }
}

/// The gateway's answer to a path that leads to no service.
///
/// Rule: UNKNOWN_PATH_ENDS_AT_GATEWAY.
pub(crate) fn gateway() -> Answer {
    let message = "Invalid key=value pair (missing equal-sign) in Authorization header.";
    Answer::json(StatusCode::FORBIDDEN, json!({ "message": message }))
        .header(HeaderName::from_static("x-amzn-errortype"), "IncompleteSignatureException")
}
