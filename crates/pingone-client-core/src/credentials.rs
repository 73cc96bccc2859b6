use std::time::SystemTime;

use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use form_urlencoded::Serializer;
use http::{HeaderValue, Request, header};
use pingone_model::{Environment, Ids, OperationInfo, Path, Query, RequestError};

#[cfg(feature = "jwt")]
use crate::client_assertion::{self, Claims};
use crate::{AccessToken, Secret};

/// How the worker application authenticates at the token endpoint.
///
/// The method is fixed for each application; the wrong one is refused even if id and secret are right. It is chosen
/// here and never found by trial and error.
///
/// <https://developer.pingidentity.com/pingone-api/workflow-library/platform-sso-and-authorization/openid-connect-oidc/client-authentication-methods.html>
///
/// Apart from an application's own credentials, there is a [token](Self::access_token) that somebody else fetched,
/// and a [source](Self::external) of such tokens.
#[derive(Clone, Debug)]
pub struct Credentials(Kind);

#[derive(Clone, Debug)]
enum Kind {
    ClientSecretBasic {
        client_id: Box<str>,
        client_secret: Secret,
    },
    ClientSecretPost {
        client_id: Box<str>,
        client_secret: Secret,
    },
    #[cfg(feature = "jwt")]
    ClientSecretJwt {
        client_id: Box<str>,
        client_secret: Secret,
    },
    #[cfg(feature = "jwt")]
    PrivateKeyJwt {
        client_id: Box<str>,
        key: crate::PrivateKey,
    },
    AccessToken(AccessToken),
    External,
}

const FORM: &str = "application/x-www-form-urlencoded";

impl Credentials {
    /// The request for a token, which may be repeated: an extra token does no harm.
    ///
    /// <https://developer.pingidentity.com/pingone-api/auth/openid-connect-oauth-2/token-admin-app-client_credentials.html>
    pub(crate) const TOKEN_REQUEST: &OperationInfo =
        &OperationInfo::post("token.request", Path::auth("/{envID}/as/token"), FORM, &[]).without_token().idempotent();

    /// `CLIENT_SECRET_BASIC`: id and secret in the `Authorization` header.
    #[must_use]
    pub fn client_secret_basic(client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        let client_id = client_id.into().into();
        Self(Kind::ClientSecretBasic { client_id, client_secret: client_secret.into() })
    }

    /// `CLIENT_SECRET_POST`: id and secret in the form.
    #[must_use]
    pub fn client_secret_post(client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        let client_id = client_id.into().into();
        Self(Kind::ClientSecretPost { client_id, client_secret: client_secret.into() })
    }

    /// `CLIENT_SECRET_JWT`: an assertion signed with the secret (RFC 7523, HS256).
    #[cfg(feature = "jwt")]
    #[must_use]
    pub fn client_secret_jwt(client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        let client_id = client_id.into().into();
        Self(Kind::ClientSecretJwt { client_id, client_secret: client_secret.into() })
    }

    /// `PRIVATE_KEY_JWT`: an assertion signed with a key whose public half is registered with the application (RFC 7523).
    #[cfg(feature = "jwt")]
    #[must_use]
    pub fn private_key_jwt(client_id: impl Into<String>, key: crate::PrivateKey) -> Self {
        Self(Kind::PrivateKeyJwt { client_id: client_id.into().into(), key })
    }

    /// A token that somebody else fetched. It cannot be replaced: once the service refuses it, every call fails.
    #[must_use]
    pub fn access_token(token: AccessToken) -> Self {
        Self(Kind::AccessToken(token))
    }

    /// None: tokens come from a source of your own, which you give to the client's builder. It is asked when there is
    /// no token, before the current one expires, and after it was refused.
    #[must_use]
    pub fn external() -> Self {
        Self(Kind::External)
    }

    /// Checks that there is a token source if, and only if, tokens come from one.
    ///
    /// # Errors
    ///
    /// There is none, or an unexpected one.
    pub fn check_source(&self, has_source: bool) -> Result<(), RequestError> {
        let problem = match (&self.0, has_source) {
            (Kind::External, false) => "are external: pass a TokenSource to the client's builder",
            (Kind::External, true) | (_, false) => return Ok(()),
            (_, true) => "would be ignored in favour of the TokenSource: pass Credentials::external()",
        };
        Err(RequestError::new("credentials", problem))
    }

    /// The token, if it is fixed.
    pub(crate) fn fixed_token(&self) -> Option<&AccessToken> {
        match &self.0 {
            Kind::AccessToken(token) => Some(token),
            _ => None,
        }
    }

