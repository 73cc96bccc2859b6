//! What acts is sent exactly once if its reply is lost, and a *read* tells what has become of it.

use pingone_client_core::{Configuration, Credentials, Error};
use pingone_emulator::{Client, Data, Device, Emulator, Fault, FaultKind, TokenEndpointAuthMethod, User};
use pingone_model::{
    DeviceAuthentication, Document, Environment, FollowUp, InitializeDeviceAuthentication, NextStep, Operation,
    ReadDeviceAuthentication, SelectDevice, Status,
};
use pingone_tests::{EitherClient, Kind};

use crate::browser::{Browser, ORIGIN};

/// A client, and an emulator whose user has a phone, a passkey and an e-mail address.
struct World {
    emulator: Emulator,
    client: EitherClient,
    browser: Browser,
}

impl World {
    fn new(kind: Kind) -> Self {
        let browser = Browser::new();
        let user = User::new("u-1")
            .device(Device::new("phone", "MOBILE"))
            .device(Device::new("mail", "EMAIL"))
            .device(browser.device());
        let client = Client::new("c-1", "secret", TokenEndpointAuthMethod::ClientSecretPost);
        let emulator = Emulator::builder().data(Data::new("e-1", "p-1").client(client).user(user)).start().unwrap();
        let environment = Environment::at(&emulator.auth_url(), "e-1").unwrap();
        let configuration = Configuration::new(environment, Credentials::client_secret_post("c-1", "secret"));
        Self { client: EitherClient::new(kind, configuration).unwrap(), emulator, browser }
    }

    fn begin_with(&self, device: &str) -> NextStep {
        let initialize = InitializeDeviceAuthentication::new("u-1").selected_device(device);
        self.client.send(initialize).unwrap().into_next_step()
    }

    /// Sends `operation`, which happens; but its reply is lost.
    fn lose<O>(&self, struck: &str, operation: &O) -> Error
    where
        O: Operation<Output = Document<DeviceAuthentication>>,
    {
        let count = || {
            self.emulator
                .service()
                .journal()
                .iter()
                .filter(|e| e.operation().is_some_and(|done| done == struck))
                .count()
        };
        let before = count();
        self.emulator.service().inject(Fault::new(FaultKind::ResetAfter).operation(struck).unwrap().times(1));
        let error = self.client.send(operation).unwrap_err();
        assert_eq!(count() - before, 1, "sent exactly once");
        assert_eq!((error.maybe_applied(), error.attempts()), (true, 1), "{error}");
        error
    }

    /// The same, and what the read tells that comes with the error.
    fn lose_and_read<O>(&self, struck: &str, operation: O) -> Status
    where
        O: FollowUp<Output = Document<DeviceAuthentication>, Read = ReadDeviceAuthentication>,
    {
        let error = self.lose(struck, &operation);
        self.client.send(error.follow_up(&operation).unwrap()).unwrap().status().clone()
    }
}

/// A test of each client.
macro_rules! lost {
    ($($name:ident: $check:expr;)*) => {$(
        mod $name {
            use super::*;

            #[test]
            fn is_sent_exactly_once_by_the_async_client() {
                $check(&World::new(Kind::Async));
            }

            #[test]
            fn is_sent_exactly_once_by_the_blocking_client() {
                $check(&World::new(Kind::Blocking));
            }
        }
    )*};
}

lost! {
    initialize: |world: &World| {
        // Nothing can be read: its id was in the reply.
        world.lose("device_authentication.initialize", &InitializeDeviceAuthentication::new("u-1"));
        assert_eq!(world.emulator.service().pending_pushes().len(), 1, "one push, not two");
    };
    select: |world: &World| {
        let NextStep::Push(push) = world.begin_with("phone") else { panic!("no push") };
        world.client.send(push.cancel()).unwrap();
        assert_eq!(world.lose_and_read("device_authentication.select_device", SelectDevice::new(push.id().clone(), "mail")), Status::OtpRequired);
        assert_eq!(world.emulator.service().codes().len(), 1, "one code, not two");
    };
    validate_otp: |world: &World| {
        let NextStep::Otp(entry) = world.begin_with("mail") else { panic!("no code is awaited") };
        let code = world.emulator.service().codes().last().unwrap().code().to_owned();
        assert_eq!(world.lose_and_read("device_authentication.check_otp", entry.check(&code)), Status::Completed);
    };
    check_assertion: |world: &World| {
        let NextStep::Assertion(request) = world.begin_with("passkey") else { panic!("no assertion is awaited") };
        let credential = world.browser.get(&request.options().unwrap().to_browser_json().unwrap(), 1);
        assert_eq!(world.lose_and_read("device_authentication.check_assertion", request.check_fido2(ORIGIN, &credential)), Status::Completed);
    };
    cancel: |world: &World| {
        let NextStep::Push(push) = world.begin_with("phone") else { panic!("no push") };
        assert_eq!(world.lose_and_read("device_authentication.cancel", push.cancel()), Status::DeviceSelectionRequired);
    };
}
