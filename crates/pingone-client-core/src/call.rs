use std::{fmt, time::Duration};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use pingone_model::{Idempotency, Operation, OperationInfo, RequestError, ResponseError};

use crate::{
    AccessToken, Answer, Configuration, Error, Now, RetryPolicy, Session, TokenCache, TransportError,
    error::{Cause, Progress},
    headers,
    random::Random,
    retry::{self, Verdict},
};

/// One operation on its way: token, sending, sending again where that is safe, within a deadline.
///
/// A driver asks [`next`](Self::next), does what the [`Action`] says, reports the outcome, and asks again until it is
/// [`Action::Done`]. The call reads no clock and does no I/O. It is made by [`Session::call`], and is not generic.
pub struct Call {
    info: &'static OperationInfo,
    request: Request<Bytes>,
    policy: RetryPolicy,
    attempt_timeout: Duration,
    started: Duration,
    deadline: Duration,
    random: Random,
    /// How often the operation was sent.
    attempts: u32,
    /// How often that, or the fetch of a token, failed in a way that may pass.
    failures: u32,
    /// What it spent of the session's budget.
    spent: u32,
    /// The token that the service refused. There is one, and then no other.
    rejected: Option<AccessToken>,
    state: State,
}

enum State {
    /// A token is needed.
    Unauthorized,
    /// The request can be sent.
    Authorized(AccessToken),
    /// It comes to nothing before this moment; if the time is up first, `failure` is the end.
    Waiting { until: Duration, token: Option<AccessToken>, failure: Cause },
    /// It is over.
    Ended(Result<Answer, Error>),
}

/// What the driver has to do for a [`Call`].
#[derive(Debug)]
pub enum Action {
    /// Lock the token cache and call [`Call::authorize`], or bring a token of your own to [`Call::authorized`].
    Authorize,
    /// Send this, and report to [`Call::received`].
    Send(Outgoing),
    /// Do nothing for this long.
    Sleep(Duration),
    /// Nothing: this is the end of the call.
    Done(Result<Answer, Error>),
}

/// A request to send. `Debug` shows where it goes, and neither headers nor body.
pub struct Outgoing {
    /// The request, complete.
    pub request: Request<Bytes>,
    /// How long it may take, with its response read to the end.
    pub timeout: Duration,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} within {:?}", self.request.method(), self.request.uri(), self.timeout)
    }
}

impl Call {
    pub(crate) fn new<O: Operation>(
        operation: &O,
        configuration: &Configuration,
        now: Now,
        random: Random,
    ) -> Result<Self, Error> {
        let environment = &configuration.environment;
        let request = operation.request(environment).and_then(|request| {
            let stranger = RequestError::new("operation", "is addressed to a host that is not the environment's");
            environment.owns(request.uri()).then_some(request).ok_or(stranger)
        });
        let mut request = request.map_err(|error| Error::request(O::INFO.name, error))?;
        headers::dress(request.headers_mut(), None);
        Ok(Self {
            info: O::INFO,
            request,
            policy: configuration.retry.clone(),
            attempt_timeout: configuration.attempt_timeout,
            started: now.monotonic,
            deadline: now.monotonic.saturating_add(configuration.timeout),
            random,
            attempts: 0,
            failures: 0,
            spent: 0,
            rejected: None,
            state: State::Unauthorized,
        })
    }

    /// What has to be done now. The end is told once.
    pub fn next(&mut self, now: Now) -> Action {
        if let State::Waiting { until, token, .. } = &mut self.state {
            if now.monotonic < *until {
                return Action::Sleep(*until - now.monotonic);
            }
            if now.monotonic < self.deadline {
                self.state = token.take().map_or(State::Unauthorized, State::Authorized);
            }
        }
        match &self.state {
            State::Unauthorized if now.monotonic < self.deadline => Action::Authorize,
            State::Authorized(token) if now.monotonic < self.deadline => {
                let mut request = self.request.clone();
                headers::dress(request.headers_mut(), Some(token.bearer()));
                let timeout = self.timeout(now);
                self.attempts += 1;
                Action::Send(Outgoing { request, timeout })
            }
            _ => Action::Done(self.end(now)),
        }
    }

    /// Takes the token from the cache, or says which request brings a new one; its response goes to
    /// [`token_received`](Self::token_received). Hold the cache's lock until then.
    #[must_use]
    pub fn authorize(&mut self, now: Now, tokens: &TokenCache) -> Option<Outgoing> {
        if !matches!(self.state, State::Unauthorized) {
            return None;
        }
        if let Some(token) = tokens.get(now, self.rejected.as_ref()) {
            self.state = State::Authorized(token);
            return None;
        }
        // Others may have held the lock for long; `next` ends the call if that took too long.
        let timeout = self.deadline.saturating_sub(now.monotonic).min(self.attempt_timeout);
        (!timeout.is_zero()).then(|| Outgoing { request: tokens.request(), timeout })
    }

