use std::time::{Duration, SystemTime};

use http::StatusCode;

use super::{ErrorCode, ErrorDetail, InnerError, ResponseError};
use crate::{AuthenticationError, DeviceAuthentication, DeviceId, DeviceReference, Document, Failed, FailureCode};

/// What a log-in page has to know of a refusal, to tell the user and to go on.
///
/// It is found by codes first and by the status after, never by the service's texts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The one-time passcode is wrong; let the user try again.
    #[non_exhaustive]
    WrongCode {
        /// How many tries are left, if the service says so (*seen*).
        attempts_remaining: Option<u64>,
    },
    /// Too many codes were sent or tried; a device cannot be used for now.
    #[non_exhaustive]
    Locked {
        /// Until when, in milliseconds since 1970, if the service says so (*seen*).
        until: Option<u64>,
    },
    /// The authentication has expired, or never was; begin again.
    Gone,
    /// The user said no, or used up their tries (*inferred*); the authentication is over.
    Denied,
    /// None of the user's devices can be used.
    #[non_exhaustive]
    NoUsableDevice {
        /// Those that are locked or blocked.
        unavailable: Vec<DeviceId>,
    },
    /// Too many requests; come again later.
    #[non_exhaustive]
    Throttled {
        /// When, if the service says so.
        retry_after: Option<RetryAfter>,
    },
    /// The access token is expired, or is of a kind that is not taken here.
    TokenRefused,
    /// The application lacks a role, or the environment a licence.
    NotPermitted,
    /// The request is at fault; another one like it will be refused too.
    BadRequest,
    /// The service, or something before it, is at fault.
    Unavailable,
    /// None of these: look at the codes.
    Other,
}

/// When to come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// After this long.
    Delay(Duration),
    /// At this time.
    At(SystemTime),
}

impl ResponseError {
    /// What a log-in page has to know of it.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let has = |code| self.has_code(&code);
        if let Some(problem) = self.failure() {
            return problem;
        }
        if has(ErrorCode::InvalidOtp) {
            return Problem::WrongCode { attempts_remaining: self.inner(InnerError::attempts_remaining) };
        }
        let until = self.inner(InnerError::cool_down_expires_at);
        if until.is_some() || self.inner(|inner| inner.delivery_method().cloned()).is_some() {
            return Problem::Locked { until };
        }
        if has(ErrorCode::RequestLimited) || has(ErrorCode::QuotaExceeded) {
            return Problem::Throttled { retry_after: self.retry_after() };
        }
        if has(ErrorCode::InvalidToken) {
            return Problem::TokenRefused;
        }
        if has(ErrorCode::InsufficientPermissions) || has(ErrorCode::LicenseExceeded) {
            return Problem::NotPermitted;
        }
        if has(ErrorCode::NotFound) {
            return Problem::Gone;
        }
        self.problem_by_status()
    }

    fn problem_by_status(&self) -> Problem {
        match self.status() {
            StatusCode::UNAUTHORIZED => Problem::TokenRefused,
            StatusCode::FORBIDDEN if self.has_code(&ErrorCode::AccessFailed) => Problem::NotPermitted,
            StatusCode::NOT_FOUND | StatusCode::GONE => Problem::Gone,
            StatusCode::TOO_MANY_REQUESTS => Problem::Throttled { retry_after: self.retry_after() },
            StatusCode::REQUEST_TIMEOUT => Problem::Unavailable,
            status if status.is_server_error() => Problem::Unavailable,
            // Also the gateway's 403 without a code, which blames the token and means the path.
            status if status.is_client_error() => Problem::BadRequest,
            _ => Problem::Other,
        }
    }

    /// The header `Retry-After`: seconds, or a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<RetryAfter> {
        let value = self.headers().get(http::header::RETRY_AFTER)?.to_str().ok()?.trim();
        match value.parse() {
            Ok(seconds) => Some(RetryAfter::Delay(Duration::from_secs(seconds))),
            Err(_) => httpdate::parse_http_date(value).ok().map(RetryAfter::At),
        }
    }

    /// The first such figure of any detail.
    fn inner<T>(&self, figure: impl Fn(&InnerError) -> Option<T>) -> Option<T> {
        let details = self.platform()?.details().iter();
        details.filter_map(ErrorDetail::inner_error).find_map(figure)
    }

    /// An authentication that failed may come with a refusal as well: the documentation does not say.
    fn failure(&self) -> Option<Problem> {
        let authentication = Document::<DeviceAuthentication>::from_json(self.body().clone()).ok()?;
        no_usable_device(authentication.error()?)
    }
}

impl Failed {
    /// What a log-in page has to know of it.
    #[must_use]
    pub fn problem(&self) -> Problem {
        self.authentication().error().and_then(no_usable_device).unwrap_or(Problem::Denied)
    }
}

fn no_usable_device(error: &AuthenticationError) -> Option<Problem> {
    (error.code() == Some(&FailureCode::NoUsableDevices)).then(|| Problem::NoUsableDevice {
        unavailable: error.unavailable_devices().iter().filter_map(DeviceReference::id).cloned().collect(),
    })
}