    /// Whether a token can be requested this way.
    pub(crate) fn check(&self, environment: &Environment) -> Result<(), RequestError> {
        environment.id().checked()?;
        match &self.0 {
            Kind::ClientSecretBasic { client_id, client_secret } => {
                check(client_id, Some(client_secret))?;
                basic(client_id, client_secret.expose()).map(drop)
            }
            Kind::ClientSecretPost { client_id, client_secret } => check(client_id, Some(client_secret)),
            #[cfg(feature = "jwt")]
            Kind::ClientSecretJwt { client_id, client_secret } => check(client_id, Some(client_secret)),
            #[cfg(feature = "jwt")]
            Kind::PrivateKeyJwt { client_id, .. } => check(client_id, None),
            Kind::AccessToken(_) | Kind::External => Ok(()),
        }
    }

    /// `None` if the token does not come from the service.
    pub(crate) fn token_request(
        &self,
        environment: &Environment,
        #[cfg_attr(not(feature = "jwt"), expect(unused_variables))] wall: SystemTime,
    ) -> Result<Option<Request<Bytes>>, RequestError> {
        let uri = environment.address(Self::TOKEN_REQUEST.path, Ids::NONE, &Query::NONE)?;
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials");
        let mut authorization = None;
        match &self.0 {
            Kind::ClientSecretBasic { client_id, client_secret } => {
                authorization = Some(basic(client_id, client_secret.expose())?);
            }
            Kind::ClientSecretPost { client_id, client_secret } => {
                form.append_pair("client_id", client_id).append_pair("client_secret", client_secret.expose());
            }
            #[cfg(feature = "jwt")]
            Kind::ClientSecretJwt { client_id, client_secret } => {
                let claims = Claims { client_id, audience: &uri, now: wall };
                client_assertion::append(&mut form, &client_assertion::with_secret(&claims, client_secret));
            }
            #[cfg(feature = "jwt")]
            Kind::PrivateKeyJwt { client_id, key } => {
                let claims = Claims { client_id, audience: &uri, now: wall };
                client_assertion::append(&mut form, &client_assertion::with_key(&claims, key)?);
            }
            Kind::AccessToken(_) | Kind::External => return Ok(None),
        }

        let mut request = Request::new(Bytes::from(form.finish()));
        *request.method_mut() = Self::TOKEN_REQUEST.method.clone();
        *request.uri_mut() = uri;
        request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(FORM));
        if let Some(authorization) = authorization {
            request.headers_mut().insert(header::AUTHORIZATION, authorization);
        }
        Ok(Some(request))
    }
}

fn check(client_id: &str, client_secret: Option<&Secret>) -> Result<(), RequestError> {
    let has_blank = |text: &str| text.chars().any(|one| one.is_whitespace() || one.is_control());
    let secret = client_secret.map_or("-", Secret::expose);
    let (argument, problem) = match (client_id, secret) {
        ("", _) => ("client_id", "is empty: pass the id of the worker application"),
        (_, "") => ("client_secret", "is empty: pass the secret of the worker application"),
        (id, _) if has_blank(id) => ("client_id", "contains a space or a line break: pass the bare id"),
        (_, secret) if has_blank(secret) => {
            ("client_secret", "contains a space or a line break: pass the bare secret, without the newline of its file")
        }
        _ => return Ok(()),
    };
    Err(RequestError::new(argument, problem))
}

/// PingOne documents the plain pair; the form encoding that OAuth requires would change the `~` in its own secrets.
fn basic(id: &str, secret: &str) -> Result<HeaderValue, RequestError> {
    if id.contains(':') {
        return Err(RequestError::new(
            "client_id",
            "contains ':', which would end it in this method: pass the bare id",
        ));
    }
    let value = format!("Basic {}", BASE64_STANDARD.encode(format!("{id}:{secret}")));
    let mut value = HeaderValue::try_from(value)
        .map_err(|_| RequestError::new("client_secret", "cannot be sent in a header: pass the bare secret"))?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use pingone_model::Region;

    use super::*;

    fn request(credentials: &Credentials) -> Result<Request<Bytes>, RequestError> {
        let environment = Environment::new(Region::Europe, "e-1");
        credentials.check(&environment)?;
        Ok(credentials.token_request(&environment, SystemTime::UNIX_EPOCH)?.expect("one is needed"))
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
        let request = request(&Credentials::client_secret_post("i/d", "s&e=c+r%")).unwrap();
        assert!(!request.headers().contains_key("authorization"));
        assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
        assert_eq!(request.body(), "grant_type=client_credentials&client_id=i%2Fd&client_secret=s%26e%3Dc%2Br%25");
    }

    #[test]
    fn empty_credentials_and_blanks_are_named_before_anything_is_sent() {
        let bad = [
            ("", "secret", "client_id"),
            ("id", "", "client_secret"),
            ("i d", "secret", "client_id"),
            ("id\n", "secret", "client_id"),
            ("id", "secret\r\n", "client_secret"),
            ("id", " secret", "client_secret"),
            ("id", "se\u{a0}cret", "client_secret"),
        ];
        for (id, secret, argument) in bad {
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
