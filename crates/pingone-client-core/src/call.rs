use std::{fmt, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Request, Response, StatusCode, header};
use pingone_model::{DeviceAuthenticationId, Idempotency, Operation, OperationInfo, RequestError, ResponseError};

use crate::{
    AccessToken, Action, Answer, CallEvent, CallOptions, Error, Now, Outgoing, RetryPolicy, TokenCache, TokenDemand,
    TokenFetch, TransportError,
    answer::correlation_id,
    error::{Cause, Progress},
    headers,
    random::Random,
    retry::{self, Verdict},
    session::Shared,
};

/// One operation on its way: token, sending, sending again where that is safe, within a deadline.
///
/// A driver asks [`next`](Self::next), does what the [`Action`] says, reports the outcome, and asks again until it is
/// [`Action::Done`]. The call reads no clock and does no I/O. It is made by [`Session::call`](crate::Session::call), and
/// is not generic.
pub struct Call {
    info: &'static OperationInfo,
    request: Request<Bytes>,
    /// What the operation is about, if its reply can be lost and the outcome be read.
    about: Option<DeviceAuthenticationId>,
    session: Arc<Shared>,
    started: Duration,
    deadline: Duration,
    policy: RetryPolicy,
    random: Random,
    /// How often the operation was sent.
    attempts: u32,
    /// How often a token was asked for.
    fetches: u32,
    /// How often either failed in a way that may pass.
    failures: u32,
    /// What it spent of the session's budget.
    spent: u32,
    /// When a token was last needed, and when a request was last sent.
    asked_at: Duration,
    sent_at: Duration,
    /// The token that the service refused. There is one, and then no other.
    rejected: Option<AccessToken>,
    /// Whether it has a place among the requests in flight.
    has_entered: bool,
    state: State,
    #[cfg(feature = "tracing")]
    span: tracing::Span,
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
    /// And the driver knows.
    Told,
}

/// How long a token may take to come while the old one can still be used: everybody waits for it.
const EARLY_FETCH: Duration = Duration::from_secs(2);

impl Call {
    pub(crate) fn new<O: Operation>(
        operation: &O,
        options: &CallOptions,
        session: Arc<Shared>,
        now: Now,
        random: Random,
    ) -> Result<Self, Error> {
        let configuration = &session.configuration;
        let request = request(operation, options, &session).map_err(|error| Error::request(O::INFO.name, error))?;
        let timeout = options.timeout_or(configuration.timeout).map_err(|error| Error::request(O::INFO.name, error))?;
        let acts = O::INFO.idempotency == Idempotency::NotIdempotent;
        Ok(Self {
            info: O::INFO,
            request,
            about: operation.device_authentication_id().filter(|_| acts).cloned(),
            started: now.monotonic,
            deadline: now.monotonic.saturating_add(timeout),
            policy: options.retry_or(&configuration.retry),
            random,
            attempts: 0,
            fetches: 0,
            failures: 0,
            spent: 0,
            asked_at: now.monotonic,
            sent_at: now.monotonic,
            rejected: None,
            has_entered: session.configuration.max_in_flight.is_none(),
            state: State::Unauthorized,
            #[cfg(feature = "tracing")]
            span: crate::span::of(O::INFO),
            session,
        })
    }

