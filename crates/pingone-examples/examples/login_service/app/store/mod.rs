//! The little that replicas share: how often something was done, and what is over.

mod memory;
#[cfg(feature = "redis")]
mod redis;

use std::time::Duration;

use async_trait::async_trait;

pub(crate) use self::memory::Memory;
#[cfg(feature = "redis")]
pub(crate) use self::redis::Redis;

/// Counters and marks that expire. No key contains a name, an address or a secret.
#[async_trait]
pub(crate) trait Store: Send + Sync {
    /// Adds one, and returns the count. A `window` begins with the first.
    async fn count(&self, key: &str, window: Duration) -> Result<u64, Unavailable>;

    /// Sets a mark; `true` if it was not set before.
    async fn mark(&self, key: &str, lifetime: Duration) -> Result<bool, Unavailable>;

    /// Whether the mark is set.
    async fn is_marked(&self, key: &str) -> Result<bool, Unavailable>;
}

/// Something that logging in depends on does not answer. Nobody gets in meanwhile.
#[derive(Debug)]
pub(crate) struct Unavailable;
