//! The little that replicas have to know of each other: how often something was done, and what is over.

mod memory;
#[cfg(feature = "redis")]
mod redis;

use std::time::Duration;

use async_trait::async_trait;

pub(crate) use self::memory::Memory;
#[cfg(feature = "redis")]
pub(crate) use self::redis::Redis;

/// Counters and marks, each of which is forgotten after its time. No key has a name, an address or a secret in it.
#[async_trait]
pub(crate) trait Store: Send + Sync {
    /// Counts one more, and says how many there are since the first of the last `window`.
    async fn count(&self, key: &str, window: Duration) -> Result<u64, Unavailable>;

    /// Sets a mark; `true` for the one who is the first to do so.
    async fn mark(&self, key: &str, lifetime: Duration) -> Result<bool, Unavailable>;

    /// Whether the mark is set.
    async fn is_marked(&self, key: &str) -> Result<bool, Unavailable>;
}

/// Something that a log-in needs cannot be asked. Nobody is let in meanwhile.
#[derive(Debug)]
pub(crate) struct Unavailable;
