use std::time::Duration;

use crate::random::Random;

/// When a call is retried.
///
/// What would send a second push or burn an attempt is retried only if the service provably did not act: see
/// the [guide](crate::guide::retries) for the table. No wait goes past the deadline of the call.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// How often a request is sent at most; 4 by default, 1 for no retries.
    pub max_attempts: u32,
    /// The longest first wait; 500 ms by default. Each further one may be twice as long.
    pub base: Duration,
    /// The longest wait of our own choice; 10 s by default.
    pub cap: Duration,
    /// The longest wait that the service may ask for; 60 s by default. If it asks for more, the call ends, and the error
    /// has the wait.
    pub max_retry_after: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 4,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(10),
            max_retry_after: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No retries, except for one with a fresh token.
    #[must_use]
    pub fn never() -> Self {
        Self { max_attempts: 1, ..Self::default() }
    }

    /// Sets `max_attempts`.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets `base`.
    #[must_use]
    pub fn base(mut self, wait: Duration) -> Self {
        self.base = wait;
        self
    }

    /// Sets `cap`.
    #[must_use]
    pub fn cap(mut self, wait: Duration) -> Self {
        self.cap = wait;
        self
    }

    /// Sets `max_retry_after`.
    #[must_use]
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = wait;
        self
    }

    /// How long to wait after `attempts` attempts. What the service asked for is never cut short; to it, and without
    /// it, a random part is added, so that callers who failed together do not retry together.
    pub(crate) fn wait(&self, attempts: u32, asked: Option<Duration>, random: &mut Random) -> Duration {
        let doubled = self.base.saturating_mul(2_u32.saturating_pow(attempts.saturating_sub(1)));
        match asked {
            Some(asked) => asked.saturating_add(random.up_to(self.base)),
            None => random.up_to(doubled.min(self.cap)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_never_shorter_than_asked_and_never_longer_than_its_cap() {
        let policy = RetryPolicy::new();
        for seed in 0..1_000 {
            let mut random = Random::new(seed);
            let asked = Duration::from_secs(7);
            let wait = policy.wait(1, Some(asked), &mut random);
            assert!((asked..=asked + policy.base).contains(&wait), "{wait:?}");
            assert!(policy.wait(1, None, &mut random) <= policy.base);
            assert!(policy.wait(3, None, &mut random) <= policy.base * 4);
            assert!(policy.wait(u32::MAX, None, &mut random) <= policy.cap);
        }
        let _ = policy.wait(1, Some(Duration::MAX), &mut Random::new(0));
    }

    #[test]
    fn waits_are_spread_over_the_whole_range() {
        let policy = RetryPolicy::new();
        let mut random = Random::new(7);
        let waits: Vec<_> = (0..1_000).map(|_| policy.wait(1, None, &mut random)).collect();
        assert!(
            waits.iter().any(|wait| *wait < policy.base / 10) && waits.iter().any(|wait| *wait > policy.base / 10 * 9)
        );
    }
}
