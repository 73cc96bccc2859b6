//! What a log-in page asks of a refusal: one row for each body that is documented, seen or assumed.

use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use http::Response;
use pingone_model::{
    CheckOtp, DeviceAuthentication, Document, InitializeDeviceAuthentication, NextStep, Operation, Problem,
    ResponseError, RetryAfter,
};

use crate::fixtures;

#[derive(Clone, Copy, Debug)]
enum Standing {
    /// The body stands in the vendor's documentation, or is put together from its codes.
    Documented,
    /// It was met in programs, in the vendor's or others'.
    Seen,
    /// Somebody had to decide.
    Assumed,
}

use Standing::{Assumed, Documented, Seen};

fn refused(status: u16, retry_after: Option<&str>, body: &str) -> ResponseError {
    let mut response = Response::builder().status(status);
    if let Some(retry_after) = retry_after {
        response = response.header("retry-after", retry_after);
    }
    ResponseError::refused(response.body(Bytes::from(body.to_owned())).unwrap())
}

/// The problem as `Debug` shows it, which is how the tables are written.
fn problem(status: u16, retry_after: Option<&str>, body: &str) -> String {
    format!("{:?}", refused(status, retry_after, body).problem())
}

/// Each documented error body: what it is to a log-in page.
const FIXTURES: [(&str, &str); 21] = [
    ("empty_object.502", "Unavailable"),
    // An ordinary answer of user_device.activate, and of nothing else.
    ("extra_otp_required.400", "BadRequest"),
    ("general_inner_objects.503", "Unavailable"),
    ("inner_error_documented_fields.400", "BadRequest"),
    ("insufficient_permissions.403", "NotPermitted"),
    ("invalid_attribute_upper_case_id.400", "BadRequest"),
    // One of the two is a name that is taken.
    (
        "invalid_data_two_details.400",
        r#"Taken { target: Some("username"), existing_id: Some("7f2a4f2e-4a0f-4d2c-8d6d-3c8f6a1b2c3d") }"#,
    ),
    ("invalid_filter.400", "BadRequest"),
    ("invalid_otp.400", "WrongCode { attempts_remaining: None }"),
    ("invalid_token.401", "TokenRefused"),
    ("license_exceeded_without_id.403", "NotPermitted"),
    // A detail LIMIT_EXCEEDED that is no rate limit.
    ("limit_exceeded_max_devices.400", "BadRequest"),
    ("media_type.415", "BadRequest"),
    ("not_found.404", "NotFound"),
    ("quota_exceeded_without_id.429", "Throttled { retry_after: None }"),
    ("rate_limited.429", "Throttled { retry_after: None }"),
    ("token_authorization_pending.400", "BadRequest"),
    ("token_slow_down.400", "BadRequest"),
    ("token_wrong_client_auth_method.401", "TokenRefused"),
    ("toplevel_only.400", "BadRequest"),
    ("unexpected.500", "Unavailable"),
];

#[test]
fn every_documented_error_has_its_problem() {
    let bodies = fixtures::all("errors");
    assert_eq!(bodies.iter().map(|(name, _)| &**name).collect::<Vec<_>>(), FIXTURES.map(|(name, _)| name));
    for ((name, body), (_, expected)) in bodies.iter().zip(FIXTURES) {
        let (_, status) = name.rsplit_once('.').unwrap();
        assert_eq!(problem(status.parse().unwrap(), None, body), expected, "{name}");
    }
}

