use http::StatusCode;
use serde_json::json;

use crate::answer::Answer;

/// An error of the token endpoint.
#[derive(Debug)]
pub(crate) struct OAuthError {
    status: StatusCode,
    error: &'static str,
    description: &'static str,
}

impl OAuthError {
    /// Rule: BAD_CREDENTIALS_ARE_INVALID_CLIENT.
    pub(crate) fn invalid_client() -> Self {
        Self::invalid_client_because("Request denied: Invalid client credentials")
    }

    /// Rule: WRONG_METHOD_IS_INVALID_CLIENT. Id and secret may be right.
    pub(crate) fn unsupported_authentication_method() -> Self {
        Self::invalid_client_because("Request denied: Unsupported authentication method")
    }

    /// What RFC 6749 calls a malformed request.
    pub(crate) fn invalid_request(description: &'static str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, error: "invalid_request", description }
    }

    /// Rule: TOKEN_REQUEST_IS_A_FORM.
    pub(crate) fn no_form() -> Self {
        let description = "The request must be application/x-www-form-urlencoded";
        Self { status: StatusCode::UNSUPPORTED_MEDIA_TYPE, error: "invalid_request", description }
    }

    /// Rule: ONLY_CLIENT_CREDENTIALS.
    pub(crate) fn unsupported_grant_type() -> Self {
        let description = "The grant type must be client_credentials";
        Self { status: StatusCode::BAD_REQUEST, error: "unsupported_grant_type", description }
    }

    fn invalid_client_because(description: &'static str) -> Self {
        Self { status: StatusCode::UNAUTHORIZED, error: "invalid_client", description }
    }

    /// Rule: OAUTH_ERROR_NAMES_ANSWER.
    pub(super) fn into_answer(self, correlation_id: &str) -> Answer {
        let description = format!("{} (Correlation ID: {correlation_id})", self.description);
        Answer::json(self.status, json!({ "error": self.error, "error_description": description }))
    }
}
