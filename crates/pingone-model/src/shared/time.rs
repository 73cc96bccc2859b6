use std::time::SystemTime;

use crate::shared::text::text_value;

/// A moment as the service writes it: ISO 8601 in UTC, such as `2024-11-05T13:43:27.272Z`.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use pingone_model::Time;
///
/// let time = Time::from("2024-11-05T13:43:27.272Z");
/// assert_eq!(time.to_system_time(), Some(SystemTime::UNIX_EPOCH + Duration::from_millis(1_730_814_207_272)));
/// assert_eq!(Time::from("yesterday").to_system_time(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Time(Box<str>);

impl Time {
    /// The text as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The moment; none if the text is not one.
    #[must_use]
    pub fn to_system_time(&self) -> Option<SystemTime> {
        humantime::parse_rfc3339(&self.0).ok()
    }
}

impl From<&str> for Time {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

text_value!(Time);
