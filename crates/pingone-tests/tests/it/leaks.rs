//! What both clients show is looked through in the tests of each.

use std::error::Error;

use pingone_client_core::RetryPolicy;
use pingone_emulator::Emulator;
use pingone_model::InitializeDeviceAuthentication;
use pingone_tests::emulated;
use tracing_log::LogTracer;
use tracing_subscriber::{filter::LevelFilter, layer::SubscriberExt};

#[test]
fn the_emulator_shows_no_code() {
    let emulator = Emulator::builder().code("0123456789").start().unwrap();
    let client = pingone_blocking::Client::new(emulated(&emulator).unwrap()).unwrap();
    let user = emulator.service().user_id();
    let begin = InitializeDeviceAuthentication::new(user).selected_device("daba8c2b-5f01-42fa-91a5-ee91e58b0b26");
    client.send(begin).unwrap();
    let codes = emulator.service().codes();
    assert_eq!(codes.last().unwrap().code(), "0123456789", "it is there");
    let shown = format!("{emulator:?} {codes:?} {:?}", emulator.service().journal());
    assert!(shown.contains("daba8c2b") && !shown.contains("0123456789"), "{shown}");
    assert!(!shown.contains(emulator.service().client_secret()), "{shown}");
}

#[test]
fn the_blocking_client_sends_nothing_while_ureq_would_write_it_to_the_log() {
    LogTracer::init().unwrap();
    let emulator = Emulator::start().unwrap();
    let configuration = emulated(&emulator).unwrap().retry(RetryPolicy::never());
    let client = pingone_blocking::Client::new(configuration).unwrap();
    let send = || client.send(InitializeDeviceAuthentication::new(emulator.service().user_id()));
    let everything = tracing_subscriber::registry().with(LevelFilter::TRACE);
    let error = tracing::subscriber::with_default(everything, send).unwrap_err();
    let reason = error.source().unwrap().source().unwrap().to_string();
    assert!(reason.contains("set the level of the target `ureq_proto` to DEBUG"), "{reason}");
    assert!(emulator.service().journal().is_empty());
    send().unwrap();
}
