use std::{
    fmt,
    time::{Duration, SystemTime},
};

use crate::DeviceId;

/// What a refusal means: what to tell the user, and what can be done next.
///
/// [`ResponseError::problem`](crate::ResponseError::problem) finds it. What is special to an operation, such as
/// [`Gone`](Self::Gone), is only found if the error came from that operation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The one-time passcode is wrong, or empty. The entry stays open: let the user try again. An
    /// example is at [`CheckOtp`](crate::CheckOtp#a-wrong-code).
    #[non_exhaustive]
    WrongCode {
        /// How many tries are left, if the service says so (*seen*). It is never 0: that is [`NoTriesLeft`](Self::NoTriesLeft).
        attempts_remaining: Option<u64>,
    },
    /// The last try was wrong; begin again, or continue with another device.
    NoTriesLeft,
    /// Too many codes were sent or tried; a device cannot be used for now.
    #[non_exhaustive]
    Locked {
        /// Until when, in milliseconds since 1970, if the service says so (*seen*).
        until: Option<u64>,
    },
    /// It has expired, or never existed; begin again.
    Gone,
    /// The environment, or something that the request names, such as a user, is unknown. Beginning again does not help.
    NotFound,
    /// Somebody was quicker: it is no longer in the state that the operation needs (*assumed*). Read it to learn its
    /// state, and continue from there.
    OutOfStep,
    /// The user said no, or failed the check (*inferred*); the authentication is over.
    Denied,
    /// The user's account cannot be used: it is locked or disabled, and no other device helps.
    AccountNotUsable,
    /// It already exists, such as a user with this name: choose another name, or use the existing one.
    #[non_exhaustive]
    Taken {
        /// Which part of the request is meant, such as `username`, if the service says so.
        target: Option<Box<str>>,
        /// The id of the existing one, if the service says so. You may not be allowed to read it.
        existing_id: Option<Box<str>>,
    },
    /// The limit is reached, such as that of a user's devices; remove one first.
    #[non_exhaustive]
    LimitReached {
        /// How many are allowed, if the service says so.
        maximum: Option<u64>,
    },
    /// None of the user's devices can be used.
    #[non_exhaustive]
    NoUsableDevice {
        /// Those that are locked or blocked, if the service says so.
        unavailable: Vec<DeviceId>,
    },
    /// Too many requests; retry later.
    #[non_exhaustive]
    Throttled {
        /// When, if the service says so.
        retry_after: Option<RetryAfter>,
    },
    /// The access token is expired or of the wrong kind, or the credentials for one are wrong.
    TokenRefused,
    /// The application lacks a role, or the environment a licence.
    NotPermitted,
    /// The request is wrong; sending it again will not help.
    BadRequest,
    /// The service, or something in front of it, has failed or cannot be reached.
    Unavailable,
    /// None of these: look at the codes.
    Other,
}

impl Problem {
    /// Its name, such as `wrong_code`, for the label of a metric.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::WrongCode { .. } => "wrong_code",
            Self::NoTriesLeft => "no_tries_left",
            Self::Locked { .. } => "locked",
            Self::Gone => "gone",
            Self::NotFound => "not_found",
            Self::OutOfStep => "out_of_step",
            Self::Denied => "denied",
            Self::AccountNotUsable => "account_not_usable",
            Self::Taken { .. } => "taken",
            Self::LimitReached { .. } => "limit_reached",
            Self::NoUsableDevice { .. } => "no_usable_device",
            Self::Throttled { .. } => "throttled",
            Self::TokenRefused => "token_refused",
            Self::NotPermitted => "not_permitted",
            Self::BadRequest => "bad_request",
            Self::Unavailable => "unavailable",
            Self::Other => "other",
        }
    }
}

/// The name only, without numbers and ids.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// When to retry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// After this long.
    Delay(Duration),
    /// At this time.
    At(SystemTime),
}
