use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use pingone_client_core::{BuildError, Configuration, Credentials, Now, TransportError};
use pingone_emulator::{Delivery, Service};
use pingone_model::{Environment, RequestError};

use crate::{EitherClient, Kind};

/// Carries the requests of either client to an emulated service without a socket, on a clock that only waiting moves.
///
/// Clones carry to the same service and share the clock.
#[derive(Clone)]
pub struct InMemory {
    service: Service,
    started: SystemTime,
    timeline: Arc<Mutex<Timeline>>,
}

/// The time, and what is to happen later.
#[derive(Default)]
struct Timeline {
    elapsed: Duration,
    events: Vec<(Duration, Box<dyn FnOnce() + Send>)>,
}

impl Timeline {
    /// Goes on to the first event until `end` and takes it, or to `end` if there is none. Says how much time passed.
    fn step(&mut self, end: Duration) -> (Duration, Option<Box<dyn FnOnce() + Send>>) {
        let due = (0..self.events.len()).filter(|index| self.events[*index].0 <= end);
        let event = due.min_by_key(|index| self.events[*index].0).map(|index| self.events.remove(index));
        let (at, action) = event.map_or((end, None), |(at, action)| (at, Some(action)));
        // Another thread may have gone on further.
        let passed = at.saturating_sub(self.elapsed);
        self.elapsed += passed;
        (passed, action)
    }
}

impl InMemory {
    /// Takes over the clock of `service`.
    #[must_use]
    pub fn before(service: &Service) -> Self {
        service.freeze();
        Self { service: service.clone(), started: SystemTime::now(), timeline: Arc::default() }
    }

    /// Where the service is, and who calls it.
    ///
    /// # Errors
    ///
    /// The service's environment has no id that can stand in an address.
    pub fn configuration(&self) -> Result<Configuration, RequestError> {
        let service = &self.service;
        let environment = Environment::at("https://auth.in-memory.example", service.environment_id())?;
        Ok(Configuration::new(
            environment,
            Credentials::client_secret_basic(service.client_id(), service.client_secret()),
        ))
    }

    /// A client of this kind.
    ///
    /// # Errors
    ///
    /// As the client says.
    pub fn client(&self, kind: Kind, configuration: Configuration) -> Result<EitherClient, BuildError> {
        Ok(match kind {
            Kind::Async => {
                let client = pingone_async::Client::builder(configuration).transport(self.clone());
                EitherClient::Async(EitherClient::runtime()?, client.build()?)
            }
            Kind::Blocking => {
                let client = pingone_blocking::Client::builder(configuration).transport(self.clone());
                EitherClient::Blocking(client.build()?)
            }
        })
    }

    /// Lets `action` happen once so much time has passed, in the midst of whatever waits then.
    pub fn after(&self, time: Duration, action: impl FnOnce() + Send + 'static) {
        let mut timeline = self.timeline();
        let at = timeline.elapsed + time;
        timeline.events.push((at, Box::new(action)));
    }

    /// Lets time pass, with what happens in it.
    pub fn advance(&self, time: Duration) {
        let end = self.elapsed() + time;
        loop {
            let (passed, action) = self.timeline().step(end);
            self.service.advance(passed);
            match action {
                Some(action) => action(),
                None => return,
            }
        }
    }

    /// How much time has passed.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.timeline().elapsed
    }

    /// The time of day there.
    #[must_use]
    pub fn wall(&self) -> SystemTime {
        self.started + self.elapsed()
    }

    fn timeline(&self) -> MutexGuard<'_, Timeline> {
        self.timeline.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn clock(&self) -> Now {
        Now::new(self.elapsed(), self.wall())
    }

    fn carry(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        let exchange = self.service.exchange(request);
        let delivery = exchange.delivery();
        let response = exchange.into_response();
        let takes = match delivery {
            Delivery::Delayed(time) => time,
            Delivery::Drip(pause) => pause.saturating_mul(u32::try_from(response.body().len()).unwrap_or(u32::MAX)),
            _ => Duration::ZERO,
        };
        self.advance(takes.min(timeout));
        match delivery {
            Delivery::Whole => Ok(response),
            Delivery::Delayed(_) | Delivery::Drip(_) if takes < timeout => Ok(response),
            Delivery::Delayed(_) => Err(TransportError::maybe_sent("timed out")),
            Delivery::Reset => Err(TransportError::maybe_sent("reset")),
            _ => Err(TransportError::interrupted(response.map(drop), "the body was cut off")),
        }
    }
}

impl fmt::Debug for InMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InMemory").field("elapsed", &self.elapsed()).finish_non_exhaustive()
    }
}

#[async_trait]
impl pingone_async::Transport for InMemory {
    async fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        // A network gives others their turn before the request arrives and after.
        tokio::task::yield_now().await;
        let end = self.carry(request, timeout);
        tokio::task::yield_now().await;
        end
    }

    async fn sleep(&self, time: Duration) {
        self.advance(time);
        tokio::task::yield_now().await;
    }

    fn now(&self) -> Now {
        self.clock()
    }
}

impl pingone_blocking::Transport for InMemory {
    fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        std::thread::yield_now();
        let end = self.carry(request, timeout);
        std::thread::yield_now();
        end
    }

    fn sleep(&self, time: Duration) {
        self.advance(time);
    }

    fn now(&self) -> Now {
        self.clock()
    }
}
