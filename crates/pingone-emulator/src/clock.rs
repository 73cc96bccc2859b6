//! The time that the service believes in.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Real time, and what a test has added to it. No other place asks for the time, so that a clock that stands still can
/// take this one's part.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    ahead: SignedDuration,
}

impl Clock {
    /// Never overflows: far in the future, time stops.
    pub(crate) fn now(&self) -> Timestamp {
        after(Timestamp::now(), self.ahead)
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        self.ahead = self.ahead.saturating_add(signed(by));
    }
}

/// The time `later` than `time`.
pub(crate) fn after(time: Timestamp, later: SignedDuration) -> Timestamp {
    time.saturating_add(later).unwrap_or(Timestamp::MAX)
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advances_and_never_overflows() {
        let mut clock = Clock::default();
        let before = clock.now();
        clock.advance(Duration::from_secs(60));
        assert!(clock.now().duration_since(before) >= SignedDuration::from_secs(60));
        clock.advance(Duration::MAX);
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), Timestamp::MAX);
    }
}
