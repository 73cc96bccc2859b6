//! `POST /{envID}/as/token`: a token for a client that can say who it is.

mod client_authentication;
mod store;

use http::{Method, StatusCode};
use serde_json::json;

use self::client_authentication::Presented;
pub(crate) use self::store::Tokens;
use crate::{
    answer::Answer,
    data::Data,
    error::{OAuthError, PlatformError, Refusal},
    request::Request,
    state::State,
};

const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

pub(crate) fn answer(data: &Data, state: &mut State, request: &Request) -> Result<Answer, Refusal> {
    if request.method() != Method::POST {
        return Err(PlatformError::method_not_allowed("POST").into());
    }
    if request.media_type().as_deref() != Some(MEDIA_TYPE) {
        return Err(OAuthError::no_form().into());
    }
    let form = Form::read(request.body())?;
    Presented::read(request, &form)?.authenticate(&data.clients)?;
    // Rule (documented): no scope is needed; a worker's rights are its roles.
    match form.get("grant_type") {
        Some("client_credentials") => {}
        Some(_) => return Err(OAuthError::unsupported_grant_type().into()),
        None => return Err(OAuthError::invalid_request("The parameter grant_type is missing").into()),
    }
    let access_token = state.tokens.issue(state.clock.now());
    let expires_in = store::LIFETIME.as_secs();
    let body = json!({ "access_token": access_token, "token_type": "Bearer", "expires_in": expires_in });
    Ok(Answer::json(StatusCode::OK, body))
}

/// The parameters of a token request.
struct Form(Vec<(String, String)>);

impl Form {
    /// Rule (assumed): RFC 6749 forbids to send a parameter twice.
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
