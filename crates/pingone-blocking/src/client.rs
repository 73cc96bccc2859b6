use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use http::Response;
use pingone_client_core::{Action, BuildError, Call, Credentials, Error, HttpOptions, TokenCache};
use pingone_model::{Environment, Operation};

use crate::{Transport, UreqTransport};

/// A client for one environment, as one application.
///
/// Make one and keep it: it has the connections and the token. A clone is the same client.
#[derive(Clone, Debug)]
pub struct Client(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    environment: Environment,
    tokens: Mutex<TokenCache>,
    timeout: Duration,
    transport: Box<dyn Transport>,
}

impl Client {
    /// Sets up a client.
    pub fn builder(environment: Environment, credentials: Credentials) -> ClientBuilder {
        ClientBuilder {
            environment,
            credentials,
            timeout: Duration::from_secs(30),
            carrier: Carrier::Ureq(HttpOptions::new()),
        }
    }

    /// Sends an operation and reads its reply. It blocks the thread; it needs no runtime, and does no harm inside one.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind). After an error with [`maybe_applied`](Error::maybe_applied), read the
    /// authentication before you send the operation again.
    pub fn send<O: Operation>(&self, operation: O) -> Result<O::Output, Error> {
        let deadline = self.0.transport.now().monotonic + self.0.timeout;
        let call = Call::new(&operation, &self.0.environment, deadline)?;
        Call::read::<O>(self.drive(call)?)
    }

    fn drive(&self, mut call: Call) -> Result<Response<Bytes>, Error> {
        let transport = &*self.0.transport;
        loop {
            match call.next(transport.now()) {
                Action::Authorize => {
                    // No method of the cache can panic half-way, so it is whole whoever panicked.
                    let mut tokens = self.0.tokens.lock().unwrap_or_else(PoisonError::into_inner);
                    if let Some(outgoing) = call.authorize(transport.now(), &tokens) {
                        let response = transport.send(outgoing.request, outgoing.timeout);
                        call.token_received(transport.now(), &mut tokens, response);
                    }
                }
                Action::Send(outgoing) => {
                    let response = transport.send(outgoing.request, outgoing.timeout);
                    call.received(transport.now(), response);
                }
                Action::Done(end) => return end,
            }
        }
    }
}

/// Sets up a [`Client`].
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    environment: Environment,
    credentials: Credentials,
    timeout: Duration,
    carrier: Carrier,
}

#[derive(Debug)]
enum Carrier {
    Ureq(HttpOptions),
    Own(Box<dyn Transport>),
}

impl ClientBuilder {
    /// How long a call may take, with its token and its response read to the end; 30 seconds by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Carries requests with a [`UreqTransport`] that is set up so.
    pub fn http(mut self, options: HttpOptions) -> Self {
        self.carrier = Carrier::Ureq(options);
        self
    }

    /// Carries requests with `transport`.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.carrier = Carrier::Own(Box::new(transport));
        self
    }

    /// Makes the client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// The credentials are empty, the environment's id is none, or the transport cannot be set up.
    pub fn build(self) -> Result<Client, BuildError> {
        let tokens = TokenCache::new(&self.environment, &self.credentials)?;
        let transport = match self.carrier {
            Carrier::Ureq(options) => Box::new(UreqTransport::new(&self.environment, &options)?),
            Carrier::Own(transport) => transport,
        };
        Ok(Client(Arc::new(Inner {
            environment: self.environment,
            tokens: Mutex::new(tokens),
            timeout: self.timeout,
            transport,
        })))
    }
}
