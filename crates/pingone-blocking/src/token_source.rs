use std::{
    error::Error,
    fmt::Debug,
    sync::{Arc, mpsc},
    thread,
};

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
///         let (token, lives) = ("from-the-vault", Duration::from_secs(3_600));
///         Ok(AccessToken::new(token)?.expires_in(lives))
///     }
/// }
/// ```
///
/// The client keeps the token, shares it among its calls, and asks again before it expires: so do not keep it yourself.
pub trait TokenSource: Debug + Send + Sync {
    /// Brings a token. It is asked on a thread of its own; if that takes longer than [`TokenRequest::timeout`], the call
    /// goes on without it, and what comes later is dropped.
    ///
    /// # Errors
    ///
    /// There is none. The call ends with this as its error's source, unless the last token can still be used.
    fn token(&self, request: TokenRequest) -> Result<AccessToken, Box<dyn Error + Send + Sync>>;
}

pub(crate) fn ask(
    source: Option<&Arc<dyn TokenSource>>,
    request: TokenRequest,
) -> Result<AccessToken, Box<dyn Error + Send + Sync>> {
    // The builder lets no client through that needs a source and has none.
    let source = Arc::clone(source.ok_or("there is no source of tokens")?);
    let (sender, token) = mpsc::sync_channel(1);
    // Nobody takes it if it comes too late.
    let ask = move || drop(sender.send(source.token(request)));
    thread::Builder::new().name("pingone-token-source".to_owned()).spawn(ask)?;
    match token.recv_timeout(request.timeout) {
        Ok(token) => token,
        Err(mpsc::RecvTimeoutError::Timeout) => Err("the source of tokens took too long".into()),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err("the source of tokens panicked".into()),
    }
}
