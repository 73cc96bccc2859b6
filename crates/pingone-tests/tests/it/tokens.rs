//! One token for all: fetched once however many calls wait, replaced once however many report it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use pingone_async::ReqwestTransport;
use pingone_blocking::UreqTransport;
use pingone_client_core::{Credentials, ErrorKind, Now, TransportError};
use pingone_emulator::Emulator;
use pingone_model::InitializeDeviceAuthentication;
use pingone_tests::{EitherClient, emulated};

const CALLERS: usize = 50;

/// Real requests at a time of the test's choice.
#[derive(Debug)]
struct At<T>(T, Arc<AtomicU64>);

impl<T> At<T> {
    fn later(&self, now: Now) -> Now {
        let by = Duration::from_secs(self.1.load(Ordering::Acquire));
        Now::new(now.monotonic + by, now.wall + by)
    }
}

#[async_trait]
impl<T: pingone_async::Transport> pingone_async::Transport for At<T> {
    async fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        self.0.send(request, timeout).await
    }

    fn now(&self) -> Now {
        self.later(self.0.now())
    }
}

impl<T: pingone_blocking::Transport> pingone_blocking::Transport for At<T> {
    fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        self.0.send(request, timeout)
    }

    fn now(&self) -> Now {
        self.later(self.0.now())
    }
}

fn count(emulator: &Emulator, end: &str) -> usize {
    emulator.service().journal().iter().filter(|entry| entry.path().ends_with(end)).count()
}

/// Has `CALLERS` callers of each client call at once after `spoil`, and returns how many tokens were fetched for that,
/// and how many calls were sent.
fn fetches_after(spoil: impl Fn(&Emulator, &AtomicU64)) -> [(usize, usize); 2] {
    let concurrent = {
        let (emulator, clock) = (Emulator::start().unwrap(), Arc::new(AtomicU64::new(0)));
        let configuration = emulated(&emulator).unwrap();
        let transport = At(ReqwestTransport::new(&configuration).unwrap(), Arc::clone(&clock));
        let client = pingone_async::Client::builder(configuration).transport(transport).build().unwrap();
        let user = emulator.service().user_id().to_owned();
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(async {
            client.send(InitializeDeviceAuthentication::new(&*user)).await.unwrap();
            spoil(&emulator, &clock);
            let calls: Vec<_> =
                (0..CALLERS).map(|_| tokio::spawn(client.send(InitializeDeviceAuthentication::new(&*user)))).collect();
            for call in calls {
                call.await.unwrap().unwrap();
            }
        });
        (count(&emulator, "/as/token") - 1, count(&emulator, "/deviceAuthentications") - 1)
    };
    let blocking = {
        let (emulator, clock) = (Emulator::start().unwrap(), Arc::new(AtomicU64::new(0)));
        let configuration = emulated(&emulator).unwrap();
        let transport = At(UreqTransport::new(&configuration).unwrap(), Arc::clone(&clock));
        let client = pingone_blocking::Client::builder(configuration).transport(transport).build().unwrap();
        let user = emulator.service().user_id();
        client.send(InitializeDeviceAuthentication::new(user)).unwrap();
        spoil(&emulator, &clock);
        thread::scope(|scope| {
            for _ in 0..CALLERS {
                scope.spawn(|| client.send(InitializeDeviceAuthentication::new(user)).unwrap());
            }
        });
        (count(&emulator, "/as/token") - 1, count(&emulator, "/deviceAuthentications") - 1)
    };
    [concurrent, blocking]
}

#[test]
fn fifty_concurrent_calls_with_an_expired_token_make_one_token_request() {
    let fetches = fetches_after(|_, clock| clock.store(3_600, Ordering::Release));
    assert_eq!(fetches, [(1, CALLERS); 2]);
}

#[test]
fn fifty_concurrent_calls_with_a_revoked_token_make_one_token_request() {
    for (fetches, calls) in fetches_after(|emulator, _| emulator.service().revoke_tokens()) {
        assert_eq!(fetches, 1);
        assert!((CALLERS..=2 * CALLERS).contains(&calls), "each call is sent once more at most: {calls}");
    }
}

#[test]
fn a_token_that_died_early_is_replaced_without_the_caller_s_notice() {
    let emulator = Emulator::start().unwrap();
    for client in EitherClient::both(&emulated(&emulator).unwrap()).unwrap() {
        for _ in 0..2 {
            client.send(InitializeDeviceAuthentication::new(emulator.service().user_id())).unwrap();
            emulator.service().revoke_tokens();
        }
    }
    assert_eq!(count(&emulator, "/as/token"), 4);
}

#[test]
fn the_wrong_client_authentication_method_is_an_error_and_is_not_probed() {
    let emulator = Emulator::start().unwrap();
    let service = emulator.service();
    let mut configuration = emulated(&emulator).unwrap();
    configuration.credentials = Credentials::client_secret_post(service.client_id(), service.client_secret());
    for client in EitherClient::both(&configuration).unwrap() {
        let error = client.send(InitializeDeviceAuthentication::new("u-1")).unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Token, 401));
        assert_eq!(error.response_error().unwrap().oauth().unwrap().error(), "invalid_client");
        assert!(error.correlation_id().is_some());
    }
    assert_eq!((count(&emulator, "/as/token"), count(&emulator, "/deviceAuthentications")), (2, 0));
}
