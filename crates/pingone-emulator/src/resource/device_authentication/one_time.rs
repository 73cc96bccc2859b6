//! A device that is not paired: an address that the request brings along.

use super::rules;
use crate::{
    body::Body,
    error::PlatformError,
    resource::{
        Conditions,
        user::{Device, is_address, mask},
    },
};

/// Reads `selectedDevice.oneTime`, if it is there.
pub(super) fn one_time(body: &Body, conditions: Conditions<'_>) -> Result<Option<Device>, PlatformError> {
    if !body.has("selectedDevice.oneTime") {
        return Ok(None);
    }
    let device_type = body.required_text("selectedDevice.oneTime.type")?;
    let (member, path) = match device_type {
        "SMS" | "VOICE" => ("phone", "selectedDevice.oneTime.phone"),
        "WHATSAPP" if conditions.holds(&rules::ONE_TIME_WHATSAPP) => ("phone", "selectedDevice.oneTime.phone"),
        "EMAIL" => ("email", "selectedDevice.oneTime.email"),
        _ => {
            let problem = "is not a type of device to which a code can be sent";
            return Err(PlatformError::invalid_value("selectedDevice.oneTime.type", problem));
        }
    };
    let address = body.required_text(path)?;
    if !is_address(device_type, address, device_type != "WHATSAPP") {
        return Err(PlatformError::invalid_value(path, "is not an address of this kind"));
    }
    let is_test = body.optional_flag("selectedDevice.oneTime.testMode")?.unwrap_or_default();
    // Rule: ONE_TIME_IS_MASKED.
    let device = Device::new(address, device_type).member(member, mask(member, address).into());
    Ok(Some(device.hidden("testMode", is_test.into())))
}
