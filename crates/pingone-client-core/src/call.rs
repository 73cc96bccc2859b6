mod events;

use std::{fmt, time::Duration};

use bytes::Bytes;
use http::{Request, Response, StatusCode, header};
use pingone_model::{Idempotency, Operation, OperationInfo, RequestError, ResponseError};

use self::events::Deferred;
use crate::{
    AccessToken, Action, Answer, CallOptions, Credentials, Error, Now, Outgoing, RetryPolicy, Session, TokenCache,
    TokenFetch, TokenRequest, TransportError,
    error::{Cause, Progress, TokenError},
    headers,
    random::Random,
    retry::Verdict,
};

/// One call of an operation: token, sending, retries where they are safe, within a deadline.
///
/// A driver asks [`next`](Self::next), does what the [`Action`] says, reports the outcome, and asks again until it is
/// [`Action::Done`]. The call reads no clock and does no I/O. It is made by [`Session::call`](crate::Session::call),
/// and is not generic.
pub struct Call {
    info: &'static OperationInfo,
    request: Request<Bytes>,
    session: Session,
    started: Duration,
    deadline: Duration,
    policy: RetryPolicy,
    random: Random,
    /// How often the operation was sent.
    attempts: u32,
    /// How often a token was asked for.
    fetches: u32,
    /// How often either failed temporarily.
    failures: u32,
    /// How much of the session's budget it spent.
    spent: u32,
    /// When a token was last needed, and when a request was last sent.
    asked_at: Duration,
    sent_at: Duration,
    /// The token that the service refused. Only one is ever replaced.
    rejected: Option<AccessToken>,
    /// Whether it has a permit to be among the requests in flight.
    has_permit: bool,
    /// What happened while the token cache was locked: told to the observer after the lock is released.
    deferred: Vec<Deferred>,
    state: State,
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

enum State {
    /// A token is needed.
    Unauthorized,
    /// The request can be sent, with this token if it needs one.
    Ready(Option<AccessToken>),
    /// Nothing is done before this moment; then `next` follows. If the deadline passes first, the call ends with `failure`.
    Waiting { until: Duration, next: Next, failure: Cause },
    /// It is over.
    Ended(Result<Answer, Error>),
    /// And the driver has been told.
    Told,
}

/// What comes after a wait.
enum Next {
    Authorize,
    Send(Option<AccessToken>),
}

/// How long fetching a token may take while the old one can still be used: all calls wait for it.
const EARLY_FETCH: Duration = Duration::from_secs(2);

impl Session {
    /// A call that begins now.
    ///
    /// # Errors
    ///
    /// No request can be built, or it would send the token to a host other than the environment's.
    pub fn call<O: Operation>(&self, operation: &O, now: Now) -> Result<Call, Error> {
        self.call_with(operation, &CallOptions::new(), now)
    }

    /// The same, with options for this call.
    ///
    /// # Errors
    ///
    /// As for [`call`](Self::call); or an id of the options is not one that the service would keep, or
    /// their time limit is zero.
    pub fn call_with<O: Operation>(&self, operation: &O, options: &CallOptions, now: Now) -> Result<Call, Error> {
        Call::new(self.clone(), operation, options, now).map_err(|error| Error::request(O::INFO, error))
    }
}

impl Call {
    fn new<O: Operation>(
        session: Session,
        operation: &O,
        options: &CallOptions,
        now: Now,
    ) -> Result<Self, RequestError> {
        let configuration = session.configuration();
        let request = request(operation, options, &session)?;
        let timeout = options.timeout_or(configuration.timeout)?;
        Ok(Self {
            info: O::INFO,
            request,
            started: now.monotonic,
            deadline: now.monotonic.saturating_add(timeout),
            policy: options.retry_or(&configuration.retry),
            random: session.random(),
            attempts: 0,
            fetches: 0,
            failures: 0,
            spent: 0,
            asked_at: now.monotonic,
            sent_at: now.monotonic,
            rejected: None,
            has_permit: configuration.max_in_flight.is_none(),
            deferred: Vec::new(),
            state: if O::INFO.needs_token { State::Unauthorized } else { State::Ready(None) },
            #[cfg(feature = "tracing")]
            span: crate::span::of(O::INFO),
            session,
        })
    }

    /// The span of this call; do its work inside.
    #[cfg(feature = "tracing")]
    #[must_use]
    pub fn span(&self) -> &tracing::Span {
        &self.span
    }

