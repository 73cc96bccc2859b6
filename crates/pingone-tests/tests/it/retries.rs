//! What the core decides about sending again, over real sockets and through both clients.

use std::time::Duration;

use pingone_client_core::{Configuration, Credentials, Error};
use pingone_model::{
    DeviceAuthentication, Document, Environment, InitializeDeviceAuthentication, Operation, ReadDeviceAuthentication,
    Status,
};
use pingone_tests::{EitherClient, Wire};
use pingone_transport_kit::reply;

fn completed() -> Vec<u8> {
    reply(200, "application/json", r#"{"id":"a-1","status":"COMPLETED"}"#)
}

/// What each client says, and how often it sent, if `first` comes before a good reply.
fn after<O>(first: &[u8], operation: impl Fn() -> O) -> [(Result<Document<DeviceAuthentication>, Error>, usize); 2]
where
    O: Operation<Output = Document<DeviceAuthentication>>,
{
    ["async", "blocking"].map(|name| {
        let wire = Wire::sequence([first.to_vec(), completed()], Duration::ZERO).unwrap();
        let environment = Environment::at(&wire.url(), "e-1").unwrap();
        let credentials = Credentials::client_secret_basic("id", "secret");
        let clients = EitherClient::both(&Configuration::new(environment, credentials)).unwrap();
        let client = clients.iter().find(|client| client.name() == name).unwrap();
        (client.send(operation()), wire.requests())
    })
}

const LOST: &[u8] = b"";

#[test]
fn a_read_is_sent_again_after_a_lost_reply_and_after_a_fault() {
    for first in [LOST.to_vec(), reply(502, "text/html", "<html>"), reply(500, "application/json", "{}")] {
        for (end, sent) in after(&first, || ReadDeviceAuthentication::new("a-1")) {
            assert_eq!((end.unwrap().status().clone(), sent), (Status::Completed, 2));
        }
    }
}

#[test]
fn what_acts_is_sent_again_if_the_service_put_it_off() {
    let put_off = b"HTTP/1.1 429 Later\r\nretry-after: 0\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    for (end, sent) in after(put_off, || InitializeDeviceAuthentication::new("u-1")) {
        assert_eq!((end.unwrap().status().clone(), sent), (Status::Completed, 2));
    }
}
