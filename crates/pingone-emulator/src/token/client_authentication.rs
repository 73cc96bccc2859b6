use base64::{Engine, engine::general_purpose::STANDARD};

use super::Form;
use crate::{
    data::{Client, TokenEndpointAuthMethod},
    error::OAuthError,
    request::Request,
};

/// What a client says of itself, and in which of the two ways.
pub(super) struct Presented {
    client_id: String,
    client_secret: String,
    method: TokenEndpointAuthMethod,
}

impl Presented {
    pub(super) fn read(request: &Request, form: &Form) -> Result<Self, OAuthError> {
        match (request.authorization("Basic"), form.get("client_secret")) {
            (Some(_), Some(_)) => Err(OAuthError::invalid_request("The client authenticates in two ways at once")),
            (Some(credentials), None) => Self::basic(credentials).ok_or_else(OAuthError::invalid_client),
            (None, Some(secret)) => Ok(Self {
                client_id: form.get("client_id").unwrap_or_default().to_owned(),
                client_secret: secret.to_owned(),
                method: TokenEndpointAuthMethod::ClientSecretPost,
            }),
            (None, None) => Err(OAuthError::invalid_client()),
        }
    }

    /// Rule (documented): Base64 of `clientId:clientSecret` as they are, without the form encoding that RFC 6749 puts
    /// around each.
    fn basic(credentials: &str) -> Option<Self> {
        let text = String::from_utf8(STANDARD.decode(credentials).ok()?).ok()?;
        let (client_id, client_secret) = text.split_once(':')?;
        Some(Self {
            client_id: client_id.to_owned(),
            client_secret: client_secret.to_owned(),
            method: TokenEndpointAuthMethod::ClientSecretBasic,
        })
    }

    /// Rule (documented): a client has one way to authenticate, and no other is accepted.
    pub(super) fn authenticate(&self, clients: &[Client]) -> Result<(), OAuthError> {
        let client = clients.iter().find(|client| client.client_id() == self.client_id);
        let client = client.ok_or_else(OAuthError::invalid_client)?;
        if client.token_endpoint_auth_method() != self.method {
            return Err(OAuthError::unsupported_authentication_method());
        }
        if client.client_secret() != self.client_secret {
            return Err(OAuthError::invalid_client());
        }
        Ok(())
    }
}
