use std::{
    fmt,
    time::{Duration, SystemTime},
};

use http::StatusCode;

use super::{ErrorCode, ErrorDetail, InnerError, ResponseError};
use crate::DeviceId;

/// What a refusal means for the user, and for what can be done next.
///
/// [`ResponseError::problem`] finds it. What is special to an operation, such as [`Gone`](Self::Gone), is found where
/// the error came from that operation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The one-time passcode is wrong; let the user try again.
    #[non_exhaustive]
    WrongCode {
        /// How many tries are left, if the service says so (*seen*).
        attempts_remaining: Option<u64>,
    },
    /// The last try was wrong; begin again, or go on with another device.
    NoTriesLeft,
    /// Too many codes were sent or tried; a device cannot be used for now.
    #[non_exhaustive]
    Locked {
        /// Until when, in milliseconds since 1970, if the service says so (*seen*).
        until: Option<u64>,
    },
    /// The thing has expired, or never was; begin again.
    Gone,
    /// The environment, or something that the request names, such as a user, is unknown. To begin again is of no use.
    NotFound,
    /// Somebody was quicker: the thing is no longer in the state that this takes (*assumed*). Read it to learn where it
    /// stands, and go on from there.
    OutOfStep,
    /// The user said no, or did not convince (*inferred*); the authentication is over.
    Denied,
    /// None of the user's devices can be used.
    #[non_exhaustive]
    NoUsableDevice {
        /// Those that are locked or blocked, if the service says so.
        unavailable: Vec<DeviceId>,
    },
    /// Too many requests; come again later.
    #[non_exhaustive]
    Throttled {
        /// When, if the service says so.
        retry_after: Option<RetryAfter>,
    },
    /// The access token is expired or of a kind that is not taken here, or the credentials for one are wrong.
    TokenRefused,
    /// The application lacks a role, or the environment a licence.
    NotPermitted,
    /// The request is at fault; another one like it will be refused too.
    BadRequest,
    /// The service, or something before it, is at fault or cannot be reached.
    Unavailable,
    /// None of these: look at the codes.
    Other,
}

impl Problem {
    /// Its name in a word, such as `wrong_code`: for the label of a metric.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::WrongCode { .. } => "wrong_code",
            Self::NoTriesLeft => "no_tries_left",
            Self::Locked { .. } => "locked",
            Self::Gone => "gone",
            Self::NotFound => "not_found",
            Self::OutOfStep => "out_of_step",
            Self::Denied => "denied",
            Self::NoUsableDevice { .. } => "no_usable_device",
            Self::Throttled { .. } => "throttled",
            Self::TokenRefused => "token_refused",
            Self::NotPermitted => "not_permitted",
            Self::BadRequest => "bad_request",
            Self::Unavailable => "unavailable",
            Self::Other => "other",
        }
    }
}

/// The name alone, without figures and ids.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// When to come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// After this long.
    Delay(Duration),
    /// At this time.
    At(SystemTime),
}

/// What a refusal means whatever was asked for.
pub(super) fn general(error: &ResponseError) -> Problem {
    let has = |code| error.has_code(&code);
    if error.is_locked_out() {
        return Problem::Locked { until: error.cool_down_expires_at() };
    }
    let attempts_remaining = error.inner(InnerError::attempts_remaining);
    if has(ErrorCode::InvalidOtp) || attempts_remaining.is_some() {
        return Problem::WrongCode { attempts_remaining };
    }
    if has(ErrorCode::RequestLimited) || has(ErrorCode::QuotaExceeded) {
        return Problem::Throttled { retry_after: error.retry_after() };
    }
    if has(ErrorCode::InvalidToken) {
        return Problem::TokenRefused;
    }
    if has(ErrorCode::InsufficientPermissions) || has(ErrorCode::LicenseExceeded) {
        return Problem::NotPermitted;
    }
    if has(ErrorCode::NotFound) {
        return Problem::NotFound;
    }
    by_status(error)
}

fn by_status(error: &ResponseError) -> Problem {
    match error.status() {
        StatusCode::UNAUTHORIZED => Problem::TokenRefused,
        StatusCode::FORBIDDEN if error.has_code(&ErrorCode::AccessFailed) => Problem::NotPermitted,
        StatusCode::NOT_FOUND | StatusCode::GONE => Problem::NotFound,
        StatusCode::TOO_MANY_REQUESTS => Problem::Throttled { retry_after: error.retry_after() },
        StatusCode::REQUEST_TIMEOUT => Problem::Unavailable,
        status if status.is_server_error() => Problem::Unavailable,
        // Also the gateway's 403 without a code, which blames the token and means the path.
        status if status.is_client_error() => Problem::BadRequest,
        _ => Problem::Other,
    }
}

impl ResponseError {
    /// The header `Retry-After`: seconds, or a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<RetryAfter> {
        let value = self.headers().get(http::header::RETRY_AFTER)?.to_str().ok()?.trim();
        match value.parse() {
            Ok(seconds) => Some(RetryAfter::Delay(Duration::from_secs(seconds))),
            Err(_) => httpdate::parse_http_date(value).ok().map(RetryAfter::At),
        }
    }

    /// Whether it is a lock-out of a device, which no short wait lifts: it says until when (*seen*), or it is a used-up
    /// quota under any status but 429, where that is a limit of requests (*seen* under 400).
    #[must_use]
    pub fn is_locked_out(&self) -> bool {
        let is_quota = self.has_code(&ErrorCode::QuotaExceeded);
        self.cool_down_expires_at().is_some() || is_quota && self.status() != StatusCode::TOO_MANY_REQUESTS
    }

    /// Until when a device is locked, in milliseconds since 1970 (*seen*).
    #[must_use]
    pub fn cool_down_expires_at(&self) -> Option<u64> {
        self.inner(InnerError::cool_down_expires_at)
    }

    /// The first such figure of any detail.
    fn inner<T>(&self, figure: impl Fn(&InnerError) -> Option<T>) -> Option<T> {
        let details = self.platform()?.details().iter();
        details.filter_map(ErrorDetail::inner_error).find_map(figure)
    }
}
