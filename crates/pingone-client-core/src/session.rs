use std::sync::atomic::{AtomicU64, Ordering};

use pingone_model::{Operation, RequestError};

use crate::{Call, Configuration, Error, Now, TokenCache, random::Random, retry::Budget};

/// What all calls of a client share, but the token: the configuration, and what they may spend on sending again.
///
/// The token is apart, in a [`TokenCache`] behind a lock of the driver's kind.
#[derive(Debug)]
pub struct Session {
    configuration: Configuration,
    pub(crate) budget: Budget,
    seed: u64,
    calls: AtomicU64,
}

impl Session {
    /// `seed` is for spreading waits, and for nothing secret; the same seed gives the same waits.
    #[must_use]
    pub fn new(configuration: Configuration, seed: u64) -> Self {
        Self { configuration, budget: Budget::full(), seed, calls: AtomicU64::new(0) }
    }

    /// What the session was made from.
    #[must_use]
    pub fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// An empty cache for the token of all calls.
    ///
    /// # Errors
    ///
    /// The environment's id or the credentials are such that no token could be asked for.
    pub fn tokens(&self) -> Result<TokenCache, RequestError> {
        TokenCache::new(&self.configuration.environment, &self.configuration.credentials, Random::new(self.seed))
    }

    /// A call that begins now.
    ///
    /// # Errors
    ///
    /// No request can be built, or it would take the token to a host that is not the environment's.
    pub fn call<O: Operation>(&self, operation: &O, now: Now) -> Result<Call, Error> {
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        Call::new(operation, &self.configuration, now, Random::new(self.seed.wrapping_add(number)))
    }
}
