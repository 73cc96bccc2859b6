//! The actions of a driver.

use std::{fmt, time::Duration};

use bytes::Bytes;
use http::Request;

use crate::{Answer, Error};

/// What the driver has to do for a [`Call`](crate::Call).
#[derive(Debug)]
pub enum Action {
    /// Lock the token cache, and do what [`Call::authorize`](crate::Call::authorize) says; or give it up after this
    /// long, and ask [`Call::next`](crate::Call::next).
    Authorize(Duration),
    /// Acquire a permit to be among the requests in flight, of which [`Configuration::max_in_flight`] allows only so
    /// many, and report to [`Call::permit_acquired`](crate::Call::permit_acquired); or give up after this long. Release
    /// it once the response is there. A client without such a limit is never asked for it.
    ///
    /// [`Configuration::max_in_flight`]: crate::Configuration::max_in_flight
    AcquirePermit(Duration),
    /// Send this, and report to [`Call::received`](crate::Call::received). The transport has to keep this contract:
    ///
    #[doc = include_str!("contract.md")]
    ///
    /// `pingone-transport-kit` holds an HTTP stack against all of it, and its front page says what to switch off in which
    /// library.
    Send(Outgoing),
    /// Do nothing for this long.
    Sleep(Duration),
    /// Nothing: the call is over.
    Done(Result<Answer, Error>),
}

/// How to get a token, if the cache has none.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "it lives for one step, and a box would be one more thing to open")]
pub enum TokenFetch {
    /// Send this, and report to [`Call::token_received`](crate::Call::token_received).
    Send(Outgoing),
    /// Ask your own source, and report to [`Call::token_obtained`](crate::Call::token_obtained): the credentials are
    /// [`Credentials::external`](crate::Credentials::external).
    Ask(TokenRequest),
}

/// A request to a token source.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TokenRequest {
    /// How long it may take.
    pub timeout: Duration,
    /// Whether the service refused the last token: if you cached it, it will be refused again.
    pub renew: bool,
}

/// A request to send. `Debug` shows its method, host and path, but no query, headers or body.
pub struct Outgoing {
    /// The request, complete.
    pub request: Request<Bytes>,
    /// How long it may take, including reading the whole response.
    pub timeout: Duration,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A query has names and addresses in it.
        let uri = self.request.uri().to_string();
        let place = uri.split('?').next().unwrap_or_default();
        write!(f, "{} {place} within {:?}", self.request.method(), self.timeout)
    }
}
