use std::{env, ffi::OsString, time::Duration};

use pingone_model::Environment;

use crate::{
    BuildError, Credentials, Observer, Proxy, ProxyServer, RetryPolicy, WaitPolicy, observer::Observed, proxy,
};

/// The configuration of a client, async or blocking.
///
/// ```
/// use std::time::Duration;
///
/// use pingone_client_core::{Configuration, Credentials};
/// use pingone_model::{Environment, Region};
///
/// let environment = Environment::new(Region::Europe, "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");
/// let credentials = Credentials::client_secret_basic("b7b5c1a2-6f0e-4f7a-9a55-7f0c3b1d2e4f", "the secret");
/// let configuration = Configuration::new(environment, credentials).timeout(Duration::from_secs(10));
/// ```
///
/// A time limit of zero is refused when the client is built, and one above a day counts as a day.
///
/// There is no setting for redirects: none is followed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Configuration {
    /// Where the service is.
    pub environment: Environment,
    /// The application's credentials.
    pub credentials: Credentials,
    /// How long a call may take, including token, waits and reading the whole response; 30 seconds by default.
    pub timeout: Duration,
    /// How long one attempt may take if it may be repeated; 10 seconds by default. Anything else has all the time
    /// that is left.
    pub attempt_timeout: Duration,
    /// When a call is retried.
    pub retry: RetryPolicy,
    /// How often a wait reads, for the answer to a push or for a pairing key.
    pub wait: WaitPolicy,
    /// What varies the length of waits; each client has another by default. The same seed gives the same waits, for a test.
    pub seed: Option<u64>,
    /// How long connecting may take; 10 seconds by default.
    pub connect_timeout: Duration,
    /// How many requests may be in flight at once; unlimited by default. Further calls
    /// wait in turn, within their time. This bounds the connections, and the load that many waits put on the
    /// service. A request for a token does not count: there is never more than one.
    pub max_in_flight: Option<usize>,
    /// How large a reply may be; 4 MiB by default. A larger one is an error.
    pub max_reply_bytes: usize,
    /// The proxy for requests; that of the environment variables by default. A service on loopback is always
    /// called directly: its requests need not be encrypted.
    pub proxy: Proxy,
    /// The certificate authorities that TLS trusts; the platform's trust store by default.
    pub trust: Trust,
    pub(crate) user_agent: Option<Box<str>>,
    pub(crate) observed: Observed,
}

impl Configuration {
    /// The defaults, for this environment and this application.
    #[must_use]
    pub fn new(environment: Environment, credentials: Credentials) -> Self {
        Self {
            environment,
            credentials,
            timeout: Duration::from_secs(30),
            attempt_timeout: Duration::from_secs(10),
            retry: RetryPolicy::new(),
            wait: WaitPolicy::new(),
            seed: None,
            connect_timeout: Duration::from_secs(10),
            max_in_flight: None,
            max_reply_bytes: 4 * 1024 * 1024,
            proxy: Proxy::Environment,
            trust: Trust::Platform,
            user_agent: None,
            observed: Observed::default(),
        }
    }

    /// Sets `timeout`.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets `attempt_timeout`.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// Sets `retry`.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets `wait`.
    #[must_use]
    pub fn wait(mut self, policy: WaitPolicy) -> Self {
        self.wait = policy;
        self
    }

    /// Sets `seed`.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Sets `connect_timeout`.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets `max_in_flight`.
    #[must_use]
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.max_in_flight = Some(requests);
        self
    }

    /// Sets `max_reply_bytes`.
    #[must_use]
    pub fn max_reply_bytes(mut self, bytes: usize) -> Self {
        self.max_reply_bytes = bytes;
        self
    }

    /// Sets `proxy`.
    #[must_use]
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = proxy;
        self
    }

    /// Sets `trust`.
    #[must_use]
    pub fn trust(mut self, trust: Trust) -> Self {
        self.trust = trust;
        self
    }

    /// Adds a name to the `User-Agent`, such as `my-app/1.2`, after our own.
    #[must_use]
    pub fn user_agent(mut self, name: impl Into<Box<str>>) -> Self {
        self.user_agent = Some(name.into());
        self
    }

    /// Tells `observer` what calls do: attempts, waits and ends.
    #[must_use]
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.observed = Observed::by(observer);
        self
    }

    /// The proxy for the hosts of this environment, if there is one. A transport uses it and no other, and only
    /// [for these hosts](ProxyServer::is_before).
    ///
    /// # Errors
    ///
    /// The proxy's address or an environment variable is invalid. See [`Proxy`].
    pub fn proxy_server(&self) -> Result<Option<ProxyServer>, BuildError> {
        self.proxy_server_among(env::var_os::<&str>)
    }

    /// The same with `variables` instead of the process's environment variables.
    ///
    /// # Errors
    ///
    /// As for [`proxy_server`](Self::proxy_server).
    pub fn proxy_server_among(
        &self,
        variables: impl Fn(&'static str) -> Option<OsString>,
    ) -> Result<Option<ProxyServer>, BuildError> {
        proxy::server(&self.environment, &self.proxy, variables)
    }
}

/// The certificate authorities that TLS trusts.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Trust {
    /// The platform's trust store.
    Platform,
    /// These authorities and no others: certificates in PEM, such as those of a proxy that intercepts TLS, or the
    /// emulator's own.
    Certificates(String),
}
