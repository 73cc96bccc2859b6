use super::passkey::{Expected, Registration};
use crate::{
    body::Body,
    error::PlatformError,
    resource::{
        Context, Stores,
        device_authentication::{BASE64_OF_EITHER_KIND, ORIGIN_OF_ANDROID_APP},
        device_authentication_policy::Policy,
        user::Device,
        webauthn::check_origin,
    },
};

/// Checks what the browser has returned, and has the device remember it. A wrong attestation can be followed by a right one.
pub(super) fn check_passkey(
    device: &Device,
    (challenge, rp_id): (&[u8], &str),
    policy: &Policy,
    body: &Body,
    stores: &Stores,
    context: &Context<'_>,
) -> Result<Device, PlatformError> {
    let origin = body.required_text("origin")?;
    let wrong = |problem: &str| PlatformError::invalid_value("attestation", problem);
    let either_kind = context.holds(&BASE64_OF_EITHER_KIND);
    let registration = Registration::read(body.required_text("attestation")?, either_kind).map_err(wrong)?;
    check_origin(origin, rp_id, context.holds(&ORIGIN_OF_ANDROID_APP))?;
    let mut proven = device.clone();
    registration.register(&mut proven, &Expected { challenge, origin, rp_id, policy }).map_err(wrong)?;
    check_new(&registration.credential_id(), stores)?;
    Ok(proven)
}

/// Rule: CREDENTIAL_IS_NEW.
pub(super) fn check_new(credential_id: &str, stores: &Stores) -> Result<(), PlatformError> {
    match stores.users.find_device(|device| device.text(&["credentialId"]) == Some(credential_id)) {
        Some(_) => Err(PlatformError::not_unique("attestation", "is of a passkey that is registered already")),
        None => Ok(()),
    }
}
