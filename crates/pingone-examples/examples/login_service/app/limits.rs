//! How often something may be done, by name and by address, and how often one cookie may ask.
//!
//! Who only guesses is stopped, and so is who has a password and would make a phone ring all night. Whoever knows a name
//! can use up its tries, and so keep its owner from logging in by password for a while: that is the price of a limit by
//! name. A passkey without a name stays possible.

use std::time::Duration;

use super::{address::Address, service::Service, store::Unavailable, visit::VisitId};

/// Within which each limit holds.
const WINDOW: Duration = Duration::from_secs(15 * 60);

/// So many within the window.
#[derive(Clone, Copy)]
struct Limit {
    what: &'static str,
    of_name: u64,
    of_address: u64,
}

/// Passwords that are tried.
const PASSWORDS: Limit = Limit { what: "passwords", of_name: 10, of_address: 100 };
/// Pushes and codes that are sent: when a log-in begins, to another device, and once more. To add a device counts as one.
const SENDINGS: Limit = Limit { what: "sendings", of_name: 10, of_address: 100 };
/// Codes and passkeys that are checked.
const CHECKS: Limit = Limit { what: "checks", of_name: 20, of_address: 200 };
/// Log-ins by a passkey that begin without a name, by address: one for each view of the first page.
const NAMELESS: u64 = 100;
/// Requests with the cookie of one log-in or session. Almost each of them asks PingOne something. A person makes a few
/// dozen, and a page that waits makes 36.
const REQUESTS: u64 = 300;

/// Why something is not done.
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

    /// Counts before it is done, so that many at once are not more than many in turn.
    async fn allow(&self, limit: Limit, name: Option<&str>, address: &Address) -> Result<(), Refused> {
        self.count(limit.what, "address", address.as_str(), limit.of_address).await?;
        match name {
            Some(name) => self.count(limit.what, "name", &name.to_lowercase(), limit.of_name).await,
            None => Ok(()),
        }
    }

    async fn count(&self, what: &str, by: &str, value: &str, most: u64) -> Result<(), Refused> {
        // The store learns neither names nor addresses.
        let key = format!("{what}:{by}:{}", self.settings.key.digest(value));
        let count = self.store.count(&key, WINDOW).await?;
        if count <= most { Ok(()) } else { Err(Refused::TooMany) }
    }
}
