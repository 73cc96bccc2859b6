use std::{
    fmt::Debug,
    time::{Duration, SystemTime},
};

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use pingone_client_core::{FnTransport, Now, TransportError};

use crate::clock;

/// Carries requests: [`ReqwestTransport`](crate::ReqwestTransport), or one of your own that wraps or replaces it.
///
/// ```
/// use std::time::Duration;
///
/// use bytes::Bytes;
/// use pingone_async::{Transport, TransportError, async_trait};
///
/// /// Logs what is sent.
/// #[derive(Debug)]
/// struct Loud<T>(T);
///
/// #[async_trait]
/// impl<T: Transport> Transport for Loud<T> {
///     async fn send(
///         &self,
///         request: http::Request<Bytes>,
///         timeout: Duration,
///     ) -> Result<http::Response<Bytes>, TransportError> {
///         eprintln!("{} {}", request.method(), request.uri().path());
///         self.0.send(request, timeout).await
///     }
/// }
/// ```
#[async_trait]
pub trait Transport: Debug + Send + Sync {
    /// Sends `request` once and reads the whole response, within `timeout`.
    ///
    /// # The contract
    ///
    #[doc = include_str!("contract.md")]
    ///
    /// `pingone-transport-kit` holds a transport against all of it, and its front page says what to switch off in which
    /// HTTP library.
    ///
    /// # Errors
    ///
    /// No complete response arrived: [`TransportError::not_sent`], [`maybe_sent`](TransportError::maybe_sent) or
    /// [`interrupted`](TransportError::interrupted). If in doubt, say that it may have been sent.
    async fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError>;

    /// Waits, on tokio's clock; a test replaces it.
    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }

    /// The time, on tokio's clock, so that it advances as [`sleep`](Self::sleep) does; a test replaces it.
    fn now(&self) -> Now {
        clock::now()
    }
}

/// Waiting takes no time, and lets other tasks have their turn.
#[async_trait]
impl Transport for FnTransport {
    async fn send(&self, request: Request<Bytes>, _: Duration) -> Result<Response<Bytes>, TransportError> {
        self.carry(request)
    }

    async fn sleep(&self, time: Duration) {
        self.wait(time);
        tokio::task::yield_now().await;
    }

    fn now(&self) -> Now {
        self.now(SystemTime::now())
    }
}
