//! While one call fetches a token, no other waits for longer than it has time, and nobody who is told of it is locked
//! out.

use std::{
    error::Error as StdError,
    io::Write,
    net::TcpListener,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use async_trait::async_trait;
use pingone_client_core::{
    AccessToken, CallEvent, CallOptions, Configuration, Credentials, Error, ErrorKind, TokenRequest, WaitError,
};
use pingone_emulator::Emulator;
use pingone_model::{
    DeviceAuthentication, Document, Environment, InitializeDeviceAuthentication, NextStep, PendingPush,
    ReadDeviceAuthentication,
};
use pingone_tests::emulated;
use pingone_transport_kit::{Server, Then, reply};
use tokio::{runtime::Runtime, sync::Notify};

const SHORT: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_secs(60);

/// A client whose calls run side by side.
enum Client {
    Async(Runtime, pingone_async::Client),
    Blocking(pingone_blocking::Client),
}

type Outcome = mpsc::Receiver<Result<(), Error>>;

impl Client {
    fn both(configuration: &Configuration) -> [Self; 2] {
        let of = |configuration: Configuration| pingone_async::Client::new(configuration).unwrap();
        [
            Self::Async(Runtime::new().unwrap(), of(configuration.clone())),
            Self::Blocking(pingone_blocking::Client::new(configuration.clone()).unwrap()),
        ]
    }

    /// Begins a call, and tells when it is over.
    fn begin(&self, timeout: Duration) -> Outcome {
        let (sender, outcome) = mpsc::channel();
        let (read, options) = (ReadDeviceAuthentication::new("a-1"), CallOptions::new().timeout(timeout));
        match self {
            Self::Async(runtime, client) => {
                let client = client.clone();
                runtime.spawn(async move { sender.send(client.call(read, &options).await.map(drop)) });
            }
            Self::Blocking(client) => {
                let client = client.clone();
                thread::spawn(move || sender.send(client.call(read, &options).map(drop)));
            }
        }
        outcome
    }

    fn wait(&self, push: &PendingPush, within: Duration) -> WaitError {
        match self {
            Self::Async(runtime, client) => runtime.block_on(client.wait(push, within)).unwrap_err(),
            Self::Blocking(client) => client.wait(push, within).unwrap_err(),
        }
    }
}

fn is_in_time(outcome: &Outcome) -> Error {
    outcome.recv_timeout(LONG / 2).expect("it waits for longer than it has time").unwrap_err()
}

fn push() -> PendingPush {
    let reply = r#"{"id":"a-1","status":"PUSH_CONFIRMATION_REQUIRED"}"#;
    match Document::<DeviceAuthentication>::from_json(reply).unwrap().into_next_step() {
        NextStep::Push(push) => push,
        other => panic!("{other:?}"),
    }
}

/// With a call in the midst of fetching a token, which takes until the test is over.
fn others_end_in_time<T>(client: &Client, until_it_fetches: impl FnOnce() -> T) {
    let first = client.begin(LONG);
    let _held = until_it_fetches();
    let error = is_in_time(&client.begin(SHORT));
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::DeadlineExceeded, 0), "{error}");
    let end = client.wait(&push(), Duration::from_secs(2));
    assert!(matches!(end, WaitError::Expired { .. } | WaitError::ReadFailed { .. }), "{end:?}");
    assert!(matches!(first.try_recv(), Err(mpsc::TryRecvError::Empty)), "the first still waits");
}

#[test]
fn a_token_endpoint_that_never_answers_holds_nobody_else() {
    // It takes connections, and says nothing.
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let environment = Environment::at(&format!("http://{}", listener.local_addr().unwrap()), "e-1").unwrap();
    let configuration = Configuration::new(environment, Credentials::client_secret_basic("id", "secret"))
        .attempt_timeout(LONG)
        .connect_timeout(LONG);
    for client in Client::both(&configuration) {
        others_end_in_time(&client, || listener.accept().unwrap());
    }
}

/// A vault that opens when the test says so.
#[derive(Clone, Debug, Default)]
struct Vault(Arc<Lock>);

#[derive(Debug, Default)]
struct Lock {
    is_asked: AtomicBool,
    opened: Notify,
    key: Mutex<()>,
}

impl Vault {
    fn token(&self) -> Result<AccessToken, Box<dyn StdError + Send + Sync>> {
        Ok(AccessToken::new("t")?)
    }

    fn is_asked(&self) {
        while !self.0.is_asked.swap(false, Ordering::AcqRel) {
            thread::yield_now();
        }
    }
}

