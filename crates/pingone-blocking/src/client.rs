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

use crate::{
    ClientBuilder, Items, Stop, TokenSource, Transport, semaphore::Semaphore, timed_mutex::TimedMutex, token_source,
};

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
    tokens: TimedMutex<TokenCache>,
    permits: Semaphore,
    transport: Box<dyn Transport>,
    source: Option<Arc<dyn TokenSource>>,
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

    pub(crate) fn of(session: Session, transport: Box<dyn Transport>, source: Option<Arc<dyn TokenSource>>) -> Self {
        let (tokens, permits) =
            (TimedMutex::new(session.tokens()), Semaphore::new(session.configuration().max_in_flight));
        Self { inner: Arc::new(Inner { session, tokens, permits, transport, source }), options: Arc::default() }
    }

    /// The same client with these options for its sends, lists, waits and changes of device. Those of a single
    /// [`call`](Self::call) take precedence.
    #[must_use]
    pub fn with_options(&self, options: CallOptions) -> Self {
        Self { inner: Arc::clone(&self.inner), options: Arc::new(options) }
    }

    /// Sends an operation and reads its reply; retries where that is safe. It blocks the thread; it needs no
    /// runtime, and is safe inside one.
    ///
    /// # Errors
    ///
    /// [`Error::problem`] says what it means for the user. After an error with [`maybe_applied`](Error::maybe_applied),
    /// [read](Error::follow_up) before you send the operation again.
    pub fn send<O: Operation>(&self, operation: O) -> Result<O::Output, Error> {
        self.begin(&operation, &self.options)?.read(&operation)
    }

    /// The same, with options for this call, and with the reply's details: its status, its headers, the
    /// service's id of the request.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send); or the service would not accept an id in the options, or their time limit is zero.
    pub fn call<O: Operation>(&self, operation: O, options: &CallOptions) -> Result<Reply<O::Output>, Error> {
        self.begin(&operation, &options.or(&self.options))?.into_reply(&operation)
    }

    /// All items of a list, from its first page to its last.
    pub fn items<L: List>(&self, list: L) -> Items<L> {
        Items::new(self.clone(), list)
    }

    /// Waits until the user has answered `push`, for at most `within`. PingOne lets a push time out after 40 to 150
    /// seconds; a wait that is a little longer sees that happen. The [guide](crate::guide::waiting) says how
    /// often it reads.
    ///
    /// # Errors
    ///
    /// The user did not approve it, or that is unknown: see [`WaitError`].
    pub fn wait(&self, push: &PendingPush, within: Duration) -> Result<Completed, WaitError> {
        self.resume(PushWait::new(push, within, self.inner.transport.now().wall))
    }

    /// Waits until an app has claimed the pairing `key`, for at most `within`, just as for a push. A key is valid for
    /// 10 minutes, unless a policy says otherwise.
    ///
    /// # Errors
    ///
    /// No app has claimed it, or that is unknown: see [`KeyWaitError`].
    pub fn wait_for_key(&self, key: &UnclaimedKey, within: Duration) -> Result<ClaimedKey, KeyWaitError> {
        self.resume(KeyWait::new(key, within, self.inner.transport.now().wall))
    }

    /// Continues a [`PushWait`] or a [`KeyWait`] that began elsewhere, or that ended before the service had decided.
    ///
    /// # Errors
    ///
    /// As for [`wait`](Self::wait) and [`wait_for_key`](Self::wait_for_key).
    pub fn resume<T: Awaited>(&self, wait: Wait<T>) -> Result<T::Success, T::Error> {
        self.drive_wait(wait, None)
    }

    /// [Waits](Self::wait) until another thread says [`Stop::stop`].
    ///
    /// # Errors
    ///
    /// As for [`wait`](Self::wait); or it was [stopped](WaitError::Stopped).
    pub fn wait_until(&self, push: &PendingPush, within: Duration, stop: &Stop) -> Result<Completed, WaitError> {
        self.resume_until(PushWait::new(push, within, self.inner.transport.now().wall), stop)
    }

    /// [Waits for a key](Self::wait_for_key) until another thread says [`Stop::stop`].
    ///
    /// # Errors
    ///
    /// As for [`wait_for_key`](Self::wait_for_key); or it was [stopped](KeyWaitError::Stopped).
    pub fn wait_for_key_until(
        &self,
        key: &UnclaimedKey,
        within: Duration,
        stop: &Stop,
    ) -> Result<ClaimedKey, KeyWaitError> {
        self.resume_until(KeyWait::new(key, within, self.inner.transport.now().wall), stop)
    }

    /// [Resumes](Self::resume) a wait until another thread says [`Stop::stop`].
    ///
    /// # Errors
    ///
    /// As for [`resume`](Self::resume); or it was stopped: see [`WaitError::Stopped`] and [`KeyWaitError::Stopped`].
    pub fn resume_until<T: Awaited>(&self, wait: Wait<T>, stop: &Stop) -> Result<T::Success, T::Error> {
        self.drive_wait(wait, Some(stop))
    }

    fn drive_wait<T: Awaited>(&self, mut wait: Wait<T>, stop: Option<&Stop>) -> Result<T::Success, T::Error> {
        let Inner { session, transport, .. } = &*self.inner;
        let nap = if stop.is_some() { Stop::LATENCY } else { Duration::MAX };
        loop {
            if stop.is_some_and(Stop::is_stopped) {
                return Err(wait.stopped());
            }
            match wait.next_with(session, &self.options, transport.now()) {
                WaitAction::Read(call) => {
                    let read = self.run(*call);
                    if let ControlFlow::Break(end) = wait.received(session, transport.now(), read) {
                        return end;
                    }
                }
                WaitAction::Sleep(time) => transport.sleep(time.min(nap)),
                WaitAction::Done(error) => return Err(error),
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
    pub fn change_device(&self, push: impl Into<ChangeDevice>) -> Result<DeviceChange, ChangeDeviceError> {
        let change = ChangeDevice::new(push);
        let cancelled = self.send(change.cancel());
        match change.cancelled(cancelled) {
            ControlFlow::Break(end) => end,
            ControlFlow::Continue(open) => {
                let read = self.send(open.read());
                open.received(read)
            }
        }
    }

    fn begin<O: Operation>(&self, operation: &O, options: &CallOptions) -> Result<Answer, Error> {
        self.run(self.inner.session.call_with(operation, options, self.inner.transport.now())?)
    }

    fn run(&self, call: Call) -> Result<Answer, Error> {
        #[cfg(feature = "tracing")]
        let span = call.span().clone();
        #[cfg(feature = "tracing")]
        let _inside = span.enter();
        self.drive(call)
    }

    fn drive(&self, mut call: Call) -> Result<Answer, Error> {
        let Inner { tokens, permits, transport, source, .. } = &*self.inner;
        let mut permit = None;
        loop {
            match call.next(transport.now()) {
                Action::Authorize(within) => {
                    // Another call may fetch a token for longer than this one has time.
                    let Some(mut tokens) = tokens.lock(within) else { continue };
                    match call.authorize(transport.now(), &mut tokens) {
                        Some(TokenFetch::Send(outgoing)) => {
                            let response = transport.send(outgoing.request, outgoing.timeout);
                            call.token_received(transport.now(), &mut tokens, response);
                        }
                        Some(TokenFetch::Ask(request)) => {
                            let token = token_source::ask(source.as_ref(), request);
                            call.token_obtained(transport.now(), &mut tokens, token);
                        }
                        None => {}
                    }
                }
                Action::AcquirePermit(within) => {
                    permit = permits.acquire(within);
                    if permit.is_some() {
                        call.permit_acquired();
                    }
                }
                Action::Send(outgoing) => {
                    let response = transport.send(outgoing.request, outgoing.timeout);
                    drop(permit.take());
                    call.received(transport.now(), response);
                }
                Action::Sleep(time) => transport.sleep(time),
                Action::Done(end) => return end,
            }
        }
    }
}
