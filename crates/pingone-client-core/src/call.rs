use std::{fmt, time::Duration};

use bytes::Bytes;
use http::{Request, Response, StatusCode, header::RETRY_AFTER};
use pingone_model::{Environment, Idempotency, Operation, OperationInfo, RequestError, ResponseError};

use crate::{AccessToken, Error, Now, TokenCache, TransportError, headers};

/// One operation on its way: token, sending, one fresh token if the service refuses it, within a deadline.
///
/// A driver asks [`next`](Self::next), does what the [`Action`] says, reports the outcome, and asks again until it is
/// [`Action::Done`]. The call reads no clock and does no I/O.
///
/// It is not generic: [`Call::read`] turns the response into the operation's reply.
pub struct Call {
    info: &'static OperationInfo,
    request: Request<Bytes>,
    deadline: Duration,
    state: State,
}

enum State {
    /// A token is needed, and not the one that was rejected.
    Unauthorized { rejected: Option<AccessToken> },
    /// The request can be sent; whether its token may be replaced once more.
    Authorized { token: AccessToken, replaceable: bool },
    /// It is over.
    Ended(Result<Response<Bytes>, Error>),
}

/// What the driver has to do for a [`Call`].
#[derive(Debug)]
pub enum Action {
    /// Lock the token cache and call [`Call::authorize`], or bring a token of your own to [`Call::authorized`].
    Authorize,
    /// Send this, and report to [`Call::received`].
    Send(Outgoing),
    /// Nothing: this is the end of the call.
    Done(Result<Response<Bytes>, Error>),
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
    /// A call that has to be over at `deadline`, on the scale of [`Now::monotonic`].
    ///
    /// # Errors
    ///
    /// No request can be built, or it would take the token to a host that is not the environment's.
    pub fn new<O: Operation>(operation: &O, environment: &Environment, deadline: Duration) -> Result<Self, Error> {
        let request = operation.request(environment).and_then(|request| {
            let stranger = RequestError::new("operation", "is addressed to a host that is not the environment's");
            environment.owns(request.uri()).then_some(request).ok_or(stranger)
        });
        let mut request = request.map_err(|error| Error::request(O::INFO.name, error))?;
        headers::dress(request.headers_mut(), None);
        Ok(Self { info: O::INFO, request, deadline, state: State::Unauthorized { rejected: None } })
    }

    /// What has to be done now. The end is told once.
    pub fn next(&mut self, now: Now) -> Action {
        match &self.state {
            State::Ended(_) => Action::Done(self.end()),
            _ if now.monotonic >= self.deadline => Action::Done(self.end()),
            State::Unauthorized { .. } => Action::Authorize,
            State::Authorized { token, .. } => {
                let mut request = self.request.clone();
                headers::dress(request.headers_mut(), Some(token.bearer()));
                Action::Send(Outgoing { request, timeout: self.deadline - now.monotonic })
            }
        }
    }

    /// Takes the token from the cache, or says which request brings a new one; its response goes to
    /// [`token_received`](Self::token_received). Hold the cache's lock until then.
    #[must_use]
    pub fn authorize(&mut self, now: Now, tokens: &TokenCache) -> Option<Outgoing> {
        let rejected = match &self.state {
            State::Unauthorized { rejected } => rejected.as_ref(),
            State::Authorized { .. } | State::Ended(_) => return None,
        };
        if let Some(token) = tokens.get(now, rejected) {
            self.authorized(Ok(token));
            return None;
        }
        // Others may have held the lock for long; `next` ends the call if that took too long.
        let timeout = self.deadline.saturating_sub(now.monotonic);
        (!timeout.is_zero()).then(|| Outgoing { request: tokens.request(), timeout })
    }

    /// Reports what came for the request of [`authorize`](Self::authorize).
    pub fn token_received(
        &mut self,
        now: Now,
        tokens: &mut TokenCache,
        response: Result<Response<Bytes>, TransportError>,
    ) {
        self.authorized(tokens.received(now, response));
    }

    /// Reports a token of your own, or that there is none.
    pub fn authorized(&mut self, token: Result<AccessToken, Error>) {
        if let State::Unauthorized { rejected } = &self.state {
            self.state = match token {
                Ok(token) => State::Authorized { token, replaceable: rejected.is_none() },
                Err(error) => State::Ended(Err(Error::token(self.info.name, error))),
            };
        }
    }

    /// Reports what came for the request of [`Action::Send`].
    pub fn received(&mut self, now: Now, response: Result<Response<Bytes>, TransportError>) {
        let State::Authorized { token, replaceable } = &self.state else {
            return;
        };
        let replaceable = *replaceable && now.monotonic < self.deadline;
        self.state = match response {
            // The token may have died before its time, or is of the wrong kind: one fresh one tells.
            Ok(response) if response.status() == StatusCode::UNAUTHORIZED && replaceable => {
                State::Unauthorized { rejected: Some(token.clone()) }
            }
            Ok(response) => State::Ended(Ok(response)),
            Err(error) => {
                let maybe_applied = acts(self.info) && error.maybe_reached();
                State::Ended(Err(Error::transport(self.info.name, error, maybe_applied)))
            }
        };
    }

    /// Reads the response at the end of a call of `O`.
    ///
    /// # Errors
    ///
    /// The service refused, or its reply cannot be read.
    pub fn read<O: Operation>(response: Response<Bytes>) -> Result<O::Output, Error> {
        O::read(response).map_err(|error| {
            let maybe_applied = acts(O::INFO) && leaves_effect_open(&error);
            Error::response(O::INFO.name, error, maybe_applied)
        })
    }

    fn end(&mut self) -> Result<Response<Bytes>, Error> {
        let over = State::Ended(Err(Error::deadline_exceeded(self.info.name)));
        match std::mem::replace(&mut self.state, over) {
            State::Ended(end) => end,
            State::Unauthorized { .. } | State::Authorized { .. } => Err(Error::deadline_exceeded(self.info.name)),
        }
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Unauthorized { .. } => "unauthorized",
            State::Authorized { .. } => "authorized",
            State::Ended(_) => "ended",
        };
        f.debug_struct("Call")
            .field("operation", &self.info.name)
            .field("state", &state)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}

fn acts(info: &OperationInfo) -> bool {
    info.idempotency == Idempotency::NotIdempotent
}

/// A refusal by the client's fault had no effect, nor had one that says when to come again; anything else that is no
/// reply (a gateway's page, a fault half-way) leaves it open.
fn leaves_effect_open(error: &ResponseError) -> bool {
    let status = error.status();
    let refused = status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT;
    let put_off = status == StatusCode::SERVICE_UNAVAILABLE && error.headers().contains_key(RETRY_AFTER);
    !refused && !put_off
}
