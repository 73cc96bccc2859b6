//! The bodies of errors: the platform's, and OAuth's from the token endpoint.

use crate::{object::object, open_enum::open_enum};

open_enum! {
    /// The constant to branch on, on both levels of a [`PlatformError`].
    ///
    /// The same word may stand under different statuses; the service reserves the right to move it.
    /// <https://developer.pingidentity.com/pingone-api/platform/reference/error-codes.html>
    pub enum ErrorCode {
        /// 401, 403: the token, its permissions or the licence do not allow it.
        AccessFailed = "ACCESS_FAILED",
        /// 400: the request is well formed, its data are not valid.
        InvalidData = "INVALID_DATA",
        /// Detail: the one-time passcode is wrong.
        InvalidOtp = "INVALID_OTP",
        /// 400, 415: the request is malformed, or its media type is none of the resource.
        InvalidRequest = "INVALID_REQUEST",
        /// Detail: the token is missing, unreadable, expired, or of the wrong kind.
        InvalidToken = "INVALID_TOKEN",
        /// Detail: a value is not allowed there.
        InvalidValue = "INVALID_VALUE",
        /// Detail: a role is missing.
        InsufficientPermissions = "INSUFFICIENT_PERMISSIONS",
        /// Detail: the licence does not cover it.
        LicenseExceeded = "LICENSE_EXCEEDED",
        /// Detail: a limit is reached, of requests or of something else; not always a rate limit.
        LimitExceeded = "LIMIT_EXCEEDED",
        /// 404: unknown, or no longer there.
        NotFound = "NOT_FOUND",
        /// Detail: a quota is used up.
        QuotaExceeded = "QUOTA_EXCEEDED",
        /// 400: the request could not be carried out.
        RequestFailed = "REQUEST_FAILED",
        /// 429: too many requests.
        RequestLimited = "REQUEST_LIMITED",
        /// Detail: a value is missing.
        RequiredValue = "REQUIRED_VALUE",
        /// 500: the service's own fault.
        UnexpectedError = "UNEXPECTED_ERROR",
    }
}

object! {
    /// The platform's error body. Its texts are for developers: do not show them to a user, and do not branch on them.
    ///
    /// <https://developer.pingidentity.com/pingone-api/platform/reference/error-codes.html>
    pub struct PlatformError {
        /// What the vendor's support asks for; not in every error, and at times in capitals.
        word id = "id";
        /// What went wrong, as a constant.
        one code = "code": ErrorCode;
        /// The same in English.
        text message = "message";
        /// Which part of the request is meant.
        word target = "target";
        /// The single faults.
        list details = "details": ErrorDetail;
    }
}

object! {
    /// One fault of a [`PlatformError`].
    pub struct ErrorDetail {
        /// What is wrong, as a constant.
        one code = "code": ErrorCode;
        /// The same in English.
        text message = "message";
        /// Which part of the request is meant.
        word target = "target";
        /// Figures that belong to the fault.
        one inner_error = "innerError": InnerError;
    }
}

object! {
    /// Figures that belong to an [`ErrorDetail`]; which ones depends on its code.
    pub struct InnerError {
        /// How many tries are left after a wrong passcode. *Seen* in the vendor's scripts, not documented.
        number attempts_remaining = "attemptsRemaining";
    }
}

object! {
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
