use std::time::Duration;

use bytes::Bytes;
use http::{
    HeaderValue, StatusCode,
    header::{CONTENT_TYPE, LOCATION, RETRY_AFTER},
};
use jiff::{SignedDuration, Timestamp, fmt::rfc2822::DateTimePrinter};

use super::{FaultKind, RetryAfter, Struck, drift};
use crate::{answer::Answer, clock::after, exchange::Delivery, request::Request};

/// The reply of a fault that prevents the effect.
pub(crate) fn instead_of_effect(
    fault: &Struck,
    request: &Request,
    correlation_id: &str,
    now: Timestamp,
) -> Option<(http::Response<Bytes>, Delivery)> {
    let kind = &fault.kind;
    let error =
        |status: u16, again_at| Answer::json(status_code(status), fault.error.of(status, correlation_id, again_at));
    let put_off = |status, retry_after| put_off(|again_at| error(status, again_at), retry_after, now);
    let response = match kind {
        FaultKind::TooManyRequests(retry_after) => put_off(429, *retry_after),
        FaultKind::Unavailable(retry_after) => put_off(503, *retry_after),
        FaultKind::Status(status) => error(*status, None).into_response(),
        FaultKind::Html(status) => {
            let page = format!("<html><head><title>{status}</title></head><body>Gateway</body></html>\n");
            let mut response = http::Response::new(Bytes::from(page));
            *response.status_mut() = status_code(*status);
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
            response
        }
        FaultKind::Redirect { status, host } => {
            let path = request.path();
            error(*status, None).header(LOCATION, &format!("http://{host}{path}")).into_response()
        }
        FaultKind::ResetBefore => error(503, None).into_response(),
        _ => return None,
    };
    let delivery = if *kind == FaultKind::ResetBefore { Delivery::Reset } else { Delivery::Whole };
    Some((response, delivery))
}

/// Changes a reply after the operation took effect.
pub(crate) fn after_effect(
    fault: &FaultKind,
    mut response: http::Response<Bytes>,
) -> (http::Response<Bytes>, Delivery) {
    let delivery = match fault {
        FaultKind::Delay(time) => Delivery::Delayed(*time),
        FaultKind::ResetAfter => Delivery::Reset,
        FaultKind::Truncated => Delivery::Truncated,
        FaultKind::ResetInBody => Delivery::ResetInBody,
        FaultKind::Oversized(bytes) => {
            let mut body = response.body().to_vec();
            body.resize(body.len().max(*bytes), b' ');
            *response.body_mut() = body.into();
            Delivery::Whole
        }
        FaultKind::Drip(pause) => Delivery::Drip((*pause).max(Duration::from_micros(1))),
        FaultKind::Empty => {
            *response.body_mut() = Bytes::new();
            Delivery::Whole
        }
        drifting => {
            let drifted = drift::drift(drifting, response.body());
            *response.body_mut() = drifted.unwrap_or_else(|| response.body().clone());
            Delivery::Whole
        }
    };
    (response, delivery)
}

fn put_off(
    error: impl Fn(Option<Timestamp>) -> Answer,
    retry_after: RetryAfter,
    now: Timestamp,
) -> http::Response<Bytes> {
    let in_seconds = |seconds| after(now, SignedDuration::from_secs(seconds));
    match retry_after {
        RetryAfter::Absent => error(None),
        RetryAfter::Seconds(seconds) => {
            let at = in_seconds(i64::try_from(seconds).unwrap_or(i64::MAX));
            error(Some(at)).header(RETRY_AFTER, &seconds.to_string())
        }
        RetryAfter::Date(seconds) => {
            let at = in_seconds(seconds);
            error(Some(at)).header(RETRY_AFTER, &date(at))
        }
    }
    .into_response()
}

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// As HTTP writes a date. A time that has no such form is left out, like any header that cannot be.
fn date(at: Timestamp) -> String {
    DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap_or_default()
}
