//! One token for all: fetched once however many calls wait, replaced once however many report it.

use std::{
    sync::{
        Arc, Barrier,
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
use pingone_emulator::{Data, Emulator, Service};
use pingone_model::InitializeDeviceAuthentication;
use pingone_tests::{EitherClient, InMemory, Kind, emulated};

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

fn count(service: &Service, end: &str) -> usize {
    service.journal().iter().filter(|entry| entry.path().ends_with(end)).count()
}

/// How many tokens were fetched and how many calls sent, after the first of each.
fn counts(service: &Service) -> (usize, usize) {
    (count(service, "/as/token") - 1, count(service, "/deviceAuthentications") - 1)
}

/// Each of `callers` tasks calls at once, after a first call and what `spoil` does to its token.
fn tasks(client: &pingone_async::Client, callers: usize, user: &str, spoil: impl FnOnce()) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(async {
        client.send(InitializeDeviceAuthentication::new(user)).await.unwrap();
        spoil();
        let call = || tokio::spawn(client.send(InitializeDeviceAuthentication::new(user)));
        for call in (0..callers).map(|_| call()).collect::<Vec<_>>() {
            call.await.unwrap().unwrap();
        }
    });
}

/// The same with threads.
fn threads(client: &pingone_blocking::Client, callers: usize, user: &str, spoil: impl FnOnce()) {
    let call = || client.send(InitializeDeviceAuthentication::new(user)).unwrap();
    call();
    spoil();
    let all_are_here = Barrier::new(callers);
    thread::scope(|scope| {
        for _ in 0..callers {
            scope.spawn(|| {
                all_are_here.wait();
                call();
            });
        }
    });
}

/// What 100 callers of each client do over sockets after `spoil`.
fn over_sockets(spoil: impl Fn(&Emulator, &AtomicU64)) -> [(usize, usize); 2] {
    [Kind::Async, Kind::Blocking].map(|kind| {
        let (emulator, clock) = (Emulator::start().unwrap(), Arc::new(AtomicU64::new(0)));
        let configuration = emulated(&emulator).unwrap();
        let (user, spoil) = (emulator.service().user_id(), || spoil(&emulator, &clock));
        match kind {
            Kind::Async => {
                let transport = At(ReqwestTransport::new(&configuration).unwrap(), Arc::clone(&clock));
                let client = pingone_async::Client::builder(configuration).transport(transport).build().unwrap();
                tasks(&client, 100, user, spoil);
            }
            Kind::Blocking => {
                let transport = At(UreqTransport::new(&configuration).unwrap(), Arc::clone(&clock));
                let client = pingone_blocking::Client::builder(configuration).transport(transport).build().unwrap();
                threads(&client, 100, user, spoil);
            }
        }
        counts(emulator.service())
    })
}

/// What 1,000 callers of each client do without sockets after `spoil`.
fn in_memory(spoil: impl Fn(&Service, &InMemory)) -> [(usize, usize); 2] {
    [Kind::Async, Kind::Blocking].map(|kind| {
        let service = Service::new(Data::built_in());
        let transport = InMemory::before(&service);
        let configuration = transport.configuration().unwrap();
        let (user, spoil) = (service.user_id(), || spoil(&service, &transport));
        match kind {
            Kind::Async => {
                let client = pingone_async::Client::builder(configuration).transport(transport.clone());
                tasks(&client.build().unwrap(), 1_000, user, spoil);
            }
            Kind::Blocking => {
                let client = pingone_blocking::Client::builder(configuration).transport(transport.clone());
                threads(&client.build().unwrap(), 1_000, user, spoil);
            }
        }
        counts(&service)
    })
}

#[test]
fn a_hundred_calls_over_sockets_with_an_expired_token_make_one_token_request() {
    assert_eq!(over_sockets(|_, clock| clock.store(3_600, Ordering::Release)), [(1, 100); 2]);
}

#[test]
fn a_hundred_calls_over_sockets_with_a_revoked_token_make_one_token_request() {
    for (fetches, calls) in over_sockets(|emulator, _| emulator.service().revoke_tokens()) {
        assert_eq!(fetches, 1);
        assert!((100..=200).contains(&calls), "each call is sent once more at most: {calls}");
    }
}

#[test]
fn a_thousand_calls_without_sockets_with_an_expired_token_make_one_token_request() {
    assert_eq!(in_memory(|_, memory| memory.advance(Duration::from_secs(3_600))), [(1, 1_000); 2]);
}

#[test]
fn a_thousand_calls_without_sockets_with_a_revoked_token_make_one_token_request() {
    for (fetches, calls) in in_memory(|service, _| service.revoke_tokens()) {
        assert_eq!(fetches, 1);
        assert!((1_000..=2_000).contains(&calls), "each call is sent once more at most: {calls}");
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
    assert_eq!(count(emulator.service(), "/as/token"), 4);
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
    assert_eq!((count(emulator.service(), "/as/token"), count(emulator.service(), "/deviceAuthentications")), (2, 0));
}
