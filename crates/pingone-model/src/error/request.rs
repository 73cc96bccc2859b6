use std::{error::Error, fmt};

/// An argument is wrong, so no request can be built. Nothing was sent.
///
/// It names the argument and never shows its value, which may be personal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestError {
    argument: &'static str,
    message: &'static str,
}

impl RequestError {
    /// For operations of your own; `message` goes on after the argument's name: "is empty: pass …".
    #[must_use]
    pub const fn new(argument: &'static str, message: &'static str) -> Self {
        Self { argument, message }
    }

    /// The argument's name, such as `user_id`.
    #[must_use]
    pub const fn argument(&self) -> &'static str {
        self.argument
    }

    /// What is wrong with it, and what to do. It goes on after the argument's name, or after what you call it.
    #[must_use]
    pub const fn message(&self) -> &'static str {
        self.message
    }
}

/// What the argument is called that the user entered.
pub(crate) const OTP: &str = "otp";

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.argument, self.message)
    }
}

impl Error for RequestError {}