    /// Reports what came for the request of [`authorize`](Self::authorize).
    pub fn token_received(
        &mut self,
        now: Now,
        session: &Session,
        tokens: &mut TokenCache,
        response: Result<Response<Bytes>, TransportError>,
    ) {
        match tokens.received(now, self.rejected.as_ref(), response) {
            Ok(token) => self.authorized(now, Ok(token)),
            // A token can be asked for again without harm.
            Err(cause) => {
                let verdict = retry::verdict(&TokenCache::INFO, &cause, now);
                let error = Error::of_call(&TokenCache::INFO, cause, verdict.asked(), self.progress(now));
                self.failed(now, session, Cause::Token(error), verdict, None);
            }
        }
    }

    /// Reports a token of your own, or that there is none.
    pub fn authorized(&mut self, now: Now, token: Result<AccessToken, Error>) {
        if matches!(self.state, State::Unauthorized) {
            self.state = match token {
                Ok(token) => State::Authorized(token),
                Err(error) => State::Ended(Err(self.error(now, Cause::Token(error), None))),
            };
        }
    }

    /// Reports what came for the request of [`Action::Send`].
    pub fn received(&mut self, now: Now, session: &Session, response: Result<Response<Bytes>, TransportError>) {
        let State::Authorized(token) = &self.state else {
            return;
        };
        let token = token.clone();
        match response {
            // The token may have died before its time, or is of the wrong kind: one fresh one tells.
            Ok(response)
                if response.status() == StatusCode::UNAUTHORIZED
                    && self.rejected.is_none()
                    && now.monotonic < self.deadline =>
            {
                self.rejected = Some(token);
                self.state = State::Unauthorized;
            }
            Ok(response) if response.status().is_success() => {
                session.budget.bring_back(self.spent.max(1));
                self.state = State::Ended(Ok(Answer::new(response, self.progress(now))));
            }
            response => {
                let cause = response
                    .map_or_else(Cause::Transport, |response| Cause::Response(ResponseError::refused(response)));
                let verdict = retry::verdict(self.info, &cause, now);
                self.failed(now, session, cause, verdict, Some(token));
            }
        }
    }

    /// Goes on after a wait, if that is safe, allowed and in time; otherwise this is the end.
    fn failed(&mut self, now: Now, session: &Session, cause: Cause, verdict: Verdict, token: Option<AccessToken>) {
        self.state = match self.wait(now, session, &cause, verdict) {
            Some(wait) => State::Waiting { until: now.monotonic.saturating_add(wait), token, failure: cause },
            None => State::Ended(Err(self.error(now, cause, verdict.asked()))),
        };
    }

    fn wait(&mut self, now: Now, session: &Session, cause: &Cause, verdict: Verdict) -> Option<Duration> {
        let Verdict::Again(asked) = verdict else {
            return None;
        };
        self.failures += 1;
        let cost = if matches!(cause, Cause::Transport(_)) { 10 } else { 5 };
        let wait = self.policy.wait(self.failures, asked, &mut self.random);
        let is_allowed = self.failures < self.policy.max_attempts
            && asked.is_none_or(|asked| asked <= self.policy.max_retry_after)
            && now.monotonic.saturating_add(wait) < self.deadline
            && session.budget.spend(cost);
        self.spent += if is_allowed { cost } else { 0 };
        is_allowed.then_some(wait)
    }

    /// What may be sent again has a part of the time, what may not has all of it.
    fn timeout(&self, now: Now) -> Duration {
        let left = self.deadline - now.monotonic;
        match self.info.idempotency {
            Idempotency::Idempotent => left.min(self.attempt_timeout),
            Idempotency::NotIdempotent => left,
        }
    }

    fn end(&mut self, now: Now) -> Result<Answer, Error> {
        let over = State::Ended(Err(self.error(now, Cause::DeadlineExceeded, None)));
        match std::mem::replace(&mut self.state, over) {
            State::Ended(end) => end,
            State::Waiting { failure, .. } => Err(self.error(now, failure, None)),
            State::Unauthorized | State::Authorized(_) => Err(self.error(now, Cause::DeadlineExceeded, None)),
        }
    }

    fn error(&self, now: Now, cause: Cause, retry_after: Option<Duration>) -> Error {
        Error::of_call(self.info, cause, retry_after, self.progress(now))
    }

    fn progress(&self, now: Now) -> Progress {
        Progress { attempts: self.attempts, elapsed: now.monotonic.saturating_sub(self.started) }
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Unauthorized => "unauthorized",
            State::Authorized(_) => "authorized",
            State::Waiting { .. } => "waiting",
            State::Ended(_) => "ended",
        };
        f.debug_struct("Call")
            .field("operation", &self.info.name)
            .field("state", &state)
            .field("attempts", &self.attempts)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
