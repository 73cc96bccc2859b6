use std::{error, fmt, sync::Arc, time::Duration};

use http::StatusCode;
use pingone_model::{
    Environment, FollowUp, Idempotency, Operation, OperationInfo, Problem, RequestError, ResponseError,
};

use crate::{
    Now, TransportError,
    retry::{self, Verdict},
};

/// Why a call returned no reply.
///
/// Ask [`problem`](Self::problem) what it means for the user, such as a wrong code that they can enter again,
/// [`maybe_applied`](Self::maybe_applied) whether the operation may have had its effect, and [`follow_up`](Self::follow_up) for
/// the read that tells. The [guide](crate::guide::errors) has a table of all three.
///
/// `Display` is one line for a log, without the service's texts and without personal data;
/// [`source`](error::Error::source) goes on from there.
#[derive(Clone)]
pub struct Error(Arc<Inner>);

struct Inner {
    operation: &'static OperationInfo,
    cause: Cause,
    maybe_applied: bool,
    verdict: Verdict,
    progress: Progress,
}

#[derive(Debug)]
pub(crate) enum Cause {
    Request(RequestError),
    Token(TokenError),
    Source(Arc<dyn error::Error + Send + Sync>),
    Transport(TransportError),
    Response(ResponseError),
    DeadlineExceeded,
}

/// Why there is no token.
#[derive(Debug)]
pub(crate) struct TokenError {
    error: Error,
    /// What to check, if the service does not know the environment.
    environment: Option<Box<str>>,
}

impl TokenError {
    pub(crate) fn new(error: Error, environment: &Environment) -> Self {
        let is_unknown = error.status() == Some(StatusCode::NOT_FOUND);
        let environment = is_unknown.then(|| match environment.region() {
            Some(region) => format!("{} in region {region}", environment.id()).into(),
            None => environment.to_string().into(),
        });
        Self { error, environment }
    }
}

/// Short, with what to do.
impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no access token: ")?;
        let Cause::Response(error) = &self.error.0.cause else { return self.error.0.cause.fmt(f) };
        if error.status().is_success() {
            return error.fmt(f);
        }
        write!(f, "{}", error.status().as_u16())?;
        for code in error.codes() {
            write!(f, " {code}")?;
        }
        match &self.environment {
            Some(environment) => write!(f, " (does environment {environment} exist?)"),
            None if error.problem() == Problem::TokenRefused => {
                f.write_str(" (check the client id, secret and authentication method)")
            }
            None => Ok(()),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Token(error) => error.fmt(f),
            Self::Source(_) => f.write_str("the token source returned no token"),
            Self::Transport(error) => error.fmt(f),
            Self::Response(error) => error.fmt(f),
            Self::DeadlineExceeded => f.write_str("the deadline passed before the call could be sent"),
        }
    }
}

impl Cause {
    /// What it means for a retry.
    pub(crate) fn verdict(&self, info: &OperationInfo, now: Now) -> Verdict {
        match self {
            Self::Transport(error) => retry::of_transport(info, error),
            Self::Response(error) => retry::of_response(info, error, now),
            Self::Request(_) | Self::Token(_) | Self::Source(_) | Self::DeadlineExceeded => Verdict::Stop(None),
        }
    }
}

/// How far a call got.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Progress {
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
    /// Whether a token was refused, and a fresh one fetched.
    pub(crate) has_renewed: bool,
}

/// What kind of error it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No request could be built, and none was sent: an argument is wrong.
    Request,
    /// There is no access token; the source says why. The operation was not sent, or was refused because of its token.
    Token,
    /// No complete response arrived.
    Transport,
    /// The service refused, or its reply cannot be read.
    Response,
    /// The deadline passed before the call could be sent.
    DeadlineExceeded,
}

