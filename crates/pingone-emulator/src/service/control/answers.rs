use http::StatusCode;
use serde_json::{Value, json};

use crate::{answer::Answer, list::ListError, object::DataError};

/// Why a request is refused.
pub(super) struct Problem {
    status: StatusCode,
    message: String,
}

impl Problem {
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, message: message.into() }
    }

    /// The environment is full.
    pub(super) fn check_room(what: &str, count: usize, most: usize) -> Result<(), Self> {
        if count < most {
            Ok(())
        } else {
            Err(Self::bad(format!("there are {most} {what} already, which is the limit")))
        }
    }

    pub(super) fn unknown(message: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, message: message.into() }
    }

    pub(super) fn into_answer(self) -> Answer {
        error(self.status, &self.message)
    }
}

impl From<DataError> for Problem {
    fn from(error: DataError) -> Self {
        Self::bad(error.to_string())
    }
}

impl From<ListError> for Problem {
    fn from(error: ListError) -> Self {
        Self::bad(error.to_string())
    }
}

pub(super) fn ok(body: Value) -> Answer {
    Answer::json(StatusCode::OK, body)
}

pub(super) fn error(status: StatusCode, message: &str) -> Answer {
    Answer::json(status, json!({ "error": message }))
}
