//! How often something may be done: per name, per address, and per cookie.
//!
//! This stops guessing, and keeps somebody who knows a password from making a phone ring all night. The price of a
//! limit per name is that anybody who knows the name can use up its tries, and so keep its owner from logging in by
//! password for a while. A passkey that identifies its user still works.

use std::time::Duration;

use super::{address::Address, service::Service, store::Unavailable, visit::VisitId};

/// The time for which each limit holds.
const WINDOW: Duration = Duration::from_secs(15 * 60);

/// The most within the window.
#[derive(Clone, Copy)]
struct Limit {
    what: &'static str,
    of_name: u64,
    of_address: u64,
}

/// Password checks.
const PASSWORDS: Limit = Limit { what: "passwords", of_name: 10, of_address: 100 };
/// Pushes and codes sent: when a log-in begins, to another device, and again. Adding a device counts as one.
const SENDINGS: Limit = Limit { what: "sendings", of_name: 10, of_address: 100 };
/// Codes and passkeys checked.
const CHECKS: Limit = Limit { what: "checks", of_name: 20, of_address: 200 };
/// Log-ins by a passkey that begin without a name, per address: one for each view of the first page.
const NAMELESS: u64 = 100;
/// Requests with the cookie of one log-in or session, most of which ask PingOne something. A person makes a few dozen,
/// and a waiting page makes 36.
const REQUESTS: u64 = 300;

/// Why something was not done.
#[derive(Clone, Copy)]
pub(crate) enum Refused {
    TooMany,
    Unavailable,
}

impl From<Unavailable> for Refused {
    fn from(_: Unavailable) -> Self {
        Self::Unavailable
    }
}

impl Service {
    pub(crate) async fn may_try_password(&self, name: &str, address: &Address) -> Result<(), Refused> {
        self.allow(PASSWORDS, Some(name), address).await
    }

    pub(crate) async fn may_send(&self, name: &str, address: &Address) -> Result<(), Refused> {
        self.allow(SENDINGS, Some(name), address).await
    }

    pub(crate) async fn may_check(&self, name: Option<&str>, address: &Address) -> Result<(), Refused> {
        self.allow(CHECKS, name, address).await
    }

    pub(crate) async fn may_begin_nameless(&self, address: &Address) -> Result<(), Refused> {
        self.count("nameless", "address", address.as_str(), NAMELESS).await
    }

    pub(crate) async fn may_ask(&self, visit: &VisitId) -> Result<(), Refused> {
        self.count("requests", "visit", visit.as_str(), REQUESTS).await
    }

    /// Counts before the thing is done, so that parallel requests get no further than sequential ones.
    async fn allow(&self, limit: Limit, name: Option<&str>, address: &Address) -> Result<(), Refused> {
        self.count(limit.what, "address", address.as_str(), limit.of_address).await?;
        match name {
            Some(name) => self.count(limit.what, "name", &name.to_lowercase(), limit.of_name).await,
            None => Ok(()),
        }
    }

    async fn count(&self, what: &str, by: &str, value: &str, most: u64) -> Result<(), Refused> {
        // Digests, so that the store learns neither names nor addresses.
        let key = format!("{what}:{by}:{}", self.settings.key.digest(value));
        let count = self.store.count(&key, WINDOW).await?;
        if count <= most { Ok(()) } else { Err(Refused::TooMany) }
    }
}
