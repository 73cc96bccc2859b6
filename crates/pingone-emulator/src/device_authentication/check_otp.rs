use jiff::Timestamp;

use super::authentication::{DeviceAuthentication, Failure, Step};
use crate::{body::Body, error::PlatformError};

/// Rule (assumed): the tries of one authentication, over all its devices and codes.
const ATTEMPTS: u32 = 3;

/// Checks the code that the user has entered.
pub(super) fn check_otp(
    authentication: &mut DeviceAuthentication,
    body: &Body,
    now: Timestamp,
) -> Result<(), PlatformError> {
    let otp = body.required_text("otp")?;
    let Step::Otp { code } = &authentication.step else {
        return Err(PlatformError::wrong_status(authentication.step.status()));
    };
    if otp == code {
        authentication.move_to(Step::Completed, now);
        return Ok(());
    }
    authentication.failed_otp_checks += 1;
    let remaining = ATTEMPTS.saturating_sub(authentication.failed_otp_checks);
    if remaining == 0 {
        // Rule (assumed): the last wrong code is answered like the others, and ends the authentication.
        authentication.move_to(Step::Failed(Failure::OtpAttemptsUsedUp), now);
    }
    Err(PlatformError::invalid_otp(remaining))
}
