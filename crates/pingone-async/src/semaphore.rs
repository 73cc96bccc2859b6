use tokio::sync::{self, SemaphorePermit};

/// Limits the requests in flight; others wait in turn.
#[derive(Debug)]
pub(crate) struct Semaphore(sync::Semaphore);

impl Semaphore {
    pub(crate) fn new(permits: Option<usize>) -> Self {
        let most = sync::Semaphore::MAX_PERMITS;
        Self(sync::Semaphore::new(permits.map_or(most, |permits| permits.min(most))))
    }

    /// A permit, which is released when it is dropped.
    pub(crate) async fn acquire(&self) -> SemaphorePermit<'_> {
        match self.0.acquire().await {
            Ok(permit) => permit,
            // The semaphore is never closed.
            Err(_) => std::future::pending().await,
        }
    }
}
