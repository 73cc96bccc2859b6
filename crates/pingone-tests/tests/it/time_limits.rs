//! Every time limit can be as long as it likes, and none can be zero.

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use pingone_blocking::{Transport, UreqTransport};
use pingone_client_core::{BuildError, CallOptions, Configuration, ErrorKind, RetryPolicy, WaitPolicy};
use pingone_emulator::Emulator;
use pingone_model::{InitializeDeviceAuthentication, NextStep, ReadDeviceAuthentication, Status};
use pingone_tests::{EitherClient, Kind, emulated};

const EVER: Duration = Duration::MAX;

fn patient(configuration: Configuration) -> Configuration {
    let wait = WaitPolicy::new().first(Duration::from_millis(1)).interval(Duration::from_millis(50)).cap(EVER);
    configuration
        .timeout(EVER)
        .attempt_timeout(EVER)
        .connect_timeout(EVER)
        .max_in_flight(1)
        .retry(RetryPolicy::new().base(EVER).cap(EVER).max_retry_after(EVER))
        .wait(wait)
}

#[test]
fn the_longest_time_there_is_ends_no_call_and_no_client() {
    let emulator = Emulator::start().unwrap();
    let service = emulator.service();
    for client in EitherClient::both(&patient(emulated(&emulator).unwrap())).unwrap() {
        let initialize = InitializeDeviceAuthentication::new(service.user_id());
        let begun = client.call(initialize, &CallOptions::new().timeout(EVER)).unwrap().into_value();
        let NextStep::Push(push) = begun.into_next_step() else { panic!("no push") };
        let read = client.send(ReadDeviceAuthentication::new(push.id())).unwrap();
        assert_eq!(*read.status(), Status::PushConfirmationRequired, "{}", client.name());
        service.approve_push(push.id().as_str()).unwrap();
        client.wait(&push, EVER).unwrap();
    }
}

/// What carries the requests of others does not rely on the core to ask for less.
#[test]
fn a_transport_can_be_told_to_wait_for_ever() {
    let emulator = Emulator::start().unwrap();
    let configuration = patient(emulated(&emulator).unwrap());
    let request = || Request::get(format!("{}/x", emulator.auth_url())).body(Bytes::new()).unwrap();
    let by_ureq = UreqTransport::new(&configuration).unwrap();
    assert!(by_ureq.send(request(), EVER).is_ok());
    let by_reqwest = pingone_async::ReqwestTransport::new(&configuration).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert!(runtime.block_on(pingone_async::Transport::send(&by_reqwest, request(), EVER)).is_ok());
}

#[test]
fn a_limit_of_zero_is_refused_when_the_client_is_built() {
    let emulator = Emulator::start().unwrap();
    let configuration = || emulated(&emulator).unwrap();
    for (argument, configuration) in [
        ("timeout", configuration().timeout(Duration::ZERO)),
        ("attempt_timeout", configuration().attempt_timeout(Duration::ZERO)),
        ("connect_timeout", configuration().connect_timeout(Duration::ZERO)),
    ] {
        for kind in [Kind::Async, Kind::Blocking] {
            match EitherClient::new(kind, configuration.clone()) {
                Err(BuildError::Argument(error)) => assert_eq!(error.argument(), argument, "{kind:?}"),
                other => panic!("{kind:?}, {argument}: {other:?}"),
            }
        }
    }
    assert!(emulator.service().journal().is_empty());
}

#[test]
fn a_call_of_no_time_is_refused_before_anything_is_sent() {
    let emulator = Emulator::start().unwrap();
    for client in EitherClient::both(&emulated(&emulator).unwrap()).unwrap() {
        let read = ReadDeviceAuthentication::new("004fd27a-c7e7-4e63-8644-0563e43dcd02");
        let error = client.call(read, &CallOptions::new().timeout(Duration::ZERO)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{}", client.name());
        assert_eq!(error.request_error().unwrap().argument(), "timeout", "{}", client.name());
    }
    assert!(emulator.service().journal().is_empty());
}
