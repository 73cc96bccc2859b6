use std::{error::Error, fmt::Debug};

use async_trait::async_trait;
use pingone_client_core::{AccessToken, TokenRequest};

use crate::within::within;

/// A source of tokens other than PingOne's token endpoint: a vault, or a service of your own that issues them.
///
/// ```
/// use std::{error::Error, time::Duration};
///
/// use pingone_async::{AccessToken, TokenRequest, TokenSource, async_trait};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// #[async_trait]
/// impl TokenSource for Vault {
///     async fn token(&self, request: TokenRequest) -> Result<AccessToken, Box<dyn Error + Send + Sync>> {
///         let (token, lives) = ("from-the-vault", Duration::from_secs(3_600));
///         Ok(AccessToken::new(token)?.expires_in(lives))
///     }
/// }
/// ```
///
/// The client caches the token, shares it among its calls, and asks again before it expires, so do not cache it yourself.
#[async_trait]
pub trait TokenSource: Debug + Send + Sync {
    /// Returns a token. The future is dropped if that takes longer than [`TokenRequest::timeout`].
    ///
    /// # Errors
    ///
    /// There is no token. The call ends with this as its error's source, unless the last token can still be used.
    async fn token(&self, request: TokenRequest) -> Result<AccessToken, Box<dyn Error + Send + Sync>>;
}

pub(crate) async fn ask(
    source: Option<&dyn TokenSource>,
    request: TokenRequest,
) -> Result<AccessToken, Box<dyn Error + Send + Sync>> {
    // The builder refuses a client that needs a source and has none.
    let source = source.ok_or("there is no token source")?;
    within(request.timeout, source.token(request)).await.ok_or("the token source took too long")?
}
