use std::{sync::Arc, time::Duration};

use http::StatusCode;

use crate::{Error, TransportError};

/// Is told what calls do as they do it, for metrics and logs of your own.
///
/// It is called during a call, on the call's thread, so return quickly. A closure is an observer, too:
///
/// ```
/// use std::sync::{Arc, atomic::{AtomicU32, Ordering}};
///
/// use pingone_client_core::{CallEvent, Configuration, Credentials};
/// use pingone_model::{Environment, Region};
///
/// let waits = Arc::new(AtomicU32::new(0));
/// let counter = Arc::clone(&waits);
/// let environment = Environment::new(Region::Europe, "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");
/// let configuration = Configuration::new(environment, Credentials::client_secret_basic("client", "secret"))
///     .observer(move |event: &CallEvent<'_>| {
///         if let CallEvent::Wait { .. } = event {
///             counter.fetch_add(1, Ordering::Relaxed);
///         }
///     });
/// ```
pub trait Observer: Send + Sync {
    /// This has just happened.
    fn observe(&self, event: &CallEvent<'_>);
}

impl<F: Fn(&CallEvent<'_>) + Send + Sync> Observer for F {
    fn observe(&self, event: &CallEvent<'_>) {
        self(event);
    }
}

/// What happens in a call. Nothing in it is secret or personal.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum CallEvent<'a> {
    /// A request was sent, with this outcome.
    #[non_exhaustive]
    Attempt {
        /// The operation's name, such as `device_authentication.cancel`; `token.request` for a request for a token.
        operation: &'static str,
        /// The number of the attempt, from 1. Requests for a token are counted separately.
        attempt: u32,
        /// How long it took.
        took: Duration,
        /// The status, or why no complete response arrived.
        outcome: Result<StatusCode, &'a TransportError>,
        /// The service's id of the request.
        correlation_id: Option<&'a str>,
    },
    /// The call waits before it continues.
    #[non_exhaustive]
    Wait {
        /// The operation's name.
        operation: &'static str,
        /// How long it waits.
        wait: Duration,
        /// How long the service asked to wait, if it did.
        asked: Option<Duration>,
    },
    /// The call is over. Told once for each call that is driven to its end.
    #[non_exhaustive]
    End {
        /// The operation's name.
        operation: &'static str,
        /// How often it was sent.
        attempts: u32,
        /// How long it took.
        elapsed: Duration,
        /// The status of the success, or the error.
        outcome: Result<StatusCode, &'a Error>,
        /// The service's id of the last request.
        correlation_id: Option<&'a str>,
    },
}

/// The observer of a configuration, if it has one.
#[derive(Clone, Default)]
pub(crate) struct Observed(Option<Arc<dyn Observer>>);

impl Observed {
    pub(crate) fn by(observer: impl Observer + 'static) -> Self {
        Self(Some(Arc::new(observer)))
    }

    pub(crate) fn emit(&self, event: &CallEvent<'_>) {
        if let Some(observer) = &self.0 {
            observer.observe(event);
        }
    }
}

impl std::fmt::Debug for Observed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() { "Observed(..)" } else { "Observed(nobody)" })
    }
}
