use pingone_client_core::{BuildError, Configuration, Credentials, Error};
use pingone_emulator::Emulator;
use pingone_model::{Environment, Operation, RequestError};
use tokio::runtime::{Builder, Runtime};

/// One of the two clients, called in one way.
#[derive(Debug)]
pub enum EitherClient {
    /// The async client, and a runtime of its own.
    Async(Runtime, pingone_async::Client),
    /// The blocking client.
    Blocking(pingone_blocking::Client),
}

impl EitherClient {
    /// Both clients, set up alike.
    ///
    /// # Errors
    ///
    /// One of them cannot be built.
    pub fn both(configuration: &Configuration) -> Result<[Self; 2], BuildError> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| BuildError::Transport(error.into()))?;
        Ok([
            Self::Async(runtime, pingone_async::Client::new(configuration.clone())?),
            Self::Blocking(pingone_blocking::Client::new(configuration.clone())?),
        ])
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
