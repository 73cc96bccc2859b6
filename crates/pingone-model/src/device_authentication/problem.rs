//! What a refusal, or a failure, means to a log-in page.

use super::{AuthenticationError, DeviceAuthentication, FailureCode};
use crate::{Device, DeviceReference, DeviceType, Document, ErrorCode, Problem, ResponseError};

/// Of an operation that begins an authentication.
pub(super) fn at_begin(error: &ResponseError, general: Problem) -> Problem {
    failure(error).unwrap_or(general)
}

/// Of an operation on one authentication.
pub(super) fn of_one(error: &ResponseError, general: Problem) -> Problem {
    match at_begin(error, general) {
        // An expired authentication and an unknown one cannot be told apart (*inferred*).
        Problem::NotFound => Problem::Gone,
        Problem::BadRequest if error.has_code(&ErrorCode::ConstraintViolation) => Problem::OutOfStep,
        other => other,
    }
}

/// The documentation does not say whether a failed authentication may also come with a refusal.
fn failure(error: &ResponseError) -> Option<Problem> {
    if error.has_code(&ErrorCode::NoUsableDevices) {
        return Some(Problem::NoUsableDevice { unavailable: Vec::new() });
    }
    let authentication = Document::<DeviceAuthentication>::from_json(error.body().clone()).ok()?;
    no_usable_device(authentication.error()?)
}

/// Of an authentication that failed.
pub(super) fn of_failed(authentication: &DeviceAuthentication) -> Problem {
    let kind = authentication.device_in_use().and_then(Device::kind);
    match authentication.error().and_then(no_usable_device) {
        Some(problem) => problem,
        // A device that only receives or shows codes cannot deny anything (*inferred*).
        None if kind.is_some_and(has_codes_alone) => Problem::NoTriesLeft,
        None => Problem::Denied,
    }
}

fn has_codes_alone(kind: &DeviceType) -> bool {
    use DeviceType::{Email, OathToken, Sms, Totp, Voice, WhatsApp, YubiKey};
    matches!(kind, Email | OathToken | Sms | Totp | Voice | WhatsApp | YubiKey)
}

fn no_usable_device(error: &AuthenticationError) -> Option<Problem> {
    (error.code() == Some(&FailureCode::NoUsableDevices)).then(|| Problem::NoUsableDevice {
        unavailable: error.unavailable_devices().iter().filter_map(DeviceReference::id).cloned().collect(),
    })
}
