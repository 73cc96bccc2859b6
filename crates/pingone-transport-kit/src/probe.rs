use std::{
    io,
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{Method, Request, Response};
use pingone_client_core::TransportError;

use crate::{CANARY, Fault, Rule, Server, Shown};

/// How a transport ended.
pub(crate) type End = Result<Response<Bytes>, TransportError>;

/// The time limit of an exchange that is not about time.
pub(crate) const PATIENT: Duration = Duration::from_secs(10);

/// By how much a time limit may be missed, to allow for a busy machine.
const SLACK: Duration = Duration::from_secs(2);

/// What every request carries.
pub(crate) const CONTENT_TYPE: &str = "application/vnd.pingidentity.cancel.push.authentication+json";
pub(crate) const BODY: &str = r#"{"reason":"CHANGE_DEVICE","canary":"canary"}"#;

/// Sends requests with the transport, and collects what went wrong.
pub(crate) struct Probe<'a> {
    transport: &'a dyn Fn(Request<Bytes>, Duration) -> End,
    pub(crate) faults: Vec<Fault>,
    pub(crate) exchanges: usize,
    situation: &'static str,
}

impl<'a> Probe<'a> {
    pub(crate) fn new(transport: &'a dyn Fn(Request<Bytes>, Duration) -> End) -> Self {
        Self { transport, faults: Vec::new(), exchanges: 0, situation: "" }
    }

    /// What the following exchanges test.
    pub(crate) fn situation(&mut self, situation: &'static str) {
        self.situation = situation;
    }

    pub(crate) fn fault(&mut self, rule: Rule, happened: impl Into<String>) {
        let fault = Fault::new(rule, self.situation, happened.into());
        // It may have been found with another method already.
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    /// Reports that the rule is broken unless the condition holds.
    pub(crate) fn expect(&mut self, is_so: bool, rule: Rule, happened: impl FnOnce() -> String) {
        if !is_so {
            self.fault(rule, happened());
        }
    }

    /// Sends a request like the clients' own.
    pub(crate) fn send(&mut self, method: Method, url: &str, limit: Duration) -> End {
        let request = Request::builder()
            .method(&method)
            .uri(format!("{url}/e-1/deviceAuthentications/a-1"))
            .header("authorization", format!("Bearer {CANARY}"))
            .header("accept", "application/json")
            .header("user-agent", "pingone-transport-kit");
        let request = if method == Method::GET {
            request.body(Bytes::new())
        } else {
            request.header("content-type", CONTENT_TYPE).body(Bytes::from_static(BODY.as_bytes()))
        };
        self.carry(request.map_err(TransportError::not_sent)?, limit)
    }

    pub(crate) fn post(&mut self, server: &Server) -> End {
        self.send(Method::POST, &server.url(), PATIENT)
    }

    /// Sends it, and checks what applies to every exchange.
    pub(crate) fn carry(&mut self, request: Request<Bytes>, limit: Duration) -> End {
        self.exchanges += 1;
        let started = Instant::now();
        let end = (self.transport)(request, limit);
        let took = started.elapsed();
        if took > limit + SLACK {
            let way = if end.is_ok() { "a response" } else { "an error" };
            self.fault(Rule::TimeLimit, format!("{way} came after {took:.1?}, and the limit was {limit:?}"));
        }
        if let Err(error) = &end {
            let mut shown = Shown::default();
            shown.error(error);
            self.expect(!shown.has_secret(), Rule::Secrets, || "its error shows a header or a body".to_owned());
        }
        end
    }

    /// Expects a response with this status, and one request.
    pub(crate) fn expect_status(&mut self, server: &Server, end: &End, status: u16) {
        match end {
            Ok(response) => self.expect(response.status().as_u16() == status, Rule::Response, || {
                format!("the status {status} became {}", response.status().as_u16())
            }),
            Err(error) => self.fault(Rule::Response, format!("the status {status} is no response: {}", told(error))),
        }
        self.expect_requests(server, 1);
    }

    /// Expects one request, and an error that says it may have reached the service.
    pub(crate) fn expect_lost(&mut self, server: &Server, end: &End, rule: Rule) {
        let came = server.received().len();
        match end {
            _ if came > 1 => self.expect_requests(server, 1),
            Ok(response) => {
                let (status, length) = (response.status().as_u16(), response.body().len());
                self.fault(rule, format!("there was a response {status} with {length} bytes"));
            }
            Err(error) => self.expect(error.maybe_reached(), Rule::NotSent, || {
                format!("the service had it, and the error says: {}", told(error))
            }),
        }
    }

    /// Expects an error with the head of the response.
    pub(crate) fn expect_interrupted(&mut self, server: &Server, end: &End, rule: Rule) {
        self.expect_lost(server, end, rule);
        if let Err(error) = end {
            let has_head = error.status().is_some_and(|status| status.as_u16() == 200) || !error.maybe_reached();
            self.expect(has_head, Rule::WholeBody, || {
                format!("the error lacks the head of the response; use `interrupted`: {}", told(error))
            });
        }
    }

    /// Expects no further requests.
    pub(crate) fn expect_requests(&mut self, server: &Server, count: usize) {
        let came = server.received().len();
        self.expect(came <= count, Rule::Once, || format!("{count} sent, and {came} came"));
    }
}

/// An error with those behind it, as one line that shows nothing of the wire: the checks put no secret where a text of
/// the system could have it, and a transport that shows one has its own fault.
pub(crate) fn told(error: &TransportError) -> String {
    let mut shown = Shown::default();
    shown.error(error);
    if shown.has_secret() { "(an error that shows a secret)".to_owned() } else { chain(error) }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text += &format!(": {error}");
        source = error.source();
    }
    text.replace('\n', " ")
}

/// One group of checks.
pub(crate) type Scenario = fn(&mut Probe<'_>) -> io::Result<()>;
