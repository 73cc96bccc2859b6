use std::time::Duration;

use tokio::{
    sync::{self, SemaphorePermit},
    time::timeout,
};

/// Lets so many requests be in flight at once, and others wait in turn.
#[derive(Debug)]
pub(crate) struct Semaphore(sync::Semaphore);

impl Semaphore {
    pub(crate) fn new(permits: Option<usize>) -> Self {
        let most = sync::Semaphore::MAX_PERMITS;
        Self(sync::Semaphore::new(permits.map_or(most, |permits| permits.min(most))))
    }

    /// A permit, which is released when it is dropped; none if there is none within this time.
    pub(crate) async fn acquire(&self, within: Duration) -> Option<SemaphorePermit<'_>> {
        // The semaphore is never closed.
        timeout(within, self.0.acquire()).await.ok()?.ok()
    }
}
