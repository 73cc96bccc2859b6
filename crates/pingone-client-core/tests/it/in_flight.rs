//! A place among the requests in flight is asked for before each sending, and is not kept between two.

use std::time::Duration;

use pingone_client_core::{Action, ErrorKind, TokenFetch};
use pingone_model::ReadDeviceAuthentication;

use crate::script::{PENDING, Script, TOKEN, answer, configuration};

#[test]
fn each_sending_needs_a_place_and_the_token_none() {
    let answers = [answer(200, TOKEN), answer(502, ""), answer(200, PENDING)];
    let mut script = Script::with(configuration().max_in_flight(1), answers);
    script.send(ReadDeviceAuthentication::new("a-1")).unwrap();
    let steps: Vec<_> = script.journal.iter().map(|step| step.split(' ').next().unwrap()).collect();
    assert_eq!(steps, ["POST", "enter", "GET", "sleep", "enter", "GET"]);
    // A second each went by for the token and the first reply.
    assert_eq!(script.journal[1], "enter 29s");

    let mut unlimited = Script::with(configuration(), [answer(200, TOKEN), answer(200, PENDING)]);
    unlimited.send(ReadDeviceAuthentication::new("a-1")).unwrap();
    assert_eq!(unlimited.journal.len(), 2);
}

#[test]
fn a_call_that_finds_no_place_in_time_was_never_sent() {
    let mut script = Script::with(configuration().max_in_flight(1), [answer(200, TOKEN)]);
    let mut call = script.session.call(&ReadDeviceAuthentication::new("a-1"), script.now()).unwrap();
    assert!(matches!(call.next(script.now()), Action::Authorize(_)));
    let fetch = call.authorize(script.now(), &mut script.tokens);
    assert!(matches!(fetch, Some(TokenFetch::Send(_))));
    call.token_received(script.now(), &mut script.tokens, answer(200, TOKEN));
    let Action::AcquirePermit(within) = call.next(script.now()) else { panic!("asks for no place") };
    script.now += within;
    let Action::Done(Err(error)) = call.next(script.now()) else { panic!("goes on") };
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::DeadlineExceeded, 0));
}

#[test]
fn what_is_sent_has_the_time_that_the_wait_for_a_place_has_left() {
    let mut script = Script::with(configuration().max_in_flight(1), []);
    let mut call = script.session.call(&ReadDeviceAuthentication::new("a-1"), script.now()).unwrap();
    let _ = call.next(script.now());
    let _ = call.authorize(script.now(), &mut script.tokens);
    call.token_received(script.now(), &mut script.tokens, answer(200, TOKEN));
    assert!(matches!(call.next(script.now()), Action::AcquirePermit(_)));
    script.now += Duration::from_secs(27);
    call.permit_acquired();
    let Action::Send(outgoing) = call.next(script.now()) else { panic!("is not sent") };
    assert_eq!(outgoing.timeout, Duration::from_secs(3));
}
