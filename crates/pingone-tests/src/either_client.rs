use std::{iter, time::Duration};

use pingone_client_core::{
    Awaited, BuildError, CallOptions, ChangeDevice, ChangeDeviceError, Configuration, Credentials, DeviceChange, Error,
    FnTransport, KeyWaitError, Reply, Wait, WaitError,
};
use pingone_emulator::Emulator;
use pingone_model::{
    Completed, Document, Environment, List, Operation, PendingPush, RequestError,
    pairing_key::{ClaimedKey, UnclaimedKey},
};
use tokio::runtime::{Builder, Runtime};

/// Which client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `pingone-async`.
    Async,
    /// `pingone-blocking`.
    Blocking,
}

impl Kind {
    /// The two clients.
    pub const BOTH: [Self; 2] = [Self::Async, Self::Blocking];
}

/// One of the two clients, called in one way.
#[derive(Debug)]
pub enum EitherClient {
    /// The async client, and a runtime of its own.
    Async(Runtime, pingone_async::Client),
    /// The blocking client.
    Blocking(pingone_blocking::Client),
}

impl EitherClient {
    /// A client of this kind.
    ///
    /// # Errors
    ///
    /// It cannot be built.
    pub fn new(kind: Kind, configuration: Configuration) -> Result<Self, BuildError> {
        Ok(match kind {
            Kind::Async => Self::Async(Self::runtime()?, pingone_async::Client::new(configuration)?),
            Kind::Blocking => Self::Blocking(pingone_blocking::Client::new(configuration)?),
        })
    }

    /// A client of this kind over a function instead of a network.
    ///
    /// # Errors
    ///
    /// It cannot be built.
    pub fn over(kind: Kind, configuration: Configuration, transport: FnTransport) -> Result<Self, BuildError> {
        Ok(match kind {
            Kind::Async => {
                let client = pingone_async::Client::builder(configuration).transport(transport);
                Self::Async(Self::runtime()?, client.build()?)
            }
            Kind::Blocking => {
                Self::Blocking(pingone_blocking::Client::builder(configuration).transport(transport).build()?)
            }
        })
    }

    pub(crate) fn runtime() -> Result<Runtime, BuildError> {
        let runtime = Builder::new_current_thread().enable_all().build();
        runtime.map_err(|error| BuildError::Transport(error.into()))
    }

    /// Both clients, set up alike.
    ///
    /// # Errors
    ///
    /// One of them cannot be built.
    pub fn both(configuration: &Configuration) -> Result<[Self; 2], BuildError> {
        let [first, second] = Kind::BOTH.map(|kind| Self::new(kind, configuration.clone()));
        Ok([first?, second?])
    }

    /// The same client, which calls with these options.
    #[must_use]
    #[expect(clippy::missing_panics_doc, clippy::unwrap_used, reason = "only a test calls it")]
    pub fn with_options(&self, options: CallOptions) -> Self {
        match self {
            Self::Async(_, client) => Self::Async(Self::runtime().unwrap(), client.with_options(options)),
            Self::Blocking(client) => Self::Blocking(client.with_options(options)),
        }
    }

    /// Sends an operation.
    ///
    /// # Errors
    ///
    /// As the client says.
    pub fn send<O: Operation>(&self, operation: O) -> Result<O::Output, Error> {
        match self {
            Self::Async(runtime, client) => runtime.block_on(client.send(operation)),
            Self::Blocking(client) => client.send(operation),
        }
    }

    /// Sends an operation with options.
    ///
    /// # Errors
    ///
    /// As the client says.
    pub fn call<O: Operation>(&self, operation: O, options: &CallOptions) -> Result<Reply<O::Output>, Error> {
        match self {
            Self::Async(runtime, client) => runtime.block_on(client.call(operation, options)),
            Self::Blocking(client) => client.call(operation, options),
        }
    }

    /// All items of a list.
    pub fn items<L: List + 'static>(&self, list: L) -> Box<dyn Iterator<Item = Result<Document<L::Item>, Error>> + '_> {
        match self {
            Self::Async(runtime, client) => {
                let mut items = client.items(list);
                Box::new(iter::from_fn(move || runtime.block_on(items.next())))
            }
            Self::Blocking(client) => Box::new(client.items(list)),
        }
    }

    /// Waits for the answer to a push.
    ///
    /// # Errors
    ///
    /// As the client says.
    pub fn wait(&self, push: &PendingPush, within: Duration) -> Result<Completed, WaitError> {
        match self {
            Self::Async(runtime, client) => runtime.block_on(client.wait(push, within)),
            Self::Blocking(client) => client.wait(push, within),
        }
    }

    /// Waits until an app has taken a pairing key.
    ///
    /// # Errors
    ///
    /// As the client says.
    pub fn wait_for_key(&self, key: &UnclaimedKey, within: Duration) -> Result<ClaimedKey, KeyWaitError> {
        match self {
            Self::Async(runtime, client) => runtime.block_on(client.wait_for_key(key, within)),
            Self::Blocking(client) => client.wait_for_key(key, within),
        }
    }

    /// Goes on with a wait.
    ///
    /// # Errors
    ///
    /// As the client says.
    pub fn resume<T: Awaited>(&self, wait: Wait<T>) -> Result<T::Success, T::Error> {
        match self {
            Self::Async(runtime, client) => runtime.block_on(client.resume(wait)),
            Self::Blocking(client) => client.resume(wait),
        }
    }

    /// Takes a push back.
    ///
    /// # Errors
    ///
    /// As the client says.
    pub fn change_device(&self, push: impl Into<ChangeDevice>) -> Result<DeviceChange, ChangeDeviceError> {
        match self {
            Self::Async(runtime, client) => runtime.block_on(client.change_device(push)),
            Self::Blocking(client) => client.change_device(push),
        }
    }

    /// Which one it is, for messages.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Async(..) => "async",
            Self::Blocking(_) => "blocking",
        }
    }
}

/// Where an emulator is, and who calls it.
///
/// # Errors
///
/// The emulator's address is none.
pub fn emulated(emulator: &Emulator) -> Result<Configuration, RequestError> {
    let service = emulator.service();
    let environment = Environment::at(&emulator.auth_url(), service.environment_id())?;
    let credentials = Credentials::client_secret_basic(service.client_id(), service.client_secret());
    Ok(Configuration::new(environment, credentials))
}
