use std::{
    sync::LazyLock,
    time::{Duration, SystemTime},
};

use pingone_client_core::Now;
use tokio::time::Instant;

/// How long before the first moment the scale starts: each runtime whose clock is
/// paused has a time of its own, which may be earlier.
const BEFORE: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// The time on tokio's clock, which sleeps and timeouts follow even where a test pauses it.
pub(crate) fn now() -> Now {
    static FIRST: LazyLock<Instant> = LazyLock::new(Instant::now);
    let (first, now) = (*FIRST, Instant::now());
    let monotonic = BEFORE + now.saturating_duration_since(first) - first.saturating_duration_since(now);
    Now::new(monotonic, SystemTime::now())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How much time passes on it, in a runtime of its own.
    fn passes(ahead: u64, seconds: u64) -> Duration {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            tokio::time::advance(Duration::from_secs(ahead)).await;
            let before = now().monotonic;
            tokio::time::advance(Duration::from_secs(seconds)).await;
            now().monotonic - before
        })
    }

    #[test]
    fn time_passes_in_every_runtime_whichever_is_ahead() {
        assert_eq!(passes(3_600, 7), Duration::from_secs(7), "this one asks first");
        assert_eq!(passes(0, 7), Duration::from_secs(7));
    }
}
