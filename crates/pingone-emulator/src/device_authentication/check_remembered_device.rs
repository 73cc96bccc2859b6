use super::{
    DeviceAuthentication,
    authentication::{Failure, Selected, Step, Wish},
    initialize::{begin, find_policy, find_user},
};
use crate::{body::Body, data::Device, error::PlatformError, request::Request, rules, state::State};

/// What the user has done if their browser is remembered.
const BY_BROWSER: &[&str] = &["swk", "mfa", "rm"];

/// Checks whether the user's browser is remembered. That it is not is no error.
pub(super) fn check_remembered_device(
    state: &mut State,
    request: &Request,
    body: &Body,
) -> Result<DeviceAuthentication, PlatformError> {
    let State { data, rules, .. } = &*state;
    let user_id = body.required_text("user.id")?;
    body.required_text("policy.id")?;
    if body.required_text("payload.type")? != "BROWSER" {
        return Err(PlatformError::invalid_value("payload.type", "must be BROWSER"));
    }
    let payload = body.required_text("payload.value")?.to_owned();
    let session = body.optional_text("deviceSession.id")?.map(str::to_owned);
    let policy = find_policy(data, rules, body)?;
    let user = find_user(data, rules, user_id)?;
    if !policy.remember_me && rules.holds(&rules::POLICY_MUST_REMEMBER) {
        return Err(PlatformError::invalid_value("policy.id", "is a policy that remembers no devices"));
    }
    let is_it = |browser: &&Device| {
        let belongs = browser.known_text("cookie").is_some_and(|cookie| request.has_cookie(cookie));
        // Rule: SESSION_OF_BROWSER.
        belongs && browser.text(&["session", "id"]).is_none_or(|id| session.as_deref() == Some(id))
    };
    let browser = user.browsers.iter().find(is_it).cloned();
    let now = state.clock.now();
    let mut authentication = begin(state, Some(user), policy, Wish::default(), now);
    authentication.step = match browser {
        Some(_) => Step::Completed { authenticators: BY_BROWSER },
        None => Step::Failed(Failure::NotRemembered),
    };
    authentication.selected = Some(Selected::Browser { browser, payload, session });
    Ok(authentication)
}
