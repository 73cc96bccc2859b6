use std::{error::Error, fmt::Debug};

use pingone_client_core::{AccessToken, TokenRequest};

/// Where tokens come from, if not from PingOne by credentials: a vault, or a service of your own that hands them out.
///
/// ```
/// use std::{error::Error, time::Duration};
///
/// use pingone_blocking::{AccessToken, TokenRequest, TokenSource};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl TokenSource for Vault {
///     fn token(&self, request: TokenRequest) -> Result<AccessToken, Box<dyn Error + Send + Sync>> {
///         let (token, lives) = ("from the vault", Duration::from_secs(3_600));
///         Ok(AccessToken::new(token)?.expires_in(lives))
///     }
/// }
/// ```
///
/// The client keeps the token, shares it among its calls, and asks again before it expires: so do not keep it yourself.
pub trait TokenSource: Debug + Send + Sync {
    /// Brings a token, within [`TokenRequest::timeout`]: nobody can stop it from outside.
    ///
    /// # Errors
    ///
    /// There is none. The call ends with this as its error's source, unless the last token can still be used.
    fn token(&self, request: TokenRequest) -> Result<AccessToken, Box<dyn Error + Send + Sync>>;
}

pub(crate) fn ask(
    source: Option<&dyn TokenSource>,
    request: TokenRequest,
) -> Result<AccessToken, Box<dyn Error + Send + Sync>> {
    // The builder lets no client through that needs a source and has none.
    source.ok_or("there is no source of tokens")?.token(request)
}
