//! An entry of the list.

use std::fmt::Display;

use super::session::Session;

/// Something that is tried, and the rule that says how it ends.
pub(super) struct Entry {
    /// The rule's name in the table.
    pub(super) rule: &'static str,
    /// What is seen where the rule holds.
    pub(super) name: &'static str,
    pub(super) run: fn(&Session) -> Try,
}

pub(super) const fn entry(rule: &'static str, name: &'static str, run: fn(&Session) -> Try) -> Entry {
    Entry { rule, name, run }
}

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
