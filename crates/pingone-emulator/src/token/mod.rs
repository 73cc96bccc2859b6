//! `POST /{envID}/as/token`: a token for a client that can say who it is.

mod client_authentication;
mod store;

use http::{Method, StatusCode};
use serde_json::json;

use self::client_authentication::{Circumstances, Presented};
pub(crate) use self::store::Tokens;
pub use self::store::{TokenCounters, TokenKind};
use crate::{
    answer::Answer,
    error::{OAuthError, PlatformError, Refusal},
    request::Request,
    state::State,
};

const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// Gives a token, or says why not; and counts either.
pub(crate) fn answer(state: &mut State, request: &Request) -> Result<Answer, Refusal> {
    let answer = issue(state, request);
    let counter = match answer {
        Ok(_) => &mut state.tokens.counters.issued,
        Err(_) => &mut state.tokens.counters.refused,
    };
    *counter += 1;
    answer
}

fn issue(state: &mut State, request: &Request) -> Result<Answer, Refusal> {
    let State { data, rules, tokens, clock, .. } = state;
    if request.method() != Method::POST {
        return Err(PlatformError::method_not_allowed("POST").into());
    }
    if request.media_type(rules).as_deref() != Some(MEDIA_TYPE) {
        return Err(OAuthError::no_form().into());
    }
    let form = Form::read(request.body())?;
    let issuer = format!("{}/{}/as", request.base(), data.environment_id);
    let circumstances = Circumstances { issuer, rules, now: clock.now() };
    Presented::read(request, &form, rules)?.authenticate(&data.clients, &circumstances)?;
    // Rule: NO_SCOPE_NEEDED.
    match form.get("grant_type") {
        Some("client_credentials") => {}
        Some(_) => return Err(OAuthError::unsupported_grant_type().into()),
        None => return Err(OAuthError::invalid_request("The parameter grant_type is missing").into()),
    }
    let access_token = tokens.issue(TokenKind::Worker, clock.now());
    let expires_in = tokens.lifetime.as_secs();
    let body = json!({ "access_token": access_token, "token_type": "Bearer", "expires_in": expires_in });
    Ok(Answer::json(StatusCode::OK, body))
}

/// The parameters of a token request.
struct Form(Vec<(String, String)>);

impl Form {
    /// Rule: PARAMETER_TWICE.
    fn read(body: &[u8]) -> Result<Self, OAuthError> {
        let mut form = Self(Vec::new());
        for (name, value) in form_urlencoded::parse(body).into_owned() {
            if form.get(&name).is_some() {
                return Err(OAuthError::invalid_request("A parameter is given twice"));
            }
            form.0.push((name, value));
        }
        Ok(form)
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }
}
