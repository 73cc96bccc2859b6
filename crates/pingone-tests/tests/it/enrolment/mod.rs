//! Enrolling devices and what is done with them later, through both clients, each time seen in the next log-in; on a clock
//! that only tests move.

mod desktop;
mod each_type;
mod limits;
mod lost_replies;
mod management;
mod passkeys;
mod phones;
mod remembered;
mod users;

use std::time::Duration;

use pingone_client_core::Error;
use pingone_emulator::{Client, Data, MfaSettings, OathToken, Policy, Service, TokenEndpointAuthMethod, User};
use pingone_model::{
    Completed, DeviceId, DeviceStatus, InitializeDeviceAuthentication, NextStep, Operation, OtpEntry, UserId,
    user_device::{ActiveDevice, CreateUserDevice, EnrolmentStep, SentCode},
};
use pingone_tests::{EitherClient, InMemory, Kind};

/// The serial numbers of hardware tokens that nobody has paired: one with a clock, one that counts.
const CLOCK: &str = "1000";
const COUNTER: &str = "2000";

/// One client, and a user who has no device yet.
struct World {
    service: Service,
    memory: InMemory,
    client: EitherClient,
    user: UserId,
}

impl World {
    fn new(kind: Kind) -> Self {
        Self::with(kind, Policy::new("p-1").remember_me(true))
    }

    fn with(kind: Kind, policy: Policy) -> Self {
        let client = Client::new("c-1", "secret", TokenEndpointAuthMethod::ClientSecretBasic);
        let settings = MfaSettings::from_json(r#"{ "pairing": { "maxAllowedDevices": 5 } }"#).unwrap();
        let data = Data::with_policy("e-1", policy).client(client).mfa_settings(settings).user(User::new("u-1"));
        let data = [(CLOCK, "TOTP", "totp", r#"{ "timeStep": 30 }"#), (COUNTER, "HOTP", "hotp", r#"{ "counter": 7 }"#)]
            .into_iter()
            .fold(data, |data, (serial_number, kind, block, of_kind)| {
                let token = format!(
                    r#"{{ "serialNumber": "{serial_number}", "type": "{kind}", "otpLength": 6, "{block}": {of_kind},
                    "secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" }}"#
                );
                data.oath_token(OathToken::from_json(&token).unwrap())
            });
        let service = Service::new(data);
        let memory = InMemory::before(&service);
        let client = memory.client(kind, memory.configuration().unwrap().seed(7)).unwrap();
        Self { service, memory, client, user: UserId::from("u-1") }
    }

    fn send<O: Operation>(&self, operation: O) -> O::Output {
        self.client.send(operation).unwrap()
    }

    fn refused<O: Operation>(&self, operation: O) -> Error
    where
        O::Output: std::fmt::Debug,
    {
        self.client.send(operation).unwrap_err()
    }

    fn email(&self) -> CreateUserDevice {
        CreateUserDevice::email(&self.user, "ada@example.com")
    }

    fn sms(&self) -> CreateUserDevice {
        CreateUserDevice::sms(&self.user, "+1.5125550123")
    }

    /// A device that is active at once, as an administrator may say of it.
    fn enrolled(&self, create: CreateUserDevice) -> ActiveDevice {
        match self.send(create.status(DeviceStatus::Active)) {
            EnrolmentStep::Ready(device) => device,
            other => panic!("not ready: {other:?}"),
        }
    }

    /// A device that waits for the code that it was sent.
    fn waiting(&self, create: CreateUserDevice) -> SentCode {
        match self.send(create.status(DeviceStatus::ActivationRequired)) {
            EnrolmentStep::SentCode(entry) => entry,
            other => panic!("no code is awaited: {other:?}"),
        }
    }

    /// The code that stands in the mailbox to activate a device.
    fn pairing_code(&self, device: &DeviceId) -> String {
        self.service.last_pairing_code_for(device.as_str()).expect("a code was sent").code().to_owned()
    }

    fn begin(&self) -> Result<NextStep, Error> {
        Ok(self.client.send(InitializeDeviceAuthentication::new(&self.user))?.into_next_step())
    }

    fn begin_with(&self, device: &DeviceId) -> Result<NextStep, Error> {
        let initialize = InitializeDeviceAuthentication::new(&self.user).selected_device(device);
        Ok(self.client.send(initialize)?.into_next_step())
    }

    /// A code is awaited from this device, and it is the default.
    fn default_entry(&self) -> (DeviceId, OtpEntry) {
        let NextStep::Otp(entry) = self.begin().unwrap() else { panic!("no code is awaited") };
        (entry.device().unwrap().id().unwrap().clone(), entry)
    }

    fn entry(&self, device: &DeviceId) -> OtpEntry {
        match self.begin_with(device).unwrap() {
            NextStep::Otp(entry) => entry,
            other => panic!("no code is awaited: {other:?}"),
        }
    }

    /// The code that a log-in awaits: sent, or made by the device.
    fn code(&self, entry: &OtpEntry) -> String {
        let sent = self.service.last_code_for(entry.id().as_str());
        let device = entry.device().and_then(|device| device.id()).unwrap();
        let code = sent.map(|sent| sent.code().to_owned());
        code.or_else(|| self.service.generated_code(self.user.as_str(), device.as_str())).expect("there is a code")
    }

    fn logs_in_with(&self, device: &DeviceId) -> Completed {
        let entry = self.entry(device);
        let NextStep::Completed(completed) = self.send(entry.check(&self.code(&entry))).into_next_step() else {
            panic!("not completed")
        };
        assert!(completed.is_for(&self.user));
        completed
    }

    fn advance(&self, seconds: u64) {
        self.memory.advance(Duration::from_secs(seconds));
    }

    fn count(&self, operation: &str) -> usize {
        self.service.journal().iter().filter(|entry| entry.operation().is_some_and(|done| done == operation)).count()
    }
}

/// Another code of the same length.
fn other_than(code: &str) -> String {
    let last = if code.ends_with('1') { "2" } else { "1" };
    format!("{}{last}", &code[..code.len() - 1])
}

fn both(check: impl Fn(&World)) {
    for kind in Kind::BOTH {
        check(&World::new(kind));
    }
}