    /// What has to be done now. The end is returned once. Do not hold the token cache's lock.
    pub fn next(&mut self, now: Now) -> Action {
        self.emit_deferred();
        if let State::Waiting { until, next, .. } = &mut self.state {
            if now.monotonic < *until {
                return Action::Sleep(*until - now.monotonic);
            }
            if now.monotonic < self.deadline {
                self.state = match next {
                    Next::Authorize => State::Unauthorized,
                    Next::Send(token) => State::Ready(token.take()),
                };
            }
        }
        match &self.state {
            State::Unauthorized if now.monotonic < self.deadline => {
                self.asked_at = now.monotonic;
                Action::Authorize(self.deadline - now.monotonic)
            }
            State::Ready(_) if now.monotonic < self.deadline && !self.has_permit => {
                Action::AcquirePermit(self.deadline - now.monotonic)
            }
            State::Ready(token) if now.monotonic < self.deadline => {
                let mut request = self.request.clone();
                if let Some(token) = token {
                    request.headers_mut().insert(header::AUTHORIZATION, token.bearer());
                }
                let timeout = self.timeout(now);
                self.attempts += 1;
                self.sent_at = now.monotonic;
                Action::Send(Outgoing { request, timeout })
            }
            _ => Action::Done(self.end(now)),
        }
    }

    /// Takes the token from the cache, or says how to get one. Hold the cache's lock until that is reported.
    #[must_use]
    pub fn authorize(&mut self, now: Now, tokens: &mut TokenCache) -> Option<TokenFetch> {
        if !matches!(self.state, State::Unauthorized) {
            return None;
        }
        tokens.serve(&self.session);
        if let Some(token) = tokens.get(now, self.rejected.as_ref()) {
            self.state = State::Ready(Some(token));
            return None;
        }
        if let Some((error, verdict)) = tokens.failure_since(self.asked_at) {
            self.failed(now, self.no_token(error), verdict, Next::Authorize);
            return None;
        }
        // Others may have held the lock for long; `next` ends the call if that took too long.
        let left = self.deadline.saturating_sub(now.monotonic).min(self.session.configuration().attempt_timeout);
        if left.is_zero() {
            return None;
        }
        let timeout = if tokens.has_reserve(now, self.rejected.as_ref()) { left.min(EARLY_FETCH) } else { left };
        self.fetches += 1;
        self.sent_at = now.monotonic;
        match tokens.request(now) {
            Ok(Some(request)) => Some(TokenFetch::Send(Outgoing { request, timeout })),
            Ok(None) => Some(TokenFetch::Ask(TokenRequest { timeout, renew: self.rejected.is_some() })),
            Err(error) => {
                let error = Error::request(Credentials::TOKEN_REQUEST, error);
                self.state = State::Ended(Err(self.error(now, self.no_token(error), Verdict::Stop(None))));
                None
            }
        }
    }

    /// Reports the outcome of [`TokenFetch::Send`].
    pub fn token_received(
        &mut self,
        now: Now,
        tokens: &mut TokenCache,
        response: Result<Response<Bytes>, TransportError>,
    ) {
        self.defer_token_attempt(now, &response);
        let token = tokens.received(now, self.rejected.as_ref(), response);
        self.authorized(now, tokens, token);
    }

    /// Reports the outcome of [`TokenFetch::Ask`].
    pub fn token_obtained(
        &mut self,
        now: Now,
        tokens: &mut TokenCache,
        token: Result<AccessToken, Box<dyn std::error::Error + Send + Sync>>,
    ) {
        let token = tokens.obtained(now, self.rejected.as_ref(), token.map_err(|error| Cause::Source(error.into())));
        self.authorized(now, tokens, token);
    }

    fn authorized(&mut self, now: Now, tokens: &mut TokenCache, token: Result<AccessToken, Cause>) {
        if !matches!(self.state, State::Unauthorized) {
            return;
        }
        match token {
            Ok(token) => self.state = State::Ready(Some(token)),
            // Asking for a token again is harmless.
            Err(cause) => {
                let verdict = cause.verdict(Credentials::TOKEN_REQUEST, now);
                let progress = Progress { attempts: self.fetches, ..self.progress(now) };
                let error = Error::of_call(Credentials::TOKEN_REQUEST, cause, verdict, progress);
                tokens.failed(now, error.clone(), verdict);
                self.failed(now, self.no_token(error), verdict, Next::Authorize);
            }
        }
    }

    /// Reports that there is a permit for [`Action::AcquirePermit`]. What is sent then has the time that is left.
    pub fn permit_acquired(&mut self) {
        self.has_permit = true;
    }

