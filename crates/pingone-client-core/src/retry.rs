//! When a call is sent again, and how long it waits before.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, SystemTime},
};

use http::StatusCode;
use pingone_model::{
    ErrorCode, ErrorDetail, Idempotency, InnerError, OperationInfo, Problem, ResponseError, RetryAfter,
};

use crate::{Now, error::Cause};

/// When a call is sent again.
///
/// What would send a second push or burn an attempt is sent again only if the service provably did not act: see
/// `docs/retries.md` for the table. No wait goes past the deadline of the call.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// How often a request is sent at most; 4 by default, 1 for never again.
    pub max_attempts: u32,
    /// How long the first wait is at most; 500 ms by default. Each further one may be twice as long.
    pub base: Duration,
    /// How long any wait of our own choice is at most; 10 s by default.
    pub cap: Duration,
    /// The longest wait that the service may ask for; 60 s by default. If it asks for more, the call ends, and the error
    /// has the wait in it.
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

    /// Nothing is sent again, but once with a fresh token.
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

    /// Sets `max_retry_after`.
    #[must_use]
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = wait;
        self
    }

    /// How long to wait after `attempts` attempts. What the service asked for is never cut short; to it, and without
    /// it, comes a random part, so that callers who failed together do not come back together.
    pub(crate) fn wait(&self, attempts: u32, asked: Option<Duration>, random: &mut Random) -> Duration {
        let doubled = self.base.saturating_mul(2_u32.saturating_pow(attempts.saturating_sub(1)));
        match asked {
            Some(asked) => asked.saturating_add(random.up_to(self.base)),
            None => random.up_to(doubled.min(self.cap)),
        }
    }
}

/// What a failure means for sending the same request again, and the wait that the service asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It may be sent again.
    Again(Option<Duration>),
    /// It must not, or it would be of no use.
    Stop(Option<Duration>),
}

impl Verdict {
    pub(crate) fn asked(self) -> Option<Duration> {
        match self {
            Self::Again(asked) | Self::Stop(asked) => asked,
        }
    }
}

/// The table of repetition; `docs/retries.md` shows it to users.
pub(crate) fn verdict(info: &OperationInfo, cause: &Cause, now: Now) -> Verdict {
    let (again, asked) = match cause {
        // Only a request that provably did not reach the service may always be sent again.
        Cause::Transport(error) => (!error.maybe_reached() || repeatable(info), None),
        Cause::Response(error) => {
            let asked = asked_wait(error, now);
            (passes(info, error, asked), asked)
        }
        Cause::Request(_) | Cause::Token(_) | Cause::DeadlineExceeded => (false, None),
    };
    if again { Verdict::Again(asked) } else { Verdict::Stop(asked) }
}

/// Whether the refusal passes by itself, and sending again does no harm.
fn passes(info: &OperationInfo, error: &ResponseError, asked: Option<Duration>) -> bool {
    match error.status() {
        // Refused before anything was done, unless it is a limit that no short wait lifts.
        StatusCode::TOO_MANY_REQUESTS => {
            matches!(error.problem(), Problem::Throttled { .. }) && !error.has_code(&ErrorCode::QuotaExceeded)
        }
        // Says when to come again, so it knows that it did nothing.
        StatusCode::SERVICE_UNAVAILABLE if asked.is_some() => true,
        StatusCode::REQUEST_TIMEOUT
        | StatusCode::INTERNAL_SERVER_ERROR
        | StatusCode::BAD_GATEWAY
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT => repeatable(info),
        _ => false,
    }
}

fn repeatable(info: &OperationInfo) -> bool {
    info.idempotency == Idempotency::Idempotent
}

/// How long the service asks to wait: by the header, or by the body if there is none. A time that is past is no wait.
fn asked_wait(error: &ResponseError, now: Now) -> Option<Duration> {
    let until = |time: SystemTime| time.duration_since(now.wall).unwrap_or_default();
    match error.retry_after() {
        Some(RetryAfter::Delay(delay)) => return Some(delay),
        Some(RetryAfter::At(time)) => return Some(until(time)),
        None => {}
    }
    if let Problem::Locked { until: Some(milliseconds), .. } = error.problem() {
        return SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(milliseconds)).map(until);
    }
    let mut figures = error.platform()?.details().iter().filter_map(ErrorDetail::inner_error);
    let time = figures.find_map(InnerError::retry_after)?;
    humantime::parse_rfc3339(time).ok().map(until)
}

/// What all calls of a client may spend on sending again, so that many callers cannot storm a service that is down.
///
/// A repetition costs 5, and 10 after no answer at all; a call that ends well brings back what it spent, or 1.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 500;

    pub(crate) fn full() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// Whether `cost` was left, and is spent now.
    pub(crate) fn spend(&self, cost: u32) -> bool {
        self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, |left| left.checked_sub(cost)).is_ok()
    }

    pub(crate) fn bring_back(&self, amount: u32) {
        let filled = |left: u32| Some(left.saturating_add(amount).min(Self::FULL));
        // The closure always has an answer.
        let _ = self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, filled);
    }
}

/// SplitMix64: enough to spread waits, and reproducible from its seed. Nothing secret is made from it.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A length from nothing to `limit`.
    pub(crate) fn up_to(&mut self, limit: Duration) -> Duration {
        let limit = u64::try_from(limit.as_nanos()).unwrap_or(u64::MAX);
        Duration::from_nanos(self.next().checked_rem(limit.saturating_add(1)).unwrap_or_default())
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

    #[test]
    fn the_budget_ends_and_fills_up_again_to_its_brim() {
        let budget = Budget::full();
        assert_eq!((0..1_000).filter(|_| budget.spend(5)).count(), 100);
        budget.bring_back(4);
        assert!(!budget.spend(5));
        budget.bring_back(u32::MAX);
        assert_eq!((0..1_000).filter(|_| budget.spend(10)).count(), 50);
    }
}
