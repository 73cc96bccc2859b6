//! The examples that enrol somebody.

use std::{
    borrow::Cow,
    io::{BufRead, BufReader, Write},
    process::{Output, Stdio},
};

use pingone_blocking::{
    Client, Configuration, Credentials, DeviceType, Environment,
    user::{CreateUser, FindUser},
    user_device::{DeviceFilter, ListUserDevices},
};
use pingone_emulator::{Data, Emulator, Fault, FaultKind};
use serde_json::{Value, json};

use crate::program::{example, variables};

const BOTH: [&str; 2] = ["enrol", "enrol_blocking"];

/// What comes on the way from nobody to a log-in, in this order.
const STEPS: [&str; 15] = [
    "/users\n",
    "/mfaEnabled\n",
    "201 Created  ACTIVATION_REQUIRED",
    "device.activate+json",
    "200 OK  ACTIVE",
    "█",
    "200 OK  ACTIVE",
    "/pairingKeys\n",
    "200 OK  CLAIMED",
    "/nickname\n",
    "  - My mail\n  - My app\n  - ",
    "devices.reorder+json",
    "OTP_REQUIRED",
    "COMPLETED",
    "> DELETE ",
];

fn assert_enrols(text: &str) {
    let after = |rest: &'_ str, step: &str| rest.split_once(step).map(|(_, rest)| rest.to_owned());
    STEPS.iter().fold(text.to_owned(), |rest, step| after(&rest, step).unwrap_or_else(|| panic!("no {step}: {text}")));
}

#[test]
fn it_goes_through_on_the_emulator_that_it_starts() {
    for name in BOTH {
        let output = example(name).stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_enrols(std::str::from_utf8(&output.stdout).unwrap());
    }
}

fn client(emulator: &Emulator) -> Client {
    let service = emulator.service();
    let environment = Environment::at(&emulator.auth_url(), service.environment_id()).unwrap();
    let credentials = Credentials::client_secret_basic(service.client_id(), service.client_secret());
    Client::new(Configuration::new(environment, credentials)).unwrap()
}

const CODE: &str = "012345";

/// Runs an example before this emulator, and enters the codes: those that were sent, and that which the app shows by then.
fn run(name: &str, emulator: &Emulator) -> (Output, String) {
    let (service, client) = (emulator.service(), client(emulator));
    let mut program = example(name);
    program.envs(variables(emulator)).env("PINGONE_USERNAME", "ada").env("PINGONE_EMAIL", "ada@example.com");
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (mut input, mut output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    let mut text = String::new();
    while output.read_line(&mut text).unwrap() > 0 {
        let code = if text.ends_with("Enter the code that was sent:\n") {
            CODE.to_owned()
        } else if text.ends_with("Enter the code that the app shows:\n") {
            let user = client.send(FindUser::by_username("ada")).unwrap().unwrap();
            let apps = ListUserDevices::new(user.id()).filter(DeviceFilter::kind(DeviceType::Totp));
            let app = client.items(apps).next().unwrap().unwrap();
            service.generated_code(user.id().as_str(), app.id().unwrap().as_str()).unwrap()
        } else {
            if let Some((_, key)) = text.trim_end().rsplit_once("  Enter ") {
                if let Some(code) = key.strip_suffix(" in the company's app on the phone.") {
                    service.pair_phone(code).unwrap();
                }
            }
            continue;
        };
        writeln!(input, "{code}").unwrap();
    }
    (child.wait_with_output().unwrap(), text)
}

/// Who was there before is there still, and nobody else, nor a device.
#[track_caller]
fn assert_nothing_is_left(emulator: &Emulator, is_known: bool) {
    let client = client(emulator);
    let left = client.send(FindUser::by_username("ada")).unwrap();
    assert_eq!(left.is_some(), is_known);
    if let Some(ada) = left {
        assert_eq!(client.items(ListUserDevices::new(ada.id())).count(), 0);
    }
}

fn errors(output: &Output) -> Cow<'_, str> {
    String::from_utf8_lossy(&output.stderr)
}

