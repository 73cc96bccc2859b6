//! The requests to the service, in order.

use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;

use crate::{operation::Operation, request::Request};

/// A request that the service has answered.
///
/// It has neither body nor query, and of the headers only the media type and the ids of external transactions and sessions,
/// so it can be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    at: Timestamp,
    method: String,
    path: String,
    content_type: Option<String>,
    external_transaction_id: Option<String>,
    external_session_id: Option<String>,
    status: u16,
    operation: Option<Operation>,
    fault: Option<&'static str>,
    trouble: Trouble,
    warnings: Vec<String>,
}

/// What is wrong with the request or with the authentication, according to the reply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trouble {
    code: Option<String>,
    detail: Option<String>,
    target: Option<String>,
    message: Option<String>,
}

impl Trouble {
    pub(crate) fn of(body: &Value) -> Self {
        let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
        // An error of the platform, a failed authentication, or an error of OAuth.
        Self {
            code: text("/code").or_else(|| text("/error/code")).or_else(|| text("/error")),
            detail: text("/details/0/code"),
            target: text("/details/0/target"),
            message: ["/details/0/message", "/message", "/error/message", "/error_description"]
                .into_iter()
                .find_map(text),
        }
    }
}

impl JournalEntry {
    pub(crate) fn new(request: &Request, at: Timestamp, status: StatusCode) -> Self {
        Self {
            at,
            method: request.method().to_string(),
            path: request.path().to_owned(),
            content_type: request.content_type().map(str::to_owned),
            external_transaction_id: request.external_id("x-ping-external-transaction-id"),
            external_session_id: request.external_id("x-ping-external-session-id"),
            status: status.as_u16(),
            operation: None,
            fault: None,
            trouble: Trouble::default(),
            warnings: Vec::new(),
        }
    }

    pub(crate) fn of(self, operation: Option<Operation>, fault: Option<&'static str>) -> Self {
        Self { operation, fault, ..self }
    }

    pub(crate) fn told(self, trouble: Trouble, warnings: Vec<String>) -> Self {
        Self { trouble, warnings, ..self }
    }

    pub(crate) fn at(&self) -> Timestamp {
        self.at
    }

    /// The HTTP method, such as `POST`.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path, without the query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The header `Content-Type`, if the request had exactly one.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The header `X-Ping-External-Transaction-ID`, as the service keeps it.
    pub fn external_transaction_id(&self) -> Option<&str> {
        self.external_transaction_id.as_deref()
    }

    /// The header `X-Ping-External-Session-ID`, as the service keeps it.
    pub fn external_session_id(&self) -> Option<&str> {
        self.external_session_id.as_deref()
    }

    /// The HTTP status of the answer.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The operation; `None` if the request named none.
    pub fn operation(&self) -> Option<Operation> {
        self.operation
    }

    /// The name of the fault that hit it, such as `reset_after`.
    pub fn fault(&self) -> Option<&str> {
        self.fault
    }

    /// The code of the error in the answer, or that of the failed authentication.
    pub fn error_code(&self) -> Option<&str> {
        self.trouble.code.as_deref()
    }

    /// The code of the error's first detail, such as `INVALID_OTP`.
    pub fn detail_code(&self) -> Option<&str> {
        self.trouble.detail.as_deref()
    }

    /// The member of the request that this detail is about.
    pub fn target(&self) -> Option<&str> {
        self.trouble.target.as_deref()
    }

    /// What is wrong, in words; for a wrong assertion, which check has failed.
    pub fn message(&self) -> Option<&str> {
        self.trouble.message.as_deref()
    }

    /// What was accepted although it is not documented.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }
}
