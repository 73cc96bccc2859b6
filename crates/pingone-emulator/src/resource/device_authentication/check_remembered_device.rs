use super::{
    authentication::{DeviceAuthentication, Failure, Selected, Step, Wish},
    initialize::{begin, find_policy, find_user},
    reply::reply,
    rules,
};
use crate::{
    answer::Answer,
    error::{PlatformError, Refusal},
    resource::{Context, Stores, user::Device},
};

/// What the user has done if their browser is remembered.
const BY_BROWSER: &[&str] = &["swk", "mfa", "rm"];

/// Checks whether the user's browser is remembered. That it is not is no error.
pub(super) fn check_remembered_device(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let authentication = checked(stores, context)?;
    let body = reply(&authentication, stores, context);
    stores.device_authentications.put(authentication);
    // Rule: CHECK_REMEMBERED_IS_200.
    Ok(Answer::resource(body))
}

fn checked(stores: &mut Stores, context: &Context<'_>) -> Result<DeviceAuthentication, PlatformError> {
    let body = context.body()?;
    let user_id = body.required_text("user.id")?;
    body.required_text("policy.id")?;
    if body.required_text("payload.type")? != "BROWSER" {
        return Err(PlatformError::invalid_value("payload.type", "must be BROWSER"));
    }
    let payload = body.required_text("payload.value")?.to_owned();
    let session = body.optional_text("deviceSession.id")?.map(str::to_owned);
    let policy = find_policy(stores, &body, context)?;
    let user = find_user(stores, user_id, context)?;
    if !policy.remembers_browsers() && context.holds(&rules::POLICY_MUST_REMEMBER) {
        return Err(PlatformError::invalid_value("policy.id", "is a policy that remembers no devices"));
    }
    let is_it = |browser: &&Device| {
        let cookie = browser.known_text("cookie").filter(|_| browser.is_remembered(context.now()));
        let belongs = cookie.is_some_and(|cookie| context.request.has_cookie(cookie));
        // Rule: SESSION_OF_BROWSER.
        belongs && browser.text(&["session", "id"]).is_none_or(|id| session.as_deref() == Some(id))
    };
    let browser = user.browsers.iter().find(is_it).cloned();
    let mut authentication = begin(stores, Some(user), policy, Wish::default(), context.now());
    let kept_out = authentication.kept_out(context.now());
    if let Some(reason) = kept_out.filter(|_| context.holds(&rules::ACCOUNT_NOT_USABLE_IS_400)) {
        return Err(PlatformError::account_not_usable(Some("user.id"), reason));
    }
    authentication.step = match (kept_out, &browser) {
        (Some(reason), _) => Step::Failed(Failure::AccountNotUsable(reason)),
        (None, Some(_)) => Step::Completed { authenticators: BY_BROWSER },
        (None, None) => Step::Failed(Failure::NotRemembered),
    };
    authentication.selected = Some(Selected::Browser { browser, payload, session });
    Ok(authentication)
}
