use crate::{reply::view::view, shared::open_enum::open_enum};

open_enum! {
    /// The unit of a length of time.
    pub enum TimeUnit {
        /// Seconds.
        Seconds = "SECONDS",
        /// Minutes.
        Minutes = "MINUTES",
        /// Hours.
        Hours = "HOURS",
        /// Days.
        Days = "DAYS",
    }
}

view! {
    /// A length of time as the service writes it, in two parts.
    pub struct ServiceDuration {
        /// How many units.
        number duration = "duration";
        /// The unit.
        one time_unit = "timeUnit": TimeUnit;
    }
}
