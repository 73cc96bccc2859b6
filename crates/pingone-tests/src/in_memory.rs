use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use pingone_client_core::{Configuration, Credentials, Now, TransportError};
use pingone_emulator::{Delivery, Service};
use pingone_model::{Environment, RequestError};

/// Carries the requests of either client to an emulated service without a socket, on a clock that only waiting moves.
///
/// Clones carry to the same service and share the clock.
#[derive(Clone)]
pub struct InMemory {
    service: Service,
    started: SystemTime,
    elapsed: Arc<Mutex<Duration>>,
}

impl InMemory {
    /// Takes over the clock of `service`.
    #[must_use]
    pub fn before(service: &Service) -> Self {
        service.freeze();
        Self { service: service.clone(), started: SystemTime::now(), elapsed: Arc::default() }
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

    /// Lets time pass.
    pub fn advance(&self, time: Duration) {
        *self.elapsed.lock().unwrap_or_else(PoisonError::into_inner) += time;
        self.service.advance(time);
    }

    fn elapsed(&self) -> Duration {
        *self.elapsed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn clock(&self) -> Now {
        Now::new(self.elapsed(), self.started + self.elapsed())
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
