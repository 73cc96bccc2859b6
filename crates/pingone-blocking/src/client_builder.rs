use std::{
    hash::{BuildHasher, RandomState},
    sync::Arc,
};

use pingone_client_core::{BuildError, Configuration, Session};

use crate::{Client, TokenSource, Transport, UreqTransport};

/// Builds a [`Client`] with your own parts.
#[derive(Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    configuration: Configuration,
    transport: Option<Box<dyn Transport>>,
    source: Option<Arc<dyn TokenSource>>,
}

impl ClientBuilder {
    pub(crate) fn new(configuration: Configuration) -> Self {
        Self { configuration, transport: None, source: None }
    }

    /// Carries requests instead of [`UreqTransport`]. It has to apply the configuration's settings for connections itself.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Where tokens come from, if the credentials are [`Credentials::external`](crate::Credentials::external).
    pub fn token_source(mut self, source: impl TokenSource + 'static) -> Self {
        self.source = Some(Arc::new(source));
        self
    }

    /// The client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// The environment id or the credentials are empty or malformed; the credentials are external and there is no source
    /// of tokens, or the other way round; a time limit is zero; or the transport could not be set up.
    pub fn build(self) -> Result<Client, BuildError> {
        self.configuration.credentials.check_source(self.source.is_some())?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => Box::new(UreqTransport::new(&self.configuration)?),
        };
        let session = Session::new(self.configuration, RandomState::new().hash_one(()))?;
        Ok(Client::of(session, transport, self.source))
    }
}
