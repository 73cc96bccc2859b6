//! The conformance list: what a service that follows the [rules](crate::rules) answers.
//!
//! It is a client like any other. What it expects is written down from the documentation, and it knows the service by
//! HTTP alone: if it asked the emulator's code, the two would share their mistakes.
//!
//! ```
//! use pingone_emulator::{Emulator, conformance::{Target, check}};
//!
//! let emulator = Emulator::start()?;
//! let report = check(&Target::emulator(emulator.auth_url()))?;
//! assert_eq!(report.failed(), 0, "{report}");
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

mod authenticator;
mod control;
mod devices;
mod emulated;
mod entries;
mod entry;
mod http;
mod reply;
mod report;
mod session;
mod target;

use std::{error::Error, fmt};

use log::{Level, log_enabled};

use self::{entry::Verdict, session::Session};
pub use self::{
    report::{EntryReport, Outcome, Report},
    target::{Target, Tenant, TenantError},
};

/// Goes through the whole list. Every entry starts from the same state; an emulator ends as it was.
///
/// # Errors
///
/// When there is nothing to check: nobody answers at the address, or gives a token. Also when the log would show tokens.
pub fn check(target: &Target) -> Result<Report, CheckError> {
    // ureq writes every byte that it sends or receives to the log at this level.
    if log_enabled!(target: "ureq_proto::util", Level::Trace) {
        let problem = "the log would show tokens and codes: set the level of the target `ureq_proto` to DEBUG";
        return Err(CheckError::new(problem));
    }
    let session = Session::open(target)?;
    let mut entries = Vec::new();
    for entry in entries::all() {
        session.start_over()?;
        let outcome = match (entry.run)(&session) {
            Ok(()) => Outcome::Passed,
            Err(Verdict::Differs { expected, seen }) => Outcome::Failed { expected, seen },
            Err(Verdict::NotApplicable(reason)) => Outcome::NotApplicable { reason },
        };
        entries.push(EntryReport::new(entry, outcome));
    }
    session.close()?;
    Ok(Report::new(entries))
}

/// The check could not begin, or not go on.
#[derive(Debug)]
pub struct CheckError {
    message: String,
}

impl CheckError {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for CheckError {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::entries;
    use crate::rules;

    #[test]
    fn every_entry_has_a_name_of_its_own_and_a_rule_of_the_table() {
        let known: BTreeSet<&str> = rules().map(|rule| rule.name()).collect();
        let mut names = BTreeSet::new();
        for entry in entries::all() {
            assert!(known.contains(entry.rule), "{} is no rule", entry.rule);
            assert!(names.insert(entry.name), "{:?} comes twice", entry.name);
        }
        assert!(names.len() >= 60, "{}", names.len());
    }

    #[test]
    fn every_rule_has_an_entry() {
        let checked: BTreeSet<&str> = entries::all().map(|entry| entry.rule).collect();
        for rule in rules() {
            assert!(checked.contains(rule.name()), "{}", rule.name());
        }
    }
}
