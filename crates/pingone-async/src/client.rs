use std::{ops::ControlFlow, sync::Arc, time::Duration};

use pingone_client_core::{
    Action, Answer, Awaited, BuildError, Call, CallOptions, ChangeDevice, ChangeDeviceError, Configuration,
    DeviceChange, Error, KeyWait, KeyWaitError, PushWait, Reply, Session, TokenCache, TokenFetch, Wait, WaitAction,
    WaitError,
};
use pingone_model::{
    Completed, List, Operation, PendingPush,
    pairing_key::{ClaimedKey, UnclaimedKey},
};
use tokio::sync::Mutex;

use crate::{ClientBuilder, Items, TokenSource, Transport, semaphore::Semaphore, token_source, within::within};

/// A client for one environment and one application.
///
/// Make one and keep it: it holds the connections and the token. A clone is the same client.
///
/// If a process forks, make the client **afterwards**, in the child. An earlier one is shared: two processes would write to
/// one TLS connection, and a lock that another thread held at that moment would stay locked in the child.
#[derive(Clone, Debug)]
pub struct Client {
    inner: Arc<Inner>,
    options: Arc<CallOptions>,
}

#[derive(Debug)]
struct Inner {
    session: Session,
    tokens: Mutex<TokenCache>,
    permits: Semaphore,
    transport: Box<dyn Transport>,
    source: Option<Box<dyn TokenSource>>,
}

impl Client {
    /// A client with the default transport. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// See [`ClientBuilder::build`].
    pub fn new(configuration: Configuration) -> Result<Self, BuildError> {
        Self::builder(configuration).build()
    }

    /// A client with your own transport or token source.
    pub fn builder(configuration: Configuration) -> ClientBuilder {
        ClientBuilder::new(configuration)
    }

    pub(crate) fn of(session: Session, transport: Box<dyn Transport>, source: Option<Box<dyn TokenSource>>) -> Self {
        let (tokens, permits) = (Mutex::new(session.tokens()), Semaphore::new(session.configuration().max_in_flight));
        Self { inner: Arc::new(Inner { session, tokens, permits, transport, source }), options: Arc::default() }
    }

    /// The same client with these options for its sends, lists, waits and changes of device. Those of a single
    /// [`call`](Self::call) take precedence.
    #[must_use]
    pub fn with_options(&self, options: CallOptions) -> Self {
        Self { inner: Arc::clone(&self.inner), options: Arc::new(options) }
    }

    /// Sends an operation and reads its reply; retries where that is safe. The request is built at once, before
    /// the future is first polled.
    ///
    /// The service may still act if the future is dropped, as after any other lost reply.
    ///
    /// # Errors
    ///
    /// [`Error::problem`] says what it means for the user. After an error with [`maybe_applied`](Error::maybe_applied),
    /// [read](Error::follow_up) before you send the operation again.
    pub fn send<O: Operation>(&self, operation: O) -> impl Future<Output = Result<O::Output, Error>> + Send + use<O> {
        let answer = self.begin(&operation, &self.options);
        async move { answer.await?.read(&operation) }
    }

    /// The same, with options for this call, and with the reply's details: its status, its headers, the
    /// service's id of the request.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send); or the service would not accept an id in the options, or their time limit is zero.
    pub fn call<O: Operation>(
        &self,
        operation: O,
        options: &CallOptions,
    ) -> impl Future<Output = Result<Reply<O::Output>, Error>> + Send + use<O> {
        let answer = self.begin(&operation, &options.or(&self.options));
        async move { answer.await?.into_reply(&operation) }
    }

    /// All items of a list, from its first page to its last.
    pub fn items<L: List>(&self, list: L) -> Items<L> {
        Items::new(self.clone(), list)
    }

    /// Waits until the user has answered `push`, for at most `within`. PingOne lets a push time out after 40 to 150
    /// seconds; a wait that is a little longer sees that happen. The [guide](crate::guide::waiting) says how
    /// often it reads.
    ///
    /// Drop the future to end the wait. Nothing continues in the background, and the push stays pending.
    ///
    /// # Errors
    ///
    /// The user did not approve it, or that is unknown: see [`WaitError`].
    pub fn wait(
        &self,
        push: &PendingPush,
        within: Duration,
    ) -> impl Future<Output = Result<Completed, WaitError>> + Send + use<> {
        self.resume(PushWait::new(push, within, self.inner.transport.now().wall))
    }

