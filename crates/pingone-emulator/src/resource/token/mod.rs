//! The token endpoint: a token for a client that authenticates.

mod client;
mod client_authentication;
mod form;
mod published;
pub(crate) mod rules;
mod signing_key;
mod store;

use http::StatusCode;
use serde_json::json;

pub use self::{
    client::{Client, TokenEndpointAuthMethod},
    store::{TokenCounters, TokenKind},
};
use self::{
    client_authentication::{Circumstances, Presented},
    form::Form,
    published::{configuration, introspect, keys},
};
pub(crate) use self::{
    signing_key::SigningKey,
    store::{Issuer, Tokens},
};
use super::{
    Context, Stores,
    route::{Base, Place, Route, get, place, post_any},
};
use crate::{
    answer::Answer,
    error::{OAuthError, Refusal},
};

static TOKEN: Place = place(Base::Auth, "/as/token").without_token();

static KEYS: Place = place(Base::Auth, "/as/jwks").without_token();
static CONFIGURATION: Place = place(Base::Auth, "/as/.well-known/openid-configuration").without_token();
static INTROSPECT: Place = place(Base::Auth, "/as/introspect").without_token();

// Another media type is a token request as well: it is answered in the endpoint's own way.
pub(super) static ROUTES: &[Route] = &[
    post_any("token.request", &TOKEN, request),
    get("token.keys", &KEYS, keys),
    get("token.configuration", &CONFIGURATION, configuration),
    post_any("token.introspect", &INTROSPECT, introspect),
];

/// Issues a token or says why not, and counts both.
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
    let form = Form::of(request, conditions.rules)?;
    let circumstances = Circumstances { issuer: context.auth_url("/as"), conditions: *conditions };
    let presented = Presented::read(request, &form, conditions.rules)?;
    presented.authenticate(&tokens.clients, &circumstances)?;
    // Rule: NO_SCOPE_NEEDED.
    match form.get("grant_type") {
        Some("client_credentials") => {}
        Some(_) => return Err(OAuthError::unsupported_grant_type()),
        None => return Err(OAuthError::invalid_request("The parameter grant_type is missing")),
    }
    let access_token = tokens.issue(
        TokenKind::Worker,
        &Issuer {
            address: &circumstances.issuer,
            environment_id: context.environment.id,
            client_id: presented.client_id(),
        },
        conditions.now,
    );
    let expires_in = tokens.lifetime.as_secs();
    let body = json!({ "access_token": access_token, "token_type": "Bearer", "expires_in": expires_in });
    Ok(Answer::json(StatusCode::OK, body))
}
