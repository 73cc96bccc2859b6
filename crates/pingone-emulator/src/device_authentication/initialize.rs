use super::{
    DeviceAuthentication,
    authentication::{Failure, Step},
};
use crate::{body::Body, data::Data, error::PlatformError, state::State};

/// Documented members that change what happens, and that the emulator cannot honour.
const UNSUPPORTED: [&str; 2] = ["selectedDevice.oneTime", "mobilePayload"];

/// Starts an authentication of a user.
pub(super) fn initialize<'a>(
    data: &Data,
    state: &'a mut State,
    body: &Body,
) -> Result<&'a DeviceAuthentication, PlatformError> {
    // Rule (assumed): a user is required; the documentation also knows sign-on with a passkey alone.
    let user_id = body.required_text("user.id")?;
    let policy_id = body.optional_text("policy.id")?;
    let device_id = body.optional_text("selectedDevice.id")?;
    if let Some(unsupported) = UNSUPPORTED.into_iter().find(|path| body.has(path)) {
        return Err(PlatformError::invalid_value(unsupported, "is not supported by the emulator"));
    }
    // Rule (assumed): a user that does not exist is a resource that does not.
    let user = data.find_user(user_id).ok_or_else(PlatformError::not_found)?;
    // Rule (assumed): a policy that does not exist is a bad value.
    if policy_id.is_some_and(|id| id != data.policy_id) {
        return Err(PlatformError::invalid_value("policy.id", "is no policy of the environment"));
    }
    let device = match device_id {
        // Rule (seen): a device of somebody else is a bad value.
        Some(id) => {
            let unknown = || PlatformError::invalid_value("selectedDevice.id", "is no device of the user");
            Some(user.find_device(id).ok_or_else(unknown)?)
        }
        // Rule (documented): the first device is the default.
        None => user.devices().first(),
    };
    let id = state.authentication_ids.id();
    let step = match device {
        Some(device) => state.factors.begin(device, &id, "selectedDevice.id")?,
        None => Step::Failed(Failure::NoUsableDevices),
    };
    let now = state.clock.now();
    let authentication = DeviceAuthentication {
        id: id.clone(),
        number: state.authentications.len(),
        user: user.clone(),
        selected_device: device.map(|device| device.id().to_owned()),
        step,
        failed_otp_checks: 0,
        created_at: now,
        updated_at: now,
    };
    Ok(state.authentications.entry(id).insert_entry(authentication).into_mut())
}
