//! Every way to a token, through both clients; what one signs, the emulator checks.

use std::{
    error::Error as StdError,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use async_trait::async_trait;
use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use pingone_client_core::{AccessToken, Configuration, Credentials, Error, ErrorKind, PrivateKey, TokenRequest};
use pingone_emulator::{Client, Data, Device, Emulator, TokenEndpointAuthMethod, TokenKind, User};
use pingone_model::{Environment, InitializeDeviceAuthentication};
use pingone_tests::EitherClient;
use ring::{
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RsaKeyPair},
};
use serde_json::{Value, json};

const P256: &str = include_str!("../../../pingone-client-core/tests/keys/p256-for-tests-only.pem");
const RSA: &str = include_str!("../../../pingone-client-core/tests/keys/rsa-for-tests-only.pem");

fn der(pem: &str) -> Vec<u8> {
    BASE64_STANDARD.decode(pem.lines().filter(|line| !line.starts_with('-')).collect::<String>()).unwrap()
}

/// The public halves, as an application's administrator hands them to PingOne.
fn jwks() -> [Value; 2] {
    let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der(P256), &SystemRandom::new()).unwrap();
    let point = pair.public_key().as_ref();
    let rsa = RsaKeyPair::from_pkcs8(&der(RSA)).unwrap();
    let PublicKeyComponents { n, e } = PublicKeyComponents::<Vec<u8>>::from(rsa.public());
    [
        json!({ "kty": "EC", "crv": "P-256", "x": encode(&point[1..33]), "y": encode(&point[33..]) }),
        json!({ "kty": "RSA", "n": encode(&n), "e": encode(&e) }),
    ]
}

/// A service that knows a client of each kind.
fn emulator() -> Emulator {
    let [ec, rsa] = jwks();
    let data = Data::new("e-1", "p-1")
        .client(Client::new("basic", "secret", TokenEndpointAuthMethod::ClientSecretBasic))
        .client(Client::new("post", "secret", TokenEndpointAuthMethod::ClientSecretPost))
        .client(Client::new("hmac", "secret", TokenEndpointAuthMethod::ClientSecretJwt))
        .client(Client::with_key("ec", ec))
        .client(Client::with_key("rsa", rsa))
        .user(User::new("u-1").device(Device::new("mail", "EMAIL")));
    Emulator::builder().data(data).start().unwrap()
}

fn configuration(emulator: &Emulator, credentials: Credentials) -> Configuration {
    Configuration::new(Environment::at(&emulator.auth_url(), "e-1").unwrap(), credentials)
}

/// How a call of each client ends.
fn calls(emulator: &Emulator, credentials: Credentials) -> [Result<(), Error>; 2] {
    let clients = EitherClient::both(&configuration(emulator, credentials)).unwrap();
    clients.map(|client| client.send(InitializeDeviceAuthentication::new("u-1")).map(drop))
}

fn fetches(emulator: &Emulator) -> usize {
    emulator.service().journal().iter().filter(|entry| entry.path().ends_with("/as/token")).count()
}

#[test]
fn each_way_to_authenticate_is_accepted_where_the_application_has_it() {
    let emulator = emulator();
    for credentials in [
        Credentials::client_secret_basic("basic", "secret"),
        Credentials::client_secret_post("post", "secret"),
        Credentials::client_secret_jwt("hmac", "secret"),
        Credentials::private_key_jwt("ec", PrivateKey::from_pem(P256).unwrap()),
        Credentials::private_key_jwt("rsa", PrivateKey::from_pem(RSA).unwrap()),
    ] {
        for end in calls(&emulator, credentials.clone()) {
            assert!(end.is_ok(), "{credentials:?}: {end:?}");
        }
    }
}

#[test]
fn a_statement_signed_by_another_is_refused() {
    let emulator = emulator();
    for credentials in [
        Credentials::client_secret_jwt("hmac", "another-secret"),
        Credentials::private_key_jwt("ec", PrivateKey::from_pem(RSA).unwrap()),
        Credentials::private_key_jwt("rsa", PrivateKey::from_pem(P256).unwrap()),
    ] {
        for end in calls(&emulator, credentials.clone()) {
            let error = end.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Token, "{credentials:?}: {error:?}");
            assert_eq!(error.response_error().unwrap().oauth().unwrap().error(), "invalid_client");
        }
    }
}

#[test]
fn a_token_of_the_callers_own_is_used_as_it_is() {
    let emulator = emulator();
    let token = emulator.service().issue_token(TokenKind::Worker);
    for end in calls(&emulator, Credentials::access_token(AccessToken::new(&token).unwrap())) {
        end.unwrap();
    }
    emulator.service().revoke_tokens();
    for end in calls(&emulator, Credentials::access_token(AccessToken::new(&token).unwrap())) {
        let error = end.unwrap_err();
        assert!(error.is_token_refused() && error.attempts() == 1, "nobody has another: {error:?}");
    }
    assert_eq!(fetches(&emulator), 0);
}

/// A vault whose tokens the service issued.
#[derive(Clone, Debug)]
struct Vault(Arc<Emulator>, Arc<AtomicUsize>);

impl Vault {
    fn issue(&self) -> Result<AccessToken, Box<dyn StdError + Send + Sync>> {
        self.1.fetch_add(1, Ordering::AcqRel);
        Ok(AccessToken::new(&self.0.service().issue_token(TokenKind::Worker))?)
    }
}

#[async_trait]
impl pingone_async::TokenSource for Vault {
    async fn token(&self, _: TokenRequest) -> Result<AccessToken, Box<dyn StdError + Send + Sync>> {
        self.issue()
    }
}

impl pingone_blocking::TokenSource for Vault {
    fn token(&self, _: TokenRequest) -> Result<AccessToken, Box<dyn StdError + Send + Sync>> {
        self.issue()
    }
}

#[test]
fn a_source_is_asked_once_and_again_when_its_token_is_refused() {
    let emulator = Arc::new(emulator());
    let configuration = configuration(&emulator, Credentials::external());
    let begin = || InitializeDeviceAuthentication::new("u-1");

    let vault = Vault(Arc::clone(&emulator), Arc::default());
    let client = pingone_blocking::Client::builder(configuration.clone()).token_source(vault.clone()).build().unwrap();
    let blocking = (vault.1, Box::new(move || client.send(begin()).map(drop)) as Box<dyn Fn() -> Result<(), Error>>);

    let vault = Vault(Arc::clone(&emulator), Arc::default());
    let client = pingone_async::Client::builder(configuration).token_source(vault.clone()).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let send = move || runtime.block_on(client.send(begin())).map(drop);

    for (asked, send) in [blocking, (vault.1, Box::new(send))] {
        send().unwrap();
        send().unwrap();
        assert_eq!(asked.load(Ordering::Acquire), 1, "the client keeps it");
        emulator.service().revoke_tokens();
        send().unwrap();
        assert_eq!(asked.load(Ordering::Acquire), 2);
    }
    assert_eq!(fetches(&emulator), 0);
}
