//! The factors beside the push, through both clients: what the model makes of the service's JSON, the emulator checks.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use pingone_client_core::{Configuration, Credentials};
use pingone_emulator::{Client, Data, Device, Emulator, TokenEndpointAuthMethod, User};
use pingone_model::{
    CheckRememberedDevice, Environment, ErrorCode, InitializeDeviceAuthentication, NextStep, OneTimeDevice, Problem,
    RememberedDevice, TestMode,
};
use pingone_tests::EitherClient;
use ring::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};

const RP_ID: &str = "example.com";
const ORIGIN: &str = "https://login.example.com";

/// A browser and its passkey: it takes the standard JSON and gives `credential.toJSON()`, and knows nothing of PingOne.
struct Browser(EcdsaKeyPair);

impl Browser {
    fn new() -> Self {
        let (algorithm, random) = (&ECDSA_P256_SHA256_ASN1_SIGNING, SystemRandom::new());
        let key = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        Self(EcdsaKeyPair::from_pkcs8(algorithm, key.as_ref(), &random).unwrap())
    }

    fn device(&self) -> Device {
        let point = self.0.public_key().as_ref();
        let part = |range: std::ops::Range<usize>| BASE64_URL_SAFE_NO_PAD.encode(&point[range]);
        let key = json!({ "kty": "EC", "crv": "P-256", "x": part(1..33), "y": part(33..65) });
        Device::new("passkey", "FIDO2")
            .member("rp", json!({ "id": RP_ID, "name": "Example" }))
            .member("credentialId", json!(BASE64_URL_SAFE_NO_PAD.encode(b"credential")))
            .hidden("publicKey", key)
    }

    fn get(&self, options: &str, counter: u32) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        assert_eq!(options["rpId"], RP_ID);
        let credential = &options["allowCredentials"][0]["id"];
        assert_eq!(BASE64_URL_SAFE_NO_PAD.decode(credential.as_str().unwrap()).unwrap(), b"credential");
        let client_data =
            json!({ "type": "webauthn.get", "challenge": options["challenge"], "origin": ORIGIN }).to_string();
        // A user was present and verified.
        let data = [digest(&SHA256, RP_ID.as_bytes()).as_ref(), &[0x05], &counter.to_be_bytes()].concat();
        let signed = [&data, digest(&SHA256, client_data.as_bytes()).as_ref()].concat();
        let signature = self.0.sign(&SystemRandom::new(), &signed).unwrap();
        let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        json!({
            "id": credential, "rawId": credential, "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": encode(client_data.as_bytes()),
                "authenticatorData": encode(&data),
                "signature": encode(signature.as_ref()),
            },
        })
        .to_string()
    }
}

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
fn an_assertion_for_another_page_is_no_success() {
    let browser = Browser::new();
    with_user(User::new("u-1").device(browser.device()), |client, counter| {
        let begun = client.send(InitializeDeviceAuthentication::new("u-1")).unwrap();
        let NextStep::Assertion(request) = begun.into_next_step() else { panic!("no assertion is awaited") };
        let credential = browser.get(&request.options().unwrap().to_browser_json().unwrap(), counter);
        let end = client.send(request.check_fido2("https://evil.example", &credential));
        assert!(!matches!(end.map(|reply| reply.into_next_step()), Ok(NextStep::Completed(_))), "{}", client.name());
    });
}

#[test]
fn a_one_time_device_for_tests_tells_its_code() {
    with_user(User::new("u-1"), |client, _| {
        let device = OneTimeDevice::sms("+15550100000").test_mode();
        let begun = client.send(InitializeDeviceAuthentication::new("u-1").one_time_device(device)).unwrap();
        assert!(begun.unknown().is_empty(), "{:?}", begun.unknown());
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
