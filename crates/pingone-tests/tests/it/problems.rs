//! What each answer means to both clients: the tables of `docs/errors.md`, row by row.

use std::{collections::BTreeSet, fmt, time::Duration};

use pingone_client_core::{CallOptions, Configuration, Credentials, Error, RetryPolicy};
use pingone_model::{
    CancelDeviceAuthentication, CancelReason, CheckOtp, Device, DeviceAuthentication, Document, Environment,
    InitializeDeviceAuthentication, NextStep, Operation, Problem, ReadDeviceAuthentication, SelectDevice, Untyped,
    pairing_key::{CreatePairingKey, PairingStep, ReadPairingKey},
    user::{CreateUser, FindUser, User},
    user_device::{
        ActivateUserDevice, BlockUserDevice, CreateUserDevice, DeleteUserDevice, EnrolmentStep, ResendPairingCode,
        SetDeviceOrder,
    },
};
use pingone_tests::{
    Answer, EitherClient, Kind, Wire,
    population::{DeletePopulation, ReadPopulation, ReplacePopulation},
    reply,
};

const DOCS: &str = include_str!("../../../../docs/errors.md");

/// An operation that is sent: its name, and how it ends.
#[derive(Clone, Copy)]
struct Asked(fn() -> &'static str, fn(&EitherClient) -> End);

/// What the service does.
enum Service {
    /// It answers with this status and this body.
    Answers(u16, &'static str),
    /// The same with `Retry-After`.
    PutsOff(u16),
    /// It reads the request and resets the connection.
    Resets,
    /// It refuses the request for a token so.
    RefusesToken(u16, &'static str),
    /// It is not asked.
    IsNotAsked(&'static str),
}
use Service::{Answers, IsNotAsked, PutsOff, RefusesToken, Resets};

/// How a call ended: all that the table says of it.
#[derive(Debug, PartialEq)]
struct End {
    problem: Option<Problem>,
    maybe_applied: bool,
    follow_up: Option<&'static str>,
}

fn end<T: Reply>(end: Result<T, Error>, follow_up: impl FnOnce(&Error) -> Option<&'static str>) -> End {
    match end {
        Ok(reply) => End { problem: reply.problem(), maybe_applied: false, follow_up: None },
        Err(error) => {
            End { problem: Some(error.problem()), maybe_applied: error.maybe_applied(), follow_up: follow_up(&error) }
        }
    }
}

trait Reply {
    fn problem(self) -> Option<Problem>;
}

/// An authentication that failed is a reply, and its step has the problem.
impl Reply for Document<DeviceAuthentication> {
    fn problem(self) -> Option<Problem> {
        match self.into_next_step() {
            NextStep::Failed(failed) => Some(failed.problem()),
            _ => None,
        }
    }
}

impl Reply for Document<Untyped> {
    fn problem(self) -> Option<Problem> {
        None
    }
}

impl Reply for Document<User> {
    fn problem(self) -> Option<Problem> {
        None
    }
}

impl Reply for Option<Document<User>> {
    fn problem(self) -> Option<Problem> {
        None
    }
}

impl Reply for () {
    fn problem(self) -> Option<Problem> {
        None
    }
}

impl Reply for Document<Device> {
    fn problem(self) -> Option<Problem> {
        None
    }
}

impl Reply for Option<Document<Device>> {
    fn problem(self) -> Option<Problem> {
        None
    }
}

/// One more code is a step, and no problem.
impl Reply for EnrolmentStep {
    fn problem(self) -> Option<Problem> {
        None
    }
}

impl Reply for PairingStep {
    fn problem(self) -> Option<Problem> {
        None
    }
}

fn name<O: Operation>(_: &O) -> &'static str {
    O::INFO.name
}

macro_rules! asked {
    (followed $operation:expr) => {
        Asked(
            || name(&$operation),
            |client| {
                let operation = $operation;
                end(client.send(&operation), |error| error.follow_up(&operation).map(|read| name(&read)))
            },
        )
    };
    ($operation:expr, $options:expr) => {
        Asked(
            || name(&$operation),
            |client| end(client.call($operation, &$options).map(|it| it.into_value()), |_| None),
        )
    };
    ($operation:expr) => {
        asked!($operation, CallOptions::new())
    };
}

const INITIALIZE: Asked = asked!(InitializeDeviceAuthentication::new("u-1"));
const INITIALIZE_BADLY: Asked = asked!(InitializeDeviceAuthentication::new("u/1"));
const INITIALIZE_LATE: Asked =
    asked!(InitializeDeviceAuthentication::new("u-1"), CallOptions::new().timeout(Duration::from_nanos(1)));
const READ: Asked = asked!(ReadDeviceAuthentication::new("a-1"));
const SELECT: Asked = asked!(followed SelectDevice::new("a-1", "d-1"));
const CHECK_OTP: Asked = asked!(followed CheckOtp::new("a-1", "012345"));
const CHECK_NOTHING: Asked = asked!(followed CheckOtp::new("a-1", " "));
const CANCEL: Asked = asked!(followed CancelDeviceAuthentication::new("a-1", CancelReason::ChangeDevice));
const CREATE_USER: Asked = asked!(followed CreateUser::new("ada"));
const FIND_USER: Asked = asked!(FindUser::by_username("ada"));
const READ_POPULATION: Asked = asked!(ReadPopulation("p-1".to_owned()));
const REPLACE_POPULATION: Asked = asked!(followed ReplacePopulation("p-1".to_owned()));
const DELETE_POPULATION: Asked = asked!(followed DeletePopulation("p-1".to_owned()));

const CREATE_DEVICE: Asked = asked!(CreateUserDevice::sms("u-1", "+15125550123"));
const ACTIVATE_DEVICE: Asked = asked!(followed ActivateUserDevice::otp("u-1", "d-1", "012345"));
const RESEND_CODE: Asked = asked!(ResendPairingCode::new("u-1", "d-1"));
const BLOCK_DEVICE: Asked = asked!(followed BlockUserDevice::new("u-1", "d-1"));
const DELETE_DEVICE: Asked = asked!(followed DeleteUserDevice::new("u-1", "d-1"));
const SET_ORDER: Asked = asked!(followed SetDeviceOrder::new("u-1", ["d-1"]));
const CREATE_KEY: Asked = asked!(CreatePairingKey::new("u-1"));
const READ_KEY: Asked = asked!(ReadPairingKey::new("u-1", "k-1"));

/// What is sent, what the service does, and then problem, `maybe_applied` and the name of the follow-up.
type Row = (Asked, Service, &'static str, bool, Option<&'static str>);

const READ_DEVICE: Option<&str> = Some("user_device.read");
const READ_IT: Option<&str> = Some("device_authentication.read");

/// A reply about something else is an error.
const ABOUT_ANOTHER: &[Row] = &[
    (READ, Answers(200, r#"{"id":"a-1","status":"COMPLETED"}"#), "none", false, None),
    (READ, Answers(200, r#"{"id":"A-1","status":"COMPLETED"}"#), "none", false, None),
    (READ, Answers(200, r#"{"status":"COMPLETED"}"#), "none", false, None),
    (READ, Answers(200, r#"{"id":null,"status":"COMPLETED"}"#), "none", false, None),
    (READ, Answers(200, r#"{"id":"OTHER","status":"COMPLETED"}"#), "Other", false, None),
    (READ, Answers(200, r#"{"id":7,"status":"COMPLETED"}"#), "Other", false, None),
    (CHECK_OTP, Answers(200, r#"{"id":"OTHER","status":"COMPLETED"}"#), "Other", true, READ_IT),
    (CANCEL, Answers(200, r#"{"id":"OTHER","status":"DEVICE_SELECTION_REQUIRED"}"#), "Other", true, READ_IT),
    (READ_POPULATION, Answers(200, r#"{"id":"OTHER"}"#), "Other", false, None),
    (REPLACE_POPULATION, Answers(200, r#"{"id":"OTHER"}"#), "Other", true, Some("population.read")),
    (FIND_USER, Answers(200, r#"{"_embedded":{"users":[]}}"#), "none", false, None),
    (ACTIVATE_DEVICE, Answers(200, r#"{"id":"OTHER","status":"ACTIVE"}"#), "Other", true, READ_DEVICE),
    (BLOCK_DEVICE, Answers(200, r#"{"id":"OTHER"}"#), "Other", true, READ_DEVICE),
    (READ_KEY, Answers(200, r#"{"id":"OTHER","status":"CLAIMED"}"#), "Other", false, None),
    (FIND_USER, Answers(200, r#"{"_embedded":{"users":[{"id":"u-1","username":"Ada"}]}}"#), "none", false, None),
    (FIND_USER, Answers(200, r#"{"_embedded":{"users":[{"id":"u-2","username":"bob"}]}}"#), "Other", false, None),
    (
        FIND_USER,
        Answers(200, r#"{"_embedded":{"users":[{"id":"u-1","username":"ada"},{"id":"u-2","username":"ada"}]}}"#),
        "Other",
        false,
        None,
    ),
];

/// What a refusal means, and nobody is sent in circles.
const REFUSED: &[Row] = &[
    (INITIALIZE, Answers(404, r#"{"code":"NOT_FOUND"}"#), "NotFound", false, None),
    (READ, Answers(404, r#"{"code":"NOT_FOUND"}"#), "Gone", false, None),
    (CHECK_OTP, Answers(404, r#"{"code":"NOT_FOUND"}"#), "Gone", false, None),
    (CANCEL, Answers(410, ""), "Gone", false, None),
    (READ_POPULATION, Answers(404, r#"{"code":"NOT_FOUND"}"#), "NotFound", false, None),
    (DELETE_POPULATION, Answers(404, r#"{"code":"NOT_FOUND"}"#), "NotFound", false, None),
    (
        CHECK_OTP,
        Answers(400, r#"{"code":"INVALID_DATA","details":[{"code":"CONSTRAINT_VIOLATION"}]}"#),
        "OutOfStep",
        false,
        READ_IT,
    ),
    (CANCEL, Answers(400, r#"{"code":"CONSTRAINT_VIOLATION"}"#), "OutOfStep", false, READ_IT),
    (INITIALIZE, Answers(400, r#"{"code":"CONSTRAINT_VIOLATION"}"#), "BadRequest", false, None),
    (
        CHECK_OTP,
        Answers(400, r#"{"details":[{"code":"INVALID_OTP","innerError":{"attemptsRemaining":2}}]}"#),
        "WrongCode { attempts_remaining: Some(2) }",
        false,
        None,
    ),
    (
        CHECK_OTP,
        Answers(400, r#"{"details":[{"code":"INVALID_OTP"}]}"#),
        "WrongCode { attempts_remaining: None }",
        false,
        None,
    ),
    (
        CHECK_OTP,
        Answers(400, r#"{"details":[{"innerError":{"attemptsRemaining":1}}]}"#),
        "WrongCode { attempts_remaining: Some(1) }",
        false,
        None,
    ),
    (
        CHECK_OTP,
        Answers(400, r#"{"details":[{"code":"INVALID_OTP","innerError":{"attemptsRemaining":0}}]}"#),
        "NoTriesLeft",
        false,
        None,
    ),
    (
        CHECK_OTP,
        Answers(
            200,
            r#"{"status":"FAILED","selectedDevice":{"id":"d"},"_embedded":{"devices":[{"id":"d","type":"EMAIL"}]}}"#,
        ),
        "NoTriesLeft",
        false,
        None,
    ),
    (
        READ,
        Answers(
            200,
            r#"{"status":"FAILED","selectedDevice":{"id":"d"},"_embedded":{"devices":[{"id":"d","type":"MOBILE"}]}}"#,
        ),
        "Denied",
        false,
        None,
    ),
    (
        INITIALIZE,
        Answers(200, r#"{"status":"FAILED","error":{"code":"NO_USABLE_DEVICES"}}"#),
        "NoUsableDevice { unavailable: [] }",
        false,
        None,
    ),
    (
        SELECT,
        Answers(400, r#"{"details":[{"innerError":{"coolDownExpiresAt":1764100000000}}]}"#),
        "Locked { until: Some(1764100000000) }",
        false,
        None,
    ),
    (
        SELECT,
        Answers(429, r#"{"details":[{"innerError":{"coolDownExpiresAt":1764100000000}}]}"#),
        "Locked { until: Some(1764100000000) }",
        false,
        None,
    ),
    (SELECT, Answers(400, r#"{"code":"QUOTA_EXCEEDED"}"#), "Locked { until: None }", false, None),
    (SELECT, Answers(403, r#"{"code":"QUOTA_EXCEEDED"}"#), "Locked { until: None }", false, None),
    (SELECT, Answers(429, r#"{"code":"QUOTA_EXCEEDED"}"#), "Throttled { retry_after: None }", false, None),
    (SELECT, Answers(429, r#"{"code":"REQUEST_LIMITED"}"#), "Throttled { retry_after: None }", false, None),
    (INITIALIZE, PutsOff(429), "Throttled { retry_after: Some(Delay(7s)) }", false, None),
    (READ, Answers(401, r#"{"code":"INVALID_TOKEN"}"#), "TokenRefused", false, None),
    (INITIALIZE, Answers(403, r#"{"code":"INSUFFICIENT_PERMISSIONS"}"#), "NotPermitted", false, None),
    (INITIALIZE, Answers(403, r#"{"code":"LICENSE_EXCEEDED"}"#), "NotPermitted", false, None),
    (READ, Answers(403, r#"{"code":"ACCESS_FAILED"}"#), "NotPermitted", false, None),
    (READ, Answers(403, ""), "BadRequest", false, None),
    (INITIALIZE, Answers(400, r#"{"code":"INVALID_DATA"}"#), "BadRequest", false, None),
    (
        INITIALIZE,
        Answers(400, r#"{"code":"INVALID_DATA","details":[{"code":"ACCOUNT_NOT_USABLE"}]}"#),
        "AccountNotUsable",
        false,
        None,
    ),
    (
        CREATE_USER,
        Answers(
            400,
            r#"{"code":"INVALID_DATA","details":[{"code":"UNIQUENESS_VIOLATION","target":"username","innerError":{"existingId":"u-1"}}]}"#,
        ),
        r#"Taken { target: Some("username"), existing_id: Some("u-1") }"#,
        false,
        None,
    ),
    (CREATE_DEVICE, Answers(404, r#"{"code":"NOT_FOUND"}"#), "NotFound", false, None),
    (
        CREATE_DEVICE,
        Answers(
            400,
            r#"{"code":"REQUEST_FAILED","details":[{"code":"LIMIT_EXCEEDED","innerError":{"maximumAllowed":5}}]}"#,
        ),
        "LimitReached { maximum: Some(5) }",
        false,
        None,
    ),
    (CREATE_KEY, Answers(400, r#"{"code":"LIMIT_EXCEEDED"}"#), "LimitReached { maximum: None }", false, None),
    (
        ACTIVATE_DEVICE,
        Answers(400, r#"{"code":"INVALID_DATA","details":[{"code":"EXTRA_OTP_REQUIRED","target":"otp"}]}"#),
        "none",
        false,
        None,
    ),
    (
        ACTIVATE_DEVICE,
        Answers(400, r#"{"code":"INVALID_DATA","details":[{"code":"INVALID_OTP"}]}"#),
        "WrongCode { attempts_remaining: None }",
        false,
        None,
    ),
    (ACTIVATE_DEVICE, Answers(404, r#"{"code":"NOT_FOUND"}"#), "Gone", false, None),
    (ACTIVATE_DEVICE, Answers(400, r#"{"code":"CONSTRAINT_VIOLATION"}"#), "OutOfStep", false, READ_DEVICE),
    (RESEND_CODE, Answers(404, r#"{"code":"NOT_FOUND"}"#), "Gone", false, None),
    (RESEND_CODE, Answers(204, ""), "none", false, None),
    (DELETE_DEVICE, Answers(404, r#"{"code":"NOT_FOUND"}"#), "NotFound", false, None),
    (READ_KEY, Answers(404, r#"{"code":"NOT_FOUND"}"#), "Gone", false, None),
    (SELECT, PutsOff(503), "Unavailable", false, None),
    (SELECT, Answers(503, ""), "Unavailable", true, READ_IT),
    (READ, Answers(504, "<html>"), "Unavailable", false, None),
    (SELECT, Answers(302, ""), "Other", true, READ_IT),
    (SELECT, Answers(200, "<html>"), "Other", true, READ_IT),
];

/// When no answer comes at all.
const UNANSWERED: &[Row] = &[
    (CANCEL, Resets, "Unavailable", true, READ_IT),
    (DELETE_POPULATION, Resets, "Unavailable", true, Some("population.read")),
    (INITIALIZE, Resets, "Unavailable", true, None),
    (CREATE_USER, Resets, "Unavailable", true, Some("user.list")),
    (CREATE_DEVICE, Resets, "Unavailable", true, None),
    (RESEND_CODE, Resets, "Unavailable", true, None),
    (ACTIVATE_DEVICE, Resets, "Unavailable", true, READ_DEVICE),
    (BLOCK_DEVICE, Resets, "Unavailable", true, READ_DEVICE),
    (DELETE_DEVICE, Resets, "Unavailable", true, READ_DEVICE),
    (SET_ORDER, Resets, "Unavailable", true, Some("user_device.list")),
    (READ, Resets, "Unavailable", false, None),
    (INITIALIZE, RefusesToken(401, r#"{"error":"invalid_client"}"#), "TokenRefused", false, None),
    (INITIALIZE, RefusesToken(503, ""), "Unavailable", false, None),
    (INITIALIZE_BADLY, IsNotAsked("nothing: an id is wrong"), "BadRequest", false, None),
    (CHECK_NOTHING, IsNotAsked("nothing: the code is empty"), "WrongCode { attempts_remaining: None }", false, None),
    (INITIALIZE_LATE, IsNotAsked("nothing: the time is up"), "Unavailable", false, None),
];

const TABLES: [(&str, &[Row]); 3] = [
    ("### A reply about something else", ABOUT_ANOTHER),
    ("### What a refusal means", REFUSED),
    ("### When no answer comes", UNANSWERED),
];

impl Service {
    fn start(&self) -> Wire {
        let put_off = |status| {
            format!("HTTP/1.1 {status} Later\r\nretry-after: 7\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        };
        let answer = |answer: Answer| Wire::sequence([answer], Duration::ZERO);
        match self {
            Answers(status, body) => answer(reply(*status, "application/json", body).into()),
            PutsOff(status) => answer(put_off(status).into_bytes().into()),
            Resets => answer(Answer::Reset),
            RefusesToken(status, body) => Wire::without_tokens(reply(*status, "application/json", body)),
            IsNotAsked(_) => Wire::without_tokens(Answer::Reset),
        }
        .unwrap()
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answers(status, "") => write!(f, "{status}"),
            Answers(status, body) => write!(f, "{status} `{body}`"),
            PutsOff(status) => write!(f, "{status} with `Retry-After: 7`"),
            Resets => write!(f, "nothing: the connection is reset"),
            RefusesToken(status, "") => write!(f, "to the request for a token: {status}"),
            RefusesToken(status, body) => write!(f, "to the request for a token: {status} `{body}`"),
            IsNotAsked(why) => write!(f, "{why}"),
        }
    }
}

fn check(rows: &[Row]) {
    for (Asked(name, send), service, problem, maybe_applied, follow_up) in rows {
        for kind in Kind::BOTH {
            let wire = service.start();
            let environment = Environment::at(&wire.url(), "e-1").unwrap();
            let configuration = Configuration::new(environment, Credentials::client_secret_basic("id", "secret"));
            let client = EitherClient::new(kind, configuration.retry(RetryPolicy::never())).unwrap();
            let end = send(&client);
            let told = end.problem.as_ref().map_or_else(|| "none".to_owned(), |problem| format!("{problem:?}"));
            let told = (&*told, end.maybe_applied, end.follow_up);
            assert_eq!(told, (*problem, *maybe_applied, *follow_up), "{kind:?}: {} answered {service}", name());
            if matches!(service, IsNotAsked(_)) {
                assert_eq!((wire.requests(), wire.token_requests()), (0, 0), "{kind:?}: {service}");
            }
        }
    }
}

#[test]
fn a_reply_about_another_thing_is_an_error() {
    check(ABOUT_ANOTHER);
}

#[test]
fn a_refusal_sends_nobody_in_circles() {
    check(REFUSED);
}

#[test]
fn every_kind_of_error_has_a_problem() {
    check(UNANSWERED);
}

/// The rows of the table below `heading`, without its head.
fn documented(heading: &str) -> Vec<&'static str> {
    let (_, section) = DOCS.split_once(&format!("{heading}\n")).unwrap_or_else(|| panic!("no {heading}"));
    let lines = section.lines().skip_while(|line| !line.starts_with('|'));
    lines.take_while(|line| line.starts_with('|')).skip(2).collect()
}

#[test]
fn the_documentation_has_these_rows_and_no_others() {
    let code = |text: Option<&str>| text.map_or_else(String::new, |text| format!("`{text}`"));
    for (heading, rows) in TABLES {
        let expected = rows.iter().map(|(Asked(name, _), service, problem, maybe_applied, follow_up)| {
            let problem = code(Some(*problem).filter(|problem| *problem != "none"));
            let maybe_applied = if *maybe_applied { "yes" } else { "" };
            let cells = [&code(Some(name())), &service.to_string(), &problem, maybe_applied, &code(*follow_up)];
            cells.map(|cell| format!("| {cell} ")).concat().replace("|  ", "| ") + "|"
        });
        let expected: Vec<_> = expected.collect();
        assert_eq!(documented(heading), expected, "{heading} should be\n{}\n", expected.join("\n"));
    }
}

#[test]
fn the_documentation_says_of_every_problem_what_to_tell_the_user() {
    let name = |problem: &'static str| problem.split(' ').next().unwrap_or_default();
    let met = TABLES.iter().flat_map(|(_, rows)| rows.iter()).map(|row| name(row.2)).filter(|name| *name != "none");
    let told = documented("### What to tell the user").into_iter().filter_map(|row| row.split('`').nth(1)).map(name);
    assert_eq!(told.collect::<BTreeSet<_>>(), met.collect::<BTreeSet<_>>());
}