#[async_trait]
impl pingone_async::TokenSource for Vault {
    async fn token(&self, _: TokenRequest) -> Result<AccessToken, Box<dyn StdError + Send + Sync>> {
        self.0.is_asked.store(true, Ordering::Release);
        self.0.opened.notified().await;
        self.token()
    }
}

impl pingone_blocking::TokenSource for Vault {
    fn token(&self, _: TokenRequest) -> Result<AccessToken, Box<dyn StdError + Send + Sync>> {
        self.0.is_asked.store(true, Ordering::Release);
        drop(self.0.key.lock());
        self.token()
    }
}

#[test]
fn a_source_of_tokens_that_takes_long_holds_nobody_else() {
    let environment = Environment::at("http://127.0.0.1:1", "e-1").unwrap();
    let configuration = Configuration::new(environment, Credentials::external()).attempt_timeout(LONG);
    let vault = Vault::default();
    let held = vault.0.key.lock().unwrap();
    let with_vault = pingone_async::Client::builder(configuration.clone()).token_source(vault.clone()).build().unwrap();
    others_end_in_time(&Client::Async(Runtime::new().unwrap(), with_vault), || vault.is_asked());
    let with_vault = pingone_blocking::Client::builder(configuration).token_source(vault.clone()).build().unwrap();
    others_end_in_time(&Client::Blocking(with_vault), || vault.is_asked());
    drop(held);
}

#[test]
fn a_source_of_tokens_holds_its_own_call_no_longer_than_that_has_time() {
    let environment = Environment::at("http://127.0.0.1:1", "e-1").unwrap();
    let configuration = Configuration::new(environment, Credentials::external());
    let vault = Vault::default();
    let held = vault.0.key.lock().unwrap();
    let with_vault = pingone_async::Client::builder(configuration.clone()).token_source(vault.clone()).build().unwrap();
    let error = is_in_time(&Client::Async(Runtime::new().unwrap(), with_vault).begin(SHORT));
    assert_eq!(error.kind(), ErrorKind::Token, "{error}");
    let with_vault = pingone_blocking::Client::builder(configuration).token_source(vault.clone()).build().unwrap();
    let error = is_in_time(&Client::Blocking(with_vault).begin(SHORT));
    assert_eq!(error.kind(), ErrorKind::Token, "{error}");
    drop(held);
}

/// An observer that asks the service itself, when it hears of a token.
#[test]
fn an_observer_that_calls_the_client_is_not_locked_out() {
    let emulator = Emulator::start().unwrap();
    let user = emulator.service().user_id().to_owned();
    let slot: Arc<OnceLock<pingone_blocking::Client>> = Arc::default();
    let calls = Arc::new(Mutex::new(0));
    let (client, counter) = (Arc::clone(&slot), Arc::clone(&calls));
    let configuration = emulated(&emulator).unwrap().observer(move |event: &CallEvent<'_>| {
        if let CallEvent::Attempt { operation: "token.request", .. } = event {
            let begun = client.get().unwrap().send(InitializeDeviceAuthentication::new("nobody"));
            assert_eq!(begun.unwrap_err().kind(), ErrorKind::Response);
            *counter.lock().unwrap() += 1;
        }
    });
    let client = slot.get_or_init(|| pingone_blocking::Client::new(configuration).unwrap()).clone();
    let (sender, done) = mpsc::channel();
    thread::spawn(move || sender.send(client.send(InitializeDeviceAuthentication::new(user)).map(drop)));
    done.recv_timeout(LONG).expect("it is locked out").unwrap();
    assert_eq!(*calls.lock().unwrap(), 1);
}

#[test]
fn a_token_that_no_header_can_carry_is_one_error_in_both_clients() {
    for token in ["a".repeat(1 << 20), "t\u{e9}".to_owned(), "a b".to_owned()] {
        let body = format!(r#"{{"access_token":"{token}","expires_in":3600}}"#);
        let answer = reply(200, "application/json", &body);
        let server = Server::start(move |_, _, stream| {
            stream.write_all(&answer)?;
            Ok(Then::Close)
        });
        let server = server.unwrap();
        let environment = Environment::at(&server.url(), "e-1").unwrap();
        let configuration = Configuration::new(environment, Credentials::client_secret_basic("id", "secret"));
        let lines: Vec<_> =
            Client::both(&configuration).iter().map(|client| is_in_time(&client.begin(LONG)).to_string()).collect();
        let expected =
            "device_authentication.read: no access token: the service answered 200 OK with a body that cannot be read";
        assert_eq!(lines, [expected; 2]);
    }
}
