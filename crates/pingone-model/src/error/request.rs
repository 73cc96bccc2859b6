use std::{error::Error, fmt};

/// An argument from which no request can be built. Nothing was sent.
///
/// It names the argument and never shows its value, which may be personal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestError {
    argument: &'static str,
    problem: &'static str,
}

impl RequestError {
    /// For operations of your own; `problem` goes on after the argument's name: "is empty: pass …".
    #[must_use]
    pub const fn new(argument: &'static str, problem: &'static str) -> Self {
        Self { argument, problem }
    }

    /// The argument's name, such as `user_id`.
    #[must_use]
    pub const fn argument(&self) -> &'static str {
        self.argument
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.argument, self.problem)
    }
}

impl Error for RequestError {}
