use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use http::HeaderValue;
use pingone_model::{Operation, RequestError};

use crate::{
    Call, CallOptions, Configuration, Error, Now, TokenCache, headers, random::Random, retry::Budget, time_limit,
};

/// What all calls of a client share, but the token: the configuration, and what they may spend on sending again.
///
/// The token is apart, in a [`TokenCache`] behind a lock of the driver's kind.
#[derive(Debug)]
pub struct Session {
    shared: Arc<Shared>,
    seed: u64,
    calls: AtomicU64,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) configuration: Configuration,
    pub(crate) user_agent: HeaderValue,
    pub(crate) budget: Budget,
}

impl Session {
    /// `random` is what waits are spread by if the configuration has no [seed](Configuration::seed): any number, another
    /// for each session. Nothing secret is made from it.
    ///
    /// # Errors
    ///
    /// The environment's id, the credentials, the name for the `User-Agent`, a time limit or the limit of requests in
    /// flight are such that nothing could be sent.
    pub fn new(mut configuration: Configuration, random: u64) -> Result<Self, RequestError> {
        configuration.credentials.check(&configuration.environment)?;
        if configuration.max_in_flight == Some(0) {
            return Err(RequestError::new("max_in_flight", "is 0, so nothing could be sent: allow 1 at least"));
        }
        configuration.timeout = time_limit::checked("timeout", configuration.timeout)?;
        configuration.attempt_timeout = time_limit::checked("attempt_timeout", configuration.attempt_timeout)?;
        configuration.connect_timeout = time_limit::checked("connect_timeout", configuration.connect_timeout)?;
        let user_agent = headers::user_agent(configuration.user_agent.as_deref())?;
        let seed = configuration.seed.unwrap_or(random);
        let shared = Arc::new(Shared { configuration, user_agent, budget: Budget::full() });
        Ok(Self { shared, seed, calls: AtomicU64::new(0) })
    }

    /// What the session was made from.
    #[must_use]
    pub fn configuration(&self) -> &Configuration {
        &self.shared.configuration
    }

    /// An empty cache for the token of all calls.
    #[must_use]
    pub fn tokens(&self) -> TokenCache {
        TokenCache::new(Arc::clone(&self.shared), Random::new(self.seed))
    }

    /// A call that begins now.
    ///
    /// # Errors
    ///
    /// No request can be built, or it would take the token to a host that is not the environment's.
    pub fn call<O: Operation>(&self, operation: &O, now: Now) -> Result<Call, Error> {
        self.call_with(operation, &CallOptions::new(), now)
    }

    /// The same, with what this call has of its own.
    ///
    /// # Errors
    ///
    /// As for [`call`](Self::call); or an id of the options is none that the service would keep, or their time limit is
    /// zero.
    pub fn call_with<O: Operation>(&self, operation: &O, options: &CallOptions, now: Now) -> Result<Call, Error> {
        Call::new(operation, options, Arc::clone(&self.shared), now, self.random())
    }

    /// Another sequence each time.
    pub(crate) fn random(&self) -> Random {
        Random::new(self.seed.wrapping_add(self.calls.fetch_add(1, Ordering::Relaxed)))
    }
}
