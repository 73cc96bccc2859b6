//! What the authorization server publishes about itself and about tokens.

use http::StatusCode;
use serde_json::{Value, json};

use super::{
    client_authentication::{Circumstances, Presented},
    form::Form,
};
use crate::{
    answer::Answer,
    error::{OAuthError, Refusal},
    jwt::Jwt,
    resource::{Context, Stores},
};

/// The public half of the key with which tokens are signed.
///
/// Rule: KEYS_ARE_PUBLISHED.
pub(super) fn keys(stores: &mut Stores, _: &Context<'_>) -> Result<Answer, Refusal> {
    let keys: Value = stores.tokens.signing_key.iter().map(|key| key.jwk()).collect();
    Ok(Answer::json(StatusCode::OK, json!({ "keys": keys })))
}

/// Only what works here is announced.
///
/// Rule: CONFIGURATION_IS_PUBLISHED.
pub(super) fn configuration(_: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let at = |path: &str| context.auth_url(path);
    let body = json!({
        "issuer": at("/as"),
        "token_endpoint": at("/as/token"),
        "jwks_uri": at("/as/jwks"),
        "introspection_endpoint": at("/as/introspect"),
        "grant_types_supported": ["client_credentials"],
    });
    Ok(Answer::json(StatusCode::OK, body))
}

/// Tells a client whether a token is valid, and its claims.
///
/// Rule: INTROSPECTION.
pub(super) fn introspect(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let conditions = context.conditions;
    let form = Form::of(context.request, conditions.rules)?;
    let circumstances = Circumstances { issuer: context.auth_url("/as"), conditions };
    Presented::read(context.request, &form, conditions.rules)?.authenticate(&stores.tokens.clients, &circumstances)?;
    let token = form.get("token").ok_or_else(|| OAuthError::invalid_request("The parameter token is missing"))?;
    let body = match Jwt::read(token) {
        Some(jwt) if stores.tokens.is_active(token, context.now()) => {
            let mut body = json!({ "active": true });
            for name in ["client_id", "iat", "exp", "aud", "iss"] {
                body[name] = jwt.claim(name).clone();
            }
            body["token_type"] = "Bearer".into();
            body
        }
        _ => json!({ "active": false }),
    };
    Ok(Answer::json(StatusCode::OK, body))
}
