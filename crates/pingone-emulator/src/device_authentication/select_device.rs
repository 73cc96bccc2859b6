use jiff::Timestamp;

use super::{
    authentication::{DeviceAuthentication, Step},
    factors::Factors,
};
use crate::{body::Body, error::PlatformError};

/// Goes on with another device, or with the same one anew.
pub(super) fn select_device(
    authentication: &mut DeviceAuthentication,
    body: &Body,
    factors: &mut Factors,
    now: Timestamp,
) -> Result<(), PlatformError> {
    let device_id = body.required_text("device.id")?;
    match authentication.step {
        // Rule (documented), for an assertion (assumed).
        Step::DeviceSelection | Step::Otp { .. } | Step::Assertion { .. } => {}
        // Rule (assumed): a pending push has to be cancelled first.
        Step::PushConfirmation | Step::Completed | Step::Failed(_) => {
            return Err(PlatformError::wrong_status(authentication.step.status()));
        }
    }
    let user = authentication.user.clone();
    let unknown = || PlatformError::invalid_value("device.id", "is no device of the user");
    let device = user.find_device(device_id).ok_or_else(unknown)?;
    let step = factors.begin(device, &authentication.id, "device.id")?;
    authentication.selected_device = Some(device.id().to_owned());
    authentication.move_to(step, now);
    Ok(())
}
