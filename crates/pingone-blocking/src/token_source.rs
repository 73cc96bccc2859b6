use std::{
    error::Error,
    fmt::Debug,
    sync::{Arc, mpsc},
    thread,
};

use pingone_client_core::{AccessToken, TokenRequest};

/// A source of tokens other than PingOne's token endpoint: a vault, or a service of your own that issues them.
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
///         let (token, lives) = ("from-the-vault", Duration::from_secs(3_600));
///         Ok(AccessToken::new(token)?.expires_in(lives))
///     }
/// }
/// ```
///
/// The client caches the token, shares it among its calls, and asks again before it expires, so do not cache it yourself.
pub trait TokenSource: Debug + Send + Sync {
    /// Returns a token. It runs on a thread of its own; if that takes longer than [`TokenRequest::timeout`], the
    /// call continues without it, and the result is dropped.
    ///
    /// # Errors
    ///
    /// There is no token. The call ends with this as its error's source, unless the last token can still be used.
    fn token(&self, request: TokenRequest) -> Result<AccessToken, Box<dyn Error + Send + Sync>>;
}

pub(crate) fn ask(
    source: Option<&Arc<dyn TokenSource>>,
    request: TokenRequest,
) -> Result<AccessToken, Box<dyn Error + Send + Sync>> {
    // The builder refuses a client that needs a source and has none.
    let source = Arc::clone(source.ok_or("there is no token source")?);
    let (sender, token) = mpsc::sync_channel(1);
    // The receiver is gone if it comes too late.
    let ask = move || drop(sender.send(source.token(request)));
    thread::Builder::new().name("pingone-token-source".to_owned()).spawn(ask)?;
    match token.recv_timeout(request.timeout) {
        Ok(token) => token,
        Err(mpsc::RecvTimeoutError::Timeout) => Err("the token source took too long".into()),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err("the token source panicked".into()),
    }
}
