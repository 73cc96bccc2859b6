//! What went wrong, in words for the user.

use axum::http::StatusCode;
use pingone_async::{Error, ErrorKind, Problem};

use super::{choice::for_minutes, limits::Refused, store::Unavailable};

/// A message for the user, and the response's status.
pub(crate) struct Notice {
    pub(crate) status: StatusCode,
    pub(crate) text: String,
}

impl Notice {
    pub(crate) fn new(status: StatusCode, text: impl Into<String>) -> Self {
        Self { status, text: text.into() }
    }

    /// Something that logging in depends on is down.
    pub(crate) fn unavailable() -> Self {
        Self::of(&Problem::Unavailable)
    }

    /// What to tell the user about a call that brought no reply.
    pub(crate) fn of_error(error: &Error) -> Self {
        match (error.kind(), error.problem()) {
            (ErrorKind::Request, Problem::BadRequest) => Self::not_valid(),
            (_, problem) => Self::of(&problem),
        }
    }

    /// The same for changes to the user's devices, where the cause is mostly what they entered or chose.
    pub(crate) fn of_change(error: &Error) -> Self {
        match error.problem() {
            Problem::BadRequest => Self::not_valid(),
            Problem::NotFound | Problem::Gone => Self::new(StatusCode::NOT_FOUND, "That device no longer exists."),
            Problem::Taken { .. } => Self::new(StatusCode::CONFLICT, "That device is already registered."),
            Problem::OutOfStep => Self::new(StatusCode::CONFLICT, "That device is already active."),
            Problem::LimitReached { maximum: Some(most), .. } => Self::new(
                StatusCode::CONFLICT,
                format!("You already have {most} devices, which is the limit. Remove one first."),
            ),
            Problem::LimitReached { .. } => {
                Self::new(StatusCode::CONFLICT, "You already have as many as allowed. Remove one, or try again later.")
            }
            Problem::Unavailable => Self::new(StatusCode::SERVICE_UNAVAILABLE, "That is not possible at the moment."),
            _ => Self::of_error(error),
        }
    }

    fn not_valid() -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "That is not valid. Check it, and try again.")
    }

    /// What to tell the user about a refusal; see the table in `docs/errors.md`.
    pub(crate) fn of(problem: &Problem) -> Self {
        match problem {
            Problem::WrongCode { attempts_remaining, .. } => {
                let tries = match attempts_remaining {
                    Some(1) => "One try is left.".to_owned(),
                    Some(tries) => format!("{tries} tries are left."),
                    None => "Try again.".to_owned(),
                };
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, format!("That code is wrong. {tries}"))
            }
            Problem::NoTriesLeft => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "That code is wrong, and it was the last try. Begin again.")
            }
            Problem::Locked { until, .. } => {
                let time = until.map_or("for a while".to_owned(), for_minutes);
                let text = format!("After too many tries this device is locked {time}. Another device may do.");
                Self::new(StatusCode::FORBIDDEN, text)
            }
            Problem::Gone => Self::new(StatusCode::GONE, "This log-in has expired."),
            Problem::OutOfStep => {
                Self::new(StatusCode::CONFLICT, "This log-in has already moved on. This is where it stands now.")
            }
            Problem::Denied => Self::new(StatusCode::FORBIDDEN, "The log-in was not approved. Nobody is logged in."),
            Problem::AccountNotUsable => {
                Self::new(StatusCode::FORBIDDEN, "Your account cannot be used now. Ask your administrator.")
            }
            Problem::NoUsableDevice { .. } => Self::new(
                StatusCode::FORBIDDEN,
                "None of your devices can be used at the moment. Try again later, or ask your administrator.",
            ),
            Problem::Throttled { .. } => {
                Self::new(StatusCode::TOO_MANY_REQUESTS, "Too many requests at once. Try again in a minute.")
            }
            _ => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "Logging in is not possible at the moment. Try again later.")
            }
        }
    }
}

impl From<Refused> for Notice {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::TooMany => Self::new(StatusCode::TOO_MANY_REQUESTS, "Too many attempts. Try again in 15 minutes."),
            Refused::Unavailable => Self::unavailable(),
        }
    }
}

impl From<Unavailable> for Notice {
    fn from(_: Unavailable) -> Self {
        Self::unavailable()
    }
}
