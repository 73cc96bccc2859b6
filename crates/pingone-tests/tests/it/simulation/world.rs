//! A service with users, and one client in front of it.

use fastrand::Rng;
use pingone_emulator::{Client, Data, Device, Service, TokenEndpointAuthMethod, TokenKind, User};
use pingone_tests::{EitherClient, InMemory, Kind};

use super::SHIFT;

pub(super) struct World {
    pub(super) service: Service,
    pub(super) memory: InMemory,
    pub(super) client: EitherClient,
    pub(super) seed: u64,
    shift: usize,
}

impl World {
    pub(super) fn new(kind: Kind, seed: u64, shift: usize) -> Self {
        let client = Client::new("c-1", "secret", TokenEndpointAuthMethod::ClientSecretBasic);
        let users = (0..SHIFT).map(|number| {
            User::new(user(number))
                .device(Device::new("phone", "MOBILE"))
                .device(Device::new("mail", "EMAIL"))
                .device(Device::new("sms", "SMS"))
        });
        let service = Service::new(users.fold(Data::new("e-1", "p-1").client(client), Data::user));
        let memory = InMemory::before(&service);
        let client = memory.client(kind, memory.configuration().unwrap().seed(seed)).unwrap();
        Self { service, memory, client, seed, shift }
    }

    /// What is left to chance in one log-in.
    pub(super) fn random(&self, number: usize) -> Rng {
        let number = u64::try_from(self.shift * SHIFT + number).unwrap();
        Rng::with_seed(self.seed.wrapping_mul(1_000_003).wrapping_add(number))
    }

    /// What the service says of an authentication, past client and faults.
    pub(super) fn truth(&self, id: &str) -> String {
        self.service.clear_faults();
        let token = self.service.issue_token(TokenKind::Worker);
        let request = http::Request::get(format!("/e-1/deviceAuthentications/{id}"));
        let request = request.header("authorization", format!("Bearer {token}")).body(bytes::Bytes::new()).unwrap();
        let reply: serde_json::Value = serde_json::from_slice(self.service.handle(request).body()).unwrap();
        reply["status"].as_str().unwrap().to_owned()
    }

    /// How often each of these had its effect, whether or not the client was told.
    pub(super) fn effects<const N: usize>(&self, operations: [&str; N]) -> [usize; N] {
        let journal = self.service.journal();
        operations.map(|operation| {
            journal
                .iter()
                .filter(|entry| entry.operation().is_some_and(|done| done == operation) && entry.status() < 300)
                .count()
        })
    }

    pub(super) fn place(&self, number: usize) -> String {
        format!("SIMULATION_SEED={}, log-in {} of {:?}", self.seed, self.shift * SHIFT + number, self.client.name())
    }
}

pub(super) fn user(number: usize) -> String {
    format!("u-{number}")
}