impl ErrorKind {
    /// Its name, such as `deadline_exceeded`, for the label of a metric.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Token => "token",
            Self::Transport => "transport",
            Self::Response => "response",
            Self::DeadlineExceeded => "deadline_exceeded",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Error {
    pub(crate) fn request(operation: &'static OperationInfo, error: RequestError) -> Self {
        Self::of_call(operation, Cause::Request(error), Verdict::Stop(None), Progress::default())
    }

    pub(crate) fn of_call(
        operation: &'static OperationInfo,
        cause: Cause,
        verdict: Verdict,
        progress: Progress,
    ) -> Self {
        let maybe_applied = operation.idempotency != Idempotency::Safe
            && match &cause {
                Cause::Transport(error) => error.maybe_reached(),
                Cause::Response(error) => retry::leaves_effect_open(error),
                Cause::Request(_) | Cause::Token(_) | Cause::Source(_) | Cause::DeadlineExceeded => false,
            };
        Self(Arc::new(Inner { operation, cause, maybe_applied, verdict, progress }))
    }

    /// What kind of error it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match &self.0.cause {
            Cause::Request(_) => ErrorKind::Request,
            Cause::Token(_) | Cause::Source(_) => ErrorKind::Token,
            Cause::Transport(_) => ErrorKind::Transport,
            Cause::Response(_) => ErrorKind::Response,
            Cause::DeadlineExceeded => ErrorKind::DeadlineExceeded,
        }
    }

    /// The operation's name, `resource.operation`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation.name
    }

    /// What it means for the user, and for what can be done next, whichever kind it is.
    ///
    /// ```
    /// use pingone_client_core::Error;
    /// use pingone_model::Problem;
    ///
    /// /// Whether the entry of a code stays open, so that the user can try again.
    /// fn stays_open(error: &Error) -> bool {
    ///     matches!(error.problem(), Problem::WrongCode { .. })
    /// }
    /// ```
    #[must_use]
    pub fn problem(&self) -> Problem {
        match &self.0.cause {
            Cause::Response(error) => error.problem(),
            Cause::Token(token) => token.error.problem(),
            Cause::Request(error) => error.problem(),
            Cause::Source(_) | Cause::Transport(_) | Cause::DeadlineExceeded => Problem::Unavailable,
        }
    }

    /// Whether the operation may have taken effect although no reply says so. [Read](Self::follow_up) to learn what
    /// happened; do not just send the operation again, which could send a second push or burn an attempt.
    #[must_use]
    pub fn maybe_applied(&self) -> bool {
        self.0.maybe_applied
    }

    /// The read that tells what became of `operation`, which ended with this error: if it [may have been
    /// applied](Self::maybe_applied), or was refused because [somebody was quicker](Problem::OutOfStep).
    ///
    /// An operation that creates something has none, because without its reply nobody knows the new id. Only a user can
    /// be found again, by name.
    #[must_use]
    pub fn follow_up<O: FollowUp>(&self, operation: &O) -> Option<O::Read> {
        let is_of = self.operation() == <O as Operation>::INFO.name;
        let is_open = self.maybe_applied() || self.problem() == Problem::OutOfStep;
        (is_of && is_open).then(|| operation.follow_up())
    }

    /// Whether the service refused the access token, and a fresh one too if there was one: it is of the wrong kind,
    /// such as a user's instead of a worker application's, or it is for another environment.
    #[must_use]
    pub fn is_token_refused(&self) -> bool {
        let is_401 = self.status() == Some(StatusCode::UNAUTHORIZED);
        self.kind() == ErrorKind::Response && is_401 && self.0.operation.needs_token
    }

    /// How long to wait before trying again, if the service said so: it asked for a longer wait than the call could
    /// make, or for one after which it will still refuse this call.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.0.cause {
            Cause::Token(token) => token.error.retry_after(),
            _ => self.0.verdict.asked(),
        }
    }

    /// Whether it may be temporary.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(self.0.verdict, Verdict::Again(_))
    }

    /// Whether it is temporary, because the service only wants fewer requests.
    pub(crate) fn is_throttled(&self) -> bool {
        self.may_pass() && self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// How often the operation was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.progress.attempts
    }

    /// How long the call took.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.progress.elapsed
    }

    /// The argument that is wrong.
    #[must_use]
    pub fn request_error(&self) -> Option<&RequestError> {
        match &self.0.cause {
            Cause::Request(error) => Some(error),
            _ => None,
        }
    }

    /// What the service answered; for a token, what the token endpoint answered.
    #[must_use]
    pub fn response_error(&self) -> Option<&ResponseError> {
        match &self.0.cause {
            Cause::Response(error) => Some(error),
            Cause::Token(token) => token.error.response_error(),
            Cause::Request(_) | Cause::Source(_) | Cause::Transport(_) | Cause::DeadlineExceeded => None,
        }
    }

    /// The HTTP status, if a response arrived at least in part.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match &self.0.cause {
            Cause::Response(error) => Some(error.status()),
            Cause::Transport(error) => error.status(),
            Cause::Token(token) => token.error.status(),
            Cause::Request(_) | Cause::Source(_) | Cause::DeadlineExceeded => None,
        }
    }

    /// The service's id of the request, which the vendor's support asks for.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        match &self.0.cause {
            Cause::Response(error) => error.correlation_id(),
            Cause::Transport(error) => error.correlation_id(),
            Cause::Token(token) => token.error.correlation_id(),
            Cause::Request(_) | Cause::Source(_) | Cause::DeadlineExceeded => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation(), self.0.cause)?;
        if self.is_token_refused() {
            let again = if self.0.progress.has_renewed { ", and so was a fresh one" } else { "" };
            write!(
                f,
                " (the access token was refused{again}: it may be of the wrong kind, or for another environment)"
            )?;
        }
        if self.attempts() > 1 {
            write!(f, ", after {} attempts", self.attempts())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("operation", &self.operation())
            .field("cause", &self.0.cause)
            .field("maybe_applied", &self.0.maybe_applied)
            .field("retry_after", &self.retry_after())
            .field("attempts", &self.attempts())
            .field("elapsed", &self.elapsed())
            .finish()
    }
}

/// `Display` already includes the cause, so the chain continues with the cause's own source.
impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.0.cause {
            Cause::Token(token) => Some(&token.error),
            Cause::Source(error) => Some(&**error),
            Cause::Transport(error) => error.source(),
            Cause::Response(error) => error.source(),
            Cause::Request(_) | Cause::DeadlineExceeded => None,
        }
    }
}
