use std::{error::Error, fmt};

/// Data that cannot be used: where, what is wrong, and what to do about it.
///
/// Its text is one line, such as `users[0].devices[4].type: is missing; add it`. It repeats no value of the data, because that may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataError {
    /// Empty for the data as a whole.
    place: String,
    problem: String,
}

impl DataError {
    pub(crate) fn new(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { place: place.into(), problem: problem.into() }
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.place.is_empty() { "the data" } else { &self.place };
        write!(f, "{place}: {}", self.problem)
    }
}

impl Error for DataError {}
