use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use form_urlencoded::Serializer;
use http::{HeaderValue, Method, Request, header};
use pingone_model::{Environment, RequestError};

use crate::{Secret, headers};

/// How the worker application shows who it is at the token endpoint.
///
/// The method is fixed for each application; the wrong one is refused although id and secret are right. It is chosen
/// here and never found out by trying.
///
/// <https://developer.pingidentity.com/pingone-api/workflow-library/platform-sso-and-authorization/openid-connect-oidc/client-authentication-methods.html>
#[derive(Clone, Debug)]
pub struct Credentials {
    client_id: Box<str>,
    client_secret: Secret,
    method: TokenEndpointAuthMethod,
}

#[derive(Clone, Copy, Debug)]
enum TokenEndpointAuthMethod {
    ClientSecretBasic,
    ClientSecretPost,
}

impl Credentials {
    /// `CLIENT_SECRET_BASIC`: id and secret in the `Authorization` header.
    #[must_use]
    pub fn client_secret_basic(client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        Self::new(client_id.into(), client_secret.into(), TokenEndpointAuthMethod::ClientSecretBasic)
    }

    /// `CLIENT_SECRET_POST`: id and secret in the form.
    #[must_use]
    pub fn client_secret_post(client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        Self::new(client_id.into(), client_secret.into(), TokenEndpointAuthMethod::ClientSecretPost)
    }

    fn new(client_id: String, client_secret: Secret, method: TokenEndpointAuthMethod) -> Self {
        Self { client_id: client_id.into(), client_secret, method }
    }

    /// `POST {authPath}/{envID}/as/token`
    ///
    /// <https://developer.pingidentity.com/pingone-api/auth/openid-connect-oauth-2/token-admin-app-client_credentials.html>
    pub(crate) fn token_request(&self, environment: &Environment) -> Result<Request<Bytes>, RequestError> {
        self.check()?;
        let (id, secret) = (&*self.client_id, self.client_secret.expose());
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials");
        let mut authorization = None;
        match self.method {
            TokenEndpointAuthMethod::ClientSecretBasic => authorization = Some(basic(id, secret)?),
            TokenEndpointAuthMethod::ClientSecretPost => {
                form.append_pair("client_id", id).append_pair("client_secret", secret);
            }
        }

        let mut request = Request::new(Bytes::from(form.finish()));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = environment.auth(&["as", "token"])?;
        let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(header::CONTENT_TYPE, form_type);
        headers::dress(request.headers_mut(), authorization);
        Ok(request)
    }

    fn check(&self) -> Result<(), RequestError> {
        if self.client_id.is_empty() {
            return Err(RequestError::new("client_id", "is empty: pass the id of the worker application"));
        }
        if self.client_secret.expose().is_empty() {
            return Err(RequestError::new("client_secret", "is empty: pass the secret of the worker application"));
        }
        Ok(())
    }
}

/// PingOne documents the plain pair; the form encoding that OAuth asks for would change the `~` of its own secrets.
fn basic(id: &str, secret: &str) -> Result<HeaderValue, RequestError> {
    if id.contains(':') {
        return Err(RequestError::new("client_id", "has a ':', which ends it in this method: pass the bare id"));
    }
    let value = format!("Basic {}", BASE64_STANDARD.encode(format!("{id}:{secret}")));
    let mut value = HeaderValue::try_from(value)
        .map_err(|_| RequestError::new("client_secret", "cannot stand in a header: pass the bare secret"))?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use pingone_model::Region;

    use super::*;

    fn request(credentials: &Credentials) -> Result<Request<Bytes>, RequestError> {
        credentials.token_request(&Environment::new(Region::Europe, "e-1"))
    }

    #[test]
    fn basic_puts_the_plain_pair_into_the_header() {
        let request = request(&Credentials::client_secret_basic("id", "s~e+c%r")).unwrap();
        assert_eq!(request.uri(), "https://auth.pingone.eu/e-1/as/token");
        let authorization = &request.headers()["authorization"];
        assert_eq!(authorization, &format!("Basic {}", BASE64_STANDARD.encode("id:s~e+c%r")));
        assert!(authorization.is_sensitive());
        assert_eq!(request.body(), "grant_type=client_credentials");
    }

    #[test]
    fn post_puts_the_encoded_pair_into_the_form() {
        let request = request(&Credentials::client_secret_post("i d", "s&e=c+r%")).unwrap();
        assert!(!request.headers().contains_key("authorization"));
        assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
        assert_eq!(request.body(), "grant_type=client_credentials&client_id=i+d&client_secret=s%26e%3Dc%2Br%25");
    }

    #[test]
    fn empty_credentials_are_named_before_anything_is_sent() {
        for (id, secret, argument) in [("", "secret", "client_id"), ("id", "", "client_secret")] {
            let refused = |credentials| request(&credentials).unwrap_err().argument();
            assert_eq!(refused(Credentials::client_secret_basic(id, secret)), argument);
            assert_eq!(refused(Credentials::client_secret_post(id, secret)), argument);
        }
        assert_eq!(request(&Credentials::client_secret_basic("i:d", "s")).unwrap_err().argument(), "client_id");
    }

    #[test]
    fn debug_shows_no_secret() {
        let credentials = Credentials::client_secret_basic("id", "hunter2");
        assert!(!format!("{credentials:?}").contains("hunter2"));
    }
}
