use std::{
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, PoisonError},
};

use pingone_client_core::{Action, Answer, BuildError, Call, Configuration, Error, Session, TokenCache};
use pingone_model::Operation;

use crate::{Transport, UreqTransport};

/// A client for one environment, as one application.
///
/// Make one and keep it: it has the connections and the token. A clone is the same client.
#[derive(Clone, Debug)]
pub struct Client(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    session: Session,
    tokens: Mutex<TokenCache>,
    transport: Box<dyn Transport>,
}

impl Client {
    /// A client over ureq. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// The credentials are empty, the environment's id is none, or the transport cannot be set up.
    pub fn new(configuration: Configuration) -> Result<Self, BuildError> {
        let transport = UreqTransport::new(&configuration)?;
        Self::with_transport(configuration, transport)
    }

    /// A client over `transport`. Of the configuration, what is about connections is the transport's affair.
    ///
    /// # Errors
    ///
    /// The credentials are empty, or the environment's id is none.
    pub fn with_transport(
        configuration: Configuration,
        transport: impl Transport + 'static,
    ) -> Result<Self, BuildError> {
        let session = Session::new(configuration, RandomState::new().hash_one(()));
        let tokens = Mutex::new(session.tokens()?);
        Ok(Self(Arc::new(Inner { session, tokens, transport: Box::new(transport) })))
    }

    /// Sends an operation and reads its reply; sends it again where that is safe. It blocks the thread; it needs no
    /// runtime, and does no harm inside one.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind). After an error with [`maybe_applied`](Error::maybe_applied), read the
    /// authentication before you send the operation again.
    pub fn send<O: Operation>(&self, operation: O) -> Result<O::Output, Error> {
        let call = self.0.session.call(&operation, self.0.transport.now())?;
        self.drive(call)?.read::<O>()
    }

    fn drive(&self, mut call: Call) -> Result<Answer, Error> {
        let Inner { session, tokens, transport } = &*self.0;
        loop {
            match call.next(transport.now()) {
                Action::Authorize => {
                    // No method of the cache can panic half-way, so it is whole whoever panicked.
                    let mut tokens = tokens.lock().unwrap_or_else(PoisonError::into_inner);
                    if let Some(outgoing) = call.authorize(transport.now(), &tokens) {
                        let response = transport.send(outgoing.request, outgoing.timeout);
                        call.token_received(transport.now(), session, &mut tokens, response);
                    }
                }
                Action::Send(outgoing) => {
                    let response = transport.send(outgoing.request, outgoing.timeout);
                    call.received(transport.now(), session, response);
                }
                Action::Sleep(time) => transport.sleep(time),
                Action::Done(end) => return end,
            }
        }
    }
}
