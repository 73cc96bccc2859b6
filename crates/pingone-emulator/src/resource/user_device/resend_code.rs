use serde_json::json;

use super::{
    device_of,
    pairing::{Awaited, pairing_of, send_code},
    reply::reply,
};
use crate::{
    answer::Answer,
    error::{PlatformError, Refusal},
    resource::{Context, Stores, device_authentication::shown_code},
};

/// Sends the device another code. The one before is void.
///
/// Rule: RESEND_SENDS_ANOTHER_CODE.
pub(super) fn resend_code(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let (user_id, device) = (context.parameter("userId"), device_of(stores, context.parameters)?);
    if device.is_active() {
        return Err(PlatformError::wrong_status(device.status()).into());
    }
    let pairing = pairing_of(stores, user_id, &device)?;
    let Awaited::Sent(_) = pairing.awaited else {
        return Err(PlatformError::not_for_type(device.device_type()).into());
    };
    let code = send_code(stores, user_id, &device, pairing, context.now());
    let mut body = reply(&device, user_id, stores, context);
    if let Some(code) = code {
        body["test"] = json!({ "otp": shown_code(&code, context) });
    }
    Ok(Answer::resource(body))
}
