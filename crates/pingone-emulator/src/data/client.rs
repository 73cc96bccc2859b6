use std::fmt;

/// An application that gets tokens by client credentials.
///
/// `Debug` does not show the secret.
#[derive(Clone)]
pub struct Client {
    client_id: String,
    client_secret: String,
    token_endpoint_auth_method: TokenEndpointAuthMethod,
}

/// The one way in which a client authenticates at the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenEndpointAuthMethod {
    /// `CLIENT_SECRET_BASIC`: in the header `Authorization`.
    ClientSecretBasic,
    /// `CLIENT_SECRET_POST`: as `client_id` and `client_secret` in the form.
    ClientSecretPost,
}

impl Client {
    /// A client with its secret.
    pub fn new(
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
        token_endpoint_auth_method: TokenEndpointAuthMethod,
    ) -> Self {
        Self { client_id: client_id.into(), client_secret: client_secret.into(), token_endpoint_auth_method }
    }

    /// The client's id.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The client's secret.
    pub fn client_secret(&self) -> &str {
        &self.client_secret
    }

    /// How the client has to authenticate.
    pub fn token_endpoint_auth_method(&self) -> TokenEndpointAuthMethod {
        self.token_endpoint_auth_method
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
