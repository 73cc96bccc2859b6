//! The transports of both clients keep the contract.

use pingone_async::ReqwestTransport;
use pingone_blocking::UreqTransport;
use pingone_client_core::{AccessToken, Configuration, Credentials};
use pingone_transport_kit::{Report, check};

fn configuration() -> Configuration {
    let environment = pingone_async::Environment::at("http://127.0.0.1:1", "e-1").unwrap();
    Configuration::new(environment, Credentials::access_token(AccessToken::new("t").unwrap()))
}

pub(crate) fn reqwest() -> Report {
    use pingone_async::Transport;
    let transport = ReqwestTransport::new(&configuration()).unwrap();
    // One that goes on between two requests, as a service's does, so that it sees when a connection is closed.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    check(|request, limit| runtime.block_on(transport.send(request, limit))).unwrap()
}

pub(crate) fn ureq() -> Report {
    use pingone_blocking::Transport;
    let transport = UreqTransport::new(&configuration()).unwrap();
    check(|request, limit| transport.send(request, limit)).unwrap()
}

#[test]
fn reqwest_keeps_the_contract() {
    reqwest().assert_kept();
}

#[test]
fn ureq_keeps_the_contract() {
    ureq().assert_kept();
}
