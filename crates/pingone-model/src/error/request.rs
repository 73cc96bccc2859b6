use std::{error::Error, fmt};

use super::Problem;

/// An argument is wrong, so no request can be built. Nothing was sent.
///
/// It names the argument and never shows its value, which may be personal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestError {
    argument: &'static str,
    message: &'static str,
    is_code: bool,
}

impl RequestError {
    /// For operations of your own; `message` goes on after the argument's name: "is empty: pass …".
    #[must_use]
    pub const fn new(argument: &'static str, message: &'static str) -> Self {
        Self { argument, message, is_code: false }
    }

    /// For a one-time passcode that no service needs to see to know that it is wrong.
    pub(crate) const fn wrong_code(message: &'static str) -> Self {
        Self { argument: "otp", message, is_code: true }
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

    /// What it means for the user. An empty code is a [wrong](Problem::WrongCode) one, and used up no attempt; anything
    /// else is the program's fault.
    #[must_use]
    pub const fn problem(&self) -> Problem {
        if self.is_code { Problem::WrongCode { attempts_remaining: None } } else { Problem::BadRequest }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.argument, self.message)
    }
}

impl Error for RequestError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_code_of_the_user_s_is_a_wrong_code() {
        let wrong_code = Problem::WrongCode { attempts_remaining: None };
        assert_eq!(RequestError::wrong_code("is empty").problem(), wrong_code);
        assert_eq!(RequestError::new("otp", "cannot be sent in a header").problem(), Problem::BadRequest);
    }
}
