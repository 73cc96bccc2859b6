use std::time::Duration;

use bytes::Bytes;
use http::Request;
use pingone_client_core::{
    AccessToken, Action, CallOptions, Configuration, Credentials, ErrorKind, Session, TokenFetch,
};
use pingone_model::{
    CheckOtp, Environment, InitializeDeviceAuthentication, Operation, OperationInfo, Path, ReadDeviceAuthentication,
    Region, RequestError, Status,
};

use crate::script::{PENDING, Script, TIMEOUT, TOKEN, answer, configuration};

const FETCH: &str = "POST /e-1/as/token";
const INITIALIZE: &str = "POST /e-1/deviceAuthentications";
const READ: &str = "GET /e-1/deviceAuthentications/a-1";

#[test]
fn the_token_is_fetched_once_and_then_kept() {
    let mut script = Script::new([answer(200, TOKEN), answer(201, PENDING), answer(200, PENDING)]);
    let begun = script.send(InitializeDeviceAuthentication::new("u-1")).unwrap();
    assert_eq!(*begun.status(), Status::PushConfirmationRequired);
    script.send(ReadDeviceAuthentication::new("a-1")).unwrap();
    assert_eq!(script.journal, [FETCH, INITIALIZE, READ]);
}

#[test]
fn an_expired_token_is_replaced_before_the_call() {
    let mut script = Script::new([answer(200, TOKEN), answer(200, PENDING), answer(200, TOKEN), answer(200, PENDING)]);
    script.send(ReadDeviceAuthentication::new("a-1")).unwrap();
    script.now += Duration::from_secs(3_600);
    script.send(ReadDeviceAuthentication::new("a-1")).unwrap();
    assert_eq!(script.journal, [FETCH, READ, FETCH, READ]);
}

#[test]
fn a_rejected_token_is_replaced_once_and_the_request_sent_again() {
    let mut script = Script::new([answer(200, TOKEN), answer(401, "{}"), answer(200, TOKEN), answer(201, PENDING)]);
    script.send(InitializeDeviceAuthentication::new("u-1")).unwrap();
    assert_eq!(script.journal, [FETCH, INITIALIZE, FETCH, INITIALIZE]);
}

#[test]
fn a_second_refusal_is_the_end() {
    let refused = r#"{"code":"ACCESS_FAILED","details":[{"code":"INVALID_TOKEN"}]}"#;
    let mut script = Script::new([answer(200, TOKEN), answer(401, refused), answer(200, TOKEN), answer(401, refused)]);
    let error = script.send(InitializeDeviceAuthentication::new("u-1")).unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Response, 401));
    assert!(!error.maybe_applied());
    assert_eq!(script.journal, [FETCH, INITIALIZE, FETCH, INITIALIZE]);
}

#[test]
fn without_time_for_a_fresh_token_the_refusal_is_the_answer() {
    let mut script = Script::new([answer(200, TOKEN), answer(401, "{}")]);
    script.pace = TIMEOUT / 2;
    let error = script.send(InitializeDeviceAuthentication::new("u-1")).unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 401);
}

#[test]
fn without_a_token_nothing_is_sent() {
    let mut script = Script::new([answer(401, r#"{"error":"invalid_client"}"#)]);
    let error = script.send(InitializeDeviceAuthentication::new("u-1")).unwrap_err();
    assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Token, false));
    assert_eq!(error.response_error().unwrap().oauth().unwrap().error(), "invalid_client");
    assert_eq!(script.journal, [FETCH]);
}

#[test]
fn a_call_whose_time_is_up_is_not_sent() {
    let mut script = Script::new([answer(200, TOKEN)]);
    script.pace = TIMEOUT;
    let error = script.send(InitializeDeviceAuthentication::new("u-1")).unwrap_err();
    assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::DeadlineExceeded, false));
    assert_eq!(script.journal, [FETCH]);
}

#[test]
fn a_call_that_waited_too_long_for_the_lock_fetches_no_token() {
    let mut script = Script::new([]);
    let mut call = script.session.call(&ReadDeviceAuthentication::new("a-1"), script.now()).unwrap();
    assert!(matches!(call.next(script.now()), Action::Authorize(_)));
    script.now += TIMEOUT;
    assert!(call.authorize(script.now(), &mut script.tokens).is_none());
    let Action::Done(Err(error)) = call.next(script.now()) else { panic!("goes on") };
    assert_eq!(error.kind(), ErrorKind::DeadlineExceeded);
}

