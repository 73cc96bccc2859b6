//! What was asked of the service, in order.

use http::StatusCode;

use crate::{operation::Operation, request::Request};

/// A request that the service has answered.
///
/// It holds neither body nor query nor a header other than the media type, so that it may be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    method: String,
    path: String,
    content_type: Option<String>,
    status: u16,
    operation: Option<Operation>,
    fault: Option<&'static str>,
}

impl JournalEntry {
    pub(crate) fn new(
        request: &Request,
        operation: Option<Operation>,
        fault: Option<&'static str>,
        status: StatusCode,
    ) -> Self {
        Self {
            method: request.method().to_string(),
            path: request.path().to_owned(),
            content_type: request.content_type().map(str::to_owned),
            status: status.as_u16(),
            operation,
            fault,
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

    /// The operation that was asked for; `None` if it was none.
    pub fn operation(&self) -> Option<Operation> {
        self.operation
    }

    /// The name of the fault that struck, such as `reset_after`.
    pub fn fault(&self) -> Option<&str> {
        self.fault
    }
}
