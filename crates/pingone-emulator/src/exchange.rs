//! A response, and how to deliver it.

use std::{fmt, time::Duration};

use bytes::Bytes;

/// What [`Service::exchange`](crate::Service::exchange) returns.
///
/// `Debug` shows neither headers nor body.
pub struct Exchange {
    pub(crate) response: http::Response<Bytes>,
    pub(crate) delivery: Delivery,
}

/// How to deliver a response: what a fault does that no response can express.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Delivery {
    /// As it is, at once.
    Whole,
    /// As it is, after this time.
    Delayed(Duration),
    /// Not at all: the connection is reset.
    Reset,
    /// The first half of its body; then the connection ends.
    Truncated,
    /// The first half of its body; then the connection is reset.
    ResetInBody,
    /// Its body byte by byte, with this pause between two.
    Drip(Duration),
}

impl Exchange {
    /// The response, which the client may never see.
    pub fn response(&self) -> &http::Response<Bytes> {
        &self.response
    }

    /// How to deliver it.
    pub fn delivery(&self) -> Delivery {
        self.delivery
    }

    /// The response itself.
    pub fn into_response(self) -> http::Response<Bytes> {
        self.response
    }
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.response.status();
        f.debug_struct("Exchange").field("status", &status).field("delivery", &self.delivery).finish_non_exhaustive()
    }
}
