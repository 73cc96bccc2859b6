use std::{
    fmt::Debug,
    sync::LazyLock,
    thread,
    time::{Duration, Instant, SystemTime},
};

use bytes::Bytes;
use http::{Request, Response};
use pingone_client_core::{FnTransport, Now, TransportError};

/// Carries requests: [`UreqTransport`](crate::UreqTransport), or one of your own that wraps or replaces it.
///
/// ```
/// use std::time::Duration;
///
/// use bytes::Bytes;
/// use pingone_blocking::{Transport, TransportError};
///
/// /// Logs what is sent.
/// #[derive(Debug)]
/// struct Loud<T>(T);
///
/// impl<T: Transport> Transport for Loud<T> {
///     fn send(
///         &self,
///         request: http::Request<Bytes>,
///         timeout: Duration,
///     ) -> Result<http::Response<Bytes>, TransportError> {
///         eprintln!("{} {}", request.method(), request.uri().path());
///         self.0.send(request, timeout)
///     }
/// }
/// ```
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
    fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError>;

    /// Waits; a test replaces it.
    fn sleep(&self, time: Duration) {
        thread::sleep(time);
    }

    /// The time; a test replaces it.
    fn now(&self) -> Now {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        Now::new(START.elapsed(), SystemTime::now())
    }
}

/// Waiting takes no time.
impl Transport for FnTransport {
    fn send(&self, request: Request<Bytes>, _: Duration) -> Result<Response<Bytes>, TransportError> {
        self.carry(request)
    }

    fn sleep(&self, time: Duration) {
        self.wait(time);
    }

    fn now(&self) -> Now {
        self.now(SystemTime::now())
    }
}
