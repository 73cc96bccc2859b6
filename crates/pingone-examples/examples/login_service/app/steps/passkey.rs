//! Passkeys, the only part that needs scripts.

use axum::{
    Form, Json,
    extract::State,
    http::{HeaderMap, header::SET_COOKIE},
    response::{IntoResponse, Response},
};
use pingone_async::{CheckAssertion, InitializeDeviceAuthentication, NextStep};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::{
    cookie::VISIT,
    notice::Notice,
    pages,
    service::{Service, View, told},
    visit::{At, Attempt, LogIn, Visit},
    visitor::Visitor,
};

#[derive(Deserialize)]
pub(crate) struct CredentialForm {
    /// What `JSON.stringify(credential)` returned in the browser.
    credential: String,
}

/// Begins a log-in by a passkey that identifies its user. Returns what it has to sign, as JSON for the browser.
pub(crate) async fn begin_nameless(
    State(service): State<Service>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, Response> {
    let refuse = |notice: Notice| (notice.status, notice.text).into_response();
    service.may_begin_nameless(&visitor.address).await.map_err(|refused| refuse(refused.into()))?;
    let begin = InitializeDeviceAuthentication::usernameless().relying_party(&service.settings.relying_party);
    let begun = service.client.send(begin).await.map_err(|error| refuse(Notice::of_error(&error)))?;
    let NextStep::Assertion(request) = begun.into_next_step() else { return Err(refuse(Notice::unavailable())) };
    let options = request.options().and_then(|options| RawValue::from_string(options.to_browser_json().ok()?).ok());
    let (Some(options), Some(attempt)) = (options, Attempt::new(None)) else {
        return Err(refuse(Notice::unavailable()));
    };
    // Only now: if none can begin, the browser keeps what it had.
    service.replace(&headers).await.map_err(refuse)?;
    let visit = Visit::LogIn(LogIn { attempt, at: At::step(request.id()) });
    let cookie = service.set(VISIT, visit).map_err(refuse)?;
    Ok(([(SET_COOKIE, cookie)], Json(options)).into_response())
}

pub(crate) async fn check_passkey(
    State(service): State<Service>,
    visitor: Visitor,
    log_in: LogIn,
    Form(form): Form<CredentialForm>,
) -> Response {
    let name = log_in.attempt.who.as_ref().map(|who| &*who.name);
    let is_nameless = name.is_none();
    let notice = match service.may_check(name, &visitor.address).await {
        Err(refused) => refused.into(),
        Ok(()) => {
            let check = CheckAssertion::fido2(log_in.at.id(), service.settings.origin.as_str(), &form.credential);
            match service.client.send(check).await {
                Ok(checked) => return service.enter(log_in.attempt, checked.into_next_step()).await,
                Err(error) => Notice::of_error(&error),
            }
        }
    };
    if is_nameless {
        return told(Some(&notice), pages::log_in("", Some(&notice)));
    }
    service.show(log_in, &visitor, View::Step, Some(notice)).await
}
