//! Waiting for a push and changing device, through both clients, on a clock that only waiting moves.

mod change_device;
mod complaints;
mod elsewhere;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use pingone_client_core::{CallEvent, PushWait};
use pingone_emulator::{Client, Data, Device, Fault, FaultKind, Policy, Service, TokenEndpointAuthMethod, User};
use pingone_model::{
    DeviceAuthentication, DeviceId, DeviceSelection, DeviceType, Document, InitializeDeviceAuthentication, NextStep,
    Operation, PendingPush,
};
use pingone_tests::{EitherClient, InMemory, Kind};

/// One client, and a user with a phone, an e-mail address and a passkey.
struct World {
    service: Service,
    memory: InMemory,
    client: EitherClient,
    /// When each *read* was sent.
    reads: Arc<Mutex<Vec<Duration>>>,
}

impl World {
    /// Pushes time out after 40 seconds.
    fn new(kind: Kind) -> Self {
        Self::with(kind, Policy::new("p-1"))
    }

    /// Pushes time out so late that it does not get in the way.
    fn patient(kind: Kind) -> Self {
        Self::with(kind, Policy::new("p-1").push_timeout(seconds(150)))
    }

    fn with(kind: Kind, policy: Policy) -> Self {
        let devices = [("phone", "MOBILE"), ("mail", "EMAIL"), ("passkey", "FIDO2")];
        let user = devices.into_iter().fold(User::new("u-1"), |user, (id, kind)| user.device(Device::new(id, kind)));
        let client = Client::new("c-1", "secret", TokenEndpointAuthMethod::ClientSecretBasic);
        let service = Service::new(Data::with_policy("e-1", policy).client(client).user(user));
        let memory = InMemory::before(&service);
        let reads = Arc::<Mutex<Vec<Duration>>>::default();
        let (clock, log) = (memory.clone(), Arc::clone(&reads));
        let observed = move |event: &CallEvent<'_>| {
            if let CallEvent::Attempt { operation: "device_authentication.read", .. } = event {
                log.lock().unwrap().push(clock.elapsed());
            }
        };
        let configuration = memory.configuration().unwrap().observer(observed).seed(7);
        let client = memory.client(kind, configuration).unwrap();
        Self { service, memory, client, reads }
    }

    /// A wait as it is kept somewhere.
    fn wait(&self, push: &PendingPush, within: Duration) -> PushWait {
        PushWait::new(push, within, self.memory.wall())
    }

    /// A client of somebody else, for what happens in the midst of a wait.
    fn another(&self) -> EitherClient {
        self.memory.client(Kind::Blocking, self.memory.configuration().unwrap().seed(8)).unwrap()
    }

    fn send<O: Operation<Output = Document<DeviceAuthentication>>>(&self, operation: O) -> NextStep {
        self.client.send(operation).unwrap().into_next_step()
    }

    fn push(&self) -> PendingPush {
        match self.send(InitializeDeviceAuthentication::new(self.service.user_id())) {
            NextStep::Push(push) => push,
            other => panic!("no push: {other:?}"),
        }
    }

    fn strike(&self, fault: FaultKind, operation: &str, times: u64) {
        self.service.inject(Fault::new(fault).operation(operation).unwrap().times(times));
    }

    /// The user approves once so much time has passed.
    fn approve_after(&self, time: Duration, push: &PendingPush) {
        let (service, id) = (self.service.clone(), push.id().clone());
        self.memory.after(time, move || service.approve_push(id.as_str()).unwrap());
    }

    /// The log-in by a code.
    fn complete_by_mail(&self, selection: &DeviceSelection) {
        let NextStep::Otp(entry) = self.send(selection.select(mail(selection))) else { panic!("no code is awaited") };
        let code = self.service.codes().last().unwrap().code().to_owned();
        assert!(matches!(self.send(entry.check(&code)), NextStep::Completed(_)));
    }

    fn count(&self, operation: &str) -> usize {
        self.service.journal().iter().filter(|entry| entry.operation().is_some_and(|done| done == operation)).count()
    }

    fn reads(&self) -> Vec<Duration> {
        self.reads.lock().unwrap().clone()
    }
}

fn mail(selection: &DeviceSelection) -> DeviceId {
    selection.devices().find(|(_, device)| device.kind() == Some(&DeviceType::Email)).unwrap().0.clone()
}

fn both(check: impl Fn(Kind)) {
    check(Kind::Async);
    check(Kind::Blocking);
}

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}
