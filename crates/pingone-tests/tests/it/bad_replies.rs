//! A reply that is none is an error that keeps status and request id, and never a panic.

use std::{error::Error as _, time::Duration};

use pingone_client_core::{Configuration, Credentials, Error, ErrorKind, RetryPolicy};
use pingone_model::{Environment, InitializeDeviceAuthentication, ReadDeviceAuthentication};
use pingone_tests::{EitherClient, Wire};
use pingone_transport_kit::reply;

const TIMEOUT: Duration = Duration::from_millis(500);

fn at(url: &str) -> Configuration {
    let environment = Environment::at(url, "e-1").unwrap();
    let credentials = Credentials::client_secret_basic("id", "secret");
    Configuration::new(environment, credentials).timeout(TIMEOUT).retry(RetryPolicy::never())
}

/// What both clients say of the answer, after one request each.
fn errors(answer: impl Into<Vec<u8>>, linger: Duration) -> [(&'static str, Error); 2] {
    let wire = Wire::start(answer, linger).unwrap();
    let clients = EitherClient::both(&at(&wire.url())).unwrap();
    let errors = clients.map(|client| {
        (client.name(), client.send(InitializeDeviceAuthentication::new("u-1")).expect_err("this is no reply"))
    });
    assert_eq!(wire.requests(), 2, "an initialize is never sent twice");
    errors
}

fn status_and_id_are_kept(answer: impl Into<Vec<u8>>, kind: ErrorKind, status: u16) {
    for (name, error) in errors(answer, Duration::ZERO) {
        assert_eq!(error.kind(), kind, "{name}: {error:?}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{name}: {error:?}");
        assert_eq!(error.correlation_id(), Some("c-1"), "{name}: {error:?}");
        assert!(!error.to_string().contains('\n'), "{name}: {error}");
    }
}

#[test]
fn a_reply_that_is_html_keeps_status_and_request_id() {
    status_and_id_are_kept(reply(200, "text/html", "<html>a portal</html>"), ErrorKind::Response, 200);
    status_and_id_are_kept(reply(504, "text/html", "<html>too late</html>"), ErrorKind::Response, 504);
}

#[test]
fn an_empty_reply_keeps_status_and_request_id() {
    status_and_id_are_kept(reply(200, "application/json", ""), ErrorKind::Response, 200);
    status_and_id_are_kept(reply(403, "application/json", ""), ErrorKind::Response, 403);
}

#[test]
fn a_truncated_reply_keeps_status_and_request_id() {
    // The JSON is cut off …
    status_and_id_are_kept(reply(201, "application/json", r#"{"id":"a-1","status":"#), ErrorKind::Response, 201);
    // … or the connection is.
    let mut cut = reply(201, "application/json", &format!(r#"{{"status":"X","a":"{}"}}"#, "a".repeat(1_000)));
    cut.truncate(500);
    status_and_id_are_kept(cut, ErrorKind::Transport, 201);
}

#[test]
fn a_reply_of_10_mb_keeps_status_and_request_id() {
    let large = format!(r#"{{"status":"COMPLETED","a":"{}"}}"#, "a".repeat(10_000_000));
    for (name, error) in errors(reply(201, "application/json", &large), Duration::ZERO) {
        assert_eq!((error.status().unwrap().as_u16(), error.correlation_id()), (201, Some("c-1")), "{name}");
        assert!(error.source().unwrap().to_string().contains("larger than 4194304 bytes"), "{name}: {error:?}");
        assert!(error.maybe_applied(), "{name}: the service has begun something");
    }
}

#[test]
fn the_limit_is_the_largest_reply_that_is_read() {
    let body = r#"{"status":"COMPLETED"}"#;
    let wire = Wire::start(reply(200, "application/json", body), Duration::ZERO).unwrap();
    // The token's reply is longer; the limit must hold for it as well.
    for (limit, reads) in [(65, true), (64, false)] {
        for client in EitherClient::both(&at(&wire.url()).max_reply_bytes(limit)).unwrap() {
            let read = client.send(ReadDeviceAuthentication::new("a-1"));
            assert_eq!(read.is_ok(), reads, "{} {limit} {read:?}", client.name());
        }
    }
}

#[test]
fn a_reply_that_does_not_come_ends_with_the_time_out() {
    let mut unfinished = reply(200, "application/json", r#"{"status":"COMPLETED"}"#);
    unfinished.truncate(unfinished.len() - 5);
    for (answer, status) in [(Vec::new(), None), (unfinished, Some(200))] {
        for (name, error) in errors(answer, TIMEOUT * 4) {
            assert_eq!(error.kind(), ErrorKind::Transport, "{name}: {error:?}");
            assert_eq!(error.status().map(|status| status.as_u16()), status, "{name}: {error:?}");
            assert!(error.maybe_applied(), "{name}");
        }
    }
}

#[test]
fn a_connection_that_is_closed_without_an_answer_may_have_been_applied() {
    for (name, error) in errors(Vec::new(), Duration::ZERO) {
        assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Transport, true), "{name}: {error:?}");
    }
}

#[test]
fn what_is_no_http_is_an_error() {
    for (name, error) in errors("SSH-2.0-OpenSSH_9.2\r\n\r\n", Duration::ZERO) {
        assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Transport, true), "{name}: {error:?}");
    }
}

#[test]
fn a_redirect_is_not_followed() {
    let elsewhere = Wire::start(reply(200, "application/json", r#"{"status":"COMPLETED"}"#), Duration::ZERO).unwrap();
    for status in [301, 302, 303, 307, 308] {
        let redirect = format!(
            "HTTP/1.1 {status} Elsewhere\r\nlocation: {}/e-1\r\ncorrelation-id: c-1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            elsewhere.url()
        );
        status_and_id_are_kept(redirect, ErrorKind::Response, status);
    }
    assert_eq!(elsewhere.requests(), 0);
}

#[test]
fn a_service_that_is_not_there_was_surely_not_reached() {
    let gone = Wire::start("", Duration::ZERO).unwrap().url();
    // The listener may need a moment to close its port.
    std::thread::sleep(Duration::from_millis(50));
    for client in EitherClient::both(&at(&gone)).unwrap() {
        let error = client.send(InitializeDeviceAuthentication::new("u-1")).unwrap_err();
        assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Token, false), "{}", client.name());
        let inner = error.source().unwrap().to_string();
        assert_eq!(inner, "token.request: the request could not be sent", "{}", client.name());
    }
}
