//! The errors of a transport.

use std::{error::Error, fmt, sync::Arc};

use http::{Response, StatusCode};

use crate::headers::correlation_id;

/// Why no complete response arrived. It says the one thing that decides what may be done next: whether the request may have
/// reached the service. [`Action::Send`](crate::Action::Send) has the whole contract of a transport.
#[derive(Clone, Debug)]
pub struct TransportError {
    reached: Reached,
    source: Arc<dyn Error + Send + Sync>,
}

#[derive(Clone)]
enum Reached {
    No,
    Maybe,
    Yes(Arc<Response<()>>),
}

/// A header may contain anything.
impl fmt::Debug for Reached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::No => f.write_str("No"),
            Self::Maybe => f.write_str("Maybe"),
            Self::Yes(head) => f.debug_tuple("Yes").field(&head.status()).finish(),
        }
    }
}

impl TransportError {
    /// The request provably did not reach the service: no connection was made, or no byte of it was sent.
    #[must_use]
    pub fn not_sent(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { reached: Reached::No, source: source.into().into() }
    }

    /// The request may have reached the service. If in doubt, use this.
    #[must_use]
    pub fn maybe_sent(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { reached: Reached::Maybe, source: source.into().into() }
    }

    /// The service answered, but the body did not arrive completely: cut off, too slow, too large. `head` is the response
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
        correlation_id(self.head()?.headers())
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

/// The reply is larger than [`Configuration::max_reply_bytes`](crate::Configuration::max_reply_bytes) allows.
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
        write!(f, "the reply is larger than {} bytes: raise max_reply_bytes if that is expected", self.limit)
    }
}

impl Error for ReplyTooLarge {}
