//! The token endpoint: a token for a client that can say who it is.

mod client;
mod client_authentication;
mod form;
pub(crate) mod rules;
mod store;

use http::StatusCode;
use serde_json::json;

pub(crate) use self::store::Tokens;
pub use self::{
    client::{Client, TokenEndpointAuthMethod},
    store::{TokenCounters, TokenKind},
};
use self::{
    client_authentication::{Circumstances, Presented},
    form::Form,
};
use super::{
    Context, Stores,
    route::{Base, Place, Route, place, post_any},
};
use crate::{
    answer::Answer,
    error::{OAuthError, Refusal},
};

static TOKEN: Place = place(Base::Auth, "/as/token").without_token();

const FORM: &str = "application/x-www-form-urlencoded";

// Another media type is a token request as well: it is answered in the endpoint's own way.
pub(super) static ROUTES: &[Route] = &[post_any("token.request", &TOKEN, request)];

/// Gives a token, or says why not; and counts either.
fn request(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let answer = issue(&mut stores.tokens, context);
    let counter = match answer {
        Ok(_) => &mut stores.tokens.counters.issued,
        Err(_) => &mut stores.tokens.counters.refused,
    };
    *counter += 1;
    Ok(answer?)
}

fn issue(tokens: &mut Tokens, context: &Context<'_>) -> Result<Answer, OAuthError> {
    let Context { request, conditions, .. } = context;
    if request.media_type(conditions.rules).as_deref() != Some(FORM) {
        return Err(OAuthError::no_form());
    }
    let form = Form::read(request.body())?;
    let circumstances = Circumstances { issuer: context.auth_url("/as"), conditions: *conditions };
    Presented::read(request, &form, conditions.rules)?.authenticate(&tokens.clients, &circumstances)?;
    // Rule: NO_SCOPE_NEEDED.
    match form.get("grant_type") {
        Some("client_credentials") => {}
        Some(_) => return Err(OAuthError::unsupported_grant_type()),
        None => return Err(OAuthError::invalid_request("The parameter grant_type is missing")),
    }
    let access_token = tokens.issue(TokenKind::Worker, conditions.now);
    let expires_in = tokens.lifetime.as_secs();
    let body = json!({ "access_token": access_token, "token_type": "Bearer", "expires_in": expires_in });
    Ok(Answer::json(StatusCode::OK, body))
}
