use std::time::Duration;

use pingone_client_core::{Configuration, Credentials, Error, RetryPolicy};
use pingone_emulator::{Emulator, Fault, FaultKind};
use pingone_model::{
    DeviceAuthentication, DeviceAuthenticationId, Document, Environment, InitializeDeviceAuthentication, NextStep,
    PendingPush, ReadDeviceAuthentication,
};

use crate::{EitherClient, Kind, Tap};

/// How long one attempt may take; the emulator's slowness is chosen longer, its quickness shorter.
pub(super) const ATTEMPT: Duration = Duration::from_millis(400);

/// Short waits, so that nothing takes long; four attempts, as by default.
pub(super) fn quick(environment: Environment, credentials: Credentials) -> Configuration {
    Configuration::new(environment, credentials)
        .timeout(ATTEMPT * 5)
        .attempt_timeout(ATTEMPT)
        .connect_timeout(ATTEMPT)
        .retry(RetryPolicy::new().base(Duration::from_millis(5)))
}

/// One client, and an emulator behind a tap.
pub(super) struct World {
    pub(super) emulator: Emulator,
    pub(super) tap: Tap,
    pub(super) client: EitherClient,
}

impl World {
    pub(super) fn new(kind: Kind) -> Self {
        let emulator = Emulator::start().unwrap();
        let tap = Tap::before(&emulator.auth_url()).unwrap();
        let service = emulator.service();
        let environment = Environment::at(&tap.url(), service.environment_id()).unwrap();
        let credentials = Credentials::client_secret_basic(service.client_id(), service.client_secret());
        let client = EitherClient::new(kind, quick(environment, credentials)).unwrap();
        Self { emulator, tap, client }
    }

    /// A world in which the first request for `operation` is struck.
    pub(super) fn with(kind: Kind, fault: FaultKind, operation: &str) -> Self {
        let world = Self::new(kind);
        world.strike(fault, operation, 1);
        world
    }

    pub(super) fn strike(&self, fault: FaultKind, operation: &str, times: u64) {
        self.emulator.service().inject(Fault::new(fault).operation(operation).unwrap().times(times));
    }

    pub(super) fn initialize(&self) -> Result<Document<DeviceAuthentication>, Error> {
        self.client.send(InitializeDeviceAuthentication::new(self.emulator.service().user_id()))
    }

    pub(super) fn push(&self) -> PendingPush {
        let NextStep::Push(push) = self.initialize().unwrap().into_next_step() else { panic!("no push") };
        push
    }

    pub(super) fn read(&self, id: &DeviceAuthenticationId) -> Result<Document<DeviceAuthentication>, Error> {
        self.client.send(ReadDeviceAuthentication::new(id.clone()))
    }

    /// How often `operation` came to the emulator.
    pub(super) fn count(&self, operation: &str) -> usize {
        self.emulator
            .service()
            .journal()
            .iter()
            .filter(|entry| entry.operation().is_some_and(|done| done == operation))
            .count()
    }

    /// What was put on the wire, and how it ended: the same for each client.
    pub(super) fn report<T>(&self, ends: impl IntoIterator<Item = Result<T, Error>>) -> String {
        let requests = self.tap.requests().into_iter().map(|request| without_token(&request));
        requests.chain(ends.into_iter().map(end)).collect::<Vec<_>>().join("\n\n")
    }
}

/// The emulator signs a token with its address and the time, which are others in each world.
fn without_token(request: &str) -> String {
    let lines = request.split('\n').map(|line| match line.split_once(": Bearer ") {
        Some((name, token)) if token.matches('.').count() == 2 => format!("{name}: Bearer (a signed token)"),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Everything about an end that a caller can branch on.
pub(super) fn end<T>(end: Result<T, Error>) -> String {
    match end {
        Ok(_) => "a reply".to_owned(),
        Err(error) => format!(
            "{error}\n{:?}, {} attempts, maybe applied: {}, retry after: {:?}, status: {:?}",
            error.kind(),
            error.attempts(),
            error.maybe_applied(),
            error.retry_after(),
            error.status(),
        ),
    }
}

/// That what acts ended without a known effect, after one sending.
pub(super) fn assert_lost(error: &Error) {
    assert_eq!((error.maybe_applied(), error.attempts()), (true, 1), "{error}");
}
