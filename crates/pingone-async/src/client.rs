use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http::Response;
use pingone_client_core::{Action, BuildError, Call, Credentials, Error, HttpOptions, TokenCache};
use pingone_model::{Environment, Operation};
use tokio::sync::Mutex;

use crate::{ReqwestTransport, Transport};

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
            carrier: Carrier::Reqwest(HttpOptions::new()),
        }
    }

    /// Sends an operation and reads its reply. The request is built at once, before the future is first polled.
    ///
    /// The service may still act if the future is dropped, as after any other lost reply.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind). After an error with [`maybe_applied`](Error::maybe_applied), read the
    /// authentication before you send the operation again.
    pub fn send<O: Operation>(&self, operation: O) -> impl Future<Output = Result<O::Output, Error>> + Send + use<O> {
        let client = self.clone();
        let deadline = client.0.transport.now().monotonic + client.0.timeout;
        let call = Call::new(&operation, &client.0.environment, deadline);
        async move { Call::read::<O>(client.drive(call?).await?) }
    }

    async fn drive(&self, mut call: Call) -> Result<Response<Bytes>, Error> {
        let transport = &*self.0.transport;
        loop {
            match call.next(transport.now()) {
                Action::Authorize => {
                    let mut tokens = self.0.tokens.lock().await;
                    if let Some(outgoing) = call.authorize(transport.now(), &tokens) {
                        let response = transport.send(outgoing.request, outgoing.timeout).await;
                        call.token_received(transport.now(), &mut tokens, response);
                    }
                }
                Action::Send(outgoing) => {
                    let response = transport.send(outgoing.request, outgoing.timeout).await;
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
    Reqwest(HttpOptions),
    Own(Box<dyn Transport>),
}

impl ClientBuilder {
    /// How long a call may take, with its token and its response read to the end; 30 seconds by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Carries requests with a [`ReqwestTransport`] that is set up so.
    pub fn http(mut self, options: HttpOptions) -> Self {
        self.carrier = Carrier::Reqwest(options);
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
            Carrier::Reqwest(options) => Box::new(ReqwestTransport::new(&self.environment, &options)?),
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
