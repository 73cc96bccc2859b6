//! What the core decides about sending again, over real sockets and through both clients.

use std::time::Duration;

use pingone_client_core::{Configuration, Credentials, Error, ErrorKind, RetryPolicy};
use pingone_model::{
    Environment, Idempotency, InitializeDeviceAuthentication, Operation, Problem, ReadDeviceAuthentication, Status,
};
use pingone_tests::{
    Answer, EitherClient, Kind, Wire,
    population::{CreatePopulation, DeletePopulation, ReadPopulation, ReplacePopulation},
    reply,
};

fn completed() -> Vec<u8> {
    reply(200, "application/json", r#"{"id":"a-1","status":"COMPLETED"}"#)
}

/// What can become of a request whose reply is lost: the connection is closed, or reset.
fn losses() -> [Answer; 2] {
    [Answer::Bytes(Vec::new()), Answer::Reset]
}

/// Runs `check` with each client on a service that gives these answers, one after the other.
fn each(answers: &[Answer], check: impl Fn(&EitherClient, &Wire)) {
    for kind in Kind::BOTH {
        let wire = Wire::sequence(answers.to_vec(), Duration::ZERO).unwrap();
        let environment = Environment::at(&wire.url(), "e-1").unwrap();
        let configuration = Configuration::new(environment, Credentials::client_secret_basic("id", "secret"))
            .retry(RetryPolicy::new().base(Duration::from_millis(5)));
        check(&EitherClient::new(kind, configuration).unwrap(), &wire);
    }
}

#[test]
fn a_read_is_sent_again_after_a_lost_reply_and_after_a_fault() {
    let faults = [reply(502, "text/html", "<html>"), reply(500, "application/json", "{}")].map(Answer::from);
    for first in losses().into_iter().chain(faults) {
        each(&[first, completed().into()], |client, wire| {
            let read = client.send(ReadDeviceAuthentication::new("a-1")).unwrap();
            assert_eq!((read.status(), wire.requests()), (&Status::Completed, 2), "{}", client.name());
        });
    }
}

#[test]
fn what_acts_is_sent_again_if_the_service_put_it_off() {
    let put_off = b"HTTP/1.1 429 Later\r\nretry-after: 0\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    each(&[put_off.to_vec().into(), completed().into()], |client, wire| {
        let begun = client.send(InitializeDeviceAuthentication::new("u-1")).unwrap();
        assert_eq!((begun.status(), wire.requests()), (&Status::Completed, 2), "{}", client.name());
    });
}

/// That the reply is lost once, and the request sent again.
fn is_sent_again<O: Operation>(expected: Idempotency, operation: impl Fn() -> O) {
    assert_eq!(O::INFO.idempotency, expected);
    for loss in losses() {
        each(&[loss, reply(200, "application/json", r#"{"id":"p-1"}"#).into()], |client, wire| {
            assert!(client.send(operation()).is_ok(), "{}", client.name());
            let received = wire.received();
            assert_eq!((received.len(), &received[0]), (2, &received[1]), "{}: the same request", client.name());
        });
    }
}

#[test]
fn a_safe_operation_is_sent_again_after_a_lost_reply() {
    is_sent_again(Idempotency::Safe, || ReadPopulation("p-1".into()));
}

#[test]
fn an_idempotent_operation_is_sent_again_after_a_lost_reply() {
    is_sent_again(Idempotency::Idempotent, || ReplacePopulation("p-1".into()));
}

/// The error of a request that may have had its effect, after one sending.
fn lost<O: Operation>(client: &EitherClient, wire: &Wire, operation: &O) -> Error
where
    for<'a> &'a O: Operation,
{
    let error = client.send(operation).err().expect("the reply is lost");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Transport, O::INFO.name), "{}", client.name());
    assert_eq!((error.maybe_applied(), error.attempts(), wire.requests()), (true, 1, 1), "{}", client.name());
    assert_eq!(error.problem(), Problem::Unavailable);
    error
}

#[test]
fn what_is_neither_is_sent_once_and_a_creation_leaves_nothing_to_read() {
    // `follow_up` takes only what implements `FollowUp`, which a creation does not.
    assert_eq!(CreatePopulation::INFO.idempotency, Idempotency::Neither);
    for loss in losses() {
        each(&[loss, completed().into()], |client, wire| drop(lost(client, wire, &CreatePopulation)));
    }
}

#[test]
fn a_deletion_is_sent_once_and_its_follow_up_tells_whether_it_is_done() {
    assert_eq!(DeletePopulation::INFO.idempotency, Idempotency::Neither);
    let not_found = reply(404, "application/json", r#"{"code":"NOT_FOUND"}"#);
    let still_there = reply(200, "application/json", r#"{"id":"p-1"}"#);
    for loss in losses() {
        for (read, is_done) in [(&not_found, true), (&still_there, false)] {
            each(&[loss.clone(), read.clone().into()], |client, wire| {
                let delete = DeletePopulation("p-1".into());
                let error = lost(client, wire, &delete);
                let end = client.send(error.follow_up(&delete).expect("it tells"));
                let found = end.map_err(|error| error.problem());
                assert_eq!(matches!(found, Err(Problem::NotFound)), is_done, "{}: {found:?}", client.name());
                let lines: Vec<_> = wire.received().into_iter().map(|request| request.line).collect();
                let path = "/v1/environments/e-1/populations/p-1 HTTP/1.1";
                assert_eq!(lines, [format!("DELETE {path}"), format!("GET {path}")], "{}", client.name());
            });
        }
    }
}

#[test]
fn an_idempotent_operation_that_is_lost_for_good_has_a_follow_up() {
    each(&[Answer::Reset], |client, wire| {
        let replace = ReplacePopulation("p-1".into());
        let error = client.send(&replace).unwrap_err();
        assert_eq!((error.maybe_applied(), error.attempts(), wire.requests()), (true, 4, 4), "{}", client.name());
        assert_eq!(error.follow_up(&replace).unwrap().0, "p-1");
        // Another operation's error leads nowhere, and nor does one without an effect.
        assert!(error.follow_up(&DeletePopulation("p-1".into())).is_none());
    });
    let refused = reply(400, "application/json", r#"{"code":"INVALID_DATA"}"#);
    each(&[refused.into()], |client, _| {
        let replace = ReplacePopulation("p-1".into());
        let error = client.send(&replace).unwrap_err();
        assert!(!error.maybe_applied() && error.follow_up(&replace).is_none(), "{}: {error}", client.name());
    });
}
