//! What anybody may read is read without a token.

use std::time::Duration;

use pingone_client_core::{Configuration, Credentials, ErrorKind, RetryPolicy};
use pingone_model::Environment;
use pingone_tests::{
    EitherClient, Kind, Wire,
    population::{ReadKeys, ReadPopulation},
    reply,
};
use pingone_transport_kit::Received;

/// Runs `check` with each client on a service that answers everything with `answer`.
fn each(answer: &[u8], check: impl Fn(&EitherClient, &Wire)) {
    for kind in Kind::BOTH {
        let wire = Wire::start(answer, Duration::ZERO).unwrap();
        let environment = Environment::at(&wire.url(), "e-1").unwrap();
        let configuration = Configuration::new(environment, Credentials::client_secret_basic("id", "secret"));
        let configuration = configuration.retry(RetryPolicy::new().base(Duration::from_millis(5)));
        check(&EitherClient::new(kind, configuration).unwrap(), &wire);
    }
}

fn has_authorization(request: &Received) -> bool {
    request.values("authorization").next().is_some()
}

#[test]
fn no_token_is_fetched_and_none_is_sent() {
    each(&reply(200, "application/json", r#"{"keys":[]}"#), |client, wire| {
        let keys = client.send(ReadKeys).unwrap();
        assert!(keys.as_json().contains("\"keys\""), "{}", client.name());
        assert_eq!(wire.received()[0].line, "GET /e-1/as/jwks HTTP/1.1", "{}", client.name());
        assert_eq!(wire.token_requests(), 0, "{}", client.name());

        // A token that is there for others is not sent along.
        client.send(ReadPopulation("p-1".into())).unwrap();
        client.send(ReadKeys).unwrap();
        let with_token: Vec<_> = wire.received().iter().map(has_authorization).collect();
        assert_eq!((&*with_token, wire.token_requests()), (&[false, true, false][..], 1), "{}", client.name());
    });
}

#[test]
fn a_401_is_final_and_blames_no_token() {
    each(&reply(401, "application/json", "{}"), |client, wire| {
        let error = client.send(ReadKeys).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Response, 1), "{}: {error}", client.name());
        assert!(!error.is_token_refused() && !error.to_string().contains("token"), "{error}");
        assert_eq!((wire.requests(), wire.token_requests()), (1, 0), "{}", client.name());
    });
}

#[test]
fn it_is_sent_again_as_any_other_read() {
    each(&reply(503, "application/json", "{}"), |client, wire| {
        let error = client.send(ReadKeys).unwrap_err();
        assert_eq!((error.attempts(), wire.requests()), (4, 4), "{}", client.name());
    });
}
