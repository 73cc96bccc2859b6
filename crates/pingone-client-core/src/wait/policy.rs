use std::time::Duration;

use crate::random::Random;

/// How often a wait reads.
///
/// The [guide](crate::guide::waiting) gives the reasons for the defaults.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WaitPolicy {
    /// How long after its start a wait first reads; 1 s by default. Nobody answers a push sooner.
    pub first: Duration,
    /// The time between two reads; 2 s by default. It varies by a quarter up or down, so that waits which began together
    /// do not read together.
    pub interval: Duration,
    /// The longest time between two reads that fail, or are throttled without a `Retry-After`; 15 s by default.
    /// Each such read doubles the time.
    pub cap: Duration,
    /// How many reads in a row may fail; 5 by default. One more ends the wait, which can then be resumed.
    pub max_failures: u8,
}

impl Default for WaitPolicy {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            interval: Duration::from_secs(2),
            cap: Duration::from_secs(15),
            max_failures: 5,
        }
    }
}

impl WaitPolicy {
    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets `first`.
    #[must_use]
    pub fn first(mut self, first: Duration) -> Self {
        self.first = first;
        self
    }

    /// Sets `interval`.
    #[must_use]
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// Sets `cap`.
    #[must_use]
    pub fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// Sets `max_failures`.
    #[must_use]
    pub fn max_failures(mut self, failures: u8) -> Self {
        self.max_failures = failures;
        self
    }

    /// How long to wait after `misses` reads in a row without a result.
    pub(crate) fn pause(&self, misses: u8, random: &mut Random) -> Duration {
        let doubled = self.interval.saturating_mul(2_u32.saturating_pow(misses.into()));
        // An interval above the cap is the caller's choice.
        let pause = doubled.min(self.cap.max(self.interval));
        let quarter = pause / 4;
        pause - quarter + random.up_to(quarter * 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_vary_by_a_quarter_and_double_up_to_the_cap() {
        let policy = WaitPolicy::new();
        let mut random = Random::new(1);
        for (misses, seconds) in [(0, 2), (1, 4), (2, 8), (3, 15), (200, 15)] {
            let middle = Duration::from_secs(seconds);
            let pauses: Vec<_> = (0..1_000).map(|_| policy.pause(misses, &mut random)).collect();
            assert!(pauses.iter().all(|pause| (middle * 3 / 4..=middle * 5 / 4).contains(pause)), "{misses}");
            assert!(pauses.iter().any(|pause| *pause < middle * 4 / 5), "{misses}");
            assert!(pauses.iter().any(|pause| *pause > middle * 6 / 5), "{misses}");
        }
    }

    #[test]
    fn an_interval_above_the_cap_is_kept() {
        let policy = WaitPolicy::new().interval(Duration::from_secs(60));
        assert!(policy.pause(3, &mut Random::new(1)) >= Duration::from_secs(45));
    }
}