#[test]
fn it_asks_for_the_codes_on_a_running_emulator() {
    for (name, is_known) in BOTH.into_iter().zip([false, true]) {
        let emulator = Emulator::builder().code(CODE).start().unwrap();
        if is_known {
            client(&emulator).send(CreateUser::new("Ada")).unwrap();
        }
        let (output, text) = run(name, &emulator);
        assert!(output.status.success(), "{text} {}", errors(&output));
        assert_enrols(&text);
        for secret in [CODE, "ada@example.com", emulator.service().client_secret(), "Bearer", "Basic"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert_nothing_is_left(&emulator, is_known);
    }
}

/// As the default policy of an environment is.
#[test]
fn it_continues_without_an_authenticator_app_if_the_policy_allows_none() {
    let mut data: Value = serde_json::from_str(Data::BUILT_IN_JSON).unwrap();
    data["policy"]["totp"] = json!({ "enabled": false });
    let data = Data::from_json(&data.to_string()).unwrap().code(CODE);
    for name in BOTH {
        let emulator = Emulator::builder().data(data.clone()).start().unwrap();
        let (output, text) = run(name, &emulator);
        assert!(output.status.success(), "{text} {}", errors(&output));
        assert!(text.contains("the policy does not allow authenticator apps") && !text.contains("\n5."), "{text}");
        assert!(text.contains("COMPLETED") && !text.contains("My app"), "{text}");
        assert_nothing_is_left(&emulator, false);
    }
}

/// Wherever it ends, what was made until then is deleted, and the error is the one that ended it.
#[test]
fn it_leaves_nothing_behind_if_it_fails() {
    let stops = [
        "mfa_enabled.update",
        "user_device.create",
        "user_device.activate",
        "pairing_key.create",
        "pairing_key.read",
        "user_device.set_order",
        "device_authentication.check_otp",
    ];
    for (place, stop) in stops.into_iter().enumerate() {
        let (name, is_known) = (BOTH[place % 2], place % 3 == 0);
        let emulator = Emulator::builder().code(CODE).start().unwrap();
        if is_known {
            client(&emulator).send(CreateUser::new("Ada")).unwrap();
        }
        emulator.service().inject(Fault::new(FaultKind::Status(403)).operation(stop).unwrap());
        let (output, text) = run(name, &emulator);
        assert!(!output.status.success() && errors(&output).contains(stop), "{stop}: {text} {}", errors(&output));
        assert_nothing_is_left(&emulator, is_known);
        let journal = emulator.service().journal();
        let deleted = journal.iter().any(|entry| entry.operation().is_some_and(|done| done == "pairing_key.delete"));
        assert_eq!(deleted, stop == "pairing_key.read", "{stop}");
    }
}

#[test]
fn a_pairing_key_that_nobody_can_enter_is_deleted() {
    for name in BOTH {
        let emulator = Emulator::builder().code(CODE).start().unwrap();
        emulator.service().inject(Fault::new(FaultKind::Nulls).operation("pairing_key.create").unwrap());
        let (output, text) = run(name, &emulator);
        assert!(!output.status.success() && errors(&output).contains("no code"), "{text} {}", errors(&output));
        let journal = emulator.service().journal();
        let deleted = journal.iter().any(|entry| entry.operation().is_some_and(|done| done == "pairing_key.delete"));
        assert!(deleted, "{name}: {text}");
        assert_nothing_is_left(&emulator, false);
    }
}

#[test]
fn a_device_that_cannot_be_deleted_keeps_no_other_and_hides_no_error() {
    for name in BOTH {
        let emulator = Emulator::builder().code(CODE).start().unwrap();
        let (service, client) = (emulator.service(), client(&emulator));
        let ada = client.send(CreateUser::new("Ada")).unwrap();
        for stop in ["user_device.set_order", "user_device.delete"] {
            service.inject(Fault::new(FaultKind::Status(403)).operation(stop).unwrap().times(1));
        }
        let (output, text) = run(name, &emulator);
        assert!(!output.status.success(), "{text}");
        for stop in ["user_device.set_order", "user_device.delete"] {
            assert!(errors(&output).contains(stop), "{stop}: {}", errors(&output));
        }
        assert_eq!(client.items(ListUserDevices::new(ada.id())).count(), 1, "{text}");
    }
}
