use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use http::HeaderValue;
use pingone_model::RequestError;

use crate::{Configuration, headers, random::Random, retry::Budget, time_limit};

/// What all calls of a client share, except for the token: the configuration, and the budget for retries. A
/// clone is the same session.
///
/// The token is separate, in a [`TokenCache`](crate::TokenCache) behind the driver's own kind of lock.
#[derive(Clone, Debug)]
pub struct Session(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    configuration: Configuration,
    user_agent: HeaderValue,
    budget: Budget,
    seed: u64,
    calls: AtomicU64,
}

impl Session {
    /// `random` spreads waits if the configuration has no [seed](Configuration::seed): any number,
    /// different for each session. Nothing secret depends on it.
    ///
    /// # Errors
    ///
    /// The environment's id, the credentials, the name for the `User-Agent`, a time limit or the limit of requests in
    /// flight is invalid.
    pub fn new(mut configuration: Configuration, random: u64) -> Result<Self, RequestError> {
        configuration.credentials.check(&configuration.environment)?;
        if configuration.max_in_flight == Some(0) {
            return Err(RequestError::new("max_in_flight", "is 0, so nothing could be sent: pass at least 1"));
        }
        configuration.timeout = time_limit::checked("timeout", configuration.timeout)?;
        configuration.attempt_timeout = time_limit::checked("attempt_timeout", configuration.attempt_timeout)?;
        configuration.connect_timeout = time_limit::checked("connect_timeout", configuration.connect_timeout)?;
        let user_agent = headers::user_agent(configuration.user_agent.as_deref())?;
        let seed = configuration.seed.unwrap_or(random);
        Ok(Self(Arc::new(Inner { configuration, user_agent, budget: Budget::full(), seed, calls: AtomicU64::new(0) })))
    }

    /// What the session was made from.
    #[must_use]
    pub fn configuration(&self) -> &Configuration {
        &self.0.configuration
    }

    pub(crate) fn user_agent(&self) -> HeaderValue {
        self.0.user_agent.clone()
    }

    pub(crate) fn budget(&self) -> &Budget {
        &self.0.budget
    }

    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The sequence of the seed.
    pub(crate) fn seeded(&self) -> Random {
        Random::new(self.0.seed)
    }

    /// A different sequence each time.
    pub(crate) fn random(&self) -> Random {
        Random::new(self.0.seed.wrapping_add(self.0.calls.fetch_add(1, Ordering::Relaxed)))
    }
}
