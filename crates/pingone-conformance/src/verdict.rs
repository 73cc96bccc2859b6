//! Whether things are as they should be.

use std::fmt::Display;

/// Whether things are as they should be.
pub(super) type Try<T = ()> = Result<T, Verdict>;

/// Why an entry does not pass.
pub(super) enum Verdict {
    Differs { expected: String, seen: String },
    NotApplicable(String),
}

pub(super) fn differs(expected: impl Display, seen: impl Display) -> Verdict {
    Verdict::Differs { expected: expected.to_string(), seen: seen.to_string() }
}

pub(super) fn not_applicable<T>(reason: impl Into<String>) -> Try<T> {
    Err(Verdict::NotApplicable(reason.into()))
}

/// `what` has to be `expected`. Neither may be a secret, since both are shown.
pub(super) fn same(what: &str, expected: impl Display, seen: impl Display) -> Try {
    let (expected, seen) = (expected.to_string(), seen.to_string());
    if expected == seen { Ok(()) } else { Err(differs(format!("{what} {expected}"), format!("{what} {seen}"))) }
}

/// For what is secret, or too long to be shown: the `expected` has to be there.
pub(super) fn holds(expected: &str, is_so: bool) -> Try {
    if is_so { Ok(()) } else { Err(differs(expected, "something else")) }
}
