use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    clock::iso,
    object::{DataError, Object},
};

/// The error of a fault, where it is set, instead of the usual one for its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ErrorBody {
    pub(super) code: Option<String>,
    pub(super) details: Option<Vec<Value>>,
}

impl ErrorBody {
    pub(super) fn from_object(object: &Object<'_>) -> Result<Self, DataError> {
        let details = object.optional_objects("details")?;
        let details: Vec<Value> = details.iter().map(|detail| Value::Object(detail.members().clone())).collect();
        let code = object.optional_text("code")?.map(str::to_owned);
        Ok(Self { code, details: object.members().contains_key("details").then_some(details) })
    }

    pub(super) fn is_set(&self) -> bool {
        *self != Self::default()
    }

    /// The body of an error with this status; `again_at` is when the client may ask again.
    pub(super) fn of(&self, status: u16, correlation_id: &str, again_at: Option<Timestamp>) -> Value {
        let (code, detail) = usual(status);
        let code = self.code.as_deref().unwrap_or(code);
        let mut body = json!({ "id": correlation_id, "code": code, "message": "This fault was injected." });
        let usual = || Some(vec![usual_detail(detail?, again_at)]);
        if let Some(details) = self.details.clone().or_else(usual) {
            body["details"] = details.into();
        }
        body
    }
}

/// The code that the platform documents for a status, and that of its detail.
fn usual(status: u16) -> (&'static str, Option<&'static str>) {
    match status {
        401 => ("ACCESS_FAILED", Some("INVALID_TOKEN")),
        403 => ("ACCESS_FAILED", Some("INSUFFICIENT_PERMISSIONS")),
        404 => ("NOT_FOUND", None),
        415 => ("INVALID_REQUEST", None),
        429 => ("REQUEST_LIMITED", Some("LIMIT_EXCEEDED")),
        500 => ("UNEXPECTED_ERROR", None),
        _ => ("REQUEST_FAILED", None),
    }
}

fn usual_detail(code: &str, again_at: Option<Timestamp>) -> Value {
    let mut detail = json!({ "code": code, "message": "This fault was injected." });
    if let Some(at) = again_at {
        detail["innerError"] = json!({ "quotaResetTime": iso(at), "retryAfter": iso(at) });
    }
    detail
}
