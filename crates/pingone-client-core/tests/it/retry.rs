//! What is sent again, after which wait, and what is not: the table of repetition, row by row.

use std::{fmt::Write, time::Duration};

use http::{HeaderValue, Response};
use pingone_client_core::{AccessToken, Action, Credentials, ErrorKind, RetryPolicy, TransportError};
use pingone_model::{
    CancelDeviceAuthentication, CancelReason, CheckAssertion, CheckOtp, InitializeDeviceAuthentication, Operation,
    ReadDeviceAuthentication, SelectDevice,
};

use crate::script::{Answer, PENDING, Script, TOKEN, answer, configuration};

fn with_retry_after(status: u16, retry_after: &str) -> Answer {
    let mut response = answer(status, "{}").unwrap();
    response.headers_mut().insert("retry-after", HeaderValue::try_from(retry_after).unwrap());
    Ok(response)
}

fn limited(detail: &str) -> Answer {
    answer(429, &format!(r#"{{"code":"REQUEST_LIMITED","details":[{detail}]}}"#))
}

fn interrupted() -> Answer {
    Err(TransportError::interrupted(Response::builder().status(200).body(()).unwrap(), "cut off"))
}

type Outcome = fn() -> Answer;

/// Each row: what comes for the first request. The second brings the reply.
const OUTCOMES: [(&str, Outcome); 25] = [
    ("provably not sent", || Err(TransportError::not_sent("refused"))),
    ("time-out, reset, reply lost", || Err(TransportError::maybe_sent("reset"))),
    ("reply cut off", interrupted),
    ("429", || answer(429, "")),
    ("429, Retry-After: 7", || with_retry_after(429, "7")),
    ("429, Retry-After: a date in 9 s", || with_retry_after(429, "Thu, 01 Jan 1970 00:00:11 GMT")),
    ("429, Retry-After: a date that is past", || with_retry_after(429, "Thu, 01 Jan 1970 00:00:00 GMT")),
    ("429, Retry-After: two days", || with_retry_after(429, "172800")),
    ("429, Retry-After: nonsense", || with_retry_after(429, "soon")),
    ("429, innerError.retryAfter", || {
        limited(r#"{"code":"LIMIT_EXCEEDED","innerError":{"retryAfter":"1970-01-01T00:00:05.500Z"}}"#)
    }),
    ("429, QUOTA_EXCEEDED", || limited(r#"{"code":"QUOTA_EXCEEDED"}"#)),
    ("429, innerError.coolDownExpiresAt", || {
        limited(r#"{"code":"LIMIT_EXCEEDED","innerError":{"coolDownExpiresAt":12000}}"#)
    }),
    ("429, innerError.deliveryMethod", || {
        limited(r#"{"code":"LIMIT_EXCEEDED","innerError":{"deliveryMethod":"SMS"}}"#)
    }),
    ("503, Retry-After: 3", || with_retry_after(503, "3")),
    ("503, Retry-After: nonsense", || with_retry_after(503, "soon")),
    ("503, innerError.retryAfter", || {
        answer(503, r#"{"code":"X","details":[{"innerError":{"retryAfter":"1970-01-01T00:00:05Z"}}]}"#)
    }),
    ("503", || answer(503, "")),
    ("408", || answer(408, "")),
    ("500", || answer(500, "")),
    ("502", || answer(502, "{}")),
    ("504", || answer(504, "<html>")),
    ("400", || answer(400, "")),
    ("403", || answer(403, "")),
    ("404", || answer(404, "")),
    ("302", || answer(302, "")),
];

fn row<O: Operation>(outcome: Outcome, operation: O) -> String {
    let mut script = Script::with(configuration(), [answer(200, TOKEN), outcome(), answer(200, PENDING)]);
    let end = match script.send(operation) {
        Ok(_) => "reply".to_owned(),
        Err(error) => {
            let retry_after = error.retry_after().map_or_else(String::new, |wait| format!(", retry after {wait:?}"));
            let maybe_applied = if error.maybe_applied() { ", maybe applied" } else { "" };
            format!("{error}{maybe_applied}{retry_after}")
        }
    };
    let mut text = String::new();
    for line in script.journal.iter().skip(1).chain([&end]) {
        writeln!(text, "    {line}").unwrap();
    }
    text
}

fn table<O: Operation>(operation: impl Fn() -> O) -> String {
    OUTCOMES.iter().map(|(name, outcome)| format!("{name}\n{}", row(*outcome, operation()))).collect()
}

fn assert_snapshot(name: &str, text: String) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn snapshot_of_the_table_for_reads() {
    assert_snapshot("retry.read", table(|| ReadDeviceAuthentication::new("a-1")));
}

#[test]
fn snapshot_of_the_table_for_what_acts() {
    assert_snapshot("retry.initialize", table(|| InitializeDeviceAuthentication::new("u-1")));
}

#[test]
fn everything_that_acts_has_the_same_table() {
    // Each row with what was sent, waited for and answered, but for names and paths.
    let shape = |text: String| {
        let words =
            text.lines().map(|line| line.trim_start().split("device_authentication.").next().unwrap_or_default());
        words.map(|line| line.split(" /").next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let expected = shape(table(|| InitializeDeviceAuthentication::new("u-1")));
    for other in [
        table(|| SelectDevice::new("a-1", "d-1")),
        table(|| CheckOtp::new("a-1", "012345")),
        table(|| CheckAssertion::pingid_desktop("a-1", "https://app.example.com", "jwt")),
        table(|| CancelDeviceAuthentication::new("a-1", CancelReason::ChangeDevice)),
    ] {
        assert_eq!(shape(other), expected);
    }
}

fn failing(answers: usize) -> impl Iterator<Item = Answer> {
    [answer(200, TOKEN)].into_iter().chain((0..answers).map(|_| answer(500, "")))
}

#[test]
fn the_attempts_are_counted_and_end() {
    let mut script = Script::with(configuration(), failing(4));
    let error = script.send(ReadDeviceAuthentication::new("a-1")).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Response, 4));
    assert!(error.elapsed() >= Duration::from_secs(5), "{:?}", error.elapsed());
    assert!(error.to_string().ends_with("500 Internal Server Error, after 4 attempts"), "{error}");

    let mut never = Script::with(configuration().retry(RetryPolicy::never()), failing(1));
    assert_eq!(never.send(ReadDeviceAuthentication::new("a-1")).unwrap_err().attempts(), 1);
}

#[test]
fn no_wait_goes_past_the_deadline() {
    // The token and the first attempt take 2 of 10 seconds; 9 more are not left.
    let configuration = configuration().timeout(Duration::from_secs(10));
    let mut script = Script::with(configuration, [answer(200, TOKEN), with_retry_after(429, "9")]);
    let error = script.send(ReadDeviceAuthentication::new("a-1")).unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.retry_after()), (429, Some(Duration::from_secs(9))));
    assert_eq!(script.now, Duration::from_secs(2), "it did not wait in vain");
}

#[test]
fn a_longer_wait_than_is_allowed_is_handed_to_the_caller() {
    let patient = || configuration().timeout(Duration::from_secs(3_600));
    for (asked, again) in [("60", true), ("61", false)] {
        let answers = [answer(200, TOKEN), with_retry_after(429, asked), answer(200, PENDING)];
        let end = Script::with(patient(), answers).send(ReadDeviceAuthentication::new("a-1"));
        assert_eq!(end.is_ok(), again, "{asked}");
        if let Err(error) = end {
            assert_eq!(error.retry_after(), Some(Duration::from_secs(61)));
        }
    }
}

#[test]
fn a_driver_that_oversleeps_gets_the_failure_that_it_slept_after() {
    let mut configuration = configuration();
    configuration.credentials = Credentials::access_token(AccessToken::new("t").unwrap());
    let mut script = Script::with(configuration, []);
    let read = ReadDeviceAuthentication::new("a-1");
    let mut call = script.session.call(&read, script.now()).unwrap();
    let _ = call.next(script.now());
    assert!(call.authorize(script.now(), &mut script.tokens).is_none(), "it is at hand");
    let _ = call.next(script.now());
    call.received(script.now(), answer(502, ""));
    assert!(matches!(call.next(script.now()), Action::Sleep(_)));
    script.now += Duration::from_secs(60);
    let Action::Done(Err(error)) = call.next(script.now()) else { panic!("goes on") };
    assert_eq!(error.status().unwrap().as_u16(), 502);
}

#[test]
fn many_callers_cannot_storm_a_service_that_is_down() {
    let mut script = Script::with(configuration(), failing(10_000));
    script.pace = Duration::ZERO;
    for _ in 0..1_000 {
        script.send(ReadDeviceAuthentication::new("a-1")).unwrap_err();
    }
    // 500 tokens at 5 a repetition.
    let sent = script.journal.iter().filter(|line| line.starts_with("GET")).count();
    assert_eq!(sent, 1_000 + 100);
}

#[test]
fn a_service_that_comes_back_fills_the_budget_again() {
    let good_after_bad = (0..300).flat_map(|_| [answer(500, ""), answer(200, PENDING)]);
    let mut script = Script::with(configuration(), [answer(200, TOKEN)].into_iter().chain(good_after_bad));
    script.pace = Duration::ZERO;
    for _ in 0..300 {
        script.send(ReadDeviceAuthentication::new("a-1")).unwrap();
    }
}

#[test]
fn a_token_is_asked_for_again_where_that_may_help() {
    let outcomes: [(Answer, bool); 6] = [
        (Err(TransportError::maybe_sent("reset")), true),
        (answer(500, ""), true),
        (answer(429, ""), true),
        (answer(401, r#"{"error":"invalid_client"}"#), false),
        (answer(400, r#"{"error":"unauthorized_client"}"#), false),
        (answer(200, "<html>"), false),
    ];
    for (outcome, again) in outcomes {
        let shown = format!("{outcome:?}");
        let mut script = Script::with(configuration(), [outcome, answer(200, TOKEN), answer(201, PENDING)]);
        let end = script.send(InitializeDeviceAuthentication::new("u-1"));
        assert_eq!(end.is_ok(), again, "{shown}");
        if let Err(error) = end {
            assert_eq!(
                (error.kind(), error.attempts(), error.maybe_applied()),
                (ErrorKind::Token, 0, false),
                "{shown}"
            );
        }
    }
}

#[test]
fn a_token_endpoint_that_stays_down_ends_the_call() {
    let mut script = Script::with(configuration(), (0..4).map(|_| with_retry_after(503, "1")));
    let error = script.send(ReadDeviceAuthentication::new("a-1")).unwrap_err();
    assert_eq!((error.kind(), error.retry_after()), (ErrorKind::Token, Some(Duration::from_secs(1))));
    assert_eq!(script.journal.iter().filter(|line| line.starts_with("POST")).count(), 4);
}
