//! What an error means.

use std::time::Duration;

use http::StatusCode;

use super::{ErrorCode, ErrorDetail, InnerError, Problem, ResponseError, RetryAfter};

/// What a refusal means for any operation.
fn general(error: &ResponseError) -> Problem {
    let has = |code| error.has_code(&code);
    if error.is_locked_out() {
        return Problem::Locked { until: error.cool_down_expires_at() };
    }
    let attempts_remaining = error.inner(InnerError::attempts_remaining);
    match attempts_remaining {
        Some(0) => return Problem::NoTriesLeft,
        None if !has(ErrorCode::InvalidOtp) => {}
        attempts_remaining => return Problem::WrongCode { attempts_remaining },
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
    if has(ErrorCode::AccountNotUsable) {
        return Problem::AccountNotUsable;
    }
    if has(ErrorCode::UniquenessViolation) {
        return taken(error);
    }
    if has(ErrorCode::NotFound) {
        return Problem::NotFound;
    }
    by_status(error)
}

fn taken(error: &ResponseError) -> Problem {
    let platform = error.platform();
    let mut details = platform.into_iter().flat_map(|platform| platform.details());
    let detail = details.find(|detail| detail.code() == Some(&ErrorCode::UniquenessViolation));
    let target = detail.map_or_else(|| platform.and_then(|platform| platform.target()), ErrorDetail::target);
    let existing_id = detail.and_then(ErrorDetail::inner_error).and_then(InnerError::existing_id);
    Problem::Taken { target: target.map(Box::from), existing_id: existing_id.map(Box::from) }
}

fn by_status(error: &ResponseError) -> Problem {
    match error.status() {
        StatusCode::UNAUTHORIZED => Problem::TokenRefused,
        StatusCode::FORBIDDEN if error.has_code(&ErrorCode::AccessFailed) => Problem::NotPermitted,
        StatusCode::NOT_FOUND | StatusCode::GONE => Problem::NotFound,
        StatusCode::TOO_MANY_REQUESTS => Problem::Throttled { retry_after: error.retry_after() },
        StatusCode::REQUEST_TIMEOUT => Problem::Unavailable,
        status if status.is_server_error() => Problem::Unavailable,
        // Also the gateway's 403 without a code: it blames the token, but the path is wrong.
        status if status.is_client_error() => Problem::BadRequest,
        _ => Problem::Other,
    }
}

/// What a refusal means when creating something whose number is limited.
pub(crate) fn of_creation(error: &ResponseError, general: Problem) -> Problem {
    match general {
        Problem::BadRequest if error.has_code(&ErrorCode::LimitExceeded) => {
            Problem::LimitReached { maximum: error.maximum_allowed() }
        }
        general => general,
    }
}

impl ResponseError {
    /// What it means for the user, and for what can be done next: found by codes first and by the status after, never
    /// by the service's texts.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let general = general(self);
        match self.meaning() {
            Some(meaning) => meaning(self, general),
            None => general,
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

    /// Whether a device is locked out, which no short wait lifts: the reply says until when (*seen*), or it is a
    /// used-up quota under any status but 429, where that is a limit of requests (*seen* under 400).
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

    /// The limit that was reached, if the refusal names it.
    fn maximum_allowed(&self) -> Option<u64> {
        self.inner(|inner| inner.maximum_allowed()?.as_u64())
    }

    /// The first such value in any detail.
    fn inner<T>(&self, figure: impl Fn(&InnerError) -> Option<T>) -> Option<T> {
        let details = self.platform()?.details().iter();
        details.filter_map(ErrorDetail::inner_error).find_map(figure)
    }
}
