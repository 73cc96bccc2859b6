//! A driver whose service is a script, and which writes down what it did.

use std::{
    collections::VecDeque,
    ops::ControlFlow,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{Request, Response};
use pingone_client_core::{
    Action, Awaited, Call, Configuration, Credentials, Error, Now, RetryPolicy, Session, TokenCache, TokenFetch,
    TransportError, Wait, WaitAction,
};
use pingone_model::{Environment, Operation, Region};

pub(crate) type Answer = Result<Response<Bytes>, TransportError>;

pub(crate) const TOKEN: &str = r#"{"access_token":"t","expires_in":3600}"#;
pub(crate) const PENDING: &str = r#"{"id":"a-1","status":"PUSH_CONFIRMATION_REQUIRED"}"#;
pub(crate) const TIMEOUT: Duration = Duration::from_secs(30);

pub(crate) fn answer(status: u16, body: &str) -> Answer {
    let response = Response::builder().status(status).header("correlation-id", "c-1");
    Ok(response.body(Bytes::from(body.to_owned())).unwrap())
}

pub(crate) fn configuration() -> Configuration {
    let credentials = Credentials::client_secret_basic("id", "hunter2");
    Configuration::new(Environment::new(Region::Europe, "e-1"), credentials)
}

pub(crate) struct Script {
    pub(crate) session: Session,
    pub(crate) tokens: TokenCache,
    pub(crate) now: Duration,
    /// How long each request takes.
    pub(crate) pace: Duration,
    pub(crate) answers: VecDeque<Answer>,
    pub(crate) journal: Vec<String>,
}

impl Script {
    /// A service that answers so, and a caller who sends nothing twice but with a fresh token.
    pub(crate) fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self::with(configuration().retry(RetryPolicy::never()), answers)
    }

    pub(crate) fn with(configuration: Configuration, answers: impl IntoIterator<Item = Answer>) -> Self {
        let session = Session::new(configuration, 7).unwrap();
        Self {
            tokens: session.tokens(),
            session,
            now: Duration::ZERO,
            pace: Duration::from_secs(1),
            answers: answers.into_iter().collect(),
            journal: Vec::new(),
        }
    }

    pub(crate) fn now(&self) -> Now {
        Now::new(self.now, SystemTime::UNIX_EPOCH + self.now)
    }

    pub(crate) fn send<O: Operation>(&mut self, operation: O) -> Result<O::Output, Error> {
        self.answer(&operation)?.read(&operation)
    }

    pub(crate) fn answer<O: Operation>(&mut self, operation: &O) -> Result<pingone_client_core::Answer, Error> {
        let call = self.session.call(operation, self.now())?;
        self.drive(call)
    }

    pub(crate) fn drive(&mut self, mut call: Call) -> Result<pingone_client_core::Answer, Error> {
        loop {
            match call.next(self.now()) {
                Action::Authorize(_) => {
                    if let Some(TokenFetch::Send(outgoing)) = call.authorize(self.now(), &mut self.tokens) {
                        let answer = self.carry(&outgoing.request);
                        call.token_received(self.now(), &mut self.tokens, answer);
                    }
                }
                Action::AcquirePermit(within) => {
                    self.journal.push(format!("enter {within:?}"));
                    call.permit_acquired();
                }
                Action::Send(outgoing) => {
                    let answer = self.carry(&outgoing.request);
                    call.received(self.now(), answer);
                }
                Action::Sleep(time) => {
                    self.journal.push(format!("sleep {time:?}"));
                    self.now += time;
                }
                Action::Done(end) => return end,
            }
        }
    }

    pub(crate) fn wait<T: Awaited>(&mut self, mut wait: Wait<T>) -> Result<T::Success, T::Error> {
        loop {
            match wait.next(&self.session, self.now()) {
                WaitAction::Read(call) => {
                    let read = self.drive(*call);
                    if let ControlFlow::Break(end) = wait.received(&self.session, self.now(), read) {
                        return end;
                    }
                }
                WaitAction::Sleep(time) => self.now += time,
                WaitAction::Done(error) => return Err(error),
            }
        }
    }

    fn carry(&mut self, request: &Request<Bytes>) -> Answer {
        self.now += self.pace;
        self.journal.push(format!("{} {}", request.method(), request.uri().path()));
        self.answers.pop_front().expect("the script is over")
    }
}
