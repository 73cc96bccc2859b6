//! The range of time limits.

use std::time::Duration;

use pingone_model::RequestError;

/// No limit is longer, so that adding one to a clock's time cannot overflow.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// The limit that is called `argument`, or a day if it is longer.
pub(crate) fn checked(argument: &'static str, limit: Duration) -> Result<Duration, RequestError> {
    if limit.is_zero() {
        return Err(RequestError::new(argument, "is zero, so nothing could be sent: pass a longer time"));
    }
    Ok(limit.min(LONGEST))
}