#[test]
fn every_other_refusal_has_its_problem() {
    let rows = [
        (
            Seen,
            400,
            r#"{"code":"INVALID_DATA","details":[{"code":"INVALID_OTP","innerError":{"attemptsRemaining":2}}]}"#,
            "WrongCode { attempts_remaining: Some(2) }",
        ),
        (Seen, 400, r#"{"code":"INVALID_OTP"}"#, "WrongCode { attempts_remaining: None }"),
        (
            Assumed,
            403,
            r#"{"code":"INVALID_DATA","details":[{"code":"INVALID_OTP"}]}"#,
            "WrongCode { attempts_remaining: None }",
        ),
        (
            Seen,
            400,
            r#"{"code":"REQUEST_FAILED","details":[{"code":"LIMIT_EXCEEDED","innerError":{"deliveryMethod":"SMS","coolDownExpiresAt":1730814224932}}]}"#,
            "Locked { until: Some(1730814224932) }",
        ),
        (
            Seen,
            429,
            r#"{"code":"REQUEST_LIMITED","details":[{"code":"LIMIT_EXCEEDED","innerError":{"deliveryMethod":"SMS"}}]}"#,
            "Throttled { retry_after: None }",
        ),
        (
            Seen,
            400,
            r#"{"code":"INVALID_DATA","details":[{"code":"QUOTA_EXCEEDED","innerError":{"coolDownExpiresAt":1730814224932}}]}"#,
            "Locked { until: Some(1730814224932) }",
        ),
        (Seen, 400, r#"{"code":"INVALID_DATA","details":[{"code":"QUOTA_EXCEEDED"}]}"#, "Locked { until: None }"),
        (
            Assumed,
            429,
            r#"{"code":"REQUEST_LIMITED","details":[{"code":"QUOTA_EXCEEDED","innerError":{"coolDownExpiresAt":7}}]}"#,
            "Locked { until: Some(7) }",
        ),
        (
            Assumed,
            400,
            r#"{"code":"INVALID_DATA","details":[{"innerError":{"attemptsRemaining":1}}]}"#,
            "WrongCode { attempts_remaining: Some(1) }",
        ),
        (Documented, 400, r#"{"code":"INVALID_DATA","details":[{"code":"ACCOUNT_NOT_USABLE"}]}"#, "AccountNotUsable"),
        (
            Documented,
            400,
            r#"{"code":"INVALID_DATA","details":[{"code":"EMPTY_VALUE","target":"email"},{"code":"UNIQUENESS_VIOLATION","target":"username"}]}"#,
            r#"Taken { target: Some("username"), existing_id: None }"#,
        ),
        (
            Assumed,
            409,
            r#"{"code":"UNIQUENESS_VIOLATION","target":"name"}"#,
            r#"Taken { target: Some("name"), existing_id: None }"#,
        ),
        (Assumed, 400, r#"{"code":"NOT_FOUND"}"#, "NotFound"),
        (Seen, 410, "", "NotFound"),
        (Documented, 404, "<html>", "NotFound"),
        (Seen, 401, r#"{"code":"INVALID_TOKEN","message":"You do not have access to this resource."}"#, "TokenRefused"),
        (
            Documented,
            401,
            r#"{"code":"ACCESS_FAILED","details":[{"code":"INSUFFICIENT_PERMISSIONS"}]}"#,
            "NotPermitted",
        ),
        (Assumed, 403, r#"{"code":"ACCESS_FAILED"}"#, "NotPermitted"),
        (Seen, 403, r#"{"message":"Invalid key=value pair in Authorization header"}"#, "BadRequest"),
        (Documented, 429, "", "Throttled { retry_after: None }"),
        (Documented, 405, "", "BadRequest"),
        (Documented, 409, "", "BadRequest"),
        (Documented, 408, "", "Unavailable"),
        (Documented, 504, "<html>sorry</html>", "Unavailable"),
        (Assumed, 302, "", "Other"),
        (Assumed, 200, "<html>", "Other"),
    ];
    for (standing, status, body, expected) in rows {
        assert_eq!(problem(status, None, body), expected, "{standing:?} {status} {body}");
    }
}

/// What the same refusal means for *initialize*, and for a *check* in one authentication.
#[test]
fn an_operation_says_what_a_refusal_means_for_it() {
    let rows = [
        (Documented, 404, r#"{"code":"NOT_FOUND"}"#, "NotFound", "Gone"),
        (Seen, 410, "", "NotFound", "Gone"),
        (
            Assumed,
            400,
            r#"{"code":"REQUEST_FAILED","details":[{"code":"CONSTRAINT_VIOLATION"}]}"#,
            "BadRequest",
            "OutOfStep",
        ),
        (
            Seen,
            400,
            r#"{"code":"INVALID_DATA","details":[{"code":"INVALID_OTP","innerError":{"attemptsRemaining":0}}]}"#,
            "NoTriesLeft",
            "NoTriesLeft",
        ),
        (
            Seen,
            400,
            r#"{"code":"INVALID_DATA","details":[{"code":"NO_USABLE_DEVICES"}]}"#,
            "NoUsableDevice { unavailable: [] }",
            "NoUsableDevice { unavailable: [] }",
        ),
        (
            Assumed,
            400,
            r#"{"status":"FAILED","error":{"code":"NO_USABLE_DEVICES","unavailableDevices":[{"id":"d-1"},{}]}}"#,
            r#"NoUsableDevice { unavailable: [DeviceId("d-1")] }"#,
            r#"NoUsableDevice { unavailable: [DeviceId("d-1")] }"#,
        ),
        (Documented, 403, r#"{"code":"ACCESS_FAILED"}"#, "NotPermitted", "NotPermitted"),
    ];
    let (initialize, check) = (InitializeDeviceAuthentication::new("u-1"), CheckOtp::new("a-1", "012345"));
    for (standing, status, body, at_begin, of_one) in rows {
        let response = || Response::builder().status(status).body(Bytes::from_static(body.as_bytes())).unwrap();
        let problem = |error: ResponseError| format!("{:?}", error.problem());
        assert_eq!(problem(initialize.read(response()).unwrap_err()), at_begin, "{standing:?} {status} {body}");
        assert_eq!(problem(check.read(response()).unwrap_err()), of_one, "{standing:?} {status} {body}");
    }
}

#[test]
fn a_failed_authentication_has_its_problem() {
    let rows = [
        (
            Documented,
            r#"{"code":"NO_USABLE_DEVICES","message":"m","unavailableDevices":[{"id":"d-1"}]}"#,
            r#"NoUsableDevice { unavailable: [DeviceId("d-1")] }"#,
        ),
        (Assumed, r#"{"code":"SOMETHING_NEW"}"#, "Denied"),
        (Assumed, "null", "Denied"),
        // By an e-mail address nobody says no.
        (Assumed, r#"null,"selectedDevice":{"oneTime":{"type":"EMAIL"}}"#, "NoTriesLeft"),
        (
            Assumed,
            r#"null,"selectedDevice":{"id":"d"},"_embedded":{"devices":[{"id":"d","type":"TOTP"}]}"#,
            "NoTriesLeft",
        ),
        (Assumed, r#"null,"selectedDevice":{"id":"d"},"_embedded":{"devices":[{"id":"d","type":"MOBILE"}]}"#, "Denied"),
    ];
    for (standing, error, expected) in rows {
        let reply = format!(r#"{{"status":"FAILED","error":{error}}}"#);
        let NextStep::Failed(failed) = Document::<DeviceAuthentication>::from_json(reply).unwrap().into_next_step()
        else {
            panic!("not failed")
        };
        assert_eq!(format!("{:?}", failed.problem()), expected, "{standing:?} {error}");
    }
}

#[test]
fn retry_after_is_seconds_or_a_date() {
    let at = |value| refused(429, Some(value), "").retry_after();
    assert_eq!(at("120"), Some(RetryAfter::Delay(Duration::from_secs(120))));
    assert_eq!(at(" 0 "), Some(RetryAfter::Delay(Duration::ZERO)));
    let date = UNIX_EPOCH + Duration::from_secs(784_111_777);
    assert_eq!(at("Sun, 06 Nov 1994 08:49:37 GMT"), Some(RetryAfter::At(date)));
    for none in ["", "soon", "-1", "1.5", "Sun, 32 Nov 1994 08:49:37 GMT"] {
        assert_eq!(at(none), None, "{none}");
    }
    assert!(matches!(refused(429, Some("7"), "").problem(), Problem::Throttled { retry_after: Some(_), .. }));
}
