use jiff::SignedDuration;
use serde_json::json;

use super::{device_of, reply::href};
use crate::{
    answer::Answer,
    clock::{after, iso},
    error::{PlatformError, Refusal},
    resource::{Context, Stores},
};

/// For how long the app may send them.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// Asks the app on the user's phone for its logs.
///
/// Rule: LOGS_OF_PHONES.
pub(super) fn request_logs(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let device = device_of(stores, context.parameters)?;
    let body = context.body()?;
    let status = body.required_text("status")?;
    if status != "PENDING" {
        return Err(PlatformError::invalid_value("status", "must be PENDING").into());
    }
    if device.device_type() != "MOBILE" {
        return Err(PlatformError::not_for_type(device.device_type()).into());
    }
    let device = href(context.parameter("userId"), device.id(), context);
    Ok(Answer::resource(json!({
        "_links": { "self": { "href": format!("{device}/logs") }, "device": { "href": device } },
        "status": status,
        "expiresAt": iso(after(context.now(), LIFETIME)),
    })))
}
