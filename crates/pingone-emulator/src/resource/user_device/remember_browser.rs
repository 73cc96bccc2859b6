use http::header::SET_COOKIE;
use serde_json::json;

use super::{
    reply::{created, href},
    rules, user_of,
};
use crate::{
    answer::Answer,
    clock::{after, iso, signed},
    error::{PlatformError, Refusal},
    resource::{Context, Stores, device_authentication::find_policy, user::Device},
};

/// How many browsers of a user are remembered; the oldest goes.
const MOST: usize = 100;

/// Remembers the browser that the payload describes, by the cookie that the reply sets.
///
/// Rule: REMEMBERING_SETS_A_COOKIE. Rule: REMEMBERED_FOR_LIFE_TIME.
pub(super) fn remember_browser(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let (user, body) = (user_of(stores, context.parameters)?, context.body()?);
    body.required_text("payload")?;
    body.required_text("policy.id")?;
    let policy = find_policy(stores, &body, context)?;
    if !policy.remembers_browsers() && context.holds(&rules::REMEMBERING_NEEDS_POLICY) {
        return Err(PlatformError::invalid_value("policy.id", "is a policy that remembers no devices").into());
    }
    let (id, now) = (stores.pairings.next_id(), context.now());
    let cookie = format!("rememberedDevice={}", stores.pairings.next_id());
    let mut browser = Device::new(id, "BROWSER").hidden("cookie", cookie.as_str().into());
    if let Some(session) = body.optional_text("session.id")? {
        browser.set("session", Some(json!({ "id": session })));
    }
    browser.set("status", Some("ACTIVE".into()));
    browser.set("lastRememberedAt", Some(now.as_millisecond().into()));
    browser.hide("createdAt", Some(iso(now).into()));
    browser.hide("rememberedUntil", Some(iso(after(now, signed(policy.remember_life_time()))).into()));
    let body = created(&browser, user.id(), context);
    let location = href(user.id(), browser.id(), context);
    stores.users.change(user.id(), |user| {
        user.browsers.retain(|browser| browser.is_remembered(now));
        user.browsers.drain(..(user.browsers.len() + 1).saturating_sub(MOST));
        user.browsers.push(browser);
    });
    let cookie = format!("{cookie}; Path=/; Max-Age={}; Secure; HttpOnly", policy.remember_life_time().as_secs());
    Ok(Answer::created(body, &location).header(SET_COOKIE, &cookie))
}
