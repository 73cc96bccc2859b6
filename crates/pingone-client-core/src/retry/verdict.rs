use std::time::{Duration, SystemTime};

use http::StatusCode;
use pingone_model::{ErrorCode, ErrorDetail, Idempotency, InnerError, OperationInfo, ResponseError, RetryAfter};

use crate::{Now, TransportError};

/// What a failure means for a retry, and the wait that the service asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It may be sent again.
    Again(Option<Duration>),
    /// It must not, or that would be pointless.
    Stop(Option<Duration>),
}

impl Verdict {
    pub(crate) fn asked(self) -> Option<Duration> {
        match self {
            Self::Again(asked) | Self::Stop(asked) => asked,
        }
    }
}

/// The table of retries, in two parts; the guide to retries shows it to users.
pub(crate) fn of_transport(info: &OperationInfo, error: &TransportError) -> Verdict {
    // Only a request that provably did not reach the service may always be sent again.
    verdict(!error.maybe_reached() || repeatable(info), None)
}

/// See [`of_transport`].
pub(crate) fn of_response(info: &OperationInfo, error: &ResponseError, now: Now) -> Verdict {
    verdict(passes(info, error), asked_wait(error, now))
}

fn verdict(again: bool, asked: Option<Duration>) -> Verdict {
    if again { Verdict::Again(asked) } else { Verdict::Stop(asked) }
}

/// Whether the refusal is temporary, and a retry does no harm.
fn passes(info: &OperationInfo, error: &ResponseError) -> bool {
    if is_put_off(error) {
        return true;
    }
    match error.status() {
        // Refused before anything was done, unless the limit outlasts any short wait.
        StatusCode::TOO_MANY_REQUESTS => !error.is_locked_out() && !error.has_code(&ErrorCode::QuotaExceeded),
        StatusCode::REQUEST_TIMEOUT
        | StatusCode::INTERNAL_SERVER_ERROR
        | StatusCode::BAD_GATEWAY
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT => repeatable(info),
        _ => false,
    }
}

/// A service that is unavailable and says when to retry has done nothing.
fn is_put_off(error: &ResponseError) -> bool {
    error.status() == StatusCode::SERVICE_UNAVAILABLE && error.retry_after().is_some()
}

fn repeatable(info: &OperationInfo) -> bool {
    info.idempotency != Idempotency::Neither
}

/// How long the service asks to wait: by the header, or else by the body. A time in the past means no wait.
fn asked_wait(error: &ResponseError, now: Now) -> Option<Duration> {
    let until = |time: SystemTime| time.duration_since(now.wall).unwrap_or_default();
    match error.retry_after() {
        Some(RetryAfter::Delay(delay)) => return Some(delay),
        Some(RetryAfter::At(time)) => return Some(until(time)),
        None => {}
    }
    if let Some(milliseconds) = error.cool_down_expires_at() {
        return SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(milliseconds)).map(until);
    }
    let mut figures = error.platform()?.details().iter().filter_map(ErrorDetail::inner_error);
    figures.find_map(InnerError::retry_after)?.to_system_time().map(until)
}

/// Whether the operation may have taken effect. A refusal that blames the client did not, nor did one that says when
/// to retry; anything else that is not a reply (a gateway's page, a fault half-way) leaves it open.
pub(crate) fn leaves_effect_open(error: &ResponseError) -> bool {
    let status = error.status();
    let refused = status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT;
    !refused && !is_put_off(error)
}
