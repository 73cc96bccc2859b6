use std::time::Duration;

use bytes::Bytes;
use http::{
    HeaderValue, StatusCode,
    header::{CONTENT_TYPE, LOCATION, RETRY_AFTER},
};
use jiff::{SignedDuration, Timestamp, fmt::rfc2822::DateTimePrinter};
use serde_json::json;

use super::{FaultKind, RetryAfter, drift};
use crate::{answer::Answer, clock::after, exchange::Delivery, request::Request};

/// The answer of a fault that comes before the effect, so that there is none.
pub(crate) fn instead_of_effect(
    fault: &FaultKind,
    request: &Request,
    correlation_id: &str,
    now: Timestamp,
) -> Option<(http::Response<Bytes>, Delivery)> {
    let error = |status, code: &str| {
        let body = json!({ "id": correlation_id, "code": code, "message": "A fault was asked for." });
        Answer::json(status, body)
    };
    let response = match fault {
        FaultKind::TooManyRequests(retry_after) => {
            put_off(error(StatusCode::TOO_MANY_REQUESTS, "REQUEST_LIMITED"), *retry_after, now)
        }
        FaultKind::Unavailable(retry_after) => {
            put_off(error(StatusCode::SERVICE_UNAVAILABLE, "REQUEST_FAILED"), *retry_after, now)
        }
        FaultKind::Status(status) => {
            let code = if *status == 500 { "UNEXPECTED_ERROR" } else { "REQUEST_FAILED" };
            error(status_code(*status), code).into_response()
        }
        FaultKind::Html(status) => {
            let page = format!("<html><head><title>{status}</title></head><body>Gateway</body></html>\n");
            let mut response = http::Response::new(Bytes::from(page));
            *response.status_mut() = status_code(*status);
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
            response
        }
        FaultKind::Redirect { status, host } => {
            let path = request.path();
            error(status_code(*status), "REDIRECT").header(LOCATION, &format!("http://{host}{path}")).into_response()
        }
        FaultKind::ResetBefore => error(StatusCode::SERVICE_UNAVAILABLE, "RESET").into_response(),
        _ => return None,
    };
    let delivery = if *fault == FaultKind::ResetBefore { Delivery::Reset } else { Delivery::Whole };
    Some((response, delivery))
}

/// Changes an answer whose effect has happened.
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

fn put_off(answer: Answer, retry_after: RetryAfter, now: Timestamp) -> http::Response<Bytes> {
    match retry_after {
        RetryAfter::Absent => answer,
        RetryAfter::Seconds(seconds) => answer.header(RETRY_AFTER, &seconds.to_string()),
        RetryAfter::Date(seconds) => answer.header(RETRY_AFTER, &date(now, seconds)),
    }
    .into_response()
}

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// As HTTP writes a date. A time that has no such form is left out, like any header that cannot be.
fn date(now: Timestamp, seconds: i64) -> String {
    let date = after(now, SignedDuration::from_secs(seconds));
    DateTimePrinter::new().timestamp_to_rfc9110_string(&date).unwrap_or_default()
}
