use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use async_trait::async_trait;

use super::{Store, Unavailable};

/// How many entries are kept before expired ones are removed.
const SWEEP: usize = 1024;

/// For this process only. With several replicas, limits hold for each of them, and what is over at one is not over at
/// the others. That is enough for one replica, or for a trial.
#[derive(Default)]
pub(crate) struct Memory(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    counters: HashMap<String, Counter>,
    sweep_at: usize,
}

struct Counter {
    count: u64,
    until: Instant,
}

impl Memory {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Nothing panics while the lock is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn add(&mut self, key: &str, lifetime: Duration, now: Instant) -> u64 {
        if self.counters.len() >= self.sweep_at.max(SWEEP) {
            self.counters.retain(|_, counter| now < counter.until);
            // At twice the size, so that each sweep is paid for by as many additions.
            self.sweep_at = 2 * self.counters.len();
        }
        let counter = self.counters.entry(key.to_owned()).or_insert(Counter { count: 0, until: now });
        if counter.until <= now {
            *counter = Counter { count: 0, until: now + lifetime };
        }
        counter.count = counter.count.saturating_add(1);
        counter.count
    }

    fn has(&self, key: &str, now: Instant) -> bool {
        self.counters.get(key).is_some_and(|counter| now < counter.until)
    }
}

#[async_trait]
impl Store for Memory {
    async fn count(&self, key: &str, window: Duration) -> Result<u64, Unavailable> {
        Ok(self.kept().add(key, window, Instant::now()))
    }

    async fn mark(&self, key: &str, lifetime: Duration) -> Result<bool, Unavailable> {
        Ok(self.kept().add(key, lifetime, Instant::now()) == 1)
    }

    async fn is_marked(&self, key: &str) -> Result<bool, Unavailable> {
        Ok(self.kept().has(key, Instant::now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn a_window_begins_with_the_first_and_ends_for_all() {
        let (mut kept, start) = (Kept::default(), Instant::now());
        let mut add = |key: &str, after: u64| kept.add(key, MINUTE, start + Duration::from_secs(after));
        assert_eq!([add("a", 0), add("a", 59), add("b", 59), add("a", 60), add("b", 60)], [1, 2, 1, 1, 2]);
        assert!(kept.has("b", start + Duration::from_secs(118)) && !kept.has("b", start + Duration::from_secs(119)));
    }

    #[test]
    fn what_has_expired_takes_no_place() {
        let (mut kept, start) = (Kept::default(), Instant::now());
        for key in 0..100_000 {
            kept.add(&key.to_string(), MINUTE, start + Duration::from_secs(key / 10));
        }
        assert!(kept.counters.len() <= 2 * SWEEP, "{}", kept.counters.len());
    }
}
