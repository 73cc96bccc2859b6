use std::sync::Arc;

use pingone_client_core::{
    Action, Answer, BuildError, Call, CallOptions, Configuration, Error, Reply, Session, TokenCache, TokenFetch,
};
use pingone_model::Operation;
use tokio::sync::Mutex;

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

    /// Sends an operation and reads its reply; sends it again where that is safe. The request is built at once, before
    /// the future is first polled.
    ///
    /// The service may still act if the future is dropped, as after any other lost reply.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind). After an error with [`maybe_applied`](Error::maybe_applied), read the
    /// authentication before you send the operation again.
    pub fn send<O: Operation>(&self, operation: O) -> impl Future<Output = Result<O::Output, Error>> + Send + use<O> {
        let answer = self.begin(&operation, &CallOptions::new());
        async move { answer.await?.read::<O>() }
    }

    /// The same with options for this call, and with what else is known of the reply: its status, its headers, the
    /// service's id of the request.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send); or an id of the options is none that the service would keep.
    pub fn call<O: Operation>(
        &self,
        operation: O,
        options: &CallOptions,
    ) -> impl Future<Output = Result<Reply<O::Output>, Error>> + Send + use<O> {
        let answer = self.begin(&operation, options);
        async move { answer.await?.into_reply::<O>() }
    }

    fn begin<O: Operation>(
        &self,
        operation: &O,
        options: &CallOptions,
    ) -> impl Future<Output = Result<Answer, Error>> + Send + use<O> {
        let client = self.clone();
        let call = client.0.session.call_with(operation, options, client.0.transport.now());
        async move {
            let call = call?;
            #[cfg(feature = "tracing")]
            let span = call.span().clone();
            let end = client.drive(call);
            #[cfg(feature = "tracing")]
            let end = tracing::Instrument::instrument(end, span);
            end.await
        }
    }

    async fn drive(&self, mut call: Call) -> Result<Answer, Error> {
        let Inner { tokens, transport, source, .. } = &*self.0;
        loop {
            match call.next(transport.now()) {
                Action::Authorize => {
                    let mut tokens = tokens.lock().await;
                    match call.authorize(transport.now(), &mut tokens) {
                        Some(TokenFetch::Send(outgoing)) => {
                            let response = transport.send(outgoing.request, outgoing.timeout).await;
                            call.token_received(transport.now(), &mut tokens, response);
                        }
                        Some(TokenFetch::Ask(demand)) => {
                            let token = token_source::ask(source.as_deref(), demand).await;
                            call.token_obtained(transport.now(), &mut tokens, token);
                        }
                        None => {}
                    }
                }
                Action::Send(outgoing) => {
                    let response = transport.send(outgoing.request, outgoing.timeout).await;
                    call.received(transport.now(), response);
                }
                Action::Sleep(time) => transport.sleep(time).await,
                Action::Done(end) => return end,
            }
        }
    }
}
