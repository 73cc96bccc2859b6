//! The two hosts of an environment need not be alike.

use std::time::Duration;

use pingone_client_core::{AccessToken, Configuration, Credentials};
use pingone_model::Environment;
use pingone_tests::{EitherClient, Wire, population::ReadPopulation, reply};

#[test]
fn a_host_on_this_machine_may_do_without_tls_beside_one_that_has_it() {
    let wire = Wire::start(reply(200, "application/json", r#"{"id":"p-1"}"#), Duration::ZERO).unwrap();
    let environment = Environment::at_bases("https://auth.example.test", &wire.url(), "e-1").unwrap();
    let credentials = Credentials::access_token(AccessToken::new("t").unwrap());
    for client in EitherClient::both(&Configuration::new(environment, credentials)).unwrap() {
        client.send(ReadPopulation("p-1".into())).unwrap();
    }
    assert_eq!(wire.requests(), 2);
}