    /// Waits until an app has claimed the pairing `key`, for at most `within`, just as for a push. A key is valid for
    /// 10 minutes, unless a policy says otherwise.
    ///
    /// # Errors
    ///
    /// No app has claimed it, or that is unknown: see [`KeyWaitError`].
    pub fn wait_for_key(
        &self,
        key: &UnclaimedKey,
        within: Duration,
    ) -> impl Future<Output = Result<ClaimedKey, KeyWaitError>> + Send + use<> {
        self.resume(KeyWait::new(key, within, self.inner.transport.now().wall))
    }

    /// Continues a [`PushWait`] or a [`KeyWait`] that began elsewhere, or that ended before the service had decided.
    ///
    /// # Errors
    ///
    /// As for [`wait`](Self::wait) and [`wait_for_key`](Self::wait_for_key).
    pub fn resume<T: Awaited>(
        &self,
        mut wait: Wait<T>,
    ) -> impl Future<Output = Result<T::Success, T::Error>> + Send + use<T> {
        let client = self.clone();
        async move {
            let Inner { session, transport, .. } = &*client.inner;
            loop {
                // A future reserves room for all that it may ever hold. So the action ends here, and what drives a call
                // is in a box: a wait that sleeps holds little more than itself.
                let (call, pause) = match wait.next_with(session, &client.options, transport.now()) {
                    WaitAction::Read(call) => (Some(call), Duration::ZERO),
                    WaitAction::Sleep(time) => (None, time),
                    WaitAction::Done(error) => return Err(error),
                };
                let Some(call) = call else {
                    transport.sleep(pause).await;
                    continue;
                };
                let read = Box::pin(client.run(call)).await;
                if let ControlFlow::Break(end) = wait.received(session, transport.now(), read) {
                    return end;
                }
            }
        }
    }

    /// Cancels `push`, so that the user can change device, and says what became of it if the user was quicker.
    /// A wait for it ends with [`WaitError::Cancelled`]. Instead of the push, you can pass the wait for it.
    ///
    /// # Errors
    ///
    /// It is unknown whether the push was cancelled; or *cancel* was not sent, or is not allowed. The error has the
    /// push.
    pub fn change_device<P: Into<ChangeDevice>>(
        &self,
        push: P,
    ) -> impl Future<Output = Result<DeviceChange, ChangeDeviceError>> + Send + use<P> {
        let (client, change) = (self.clone(), ChangeDevice::new(push));
        async move {
            let cancelled = client.send(change.cancel()).await;
            match change.cancelled(cancelled) {
                ControlFlow::Break(end) => end,
                ControlFlow::Continue(open) => {
                    let read = client.send(open.read()).await;
                    open.received(read)
                }
            }
        }
    }

    fn begin<O: Operation>(
        &self,
        operation: &O,
        options: &CallOptions,
    ) -> impl Future<Output = Result<Answer, Error>> + Send + use<O> {
        let client = self.clone();
        // In a box, because each future that passes it on would reserve room for another one.
        let call = client.inner.session.call_with(operation, options, client.inner.transport.now()).map(Box::new);
        async move { client.run(call?).await }
    }

    async fn run(&self, call: Box<Call>) -> Result<Answer, Error> {
        #[cfg(feature = "tracing")]
        let span = call.span().clone();
        let end = self.drive(call);
        #[cfg(feature = "tracing")]
        let end = tracing::Instrument::instrument(end, span);
        end.await
    }

    async fn drive(&self, mut call: Box<Call>) -> Result<Answer, Error> {
        let Inner { tokens, permits, transport, source, .. } = &*self.inner;
        let mut permit = None;
        loop {
            match call.next(transport.now()) {
                Action::Authorize(time) => {
                    // Another call may fetch a token for longer than this one has time.
                    let Some(mut tokens) = within(time, tokens.lock()).await else { continue };
                    match call.authorize(transport.now(), &mut tokens) {
                        Some(TokenFetch::Send(outgoing)) => {
                            let response = transport.send(outgoing.request, outgoing.timeout).await;
                            call.token_received(transport.now(), &mut tokens, response);
                        }
                        Some(TokenFetch::Ask(request)) => {
                            let token = token_source::ask(source.as_deref(), request).await;
                            call.token_obtained(transport.now(), &mut tokens, token);
                        }
                        None => {}
                    }
                }
                Action::AcquirePermit(time) => {
                    permit = within(time, permits.acquire()).await;
                    if permit.is_some() {
                        call.permit_acquired();
                    }
                }
                Action::Send(outgoing) => {
                    let response = transport.send(outgoing.request, outgoing.timeout).await;
                    drop(permit.take());
                    call.received(transport.now(), response);
                }
                Action::Sleep(time) => transport.sleep(time).await,
                Action::Done(end) => return end,
            }
        }
    }
}
