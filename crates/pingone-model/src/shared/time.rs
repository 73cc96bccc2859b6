use std::time::{SystemTime, UNIX_EPOCH};

use crate::{RequestError, shared::text::text_value};

/// The beginning of the year 10000, which has no RFC 3339 form.
const YEAR_10000: u64 = 253_402_300_800;

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

    /// The moment; `None` if the text is not one.
    #[must_use]
    pub fn to_system_time(&self) -> Option<SystemTime> {
        humantime::parse_rfc3339(&self.0).ok()
    }

    /// As a request carries it, with milliseconds: `2025-11-30T00:00:00.000Z`.
    pub(crate) fn in_milliseconds(argument: &'static str, time: SystemTime) -> Result<Self, RequestError> {
        Ok(Self(humantime::format_rfc3339_millis(checked(argument, time)?).to_string().into()))
    }

    /// As a request carries it, in whole seconds: `2025-11-30T00:00:00Z`.
    pub(crate) fn in_seconds(argument: &'static str, time: SystemTime) -> Result<Self, RequestError> {
        Ok(Self(humantime::format_rfc3339_seconds(checked(argument, time)?).to_string().into()))
    }
}

impl From<&str> for Time {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

text_value!(Time);

/// The time, if it can be written at all.
fn checked(argument: &'static str, time: SystemTime) -> Result<SystemTime, RequestError> {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) if since.as_secs() < YEAR_10000 => Ok(time),
        Ok(_) => Err(RequestError::new(argument, "is after the year 9999: pass an earlier time")),
        Err(_) => Err(RequestError::new(argument, "is before the year 1970: pass a later time")),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_time_is_written_in_the_one_form_that_is_taken() {
        let at = |milliseconds| UNIX_EPOCH + Duration::from_micros(milliseconds * 1000 + 999);
        let written = |time| {
            let (fine, coarse) = (Time::in_milliseconds("until", time), Time::in_seconds("until", time));
            (fine.unwrap().to_string(), coarse.unwrap().to_string())
        };
        let both = |fine: &str, coarse: &str| (fine.to_owned(), coarse.to_owned());
        assert_eq!(written(UNIX_EPOCH), both("1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00Z"));
        assert_eq!(written(at(1_764_460_800_007)), both("2025-11-30T00:00:00.007Z", "2025-11-30T00:00:00Z"));
        let last = at(YEAR_10000 * 1000 - 1);
        assert_eq!(written(last), both("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59Z"));
    }

    #[test]
    fn a_time_that_cannot_be_written_is_refused_by_name() {
        let (before, after) = (UNIX_EPOCH - Duration::from_nanos(1), UNIX_EPOCH + Duration::from_secs(YEAR_10000));
        for (time, problem) in [(before, "until is before the year 1970"), (after, "until is after the year 9999")] {
            for error in [Time::in_milliseconds("until", time), Time::in_seconds("until", time)] {
                let error = error.unwrap_err();
                assert_eq!(error.argument(), "until");
                assert!(error.to_string().starts_with(problem), "{error}");
            }
        }
    }
}
