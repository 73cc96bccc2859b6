use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{
    client::{Client, TokenEndpointAuthMethod},
    form::Form,
    rules,
};
use crate::{clock::after, error::OAuthError, jwt::Jwt, request::Request, resource::Conditions, rules::Rules};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What a client says about itself.
pub(super) struct Presented<'a> {
    client_id: String,
    proof: Proof<'a>,
}

enum Proof<'a> {
    Secret { secret: String, method: TokenEndpointAuthMethod },
    Assertion(Jwt<'a>),
}

/// What an assertion is compared with.
pub(super) struct Circumstances<'a> {
    pub(super) issuer: String,
    pub(super) conditions: Conditions<'a>,
}

impl<'a> Presented<'a> {
    pub(super) fn read(request: &Request, form: &'a Form, rules: &Rules) -> Result<Self, OAuthError> {
        let header = request.authorization("Basic", rules);
        match (header, form.get("client_secret"), form.get("client_assertion")) {
            (Some(credentials), None, None) => Self::basic(credentials).ok_or_else(OAuthError::invalid_client),
            (None, Some(secret), None) => Ok(Self {
                client_id: form.get("client_id").unwrap_or_default().to_owned(),
                proof: Proof::Secret { secret: secret.to_owned(), method: TokenEndpointAuthMethod::ClientSecretPost },
            }),
            (None, None, Some(assertion)) => Self::assertion(assertion, form),
            (None, None, None) => Err(OAuthError::invalid_client()),
            _ => Err(OAuthError::invalid_request("The client authenticates in more than one way")),
        }
    }

    /// Rule: BASIC_IS_THE_PLAIN_PAIR.
    fn basic(credentials: &str) -> Option<Self> {
        let text = String::from_utf8(STANDARD.decode(credentials).ok()?).ok()?;
        let (client_id, secret) = text.split_once(':')?;
        let proof = Proof::Secret { secret: secret.to_owned(), method: TokenEndpointAuthMethod::ClientSecretBasic };
        Some(Self { client_id: client_id.to_owned(), proof })
    }

    fn assertion(assertion: &'a str, form: &Form) -> Result<Self, OAuthError> {
        if form.get("client_assertion_type") != Some(ASSERTION_TYPE) {
            return Err(OAuthError::invalid_request("The parameter client_assertion_type is missing or unknown"));
        }
        let assertion = Jwt::read(assertion).ok_or_else(OAuthError::invalid_client)?;
        let client_id = assertion.claim("sub").as_str().unwrap_or_default().to_owned();
        if form.get("client_id").is_some_and(|given| given != client_id) {
            return Err(OAuthError::invalid_client());
        }
        Ok(Self { client_id, proof: Proof::Assertion(assertion) })
    }

    /// Who the client says it is.
    pub(super) fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Rule: ONE_AUTHENTICATION_METHOD.
    pub(super) fn authenticate(&self, clients: &[Client], at: &Circumstances<'_>) -> Result<(), OAuthError> {
        let client = clients.iter().find(|client| client.client_id() == self.client_id);
        let client = client.ok_or_else(OAuthError::invalid_client)?;
        let method = client.token_endpoint_auth_method();
        let is_proven = match (&self.proof, method) {
            (Proof::Secret { secret, method: used }, _) if *used == method => client.client_secret() == secret,
            (Proof::Assertion(assertion), TokenEndpointAuthMethod::ClientSecretJwt) => {
                assertion.is_signed_with_secret(client.client_secret()) && self.are_claims_good(assertion, at)
            }
            (Proof::Assertion(assertion), TokenEndpointAuthMethod::PrivateKeyJwt) => {
                let is_signed = client.keys().iter().any(|key| assertion.is_signed_with_key(key));
                is_signed && self.are_claims_good(assertion, at)
            }
            _ => return Err(OAuthError::unsupported_authentication_method()),
        };
        if is_proven { Ok(()) } else { Err(OAuthError::invalid_client()) }
    }

    /// Rule: ASSERTION_CLAIMS. Rule: ASSERTION_AUDIENCE.
    fn are_claims_good(&self, assertion: &Jwt<'_>, at: &Circumstances<'_>) -> bool {
        let time = |name: &str| Timestamp::from_second(assertion.claim(name).as_i64()?).ok();
        let lives = time("exp").is_some_and(|exp| {
            exp > at.conditions.now && exp <= after(at.conditions.now, SignedDuration::from_hours(1))
        });
        let has_begun = assertion.claim("nbf").is_null() || time("nbf").is_some_and(|nbf| nbf <= at.conditions.now);
        assertion.claim("iss") == self.client_id.as_str() && lives && has_begun && is_meant(assertion.claim("aud"), at)
    }
}

/// Whether the token endpoint or the issuer is among the audience.
fn is_meant(audience: &Value, at: &Circumstances<'_>) -> bool {
    let is_it = |value: &Value| {
        let Some(text) = value.as_str() else { return false };
        let base = text.strip_suffix("/token").unwrap_or(text);
        base == at.issuer || !at.conditions.holds(&rules::ASSERTION_AUDIENCE)
    };
    audience.as_array().map_or_else(|| is_it(audience), |all| all.iter().any(is_it))
}
