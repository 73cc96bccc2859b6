use jiff::Timestamp;

use super::authentication::{DeviceAuthentication, Step};
use crate::{body::Body, error::PlatformError};

/// Takes back a push that is not answered yet, so that the user can choose another device.
pub(super) fn cancel(
    authentication: &mut DeviceAuthentication,
    body: &Body,
    now: Timestamp,
) -> Result<(), PlatformError> {
    // Rule (documented): `CHANGE_DEVICE`. (assumed): any other text is accepted, and means the same.
    body.required_text("reason")?;
    // Rule (assumed): there is nothing to cancel in any other status.
    if !authentication.is_push_pending() {
        return Err(PlatformError::wrong_status(authentication.step.status()));
    }
    // Rule (documented): `selectedDevice` goes on to name the device that was given up.
    authentication.move_to(Step::DeviceSelection, now);
    Ok(())
}
