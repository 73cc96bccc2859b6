//! The factors beside the push, through both clients: what the model makes of the service's JSON, the emulator checks.

use pingone_client_core::{Configuration, Credentials};
use pingone_emulator::{Client, Data, Device, Emulator, TokenEndpointAuthMethod, User};
use pingone_model::{
    CheckRememberedDevice, Environment, ErrorCode, InitializeDeviceAuthentication, NextStep, OneTimeDevice, Problem,
    RememberedDevice, TestMode,
};
use pingone_tests::EitherClient;

use crate::browser::{Browser, ORIGIN};

fn with_user(user: User, check: impl Fn(&EitherClient, u32)) {
    let data = Data::new("e-1", "p-1")
        .client(Client::new("c-1", "secret", TokenEndpointAuthMethod::ClientSecretPost))
        .user(user);
    let emulator = Emulator::builder().data(data).start().unwrap();
    let environment = Environment::at(&emulator.auth_url(), "e-1").unwrap();
    let configuration = Configuration::new(environment, Credentials::client_secret_post("c-1", "secret"));
    for (client, counter) in EitherClient::both(&configuration).unwrap().iter().zip(1..) {
        check(client, counter);
    }
}

#[test]
fn a_passkey_completes_by_the_browser_s_own_json() {
    let browser = Browser::new();
    with_user(User::new("u-1").device(browser.device()), |client, counter| {
        let begun = client.send(InitializeDeviceAuthentication::new("u-1")).unwrap();
        let NextStep::Assertion(request) = begun.into_next_step() else { panic!("no assertion is awaited") };
        let credential = browser.get(&request.options().unwrap().to_browser_json().unwrap(), counter);
        let end = client.send(request.check_fido2(ORIGIN, &credential)).unwrap().into_next_step();
        assert!(matches!(end, NextStep::Completed(_)), "{} {end:?}", client.name());
    });
}

#[test]
fn an_assertion_for_another_page_burns_no_attempt() {
    let browser = Browser::new();
    with_user(User::new("u-1").device(browser.device()), |client, counter| {
        let begun = client.send(InitializeDeviceAuthentication::new("u-1")).unwrap();
        let NextStep::Assertion(request) = begun.into_next_step() else { panic!("no assertion is awaited") };
        let credential = browser.get(&request.options().unwrap().to_browser_json().unwrap(), counter);
        let error = client.send(request.check_fido2("https://evil.example", &credential)).unwrap_err();
        assert_eq!(error.request_error().unwrap().argument(), "origin", "{}", client.name());
        let end = client.send(request.check_fido2(ORIGIN, &credential)).unwrap().into_next_step();
        assert!(matches!(end, NextStep::Completed(_)), "{} {end:?}", client.name());
    });
}

#[test]
fn a_one_time_device_for_tests_tells_its_code() {
    with_user(User::new("u-1"), |client, _| {
        let device = OneTimeDevice::sms("+15550100000").test_mode();
        let begun = client.send(InitializeDeviceAuthentication::new("u-1").one_time_device(device)).unwrap();
        begun.for_each_unknown(|pointer| panic!("{pointer} is unknown"));
        let code = begun.test().and_then(TestMode::otp).unwrap().to_owned();
        let NextStep::Otp(entry) = begun.into_next_step() else { panic!("no code is awaited") };
        let wrong: String = code.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect();
        let error = client.send(entry.check(&wrong)).unwrap_err();
        assert!(error.response_error().unwrap().has_code(&ErrorCode::InvalidOtp));
        let problem = error.response_error().unwrap().problem();
        assert!(matches!(problem, Problem::WrongCode { attempts_remaining: Some(_), .. }), "{problem:?}");
        let end = client.send(entry.check(&code)).unwrap().into_next_step();
        assert!(matches!(end, NextStep::Completed(_)), "{} {end:?}", client.name());
    });
}

#[test]
fn a_browser_that_is_not_remembered_is_an_ordinary_answer() {
    with_user(User::new("u-1").device(Device::new("d-1", "EMAIL")), |client, _| {
        let answer = client.send(CheckRememberedDevice::new("u-1", "p-1", "P1RM=unknown", "payload")).unwrap();
        assert!(matches!(answer, RememberedDevice::NotRemembered(_)), "{} {answer:?}", client.name());
    });
}
