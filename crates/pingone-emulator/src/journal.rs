//! What was asked of the service, in order.

use http::StatusCode;

use crate::request::Request;

/// A request that the service has answered.
///
/// It holds neither body nor query nor a header other than the media type, so that it may be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    method: String,
    path: String,
    content_type: Option<String>,
    status: u16,
}

impl JournalEntry {
    pub(crate) fn new(request: &Request, status: StatusCode) -> Self {
        Self {
            method: request.method().to_string(),
            path: request.path().to_owned(),
            content_type: request.content_type().map(str::to_owned),
            status: status.as_u16(),
        }
    }

    /// The HTTP method, such as `POST`.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path as it was asked for, without the query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The header `Content-Type`, if the request had exactly one.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The HTTP status of the answer.
    pub fn status(&self) -> u16 {
        self.status
    }
}
