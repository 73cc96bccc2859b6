use std::time::Duration;

use async_trait::async_trait;
use redis::{
    Client, RedisError, Script,
    aio::{ConnectionManager, ConnectionManagerConfig},
};

use super::{Store, Unavailable};

/// How long a request waits for Redis.
const PATIENCE: Duration = Duration::from_secs(2);

/// One step, so that no counter is left without an expiry.
const COUNT: &str = "local count = redis.call('INCR', KEYS[1])
    if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
    return count";

/// Shared by all replicas: limits hold across them, and what is over is over everywhere.
pub(crate) struct Redis {
    connection: ConnectionManager,
    count: Script,
}

impl Redis {
    /// Connects to `redis://…`. A lost connection is restored automatically.
    pub(crate) async fn connect(address: &str) -> Result<Self, String> {
        let explain = |error: RedisError| format!("Redis cannot be used: {error}");
        let client = Client::open(address).map_err(explain)?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            .set_number_of_retries(1);
        let connection = ConnectionManager::new_with_config(client, config).await.map_err(explain)?;
        Ok(Self { connection, count: Script::new(COUNT) })
    }
}

#[async_trait]
impl Store for Redis {
    async fn count(&self, key: &str, window: Duration) -> Result<u64, Unavailable> {
        let mut connection = self.connection.clone();
        let counted = self.count.key(key).arg(milliseconds(window)).invoke_async(&mut connection).await;
        counted.map_err(unavailable)
    }

    async fn mark(&self, key: &str, lifetime: Duration) -> Result<bool, Unavailable> {
        let mut set = redis::cmd("SET");
        set.arg(key).arg(1).arg("NX").arg("PX").arg(milliseconds(lifetime));
        let set: Option<String> = set.query_async(&mut self.connection.clone()).await.map_err(unavailable)?;
        Ok(set.is_some())
    }

    async fn is_marked(&self, key: &str) -> Result<bool, Unavailable> {
        redis::cmd("EXISTS").arg(key).query_async(&mut self.connection.clone()).await.map_err(unavailable)
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Redis's own message may contain a key, so it is dropped; the operator sees the failure in Redis.
fn unavailable(_: RedisError) -> Unavailable {
    Unavailable
}
