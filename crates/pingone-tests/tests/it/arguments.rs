//! Bad input is refused by name, before anything is sent.

use pingone_client_core::{BuildError, Configuration, Credentials, ErrorKind};
use pingone_emulator::Emulator;
use pingone_model::{
    CancelDeviceAuthentication, CancelReason, CheckOtp, Environment, InitializeDeviceAuthentication,
    ReadDeviceAuthentication, Region, SelectDevice,
};
use pingone_tests::{EitherClient, emulated};

/// Runs `check` with both clients on an emulator, and sees that no request came.
fn without_a_request(check: impl Fn(&EitherClient)) {
    let emulator = Emulator::start().unwrap();
    for client in EitherClient::both(&emulated(&emulator).unwrap()).unwrap() {
        check(&client);
    }
    assert!(emulator.service().journal().is_empty());
}

fn ids_are_refused(bad: &str) {
    without_a_request(|client| {
        let arguments = [
            client.send(InitializeDeviceAuthentication::new(bad)).unwrap_err(),
            client.send(ReadDeviceAuthentication::new(bad)).unwrap_err(),
            client.send(SelectDevice::new(bad, "d")).unwrap_err(),
            client.send(SelectDevice::new("a", bad)).unwrap_err(),
            client.send(CheckOtp::new(bad, "012345")).unwrap_err(),
            client.send(CancelDeviceAuthentication::new(bad, CancelReason::ChangeDevice)).unwrap_err(),
        ]
        .map(|error| {
            assert_eq!(error.kind(), ErrorKind::Request);
            let argument = error.request_error().unwrap().argument();
            assert!(error.to_string().contains(argument), "{error}");
            argument
        });
        let authentication = "device_authentication_id";
        assert_eq!(arguments, ["user_id", authentication, authentication, "device_id", authentication, authentication]);
    });
}

#[test]
fn an_empty_id_is_refused() {
    ids_are_refused("");
}

#[test]
fn an_id_that_is_a_dot_or_two_is_refused() {
    ids_are_refused(".");
    ids_are_refused("..");
}

#[test]
fn an_id_over_100_characters_is_refused() {
    ids_are_refused(&"a".repeat(101));
}

#[test]
fn an_id_that_would_leave_its_place_in_the_path_is_refused() {
    for bad in ["a/b", "a?b", "a#b", "%2e", "a b"] {
        ids_are_refused(bad);
    }
}

fn build_is_refused(environment: &Environment, credentials: &Credentials) -> &'static str {
    let configuration = Configuration::new(environment.clone(), credentials.clone());
    let [first, second] = [
        pingone_async::Client::new(configuration.clone()).unwrap_err(),
        pingone_blocking::Client::new(configuration).unwrap_err(),
    ]
    .map(|error| match error {
        BuildError::Argument(error) => error.argument(),
        other => panic!("{other:?}"),
    });
    assert_eq!(first, second);
    first
}

#[test]
fn empty_credentials_are_refused() {
    let environment = Environment::new(Region::Europe, "e-1");
    for make in [
        |id, secret: &str| Credentials::client_secret_basic(id, secret),
        |id, secret: &str| Credentials::client_secret_post(id, secret),
    ] {
        assert_eq!(build_is_refused(&environment, &make("", "secret")), "client_id");
        assert_eq!(build_is_refused(&environment, &make("id", "")), "client_secret");
    }
}

#[test]
fn an_invalid_environment_id_is_refused() {
    let environment = Environment::new(Region::Europe, "..");
    assert_eq!(build_is_refused(&environment, &Credentials::client_secret_post("id", "secret")), "environment_id");
}

#[test]
fn a_base_that_is_not_an_https_url_is_refused() {
    for bad in ["http://auth.pingone.eu", "auth.pingone.eu", "", "http://10.0.0.1"] {
        assert_eq!(Environment::at(bad, "e-1").unwrap_err().argument(), "base", "{bad}");
    }
    assert!(Environment::at("http://127.0.0.1:1", "e-1").is_ok(), "loopback is the exception");
}
