//! A call: every order of what a driver can report, to a depth.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::Response;
use pingone_client_core::{
    Action, Call, Configuration, Credentials, Now, Session, TokenCache, TokenFetch, TransportError,
};
use pingone_model::{Environment, ReadDeviceAuthentication, Region};

use super::{Edges, OUTSIDE, assert_drawn, edge};

/// The repetitions of a call, each with a new token.
const DEPTH: usize = 9;

const TIMEOUT: Duration = Duration::from_secs(30);

/// What a driver reports.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Report {
    Token,
    NoTokenForNow,
    NoToken,
    Permit,
    Success,
    Unauthorized,
    MayPass,
    Refusal,
    Slept,
    TimeIsUp,
}

impl Report {
    fn label(self) -> &'static str {
        match self {
            Self::Token => "a token",
            Self::NoTokenForNow => "no token for now",
            Self::NoToken => "no token",
            Self::Permit => "a permit",
            Self::Success => "success",
            Self::Unauthorized => "401",
            Self::MayPass => "what may pass",
            Self::Refusal => "a refusal",
            Self::Slept => "time has passed",
            Self::TimeIsUp => "the time is up",
        }
    }
}

/// The state that an action stands for, and what can be reported then.
fn state(action: &Action) -> (&'static str, &'static [Report]) {
    match action {
        Action::Authorize(_) => {
            ("Authorize", &[Report::Token, Report::NoTokenForNow, Report::NoToken, Report::TimeIsUp])
        }
        Action::AcquirePermit(_) => ("AcquirePermit", &[Report::Permit, Report::TimeIsUp]),
        Action::Send(_) => {
            ("Send", &[Report::Success, Report::Unauthorized, Report::MayPass, Report::Refusal, Report::TimeIsUp])
        }
        Action::Sleep(_) => ("Sleep", &[Report::Slept, Report::TimeIsUp]),
        Action::Done(_) => ("Done", &[]),
    }
}

struct Driver {
    call: Call,
    tokens: TokenCache,
    elapsed: Duration,
}

impl Driver {
    /// A call to which this was reported, and what it wants now.
    fn after(configuration: &Configuration, reports: &[Report]) -> (Self, Action) {
        let session = Session::new(configuration.clone().seed(1), 1).unwrap();
        let start = now(Duration::ZERO);
        let call = session.call(&ReadDeviceAuthentication::new("a-1"), start).unwrap();
        let mut driver = Self { call, tokens: session.tokens(), elapsed: Duration::ZERO };
        let mut action = driver.call.next(start);
        for report in reports {
            driver.report(&action, *report);
            action = driver.call.next(now(driver.elapsed));
        }
        (driver, action)
    }

    fn report(&mut self, action: &Action, report: Report) {
        self.elapsed = match (action, report) {
            (_, Report::TimeIsUp) => TIMEOUT,
            (Action::Sleep(time), _) => self.elapsed + *time,
            _ => self.elapsed + Duration::from_millis(1),
        };
        let now = now(self.elapsed);
        match (action, report) {
            // Somebody else had the lock.
            (Action::Authorize(_), Report::TimeIsUp) => {}
            (Action::Authorize(_), report) => match self.call.authorize(now, &mut self.tokens) {
                Some(TokenFetch::Send(_)) => self.call.token_received(now, &mut self.tokens, response(report)),
                other => panic!("{other:?}"),
            },
            (Action::AcquirePermit(_), Report::Permit) => self.call.permit_acquired(),
            (Action::Send(_), Report::TimeIsUp) => {
                self.call.received(now, Err(TransportError::maybe_sent("no reply in time")));
            }
            (Action::Send(_), report) => self.call.received(now, response(report)),
            _ => {}
        }
    }
}

fn response(report: Report) -> Result<Response<Bytes>, TransportError> {
    let (status, body) = match report {
        Report::Token => (200, r#"{"access_token":"t","expires_in":3600}"#),
        Report::Success => (200, r#"{"id":"a-1","status":"COMPLETED"}"#),
        Report::Unauthorized => (401, "{}"),
        Report::NoTokenForNow | Report::MayPass => (503, "{}"),
        _ => (400, "{}"),
    };
    Ok(Response::builder().status(status).body(Bytes::from(body)).unwrap())
}

fn now(elapsed: Duration) -> Now {
    Now::new(elapsed, SystemTime::UNIX_EPOCH + elapsed)
}

fn explore(configuration: &Configuration, reports: &mut Vec<Report>, edges: &mut Edges) {
    let (_, action) = Driver::after(configuration, reports);
    let (from, possible) = state(&action);
    if possible.is_empty() {
        edges.insert(edge(from, OUTSIDE, ""));
    }
    if reports.is_empty() {
        edges.insert(edge(OUTSIDE, from, ""));
    }
    for report in possible {
        reports.push(*report);
        let (_, action) = Driver::after(configuration, reports);
        edges.insert(edge(from, state(&action).0, report.label()));
        if reports.len() < DEPTH {
            explore(configuration, reports, edges);
        }
        reports.pop();
    }
}

#[test]
fn a_call_is_drawn_as_it_goes() {
    let credentials = Credentials::client_secret_basic("client", "secret");
    let configuration = Configuration::new(Environment::new(Region::Europe, "e-1"), credentials).timeout(TIMEOUT);
    let mut edges = Edges::new();
    for configuration in [configuration.clone(), configuration.max_in_flight(1)] {
        explore(&configuration, &mut Vec::new(), &mut edges);
    }
    assert_drawn("A call", &edges);
}
