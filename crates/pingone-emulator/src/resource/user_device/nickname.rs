use serde_json::json;

use super::{reply::href, rules};
use crate::{
    answer::Answer,
    error::{PlatformError, Refusal},
    resource::{Context, Stores},
};

/// The longest nickname.
const LONGEST: usize = 100;

/// Sets or removes the device's nickname. The reply is the nickname, not the device.
pub(super) fn update_nickname(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let body = context.body()?;
    let nickname = body.required_string("nickname")?;
    check(nickname, context)?;
    let [user_id, device_id] = ["userId", "deviceId"].map(|name| context.parameter(name));
    let changed = stores.users.change_device(user_id, device_id, |device| {
        device.set("nickname", (!nickname.is_empty()).then(|| nickname.into()));
        device.touch(context.now());
    });
    changed.ok_or_else(PlatformError::not_found)?;
    let device = href(user_id, device_id, context);
    // Rule: NICKNAME_ANSWERS_NICKNAME.
    let links = json!({ "self": { "href": format!("{device}/nickname") }, "device": { "href": device } });
    Ok(Answer::resource(json!({ "_links": links, "nickname": nickname })))
}

/// Rule: NICKNAME_LENGTH.
pub(super) fn check(nickname: &str, context: &Context<'_>) -> Result<(), PlatformError> {
    match nickname.chars().count() {
        length if length > LONGEST && context.holds(&rules::NICKNAME_LENGTH) => {
            Err(PlatformError::invalid_value("nickname", "must have 100 characters at most"))
        }
        _ => Ok(()),
    }
}
