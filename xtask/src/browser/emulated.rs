//! An emulator and a client of it: the log-in page behind which the users stand.

use pingone_async::{
    Client, Configuration, Credentials, DeviceAuthenticationId, Environment, InitializeDeviceAuthentication, NextStep,
    ReadDeviceAuthentication,
};
use pingone_emulator::{Data, Emulator, Policy, TokenEndpointAuthMethod, User};

use crate::{Failure, page::Page};

/// An environment with this policy and nobody but this user.
pub(super) fn data(policy: Policy, user: User) -> Data {
    let client = pingone_emulator::Client::new("client", "secret", TokenEndpointAuthMethod::ClientSecretBasic);
    Data::with_policy("environment", policy).client(client).user(user)
}

pub(super) struct Emulated {
    pub(super) emulator: Emulator,
    pub(super) client: Client,
}

impl Emulated {
    pub(super) fn start(data: Data) -> Result<Self, Failure> {
        let emulator = Emulator::builder().data(data).start()?;
        let service = emulator.service();
        let environment = Environment::at(&emulator.auth_url(), service.environment_id())?;
        let credentials = Credentials::client_secret_basic(service.client_id(), service.client_secret());
        let client = Client::new(Configuration::new(environment, credentials))?;
        Ok(Self { emulator, client })
    }

    /// Opens the page.
    pub(super) async fn open(&self, page: &Page) -> Result<(), Failure> {
        page.open(&format!("{}/", self.emulator.control_url())).await
    }

    /// Begins with the user's first device.
    pub(super) async fn begin(&self, user_id: &str) -> Result<NextStep, Failure> {
        Ok(self.client.send(InitializeDeviceAuthentication::new(user_id)).await?.into_next_step())
    }

    /// Begins with this device.
    pub(super) async fn begin_with(&self, user_id: &str, device_id: &str) -> Result<NextStep, Failure> {
        let begin = InitializeDeviceAuthentication::new(user_id).selected_device(device_id);
        Ok(self.client.send(begin).await?.into_next_step())
    }

    /// What the service says to the client, whatever the page may show.
    pub(super) async fn read(&self, id: &DeviceAuthenticationId) -> Result<NextStep, Failure> {
        Ok(self.client.send(ReadDeviceAuthentication::new(id.clone())).await?.into_next_step())
    }

    /// Begins with the user's first device, which is a phone.
    pub(super) async fn push(&self, user_id: &str) -> Result<DeviceAuthenticationId, Failure> {
        match self.begin(user_id).await? {
            NextStep::Push(push) => Ok(push.id().clone()),
            other => Err(format!("no push goes out, but: {other:?}").into()),
        }
    }
}
