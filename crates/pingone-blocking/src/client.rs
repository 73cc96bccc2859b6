use std::sync::{Arc, Mutex, PoisonError};

use pingone_client_core::{
    Action, Answer, BuildError, Call, CallOptions, Configuration, Error, Reply, Session, TokenCache, TokenFetch,
};
use pingone_model::Operation;

use crate::{ClientBuilder, TokenSource, Transport, token_source};

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
    source: Option<Box<dyn TokenSource>>,
}

impl Client {
    /// A client with everything of our own. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// See [`ClientBuilder::build`].
    pub fn new(configuration: Configuration) -> Result<Self, BuildError> {
        Self::builder(configuration).build()
    }

    /// A client with a transport or a source of tokens of your own.
    pub fn builder(configuration: Configuration) -> ClientBuilder {
        ClientBuilder::new(configuration)
    }

    pub(crate) fn of(session: Session, transport: Box<dyn Transport>, source: Option<Box<dyn TokenSource>>) -> Self {
        Self(Arc::new(Inner { tokens: Mutex::new(session.tokens()), session, transport, source }))
    }

    /// Sends an operation and reads its reply; sends it again where that is safe. It blocks the thread; it needs no
    /// runtime, and does no harm inside one.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind). After an error with [`maybe_applied`](Error::maybe_applied), read the
    /// authentication before you send the operation again.
    pub fn send<O: Operation>(&self, operation: O) -> Result<O::Output, Error> {
        self.begin(&operation, &CallOptions::new())?.read::<O>()
    }

    /// The same with options for this call, and with what else is known of the reply: its status, its headers, the
    /// service's id of the request.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send); or an id of the options is none that the service would keep.
    pub fn call<O: Operation>(&self, operation: O, options: &CallOptions) -> Result<Reply<O::Output>, Error> {
        self.begin(&operation, options)?.into_reply::<O>()
    }

    fn begin<O: Operation>(&self, operation: &O, options: &CallOptions) -> Result<Answer, Error> {
        let call = self.0.session.call_with(operation, options, self.0.transport.now())?;
        #[cfg(feature = "tracing")]
        let span = call.span().clone();
        #[cfg(feature = "tracing")]
        let _inside = span.enter();
        self.drive(call)
    }

    fn drive(&self, mut call: Call) -> Result<Answer, Error> {
        let Inner { tokens, transport, source, .. } = &*self.0;
        loop {
            match call.next(transport.now()) {
                Action::Authorize => {
                    // No method of the cache can panic half-way, so it is whole whoever panicked.
                    let mut tokens = tokens.lock().unwrap_or_else(PoisonError::into_inner);
                    match call.authorize(transport.now(), &mut tokens) {
                        Some(TokenFetch::Send(outgoing)) => {
                            let response = transport.send(outgoing.request, outgoing.timeout);
                            call.token_received(transport.now(), &mut tokens, response);
                        }
                        Some(TokenFetch::Ask(demand)) => {
                            let token = token_source::ask(source.as_deref(), demand);
                            call.token_obtained(transport.now(), &mut tokens, token);
                        }
                        None => {}
                    }
                }
                Action::Send(outgoing) => {
                    let response = transport.send(outgoing.request, outgoing.timeout);
                    call.received(transport.now(), response);
                }
                Action::Sleep(time) => transport.sleep(time),
                Action::Done(end) => return end,
            }
        }
    }
}
