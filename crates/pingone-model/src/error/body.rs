//! The bodies of errors: the platform's, and OAuth's from the token endpoint.

use serde_json::Number;

use crate::{DeviceType, Time, reply::view::view, shared::open_enum::open_enum};

open_enum! {
    /// The constant to branch on, on both levels of a [`PlatformError`].
    ///
    /// The same code may come with different statuses; the service reserves the right to move it.
    /// <https://developer.pingidentity.com/pingone-api/platform/reference/error-codes.html>
    pub enum ErrorCode {
        /// 401, 403: the token, its permissions or the licence do not allow it.
        AccessFailed = "ACCESS_FAILED",
        /// Detail: the user's account cannot be used.
        AccountNotUsable = "ACCOUNT_NOT_USABLE",
        /// Detail: the request does not fit the current state.
        ConstraintViolation = "CONSTRAINT_VIOLATION",
        /// Detail: a value is empty.
        EmptyValue = "EMPTY_VALUE",
        /// Detail: a second passcode is needed, to resynchronize a hardware token.
        ExtraOtpRequired = "EXTRA_OTP_REQUIRED",
        /// Detail: a role is missing.
        InsufficientPermissions = "INSUFFICIENT_PERMISSIONS",
        /// 400: the request is well formed, but its data are invalid.
        InvalidData = "INVALID_DATA",
        /// Detail: a filter is not understood.
        InvalidFilter = "INVALID_FILTER",
        /// Detail: the one-time passcode is wrong.
        InvalidOtp = "INVALID_OTP",
        /// Detail: a parameter is not understood.
        InvalidParameter = "INVALID_PARAMETER",
        /// 400, 415: the request is malformed, or the resource does not support its media type.
        InvalidRequest = "INVALID_REQUEST",
        /// Detail: the token is missing, unreadable, expired, or of the wrong kind.
        InvalidToken = "INVALID_TOKEN",
        /// Detail: a value is not allowed there.
        InvalidValue = "INVALID_VALUE",
        /// Detail: the licence does not cover it.
        LicenseExceeded = "LICENSE_EXCEEDED",
        /// Detail: a limit is reached, not always a rate limit.
        LimitExceeded = "LIMIT_EXCEEDED",
        /// Detail: the MFA methods contradict each other.
        MfaAuthMethodsConflict = "MFA_AUTH_METHODS_CONFLICT",
        /// Detail: no device of the user can be used (*seen*).
        NoUsableDevices = "NO_USABLE_DEVICES",
        /// Detail: the user has no password.
        NoPassword = "NO_PASSWORD",
        /// 404: unknown, or no longer there.
        NotFound = "NOT_FOUND",
        /// Detail: a number is too small or too large.
        OutOfRange = "OUT_OF_RANGE",
        /// Detail: a quota is used up.
        QuotaExceeded = "QUOTA_EXCEEDED",
        /// 400: the request could not be carried out.
        RequestFailed = "REQUEST_FAILED",
        /// 429: too many requests.
        RequestLimited = "REQUEST_LIMITED",
        /// Detail: a value is missing.
        RequiredValue = "REQUIRED_VALUE",
        /// Detail: a value is too long.
        SizeLimitExceeded = "SIZE_LIMIT_EXCEEDED",
        /// 500: an error in the service itself.
        UnexpectedError = "UNEXPECTED_ERROR",
        /// Detail: it already exists.
        UniquenessViolation = "UNIQUENESS_VIOLATION",
    }
}

view! {
    /// The platform's error body. Its texts are for developers: do not show them to a user, and do not branch on them.
    ///
    /// <https://developer.pingidentity.com/pingone-api/platform/reference/error-codes.html>
    pub struct PlatformError {
        /// The id that the vendor's support asks for. Not every error has one; it is sometimes in upper case.
        word id = "id";
        /// What went wrong, as a constant.
        one code = "code": ErrorCode;
        /// The same in English.
        text message = "message";
        /// Which part of the request is meant.
        word target = "target";
        /// The individual faults.
        list details = "details": ErrorDetail;
    }
}

view! {
    /// One fault of a [`PlatformError`].
    pub struct ErrorDetail([HeldErrorDetail]) {
        /// What is wrong, as a constant.
        one code = "code": ErrorCode;
        /// The same in English.
        text message = "message";
        /// Which part of the request is meant.
        word target = "target";
        /// Details of the fault.
        one inner_error = "innerError": InnerError;
    }
}

view! {
    /// Details that belong to an [`ErrorDetail`]; which ones depends on its code.
    pub struct InnerError([HeldInnerError]) {
        /// How many tries are left after a wrong passcode (*seen*).
        number attempts_remaining = "attemptsRemaining";
        /// How many failures are left until a lock-out.
        number failures_remaining = "failuresRemaining";
        /// The type of device to which too many codes were sent (*seen*).
        one delivery_method = "deliveryMethod": DeviceType;
        /// Until when it is locked, in milliseconds since 1970 (*seen*).
        number cool_down_expires_at = "coolDownExpiresAt";
        /// When to retry: ISO 8601 in UTC, unlike the header of that name.
        one retry_after = "retryAfter": Time;
        /// The quota.
        one quota_limit = "quotaLimit": Number;
        /// When the quota resets: ISO 8601 in UTC.
        one quota_reset_time = "quotaResetTime": Time;
        /// The most that is allowed.
        one maximum_allowed = "maximumAllowed": Number;
        /// The largest value.
        one maximum_value = "maximumValue": Number;
        /// The smallest value of the range.
        one range_minimum_value = "rangeMinimumValue": Number;
        /// The largest value of the range.
        one range_maximum_value = "rangeMaximumValue": Number;
        /// The pattern that values have to match.
        word allowed_pattern = "allowedPattern";
        /// The values that are allowed.
        list allowed_values = "allowedValues": Box<str>;
        /// The claim that is meant.
        word claim = "claim";
        /// The id of the existing one.
        word existing_id = "existingId";
        /// The values that are referred to.
        list referenced_values = "referencedValues": Box<str>;
        /// The attributes that a filter may name.
        list supported_attributes = "supportedAttributes": Box<str>;
        /// The operators that a filter may use.
        list supported_operators = "supportedOperators": Box<str>;
        /// The requirements that are not met.
        list unsatisfied_requirements = "unsatisfiedRequirements": Box<str>;
    }
}

view! {
    /// An error of the token endpoint, in OAuth's form.
    ///
    /// <https://www.rfc-editor.org/rfc/rfc6749#section-5.2>
    pub struct OAuthError {
        required {
            /// What went wrong, such as `invalid_client`.
            word error = "error";
        }
        /// The same in English; PingOne ends it with a correlation id.
        text error_description = "error_description";
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::{Document, reply::member::Member};

    #[test]
    fn every_documented_figure_is_reached_through_an_accessor() {
        for body in [
            include_str!("../../fixtures/errors/inner_error_documented_fields.400.json"),
            include_str!("../../fixtures/errors/limit_exceeded_max_devices.400.json"),
            include_str!("../../fixtures/errors/rate_limited.429.json"),
            include_str!("../../fixtures/errors/invalid_attribute_upper_case_id.400.json"),
            include_str!("../../fixtures/errors/invalid_data_two_details.400.json"),
        ] {
            let error = Document::<PlatformError>::from_json(body).unwrap();
            assert_eq!(error.shown(), serde_json::from_str::<Value>(body).unwrap());
            error.for_each_unknown(|pointer| panic!("{pointer}"));
        }
    }
}
