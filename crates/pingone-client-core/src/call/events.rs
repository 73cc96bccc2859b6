//! What an observer, and `tracing`, are told of a call.

use std::{mem, time::Duration};

use bytes::Bytes;
use http::{Response, StatusCode};

use super::Call;
use crate::{Answer, CallEvent, Credentials, Error, Now, TransportError, error::Progress, headers::correlation_id};

/// An event that is emitted by the next step.
pub(super) enum Deferred {
    TokenAttempt { attempt: u32, took: Duration, outcome: Result<(StatusCode, Option<Box<str>>), TransportError> },
    Wait { wait: Duration, asked: Option<Duration> },
}

impl Call {
    pub(super) fn defer_token_attempt(&mut self, now: Now, response: &Result<Response<Bytes>, TransportError>) {
        let outcome = match response {
            Ok(response) => Ok((response.status(), correlation_id(response.headers()).map(Box::from))),
            Err(error) => Err(error.clone()),
        };
        let took = now.monotonic.saturating_sub(self.sent_at);
        self.deferred.push(Deferred::TokenAttempt { attempt: self.fetches, took, outcome });
    }

    pub(super) fn defer_wait(&mut self, wait: Duration, asked: Option<Duration>) {
        self.deferred.push(Deferred::Wait { wait, asked });
    }

    pub(super) fn emit_deferred(&mut self) {
        for event in mem::take(&mut self.deferred) {
            match &event {
                Deferred::TokenAttempt { attempt, took, outcome } => {
                    let (outcome, correlation_id) = match outcome {
                        Ok((status, id)) => (Ok(*status), id.as_deref()),
                        Err(error) => (Err(error), error.correlation_id()),
                    };
                    let (operation, attempt, took) = (Credentials::TOKEN_REQUEST.name, *attempt, *took);
                    self.emit(&CallEvent::Attempt { operation, attempt, took, outcome, correlation_id });
                }
                Deferred::Wait { wait, asked } => {
                    self.emit(&CallEvent::Wait { operation: self.info.name, wait: *wait, asked: *asked });
                }
            }
        }
    }

    pub(super) fn emit_attempt(&self, now: Now, response: &Result<Response<Bytes>, TransportError>) {
        let (outcome, correlation_id) = match response {
            Ok(response) => (Ok(response.status()), correlation_id(response.headers())),
            Err(error) => (Err(error), error.correlation_id()),
        };
        let took = now.monotonic.saturating_sub(self.sent_at);
        let (operation, attempt) = (self.info.name, self.attempts);
        self.emit(&CallEvent::Attempt { operation, attempt, took, outcome, correlation_id });
    }

    pub(super) fn emit_end(&self, now: Now, end: &Result<Answer, Error>) {
        let (outcome, correlation_id) = match end {
            Ok(answer) => (Ok(answer.response().status()), answer.correlation_id()),
            Err(error) => (Err(error), error.correlation_id()),
        };
        let Progress { attempts, elapsed, .. } = self.progress(now);
        self.emit(&CallEvent::End { operation: self.info.name, attempts, elapsed, outcome, correlation_id });
    }

    fn emit(&self, event: &CallEvent<'_>) {
        #[cfg(feature = "tracing")]
        crate::span::emit(&self.span, event);
        self.session.configuration().observed.emit(event);
    }
}
