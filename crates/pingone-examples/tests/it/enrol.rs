//! The examples that enrol somebody.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::Stdio,
};

use pingone_blocking::{
    Client, Configuration, Credentials, DeviceType, Environment,
    user::{CreateUser, FindUser},
    user_device::{DeviceFilter, ListUserDevices},
};
use pingone_emulator::Emulator;

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

/// The codes are asked for, and a person enters them: those that were sent, and that which the app shows by then.
#[test]
fn it_asks_for_the_codes_on_a_running_emulator() {
    const CODE: &str = "012345";
    for (name, is_known) in BOTH.into_iter().zip([false, true]) {
        let emulator = Emulator::builder().code(CODE).start().unwrap();
        let (service, client) = (emulator.service(), client(&emulator));
        if is_known {
            client.send(CreateUser::new("Ada")).unwrap();
        }
        let mut program = example(name);
        program.envs(variables(&emulator)).env("PINGONE_USERNAME", "ada").env("PINGONE_EMAIL", "ada@example.com");
        let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
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
        output.read_to_string(&mut text).unwrap();
        assert!(child.wait().unwrap().success(), "{text}");
        assert_enrols(&text);
        for secret in [CODE, "ada@example.com", service.client_secret(), "Bearer", "Basic"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        let left = client.send(FindUser::by_username("ada")).unwrap();
        assert_eq!(left.is_some(), is_known, "who was there before is left there");
        if let Some(ada) = left {
            assert_eq!(client.items(ListUserDevices::new(ada.id())).count(), 0);
        }
    }
}
