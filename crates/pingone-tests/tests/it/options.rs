//! Options for all that a client does: their ids go along with each request.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use pingone_client_core::{
    CallOptions, Configuration, Credentials, DeviceChange, FnTransport, PushWait, TransportError, WaitError,
};
use pingone_emulator::{Data, Service};
use pingone_model::{Environment, InitializeDeviceAuthentication, NextStep, ReadDeviceAuthentication, Region};
use pingone_tests::{EitherClient, Kind};

const CANCEL: &str = "application/vnd.pingidentity.cancel.push.authentication+json";

/// What was sent, with both ids: a line for each request but those for a token.
type Journal = Arc<Mutex<Vec<String>>>;

/// A client before the emulator; the reply to a *cancel* is lost.
fn client(kind: Kind) -> (EitherClient, Service, Journal) {
    let (service, journal) = (Service::new(Data::built_in()), Journal::default());
    let (heart, log) = (service.clone(), Arc::clone(&journal));
    let transport = FnTransport::fallible(move |request| {
        let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("-").to_owned();
        let is_cancel = header("content-type") == CANCEL;
        let operation = if is_cancel { "cancel" } else { request.method().as_str() };
        let ids = ["x-ping-external-transaction-id", "x-ping-external-session-id"].map(header).join(" ");
        if !request.uri().path().ends_with("/as/token") {
            log.lock().unwrap().push(format!("{operation} {ids}"));
        }
        let response = heart.handle(request);
        if is_cancel { Err(TransportError::maybe_sent("reset")) } else { Ok(response) }
    });
    let environment = Environment::new(Region::Europe, service.environment_id());
    let credentials = Credentials::client_secret_basic(service.client_id(), service.client_secret());
    let configuration = Configuration::new(environment, credentials);
    let client = match kind {
        Kind::Async => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let client = pingone_async::Client::builder(configuration).transport(transport).build().unwrap();
            EitherClient::Async(runtime, client)
        }
        Kind::Blocking => {
            let client = pingone_blocking::Client::builder(configuration).transport(transport).build().unwrap();
            EitherClient::Blocking(client)
        }
    };
    (client, service, journal)
}

#[test]
fn their_ids_go_along_with_sends_waits_and_changes_of_device() {
    for kind in [Kind::Async, Kind::Blocking] {
        let (bare, service, journal) = client(kind);
        let taken = || std::mem::take(&mut *journal.lock().unwrap());
        let client = bare.with_options(CallOptions::new().transaction_id("order-1").session_id("s-1"));

        let begun = client.send(InitializeDeviceAuthentication::new(service.user_id())).unwrap();
        let NextStep::Push(push) = begun.into_next_step() else { panic!("no push") };
        assert_eq!(taken(), ["POST order-1 s-1"]);

        let end = client.wait(&push, Duration::from_secs(4)).unwrap_err();
        assert!(matches!(end, WaitError::Expired { .. }), "{end:?}");
        let reads = taken();
        assert!(reads.len() >= 2 && reads.iter().all(|read| read == "GET order-1 s-1"), "{reads:?}");
        assert_eq!(end.wait().unwrap().reads() as usize, reads.len(), "a wait tells how often it has read");
        let end = client.resume(end.wait().unwrap().to_string().parse::<PushWait>().unwrap()).unwrap_err();
        assert!(matches!(end, WaitError::Expired { .. }), "{end:?}");
        assert!(taken().iter().all(|read| read == "GET order-1 s-1"));

        let id = push.id().clone();
        let change = client.change_device(push).unwrap();
        assert!(matches!(change, DeviceChange::Cancelled(_)), "{change:?}");
        assert_eq!(taken(), ["cancel order-1 s-1", "GET order-1 s-1"], "the cancel, and the read that settles it");

        client.call(ReadDeviceAuthentication::new(&id), &CallOptions::new().transaction_id("order-2")).unwrap();
        assert_eq!(taken(), ["GET order-2 s-1"], "what a single call says goes before them");

        bare.send(ReadDeviceAuthentication::new(&id)).unwrap();
        assert_eq!(taken(), ["GET - -"], "the client that it was made of has none");
    }
}

#[test]
fn an_id_that_the_service_would_change_is_refused_by_all_of_them() {
    for kind in [Kind::Async, Kind::Blocking] {
        let (bare, service, journal) = client(kind);
        let begun = bare.send(InitializeDeviceAuthentication::new(service.user_id())).unwrap();
        let NextStep::Push(push) = begun.into_next_step() else { panic!("no push") };
        journal.lock().unwrap().clear();
        let client = bare.with_options(CallOptions::new().transaction_id("a b"));
        let is_named = |error: &pingone_client_core::Error| {
            error.request_error().is_some_and(|error| error.argument() == "transaction_id")
        };
        let error = client.send(ReadDeviceAuthentication::new(push.id())).unwrap_err();
        assert!(is_named(&error), "{error}");
        let end = client.wait(&push, Duration::from_secs(4)).unwrap_err();
        let WaitError::ReadFailed { error, .. } = &end else { panic!("{end:?}") };
        assert!(is_named(error), "{error}");
        let failed = client.change_device(push).unwrap_err();
        assert!(is_named(failed.error()), "{failed}");
        assert_eq!(*journal.lock().unwrap(), [""; 0], "nothing is sent");
    }
}
