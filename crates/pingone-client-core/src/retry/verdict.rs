use std::time::{Duration, SystemTime};

use http::StatusCode;
use pingone_model::{
    ErrorCode, ErrorDetail, Idempotency, InnerError, OperationInfo, Problem, ResponseError, RetryAfter,
};

use crate::{Now, error::Cause};

/// What a failure means for sending the same request again, and the wait that the service asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It may be sent again.
    Again(Option<Duration>),
    /// It must not, or it would be of no use.
    Stop(Option<Duration>),
}

impl Verdict {
    pub(crate) fn asked(self) -> Option<Duration> {
        match self {
            Self::Again(asked) | Self::Stop(asked) => asked,
        }
    }
}

/// The table of repetition; `docs/retries.md` shows it to users.
pub(crate) fn verdict(info: &OperationInfo, cause: &Cause, now: Now) -> Verdict {
    let (again, asked) = match cause {
        // Only a request that provably did not reach the service may always be sent again.
        Cause::Transport(error) => (!error.maybe_reached() || repeatable(info), None),
        Cause::Response(error) => {
            let asked = asked_wait(error, now);
            (passes(info, error), asked)
        }
        Cause::Request(_) | Cause::Token(_) | Cause::Source(_) | Cause::DeadlineExceeded => (false, None),
    };
    if again { Verdict::Again(asked) } else { Verdict::Stop(asked) }
}

/// Whether the refusal passes by itself, and sending again does no harm.
fn passes(info: &OperationInfo, error: &ResponseError) -> bool {
    if is_put_off(error) {
        return true;
    }
    match error.status() {
        // Refused before anything was done, unless it is a limit that no short wait lifts.
        StatusCode::TOO_MANY_REQUESTS => {
            matches!(error.problem(), Problem::Throttled { .. }) && !error.has_code(&ErrorCode::QuotaExceeded)
        }
        StatusCode::REQUEST_TIMEOUT
        | StatusCode::INTERNAL_SERVER_ERROR
        | StatusCode::BAD_GATEWAY
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT => repeatable(info),
        _ => false,
    }
}

/// A service that is unavailable and says when to come again knows that it did nothing.
pub(crate) fn is_put_off(error: &ResponseError) -> bool {
    error.status() == StatusCode::SERVICE_UNAVAILABLE && error.retry_after().is_some()
}

fn repeatable(info: &OperationInfo) -> bool {
    info.idempotency == Idempotency::Idempotent
}

/// How long the service asks to wait: by the header, or by the body if there is none. A time that is past is no wait.
fn asked_wait(error: &ResponseError, now: Now) -> Option<Duration> {
    let until = |time: SystemTime| time.duration_since(now.wall).unwrap_or_default();
    match error.retry_after() {
        Some(RetryAfter::Delay(delay)) => return Some(delay),
        Some(RetryAfter::At(time)) => return Some(until(time)),
        None => {}
    }
    if let Problem::Locked { until: Some(milliseconds), .. } = error.problem() {
        return SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(milliseconds)).map(until);
    }
    let mut figures = error.platform()?.details().iter().filter_map(ErrorDetail::inner_error);
    let time = figures.find_map(InnerError::retry_after)?;
    humantime::parse_rfc3339(time).ok().map(until)
}
