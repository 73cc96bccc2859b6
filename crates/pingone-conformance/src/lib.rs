//! Checks whether a service behaves as PingOne MFA is documented to, for **device authentications**, users and their
//! devices. It is a list of entries, each of which tests one rule.
//!
//! ```sh
//! cargo add --dev pingone-conformance
//! ```
//!
//! The list is a client like any other. It knows the service by HTTP and the rules by their names, and shares no code
//! with any service: its expectations were written from the documentation. A [`Target`] is a function from a request to
//! a response, so that an emulator can be checked in memory, and a tenant over the network (feature `http`).
//!
//! ```
//! use http::{Request, Response, StatusCode};
//! use pingone_conformance::{Target, check};
//!
//! // A service that refuses everything cannot be checked.
//! let refuse = |_: Request<Vec<u8>>| {
//!     let mut response = Response::new(Vec::new());
//!     *response.status_mut() = StatusCode::FORBIDDEN;
//!     Ok(response)
//! };
//! let error = check(&Target::emulator("http://service.example", refuse)).unwrap_err();
//! assert_eq!(error.to_string(), "http://service.example/_emulator/ cannot be used: 403");
//!
//! // What is tested, and the rule of each entry.
//! assert!(pingone_conformance::entries().any(|entry| entry.rule() == "wrong-code-is-400"));
//! ```
//!
//! # What a target needs
//!
//! - **An emulator** has control paths below `/_emulator`, with which entries create users, answer pushes and move the clock.
//!   Every entry begins from the same state, and the emulator ends as it was.
//! - **A tenant** is checked as far as that does no harm: by one-time devices in test mode, to which nothing is sent. What
//!   needs a phone, a clock or a passkey is *not applicable*.

mod authenticator;
mod control;
mod devices;
mod emulated;
mod entries;
mod entry;
#[cfg(feature = "http")]
mod http;
mod reply;
mod report;
mod session;
mod target;
mod tenant;
mod verdict;

use std::{error::Error, fmt};

#[cfg(feature = "http")]
pub use self::http::over_http;
pub use self::{
    authenticator::{Authenticator, AuthenticatorError},
    entry::Entry,
    report::{EntryReport, Outcome, Report},
    target::{Carried, Target},
    tenant::{Tenant, TenantError},
};
use self::{session::Session, verdict::Verdict};

/// Every entry, in the order in which they are tried.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    entries::all()
}

/// Goes through the whole list. Every entry starts from the same state; that of an emulator is restored at the end.
///
/// # Errors
///
/// When there is nothing to check: nobody answers at the address, or gives a token.
pub fn check(target: &Target<'_>) -> Result<Report, CheckError> {
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

    #[test]
    fn every_entry_has_a_name_of_its_own() {
        let mut names = BTreeSet::new();
        for entry in super::entries() {
            assert!(names.insert((entry.rule(), entry.name())), "{:?} comes twice", entry.name());
        }
        assert!(names.len() >= 150, "{}", names.len());
    }
}
