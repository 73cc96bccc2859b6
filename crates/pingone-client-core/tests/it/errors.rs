use std::error::Error as _;

use http::Response;
use pingone_client_core::{Error, ErrorKind, RetryPolicy, TransportError};
use pingone_model::{InitializeDeviceAuthentication, ReadDeviceAuthentication};

use crate::script::{Answer, Script, TOKEN, answer, configuration};

fn initialize(outcome: Answer) -> Error {
    Script::new([answer(200, TOKEN), outcome]).send(InitializeDeviceAuthentication::new("u-1")).unwrap_err()
}

fn read(outcome: Answer) -> Error {
    Script::new([answer(200, TOKEN), outcome]).send(ReadDeviceAuthentication::new("a-1")).unwrap_err()
}

fn interrupted() -> TransportError {
    let head = Response::builder().status(201).header("Correlation-Id", "c-7").body(()).unwrap();
    TransportError::interrupted(head, "cut off")
}

#[test]
fn whether_an_operation_may_have_been_applied_depends_on_what_was_reached() {
    assert!(!initialize(Err(TransportError::not_sent("refused"))).maybe_applied());
    assert!(initialize(Err(TransportError::maybe_sent("reset"))).maybe_applied());
    assert!(initialize(Err(interrupted())).maybe_applied());
    assert!(!read(Err(TransportError::maybe_sent("reset"))).maybe_applied());
}

#[test]
fn whether_an_operation_may_have_been_applied_depends_on_the_status() {
    for (status, maybe) in [
        (200, true),
        (307, true),
        (400, false),
        (404, false),
        (408, true),
        (415, false),
        (429, false),
        (500, true),
        (502, true),
        (503, true),
        (504, true),
    ] {
        assert_eq!(initialize(answer(status, "<html>")).maybe_applied(), maybe, "{status}");
        assert!(!read(answer(status, "<html>")).maybe_applied(), "{status}");
    }
    let mut put_off = answer(503, "").unwrap();
    put_off.headers_mut().insert("retry-after", "5".parse().unwrap());
    assert!(!initialize(Ok(put_off)).maybe_applied());
}

#[test]
fn an_interrupted_response_keeps_its_status_and_id() {
    let error = read(Err(interrupted()));
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!((error.status().unwrap().as_u16(), error.correlation_id()), (201, Some("c-7")));
}

#[test]
fn display_is_one_line_and_the_source_continues() {
    let cases = [
        (
            initialize(answer(400, r#"{"code":"INVALID_DATA","message":"secret text"}"#)),
            "device_authentication.initialize: the service answered 400 Bad Request INVALID_DATA",
            None,
        ),
        (
            read(answer(200, "<html>secret text")),
            "device_authentication.read: the service answered 200 OK with a body that cannot be read",
            Some("expected value at line 1 column 1"),
        ),
        (
            read(Err(TransportError::maybe_sent("secret text"))),
            "device_authentication.read: no response came",
            Some("secret text"),
        ),
        (
            read(Err(TransportError::not_sent("secret text"))),
            "device_authentication.read: the request could not be sent",
            Some("secret text"),
        ),
        (
            read(Err(interrupted())),
            "device_authentication.read: the response 201 Created did not arrive whole",
            Some("cut off"),
        ),
        (
            Script::new([answer(401, r#"{"error":"invalid_client"}"#)])
                .send(ReadDeviceAuthentication::new("a"))
                .unwrap_err(),
            "device_authentication.read: no access token: 401 invalid_client (check the client id, secret and authentication method)",
            Some("token.request: the service answered 401 Unauthorized invalid_client"),
        ),
        (
            Script::new([answer(404, r#"{"code":"NOT_FOUND","message":"secret text"}"#)])
                .send(ReadDeviceAuthentication::new("a"))
                .unwrap_err(),
            "device_authentication.read: no access token: 404 NOT_FOUND (does environment e-1 in region EU exist?)",
            Some("token.request: the service answered 404 Not Found NOT_FOUND"),
        ),
        (
            Script::new([answer(400, r#"{"error":"invalid_scope","error_description":"secret text"}"#)])
                .send(ReadDeviceAuthentication::new("a"))
                .unwrap_err(),
            "device_authentication.read: no access token: 400 invalid_scope",
            Some("token.request: the service answered 400 Bad Request invalid_scope"),
        ),
        (
            Script::new([answer(200, "<html>secret text")]).send(ReadDeviceAuthentication::new("a")).unwrap_err(),
            "device_authentication.read: no access token: the service answered 200 OK with a body that cannot be read",
            Some("token.request: the service answered 200 OK with a body that cannot be read"),
        ),
        (
            Script::with(configuration().retry(RetryPolicy::never()), [Err(TransportError::not_sent("secret text"))])
                .send(ReadDeviceAuthentication::new("a"))
                .unwrap_err(),
            "device_authentication.read: no access token: the request could not be sent",
            Some("token.request: the request could not be sent"),
        ),
        (
            Script::new([]).send(ReadDeviceAuthentication::new("")).unwrap_err(),
            "device_authentication.read: device_authentication_id is empty: pass the id that PingOne gave",
            None,
        ),
    ];
    for (error, line, source) in cases {
        assert_eq!(error.to_string(), line);
        assert_eq!(error.source().map(ToString::to_string).as_deref(), source, "{line}");
    }
}
