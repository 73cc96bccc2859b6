use std::time::{Duration, SystemTime};

/// The time, as the driver's clocks show it. Nothing in this crate reads a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Now {
    /// Time since an arbitrary start; it never goes back. Deadlines and lifetimes are on this scale.
    pub monotonic: Duration,
    /// The time of day, for dates that the service sends.
    pub wall: SystemTime,
}

impl Now {
    /// A moment.
    #[must_use]
    pub const fn new(monotonic: Duration, wall: SystemTime) -> Self {
        Self { monotonic, wall }
    }
}