#[test]
fn what_may_be_sent_again_has_a_part_of_the_time_and_what_may_not_all_that_is_left() {
    let attempt = configuration().attempt_timeout;
    let mut script = Script::new([]);
    let mut read = script.session.call(&ReadDeviceAuthentication::new("a-1"), script.now()).unwrap();
    let mut check = script.session.call(&CheckOtp::new("a-1", "012345"), script.now()).unwrap();
    for call in [&mut read, &mut check] {
        if let Some(TokenFetch::Send(outgoing)) = call.authorize(script.now(), &mut script.tokens) {
            assert_eq!(outgoing.timeout, attempt);
            call.token_received(script.now(), &mut script.tokens, answer(200, TOKEN));
        }
    }
    script.now += Duration::from_secs(15);
    let Action::Send(outgoing) = read.next(script.now()) else { panic!("not sent") };
    assert_eq!(outgoing.timeout, attempt);
    assert_eq!(outgoing.request.headers()["authorization"], "Bearer t");
    let Action::Send(outgoing) = check.next(script.now()) else { panic!("not sent") };
    assert_eq!(outgoing.timeout, TIMEOUT - Duration::from_secs(15));
    script.now += Duration::from_secs(10);
    let Action::Send(outgoing) = read.next(script.now()) else { panic!("not sent") };
    assert_eq!(outgoing.timeout, TIMEOUT - Duration::from_secs(25));
}

/// An operation whose address was taken from a link of a reply.
struct Astray;

impl Operation for Astray {
    const INFO: &'static OperationInfo = &OperationInfo::get("astray", Path::auth("/{envID}/x"), &[]);
    type Output = ();

    fn request(&self, _: &Environment) -> Result<Request<Bytes>, RequestError> {
        Ok(Request::get("https://auth.pingone.com/e-1/x").body(Bytes::new()).unwrap())
    }
}

#[test]
fn the_token_goes_to_no_other_host() {
    let error = Script::new([]).send(Astray).unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Request, "astray"));
    assert_eq!(error.request_error().unwrap().argument(), "operation");
}

#[test]
fn a_bad_argument_is_named_before_anything_is_sent() {
    let mut script = Script::new([]);
    let error = script.send(ReadDeviceAuthentication::new("..")).unwrap_err();
    assert_eq!(
        (error.kind(), error.request_error().unwrap().argument()),
        (ErrorKind::Request, "device_authentication_id")
    );
    let nowhere = Configuration::new(Environment::new(Region::Europe, ""), Credentials::client_secret_post("i", "s"));
    let error = Session::new(nowhere, 0).unwrap_err();
    assert_eq!(error.argument(), "environment_id");
    assert!(AccessToken::new("").is_err());
}

#[test]
fn nothing_secret_is_in_any_debug_output() {
    let mut script = Script::new([]);
    let mut call = script.session.call(&CheckOtp::new("a-1", "012345"), script.now()).unwrap();
    let mut shown = format!("{call:?} {:?}", call.next(script.now()));
    shown += &format!("{:?}", call.authorize(script.now(), &mut script.tokens).unwrap());
    call.token_received(script.now(), &mut script.tokens, answer(200, r#"{"access_token":"hunter3"}"#));
    shown += &format!("{call:?} {:?} {:?}", call.next(script.now()), script.tokens);
    for secret in ["012345", "hunter", "aWQ6aHVudGVyMg"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    assert!(shown.contains("POST https://auth.pingone.eu/e-1/deviceAuthentications/a-1 within 30s"), "{shown}");
}

#[test]
fn no_time_limit_is_longer_than_a_day_so_that_no_clock_overflows() {
    let day = Duration::from_secs(24 * 60 * 60);
    let limits = configuration().timeout(Duration::MAX).attempt_timeout(Duration::MAX).connect_timeout(Duration::MAX);
    let mut script = Script::with(limits, []);
    assert_eq!(script.session.configuration().connect_timeout, day);
    let initialize = InitializeDeviceAuthentication::new("u-1");
    for options in [CallOptions::new(), CallOptions::new().timeout(Duration::MAX)] {
        let mut call = script.session.call_with(&initialize, &options, script.now()).unwrap();
        assert!(matches!(call.next(script.now()), Action::Authorize(_)));
        match call.authorize(script.now(), &mut script.tokens) {
            Some(TokenFetch::Send(outgoing)) => assert_eq!(outgoing.timeout, day),
            other => panic!("{other:?}"),
        }
        call.token_received(script.now(), &mut script.session.tokens(), answer(200, TOKEN));
        match call.next(script.now()) {
            Action::Send(outgoing) => assert_eq!(outgoing.timeout, day),
            other => panic!("{other:?}"),
        }
    }
}
