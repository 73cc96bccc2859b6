//! A client of reqwest's or an agent of ureq's that the caller has set up.

use std::{error::Error as _, time::Duration};

use pingone_async::ReqwestTransport;
use pingone_blocking::UreqTransport;
use pingone_client_core::{AccessToken, Configuration, Credentials};
use pingone_emulator::Emulator;
use pingone_model::{Environment, ErrorCode, InitializeDeviceAuthentication, ReadDeviceAuthentication};
use pingone_tests::{EitherClient, Wire, emulated};
use pingone_transport_kit::reply;
use reqwest::redirect::Policy;
use tokio::runtime::Builder;

fn by_reqwest(configuration: Configuration, redirects: Policy) -> EitherClient {
    // Without TLS it is not used, but reqwest wants one. Another test may have been quicker.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let own = reqwest::Client::builder().no_proxy().redirect(redirects).build().unwrap();
    let transport = ReqwestTransport::with_client(own, &configuration).unwrap();
    let client = pingone_async::Client::builder(configuration).transport(transport).build().unwrap();
    EitherClient::Async(Builder::new_current_thread().enable_all().build().unwrap(), client)
}

/// With an agent that follows redirects and takes refusals for errors of its own.
fn by_ureq(configuration: Configuration) -> EitherClient {
    let own = ureq::Agent::config_builder().proxy(None).max_redirects(5).http_status_as_error(true).build().new_agent();
    let transport = UreqTransport::with_agent(own, &configuration);
    EitherClient::Blocking(pingone_blocking::Client::builder(configuration).transport(transport).build().unwrap())
}

#[test]
fn it_carries_calls_as_ours_does() {
    let emulator = Emulator::start().unwrap();
    let configuration = || emulated(&emulator).unwrap();
    for client in [by_reqwest(configuration(), Policy::none()), by_ureq(configuration())] {
        client.send(InitializeDeviceAuthentication::new(emulator.service().user_id())).unwrap();
        let error = client.send(ReadDeviceAuthentication::new("004fd27a-c7e7-4e63-8644-0563e43dcd02")).unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), 404, "{}", client.name());
        assert!(error.response_error().is_some_and(|error| error.has_code(&ErrorCode::NotFound)), "{}", client.name());
    }
}

#[test]
fn a_redirect_is_not_followed_or_is_no_reply() {
    let elsewhere = Wire::start(reply(200, "application/json", r#"{"status":"COMPLETED"}"#), Duration::ZERO).unwrap();
    let location = elsewhere.url();
    let moved =
        format!("HTTP/1.1 307 Elsewhere\r\nlocation: {location}/e-1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    let wire = Wire::start(moved, Duration::ZERO).unwrap();
    let configuration = || {
        let credentials = Credentials::access_token(AccessToken::new("canary").unwrap());
        Configuration::new(Environment::at(&wire.url(), "e-1").unwrap(), credentials)
    };
    for client in [by_ureq(configuration()), by_reqwest(configuration(), Policy::none())] {
        let error = client.send(InitializeDeviceAuthentication::new("u-1")).unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), 307, "{}", client.name());
    }
    assert_eq!(elsewhere.requests(), 0);

    let careless = by_reqwest(configuration(), Policy::default());
    let error = careless.send(InitializeDeviceAuthentication::new("u-1")).unwrap_err();
    assert!(error.maybe_applied());
    assert!(error.source().unwrap().to_string().contains("Policy::none()"), "{error:?}");
    assert_eq!(elsewhere.requests(), 1);
}
