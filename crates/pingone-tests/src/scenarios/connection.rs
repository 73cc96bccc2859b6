//! No connection, or one on which nothing comes.

use std::{net::TcpListener, thread};

use pingone_client_core::{AccessToken, Configuration, Credentials, Error, ErrorKind, Proxy, Trust};
use pingone_emulator::{Emulator, FaultKind};
use pingone_model::{Environment, InitializeDeviceAuthentication};

use super::world::{ATTEMPT, World, assert_lost, end, quick};
use crate::{EitherClient, Kind, emulated};

/// With a token at hand, so that nothing is sent before the operation itself.
fn at(url: &str) -> Configuration {
    let token = AccessToken::new("t").unwrap();
    quick(Environment::at(url, "e-1").unwrap(), Credentials::access_token(token)).proxy(Proxy::None)
}

fn initialize(kind: Kind, configuration: Configuration) -> Error {
    let client = EitherClient::new(kind, configuration).unwrap();
    client.send(InitializeDeviceAuthentication::new("u-1")).unwrap_err()
}

fn assert_sent_again(error: &Error) {
    assert_eq!((error.kind(), error.attempts(), error.maybe_applied()), (ErrorKind::Transport, 4, false), "{error}");
}

/// Nobody listens: provably nothing was sent, so *initialize* is sent again.
pub fn a_refused_connection(kind: Kind) -> String {
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let error = initialize(kind, at(&format!("http://127.0.0.1:{port}")));
    assert_sent_again(&error);
    end::<()>(Err(error))
}

/// The label is longer than DNS allows, so that no resolver is asked: the system itself knows of no such name.
pub fn a_name_that_is_not_found(kind: Kind) -> String {
    let error = initialize(kind, at(&format!("https://{}.invalid", "a".repeat(64))));
    assert_sent_again(&error);
    end::<()>(Err(error))
}

/// The connection stands, and nobody reads from it.
pub fn a_time_out_before_the_request_is_read(kind: Kind) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let error = initialize(kind, at(&format!("http://{}", listener.local_addr().unwrap())).timeout(ATTEMPT));
    assert_lost(&error);
    end::<()>(Err(error))
}

/// The service has acted, and does not answer in time.
pub fn a_time_out_after_the_request_is_read(kind: Kind) -> String {
    let world = World::with(kind, FaultKind::Delay(ATTEMPT * 10), "device_authentication.initialize");
    let end = world.initialize();
    assert_eq!(world.count("device_authentication.initialize"), 1);
    let error = end.as_ref().unwrap_err();
    assert_lost(error);
    world.report([end])
}

/// An authority that nobody knows: nothing is sent to such a service.
pub fn an_untrusted_certificate(kind: Kind) -> String {
    let emulator = Emulator::builder().tls().start().unwrap();
    let mut configuration = at(&emulator.auth_url());
    let another = Emulator::builder().tls().start().unwrap();
    configuration.trust = Trust::Certificates(another.ca_certificate().unwrap().to_owned());
    let error = initialize(kind, configuration);
    assert_sent_again(&error);
    assert!(emulator.service().journal().is_empty());
    end::<()>(Err(error))
}

/// The other side hangs up in the middle of the handshake: no request has begun.
pub fn an_end_in_the_handshake(kind: Kind) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || listener.incoming().for_each(drop));
    let error = initialize(kind, at(&format!("https://127.0.0.1:{port}")));
    assert_sent_again(&error);
    end::<()>(Err(error))
}

/// The same authority, and it is trusted.
pub fn a_trusted_certificate(kind: Kind) -> String {
    let emulator = Emulator::builder().tls().start().unwrap();
    let trust = Trust::Certificates(emulator.ca_certificate().unwrap().to_owned());
    let client = EitherClient::new(kind, emulated(&emulator).unwrap().trust(trust)).unwrap();
    end(client.send(InitializeDeviceAuthentication::new(emulator.service().user_id())).inspect(|_| {
        assert_eq!(emulator.service().pending_pushes().len(), 1);
    }))
}
