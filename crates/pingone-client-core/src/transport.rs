//! What a transport has to tell, and how one is set up.

use std::{error::Error, fmt, sync::Arc, time::Duration};

use http::{Response, StatusCode};
use pingone_model::CORRELATION_ID;

/// Why no whole response came. It says the one thing that decides what may be done next: whether the request can have
/// reached the service.
#[derive(Clone, Debug)]
pub struct TransportError {
    reached: Reached,
    source: Arc<dyn Error + Send + Sync>,
}

#[derive(Clone, Debug)]
enum Reached {
    No,
    Maybe,
    Yes(Arc<Response<()>>),
}

impl TransportError {
    /// The request provably did not reach the service: no connection was made, or no byte of it was sent.
    #[must_use]
    pub fn not_sent(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { reached: Reached::No, source: source.into().into() }
    }

    /// The request may have reached the service. In doubt, it is this.
    #[must_use]
    pub fn maybe_sent(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { reached: Reached::Maybe, source: source.into().into() }
    }

    /// The service answered, but its body did not arrive whole: cut off, too slow, too large. `head` is the response
    /// without it.
    #[must_use]
    pub fn interrupted(head: Response<()>, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { reached: Reached::Yes(Arc::new(head)), source: source.into().into() }
    }

    /// Whether the request may have reached the service.
    #[must_use]
    pub fn maybe_reached(&self) -> bool {
        !matches!(self.reached, Reached::No)
    }

    /// The status, if the response began to arrive.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        Some(self.head()?.status())
    }

    /// The service's id of the request, if the response began to arrive.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.head()?.headers().get(CORRELATION_ID)?.to_str().ok()
    }

    fn head(&self) -> Option<&Response<()>> {
        match &self.reached {
            Reached::Yes(head) => Some(head),
            Reached::No | Reached::Maybe => None,
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reached {
            Reached::No => f.write_str("the request could not be sent"),
            Reached::Maybe => f.write_str("no response came"),
            Reached::Yes(head) => write!(f, "the response {} did not arrive whole", head.status()),
        }
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

/// How the clients' own transports are set up.
///
/// TLS, redirects (none) and time-outs of whole calls are not here: the first two are fixed, the last is the client's.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HttpOptions {
    /// How long a connection may take to be made; 10 seconds by default.
    pub connect_timeout: Duration,
    /// How large a reply may be; 4 MiB by default. A larger one is an error.
    pub max_reply_bytes: usize,
    /// Which proxy requests go through; that of the environment by default. An environment on loopback is always
    /// called directly: its requests are not encrypted.
    pub proxy: Proxy,
}

/// Which proxy requests go through.
#[derive(Clone)]
#[non_exhaustive]
pub enum Proxy {
    /// The one of the environment variables `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`.
    Environment,
    /// None.
    None,
    /// The one at this address.
    Address(String),
}

/// The address may have a password in it.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "Environment",
            Self::None => "None",
            Self::Address(_) => "Address(..)",
        })
    }
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self { connect_timeout: Duration::from_secs(10), max_reply_bytes: 4 * 1024 * 1024, proxy: Proxy::Environment }
    }
}

impl HttpOptions {
    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets `connect_timeout`.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
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
}

/// The reply is larger than [`HttpOptions::max_reply_bytes`] allows.
#[derive(Clone, Copy, Debug)]
pub struct ReplyTooLarge {
    limit: usize,
}

impl ReplyTooLarge {
    /// Larger than `limit` bytes.
    #[must_use]
    pub const fn new(limit: usize) -> Self {
        Self { limit }
    }
}

impl fmt::Display for ReplyTooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the reply is larger than {} bytes: raise max_reply_bytes if it should be", self.limit)
    }
}

impl Error for ReplyTooLarge {}
