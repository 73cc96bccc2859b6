use std::fmt;

use serde_json::Value;

/// An application that gets tokens by client credentials.
///
/// `Debug` does not show the secret.
#[derive(Clone)]
pub struct Client {
    client_id: String,
    client_secret: String,
    token_endpoint_auth_method: TokenEndpointAuthMethod,
    keys: Vec<Value>,
}

/// The one way in which a client authenticates at the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenEndpointAuthMethod {
    /// `CLIENT_SECRET_BASIC`: in the header `Authorization`.
    ClientSecretBasic,
    /// `CLIENT_SECRET_POST`: as `client_id` and `client_secret` in the form.
    ClientSecretPost,
    /// `CLIENT_SECRET_JWT`: a JWT that is signed with the secret.
    ClientSecretJwt,
    /// `PRIVATE_KEY_JWT`: a JWT that is signed with a key of its own.
    PrivateKeyJwt,
}

impl TokenEndpointAuthMethod {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let all = [Self::ClientSecretBasic, Self::ClientSecretPost, Self::ClientSecretJwt, Self::PrivateKeyJwt];
        all.into_iter().find(|method| method.name() == name)
    }

    /// The name, such as `CLIENT_SECRET_BASIC`.
    pub fn name(self) -> &'static str {
        match self {
            Self::ClientSecretBasic => "CLIENT_SECRET_BASIC",
            Self::ClientSecretPost => "CLIENT_SECRET_POST",
            Self::ClientSecretJwt => "CLIENT_SECRET_JWT",
            Self::PrivateKeyJwt => "PRIVATE_KEY_JWT",
        }
    }
}

impl Client {
    /// A client with its secret.
    pub fn new(
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
        token_endpoint_auth_method: TokenEndpointAuthMethod,
    ) -> Self {
        Self {
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            token_endpoint_auth_method,
            keys: Vec::new(),
        }
    }

    /// A client that authenticates by `PRIVATE_KEY_JWT`, and the public half of its key as a JWK.
    pub fn with_key(client_id: impl Into<String>, jwk: Value) -> Self {
        Self::new(client_id, "", TokenEndpointAuthMethod::PrivateKeyJwt).key(jwk)
    }

    /// Adds a public key, as a JWK.
    #[must_use]
    pub fn key(mut self, jwk: Value) -> Self {
        self.keys.push(jwk);
        self
    }

    /// The client's id.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The client's secret; empty if it has none.
    pub fn client_secret(&self) -> &str {
        &self.client_secret
    }

    /// How the client has to authenticate.
    pub fn token_endpoint_auth_method(&self) -> TokenEndpointAuthMethod {
        self.token_endpoint_auth_method
    }

    pub(crate) fn keys(&self) -> &[Value] {
        &self.keys
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("client_id", &self.client_id)
            .field("token_endpoint_auth_method", &self.token_endpoint_auth_method)
            .finish_non_exhaustive()
    }
}
