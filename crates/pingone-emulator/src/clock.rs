//! The time that the service believes in.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Real time plus what a test has added, or a fixed time if it is stopped. Nothing else reads the clock.
#[derive(Clone, Debug)]
pub(crate) enum Clock {
    Running { ahead: SignedDuration },
    Frozen { at: Timestamp },
}

impl Clock {
    pub(crate) fn new() -> Self {
        Self::Running { ahead: SignedDuration::ZERO }
    }

    /// Saturates instead of overflowing.
    pub(crate) fn now(&self) -> Timestamp {
        match self {
            Self::Running { ahead } => after(Timestamp::now(), *ahead),
            Self::Frozen { at } => *at,
        }
    }

    pub(crate) fn is_running(&self) -> bool {
        matches!(self, Self::Running { .. })
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        match self {
            Self::Running { ahead } => *ahead = ahead.saturating_add(signed(by)),
            Self::Frozen { at } => *at = after(*at, signed(by)),
        }
    }

    /// Stops the clock; only [`advance`](Self::advance) moves it then.
    pub(crate) fn freeze(&mut self) {
        *self = Self::Frozen { at: self.now() };
    }

    /// Starts the clock again, from where it stopped.
    pub(crate) fn resume(&mut self) {
        *self = Self::Running { ahead: self.now().duration_since(Timestamp::now()) };
    }
}

/// The time `later` than `time`.
pub(crate) fn after(time: Timestamp, later: SignedDuration) -> Timestamp {
    time.saturating_add(later).unwrap_or(Timestamp::MAX)
}

pub(crate) fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

/// As the service writes a time: ISO 8601 with milliseconds.
pub(crate) fn iso(time: Timestamp) -> String {
    format!("{time:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advances_and_never_overflows() {
        let mut clock = Clock::new();
        let before = clock.now();
        clock.advance(Duration::from_secs(60));
        assert!(clock.now().duration_since(before) >= SignedDuration::from_secs(60));
        clock.advance(Duration::MAX);
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), Timestamp::MAX);
        clock.freeze();
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), Timestamp::MAX);
    }

    #[test]
    fn stands_still_while_it_is_frozen() {
        let mut clock = Clock::new();
        clock.freeze();
        let frozen = clock.now();
        assert_eq!(clock.now(), frozen);
        clock.advance(Duration::from_secs(60));
        assert_eq!(clock.now(), after(frozen, SignedDuration::from_secs(60)));
        clock.resume();
        let resumed = clock.now().duration_since(frozen);
        assert!(clock.is_running() && resumed >= SignedDuration::from_secs(60), "{resumed}");
        assert!(resumed < SignedDuration::from_secs(90), "{resumed}");
    }
}
