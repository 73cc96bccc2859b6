//! What the token endpoint answers.

use crate::reply::view::view;

view! {
    /// An access token, as the token endpoint gives it (RFC 6749, section 5.1). `Debug` does not show the token.
    ///
    /// <https://developer.pingidentity.com/pingone-api/auth/openid-connect-oauth-2/token-admin-app-client_credentials.html>
    pub struct TokenReply {
        /// The token: opaque.
        text access_token = "access_token";
        /// What kind of token it is: `Bearer`.
        word token_type = "token_type";
        /// How many seconds it is valid.
        number expires_in = "expires_in";
        /// Its scope, if it was limited.
        word scope = "scope";
        /// A refresh token; workers get none (*inferred*).
        text refresh_token = "refresh_token";
        /// Who the user is, as a JWT, if there is one.
        text id_token = "id_token";
    }
}