    /// Reports the outcome of [`Action::Send`].
    pub fn received(&mut self, now: Now, response: Result<Response<Bytes>, TransportError>) {
        let State::Ready(token) = &self.state else {
            return;
        };
        let token = token.clone();
        self.has_permit = self.session.configuration().max_in_flight.is_none();
        self.emit_attempt(now, &response);
        match response {
            // The token may have expired early, or may be of the wrong kind: a fresh one shows which.
            Ok(response)
                if response.status() == StatusCode::UNAUTHORIZED
                    && token.is_some()
                    && self.rejected.is_none()
                    && self.session.configuration().credentials.fixed_token().is_none()
                    && now.monotonic < self.deadline =>
            {
                self.rejected = token;
                self.state = State::Unauthorized;
            }
            Ok(response) if response.status().is_success() => {
                self.session.budget().refund(self.spent.max(1));
                self.state = State::Ended(Ok(Answer::new(response, self.progress(now))));
            }
            response => {
                let cause = match response.map(|response| ResponseError::refused(response).of(self.info)) {
                    Ok(refusal) if self.info.is_answered_by(&refusal) => {
                        self.state = State::Ended(Ok(Answer::new(refusal.response().clone(), self.progress(now))));
                        return;
                    }
                    Ok(refusal) => Cause::Response(refusal),
                    Err(error) => Cause::Transport(error),
                };
                let verdict = cause.verdict(self.info, now);
                self.failed(now, cause, verdict, Next::Send(token));
            }
        }
    }

    /// Continues after a wait, if that is safe, allowed and in time; otherwise ends the call.
    fn failed(&mut self, now: Now, cause: Cause, verdict: Verdict, next: Next) {
        self.state = match self.wait(now, &cause, verdict) {
            Some(wait) => {
                self.defer_wait(wait, verdict.asked());
                State::Waiting { until: now.monotonic.saturating_add(wait), next, failure: cause }
            }
            None => State::Ended(Err(self.error(now, cause, verdict))),
        };
    }

    fn wait(&mut self, now: Now, cause: &Cause, verdict: Verdict) -> Option<Duration> {
        let Verdict::Again(asked) = verdict else {
            return None;
        };
        self.failures += 1;
        let policy = &self.policy;
        let cost = if matches!(cause, Cause::Transport(_)) { 10 } else { 5 };
        let wait = policy.wait(self.failures, asked, &mut self.random);
        let is_allowed = self.failures < policy.max_attempts
            && asked.is_none_or(|asked| asked <= policy.max_retry_after)
            && now.monotonic.saturating_add(wait) < self.deadline
            && self.session.budget().spend(cost);
        self.spent += if is_allowed { cost } else { 0 };
        is_allowed.then_some(wait)
    }

    /// What may be sent again gets part of the time; anything else gets all of it.
    fn timeout(&self, now: Now) -> Duration {
        let left = self.deadline - now.monotonic;
        match self.info.idempotency {
            Idempotency::Safe | Idempotency::Idempotent => left.min(self.session.configuration().attempt_timeout),
            Idempotency::Neither => left,
        }
    }

    fn end(&mut self, now: Now) -> Result<Answer, Error> {
        let late = |call: &Self| Err(call.error(now, Cause::DeadlineExceeded, Verdict::Again(None)));
        let end = match std::mem::replace(&mut self.state, State::Told) {
            State::Ended(end) => end,
            State::Waiting { failure, .. } => Err(self.error(now, failure, Verdict::Again(None))),
            State::Unauthorized | State::Ready(_) => late(self),
            State::Told => return late(self),
        };
        self.emit_end(now, &end);
        end
    }

    fn error(&self, now: Now, cause: Cause, verdict: Verdict) -> Error {
        Error::of_call(self.info, cause, verdict, self.progress(now))
    }

    fn no_token(&self, error: Error) -> Cause {
        Cause::Token(TokenError::new(error, &self.session.configuration().environment))
    }

    fn progress(&self, now: Now) -> Progress {
        let elapsed = now.monotonic.saturating_sub(self.started);
        Progress { attempts: self.attempts, elapsed, has_renewed: self.rejected.is_some() }
    }
}

/// The request without its token, which goes to the environment's own hosts only.
fn request<O: Operation>(
    operation: &O,
    options: &CallOptions,
    session: &Session,
) -> Result<Request<Bytes>, RequestError> {
    let environment = &session.configuration().environment;
    let mut request = operation.request(environment)?;
    if !environment.owns(request.uri()) {
        return Err(RequestError::new(
            "operation",
            "is addressed to a host other than the environment's: give the client that environment",
        ));
    }
    headers::dress(request.headers_mut(), session.user_agent());
    options.dress(request.headers_mut())?;
    Ok(request)
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Unauthorized => "unauthorized",
            State::Ready(_) => "ready",
            State::Waiting { .. } => "waiting",
            State::Ended(_) | State::Told => "ended",
        };
        f.debug_struct("Call")
            .field("operation", &self.info.name)
            .field("state", &state)
            .field("attempts", &self.attempts)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