    /// The span of this call: what is done for it belongs in there.
    #[cfg(feature = "tracing")]
    #[must_use]
    pub fn span(&self) -> &tracing::Span {
        &self.span
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
            State::Unauthorized if now.monotonic < self.deadline => {
                self.asked_at = now.monotonic;
                Action::Authorize
            }
            State::Authorized(_) if now.monotonic < self.deadline && !self.has_entered => {
                Action::Enter(self.deadline - now.monotonic)
            }
            State::Authorized(token) if now.monotonic < self.deadline => {
                let mut request = self.request.clone();
                request.headers_mut().insert(header::AUTHORIZATION, token.bearer());
                let timeout = self.timeout(now);
                self.attempts += 1;
                self.sent_at = now.monotonic;
                Action::Send(Outgoing { request, timeout })
            }
            _ => Action::Done(self.end(now)),
        }
    }

    /// Takes the token from the cache, or says how one is to be had. Hold the cache's lock until that is reported.
    #[must_use]
    pub fn authorize(&mut self, now: Now, tokens: &mut TokenCache) -> Option<TokenFetch> {
        if !matches!(self.state, State::Unauthorized) {
            return None;
        }
        tokens.serve(&self.session);
        if let Some(token) = tokens.get(now, self.rejected.as_ref()) {
            self.state = State::Authorized(token);
            return None;
        }
        if let Some((error, verdict)) = tokens.failure_since(self.asked_at) {
            self.failed(now, Cause::Token(error), verdict, None);
            return None;
        }
        // Others may have held the lock for long; `next` ends the call if that took too long.
        let left = self.deadline.saturating_sub(now.monotonic).min(self.session.configuration.attempt_timeout);
        if left.is_zero() {
            return None;
        }
        let timeout = if tokens.has_reserve(now, self.rejected.as_ref()) { left.min(EARLY_FETCH) } else { left };
        self.fetches += 1;
        self.sent_at = now.monotonic;
        match tokens.request(now) {
            Ok(Some(request)) => Some(TokenFetch::Send(Outgoing { request, timeout })),
            Ok(None) => Some(TokenFetch::Ask(TokenDemand { timeout, renew: self.rejected.is_some() })),
            Err(error) => {
                let error = Error::request(TokenCache::INFO.name, error);
                self.state = State::Ended(Err(self.error(now, Cause::Token(error), Verdict::Stop(None))));
                None
            }
        }
    }

    /// Reports what came for [`TokenFetch::Send`].
    pub fn token_received(
        &mut self,
        now: Now,
        tokens: &mut TokenCache,
        response: Result<Response<Bytes>, TransportError>,
    ) {
        self.tell_attempt(now, TokenCache::INFO.name, self.fetches, &response);
        let token = tokens.received(now, self.rejected.as_ref(), response);
        self.authorized(now, tokens, token);
    }

    /// Reports what your own source said to [`TokenFetch::Ask`].
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
            Ok(token) => self.state = State::Authorized(token),
            // A token can be asked for again without harm.
            Err(cause) => {
                let verdict = retry::verdict(&TokenCache::INFO, &cause, now);
                let progress = Progress { attempts: self.fetches, ..self.progress(now) };
                let error = Error::of_call(&TokenCache::INFO, cause, verdict, progress, None);
                tokens.failed(now, error.clone(), verdict);
                self.failed(now, Cause::Token(error), verdict, None);
            }
        }
    }

    /// Reports that there is a place for [`Action::Enter`]. What is sent then has the time that is left.
    pub fn entered(&mut self) {
        self.has_entered = true;
    }

    /// Reports what came for the request of [`Action::Send`].
    pub fn received(&mut self, now: Now, response: Result<Response<Bytes>, TransportError>) {
        let State::Authorized(token) = &self.state else {
            return;
        };
        let token = token.clone();
        self.has_entered = self.session.configuration.max_in_flight.is_none();
        self.tell_attempt(now, self.info.name, self.attempts, &response);
        match response {
            // The token may have died before its time, or is of the wrong kind: one fresh one tells.
            Ok(response)
                if response.status() == StatusCode::UNAUTHORIZED
                    && self.rejected.is_none()
                    && self.session.configuration.credentials.fixed_token().is_none()
                    && now.monotonic < self.deadline =>
            {
                self.rejected = Some(token);
                self.state = State::Unauthorized;
            }
            Ok(response) if response.status().is_success() => {
                self.session.budget.bring_back(self.spent.max(1));
                self.state = State::Ended(Ok(Answer::new(response, self.progress(now), self.about.take())));
            }
            response => {
                let cause = response
                    .map_or_else(Cause::Transport, |response| Cause::Response(ResponseError::refused(response)));
                let verdict = retry::verdict(self.info, &cause, now);
                self.failed(now, cause, verdict, Some(token));
            }
        }
    }

    /// Goes on after a wait, if that is safe, allowed and in time; otherwise this is the end.
    fn failed(&mut self, now: Now, cause: Cause, verdict: Verdict, token: Option<AccessToken>) {
        self.state = match self.wait(now, &cause, verdict) {
            Some(wait) => {
                self.tell(&CallEvent::Wait { operation: self.info.name, wait, asked: verdict.asked() });
                State::Waiting { until: now.monotonic.saturating_add(wait), token, failure: cause }
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
            && self.session.budget.spend(cost);
        self.spent += if is_allowed { cost } else { 0 };
        is_allowed.then_some(wait)
    }

    /// What may be sent again has a part of the time, what may not has all of it.
    fn timeout(&self, now: Now) -> Duration {
        let left = self.deadline - now.monotonic;
        match self.info.idempotency {
            Idempotency::Idempotent => left.min(self.session.configuration.attempt_timeout),
            Idempotency::NotIdempotent => left,
        }
    }

    fn end(&mut self, now: Now) -> Result<Answer, Error> {
        let late = |call: &Self| Err(call.error(now, Cause::DeadlineExceeded, Verdict::Again(None)));
        let end = match std::mem::replace(&mut self.state, State::Told) {
            State::Ended(end) => end,
            State::Waiting { failure, .. } => Err(self.error(now, failure, Verdict::Again(None))),
            State::Unauthorized | State::Authorized(_) => late(self),
            State::Told => return late(self),
        };
        let (outcome, correlation_id) = match &end {
            Ok(answer) => (Ok(answer.response().status()), answer.correlation_id()),
            Err(error) => (Err(error), error.correlation_id()),
        };
        let Progress { attempts, elapsed, .. } = self.progress(now);
        self.tell(&CallEvent::End { operation: self.info.name, attempts, elapsed, outcome, correlation_id });
        end
    }

    fn error(&self, now: Now, cause: Cause, verdict: Verdict) -> Error {
        Error::of_call(self.info, cause, verdict, self.progress(now), self.about.clone())
    }

    fn progress(&self, now: Now) -> Progress {
        let elapsed = now.monotonic.saturating_sub(self.started);
        Progress { attempts: self.attempts, elapsed, has_renewed: self.rejected.is_some() }
    }

    fn tell_attempt(
        &self,
        now: Now,
        operation: &'static str,
        attempt: u32,
        response: &Result<Response<Bytes>, TransportError>,
    ) {
        let (outcome, correlation_id) = match response {
            Ok(response) => (Ok(response.status()), correlation_id(response.headers())),
            Err(error) => (Err(error), error.correlation_id()),
        };
        let took = now.monotonic.saturating_sub(self.sent_at);
        self.tell(&CallEvent::Attempt { operation, attempt, took, outcome, correlation_id });
    }

    fn tell(&self, event: &CallEvent<'_>) {
        #[cfg(feature = "tracing")]
        crate::span::tell(&self.span, event);
        self.session.configuration.observed.tell(event);
    }
}

/// The request but for its token, which goes to the environment's own host only.
fn request<O: Operation>(
    operation: &O,
    options: &CallOptions,
    session: &Shared,
) -> Result<Request<Bytes>, RequestError> {
    let environment = &session.configuration.environment;
    let mut request = operation.request(environment)?;
    if !environment.owns(request.uri()) {
        return Err(RequestError::new("operation", "is addressed to a host that is not the environment's"));
    }
    headers::dress(request.headers_mut(), session.user_agent.clone());
    options.dress(request.headers_mut())?;
    Ok(request)
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Unauthorized => "unauthorized",
            State::Authorized(_) => "authorized",
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
