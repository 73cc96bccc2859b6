use http::{StatusCode, header::ALLOW};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::answer::Answer;

/// An error in the form of the whole platform: `id`, `code`, `message` and, here, at most one of the `details`.
///
/// The codes are documented, the texts are the emulator's own.
#[derive(Debug)]
pub(crate) struct PlatformError {
    status: StatusCode,
    code: &'static str,
    message: &'static str,
    /// In a box, since most of what returns this error does so rarely.
    detail: Option<Box<Value>>,
    allow: Option<String>,
}

impl PlatformError {
    /// The body is not a JSON object.
    pub(crate) fn malformed() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "INVALID_REQUEST", "The body must be a JSON object.")
    }

    pub(crate) fn required_value(target: &str) -> Self {
        Self::invalid_data(json!({ "code": "REQUIRED_VALUE", "target": target, "message": "must be given" }))
    }

    pub(crate) fn empty_value(target: &str) -> Self {
        Self::invalid_data(json!({ "code": "EMPTY_VALUE", "target": target, "message": "must not be empty" }))
    }

    pub(crate) fn invalid_value(target: &str, message: &str) -> Self {
        Self::invalid_data(json!({ "code": "INVALID_VALUE", "target": target, "message": message }))
    }

    /// Rule: ATTEMPTS_REMAINING.
    pub(crate) fn invalid_otp(attempts_remaining: u32) -> Self {
        Self::invalid_data(json!({
            "code": "INVALID_OTP",
            "target": "otp",
            "message": "is not the code that was sent",
            "innerError": { "attemptsRemaining": attempts_remaining },
        }))
    }

    /// Rule: WRONG_STATUS.
    pub(crate) fn wrong_status(status: &str) -> Self {
        let message = format!("is not possible while the status is {status}");
        Self::new(StatusCode::BAD_REQUEST, "REQUEST_FAILED", "The request is not possible in this state.")
            .because(json!({ "code": "CONSTRAINT_VIOLATION", "message": message }))
    }

    /// Rule: NOT_FOR_THIS_TYPE.
    pub(crate) fn not_for_type(device_type: &str) -> Self {
        let message = format!("is not possible for a device of type {device_type}");
        Self::new(StatusCode::BAD_REQUEST, "REQUEST_FAILED", "The request is not possible with this device.")
            .because(json!({ "code": "CONSTRAINT_VIOLATION", "message": message }))
    }

    pub(crate) fn out_of_range(target: &str, least: u64, most: u64) -> Self {
        Self::invalid_data(json!({
            "code": "OUT_OF_RANGE",
            "target": target,
            "message": format!("must be from {least} to {most}"),
            "innerError": { "rangeMinimumValue": least, "rangeMaximumValue": most },
        }))
    }

    /// It already exists.
    pub(crate) fn not_unique(target: &str, message: &str) -> Self {
        Self::not_unique_but_of(target, message, None)
    }

    /// It already exists, with this id if that is shown.
    pub(crate) fn not_unique_but_of(target: &str, message: &str, existing_id: Option<&str>) -> Self {
        let mut detail = json!({ "code": "UNIQUENESS_VIOLATION", "target": target, "message": message });
        if let Some(id) = existing_id {
            detail["innerError"] = json!({ "existingId": id });
        }
        Self::invalid_data(detail)
    }

    /// The published text and number.
    ///
    /// Rule: MAX_ALLOWED_DEVICES.
    pub(crate) fn too_many_devices(most: u32) -> Self {
        let detail = json!({
            "code": "LIMIT_EXCEEDED",
            "message": "Maximum allowed devices has been reached",
            "innerError": { "maximumAllowed": most },
        });
        Self::new(StatusCode::BAD_REQUEST, "REQUEST_FAILED", "The request could not be completed.").because(detail)
    }

    /// There are too many of something.
    pub(crate) fn limit_exceeded(message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "REQUEST_FAILED", "The request could not be completed.")
            .because(json!({ "code": "LIMIT_EXCEEDED", "message": message }))
    }

    /// The published error, which is not a failure but one more step.
    ///
    /// Rule: EXTRA_OTP_REQUIRED.
    pub(crate) fn extra_otp_required() -> Self {
        let message = "The request could not be completed. One or more validation errors were in the request.";
        Self::new(StatusCode::BAD_REQUEST, "INVALID_DATA", message)
            .because(json!({ "code": "EXTRA_OTP_REQUIRED", "target": "otp", "message": "An extra OTP is required" }))
    }

    /// Too many tries: not before `until`.
    ///
    /// Rule: LOCKED_IS_QUOTA_EXCEEDED.
    pub(crate) fn quota_exceeded(device_type: &str, until: Timestamp, is_bad_request: bool) -> Self {
        let detail = json!({
            "code": "QUOTA_EXCEEDED",
            "message": format!("the {device_type} device is locked for a while"),
            "innerError": { "coolDownExpiresAt": until.as_millisecond() },
        });
        let (status, code) = match is_bad_request {
            true => (StatusCode::BAD_REQUEST, "REQUEST_FAILED"),
            false => (StatusCode::TOO_MANY_REQUESTS, "REQUEST_LIMITED"),
        };
        Self::new(status, code, "There were too many attempts.").because(detail)
    }

    /// Rule: NO_USABLE_DEVICE_IS_400.
    pub(crate) fn no_usable_devices(message: &str, unavailable: Value) -> Self {
        let detail = json!({
            "code": "NO_USABLE_DEVICES",
            "target": "user.id",
            "message": message,
            "innerError": { "unavailableDevices": unavailable },
        });
        Self::new(StatusCode::BAD_REQUEST, "REQUEST_FAILED", "The user has no device that can be used.").because(detail)
    }

    /// Rule: ACCOUNT_NOT_USABLE_IS_400.
    pub(crate) fn account_not_usable(target: Option<&str>, message: &str) -> Self {
        let mut detail = json!({ "code": "ACCOUNT_NOT_USABLE" });
        if let Some(target) = target {
            detail["target"] = target.into();
        }
        detail["message"] = message.into();
        Self::new(StatusCode::BAD_REQUEST, "REQUEST_FAILED", "The account cannot be used.").because(detail)
    }

    /// A query parameter is invalid.
    pub(crate) fn invalid_parameter(target: &str, message: &str) -> Self {
        Self::invalid_data(json!({ "code": "INVALID_PARAMETER", "target": target, "message": message }))
    }

    /// Rule: INVALID_FILTER.
    pub(crate) fn invalid_filter(attributes: &[String], operators: &[&str]) -> Self {
        Self::invalid_data(json!({
            "code": "INVALID_FILTER",
            "message": "is not a supported filter",
            "innerError": { "supportedAttributes": attributes, "supportedOperators": operators },
        }))
    }

    /// The environment is full.
    pub(crate) fn license_exceeded(limit: usize) -> Self {
        let message = "The environment has reached its limit.";
        let inner = json!({ "quotaLimit": limit });
        Self::new(StatusCode::FORBIDDEN, "ACCESS_FAILED", message)
            .because(json!({ "code": "LICENSE_EXCEEDED", "message": message, "innerError": inner }))
    }

    /// An authentication that expired.
    pub(crate) fn gone() -> Self {
        Self::new(StatusCode::GONE, "NOT_FOUND", "The authentication has expired.")
    }

    pub(crate) fn not_acceptable() -> Self {
        let message = "The reply would be application/hal+json, which the Accept header excludes.";
        Self::new(StatusCode::NOT_ACCEPTABLE, "INVALID_REQUEST", message)
    }

    /// The token is valid, but not for this.
    pub(crate) fn insufficient_permissions() -> Self {
        let message = "The access token has no rights in this environment.";
        Self::new(StatusCode::FORBIDDEN, "ACCESS_FAILED", "You have no access to this resource.")
            .because(json!({ "code": "INSUFFICIENT_PERMISSIONS", "message": message }))
    }

    /// Rule: TOKEN_IS_REQUIRED.
    pub(crate) fn invalid_token() -> Self {
        let message = "The access token is missing, unknown, expired or revoked.";
        Self::new(StatusCode::UNAUTHORIZED, "ACCESS_FAILED", "You have no access to this resource.")
            .because(json!({ "code": "INVALID_TOKEN", "message": message }))
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", "There is no such resource.")
    }

    /// Rule: METHOD_NOT_ALLOWED_IS_405.
    pub(crate) fn method_not_allowed(allow: String) -> Self {
        let message = "The resource does not support this method.";
        let error = Self::new(StatusCode::METHOD_NOT_ALLOWED, "INVALID_REQUEST", message);
        Self { allow: Some(allow), ..error }
    }

    /// Rule: UNKNOWN_MEDIA_TYPE_IS_415.
    pub(crate) fn unsupported_media_type() -> Self {
        let message = "The Content-Type names no operation of this resource.";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "INVALID_REQUEST", message)
    }

    /// Rule: NOT_HERE_IS_501.
    pub(crate) fn not_here(operation: &str) -> Self {
        let message = format!("PingOne has the operation {operation}; this emulator does not");
        Self::new(StatusCode::NOT_IMPLEMENTED, "NOT_IMPLEMENTED", "The emulator does not have this operation.")
            .because(json!({ "code": "NOT_IMPLEMENTED", "message": message }))
    }

    /// Rule: BODY_LIMIT.
    pub(crate) fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "INVALID_REQUEST", "The body is too large.")
    }

    fn invalid_data(detail: Value) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "INVALID_DATA", "A value in the request is not valid.").because(detail)
    }

    fn new(status: StatusCode, code: &'static str, message: &'static str) -> Self {
        Self { status, code, message, detail: None, allow: None }
    }

    fn because(self, detail: Value) -> Self {
        Self { detail: Some(Box::new(detail)), ..self }
    }

    #[cfg(test)]
    pub(crate) fn detail(&self) -> &Value {
        self.detail.as_deref().unwrap()
    }

    /// Rule: ERROR_ID_IS_CORRELATION_ID.
    pub(super) fn into_answer(self, correlation_id: &str) -> Answer {
        let Self { status, code, message, .. } = self;
        let body = match self.detail {
            None => json!({ "id": correlation_id, "code": code, "message": message }),
            Some(detail) => json!({ "id": correlation_id, "code": code, "message": message, "details": [detail] }),
        };
        let answer = Answer::json(status, body);
        match self.allow {
            None => answer,
            Some(methods) => answer.header(ALLOW, &methods),
        }
    }
}
