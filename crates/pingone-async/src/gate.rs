use std::time::Duration;

use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

/// Lets so many requests be in flight at once, and others wait in turn.
#[derive(Debug)]
pub(crate) struct Gate(Semaphore);

impl Gate {
    pub(crate) fn new(places: Option<usize>) -> Self {
        Self(Semaphore::new(places.map_or(Semaphore::MAX_PERMITS, |places| places.min(Semaphore::MAX_PERMITS))))
    }

    /// A place, which is free again when it is dropped; none if there is none within this time.
    pub(crate) async fn enter(&self, within: Duration) -> Option<SemaphorePermit<'_>> {
        // The semaphore is never closed.
        timeout(within, self.0.acquire()).await.ok()?.ok()
    }
}
