//! What a call tells of itself, and what a caller may add to it.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use http::Response;
use pingone_client_core::{
    Action, CallEvent, CallOptions, Configuration, ErrorKind, Session, TokenFetch, TransportError,
};
use pingone_model::{
    CancelDeviceAuthentication, CancelReason, CheckOtp, Environment, FollowUp, InitializeDeviceAuthentication,
    Operation, ReadDeviceAuthentication, Region,
};

use crate::script::{Answer, PENDING, Script, TOKEN, answer, configuration};

/// The configuration, and a line for each event.
fn observed() -> (Configuration, Arc<Mutex<Vec<String>>>) {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let journal = Arc::clone(&lines);
    let configuration = configuration().observer(move |event: &CallEvent<'_>| {
        let line = match event {
            CallEvent::Attempt { operation, attempt, took, outcome, correlation_id, .. } => {
                let outcome = outcome.map_or_else(ToString::to_string, |status| status.to_string());
                format!("{operation} {attempt}: {outcome} in {took:?}, {correlation_id:?}")
            }
            CallEvent::Wait { operation, asked, .. } => format!("{operation} waits, asked for {asked:?}"),
            CallEvent::End { operation, attempts, elapsed, outcome, correlation_id, .. } => {
                let outcome = outcome.map_or_else(ToString::to_string, |status| status.to_string());
                format!("{operation} ends: {outcome}, {attempts} sent in {elapsed:?}, {correlation_id:?}")
            }
            other => panic!("unknown: {other:?}"),
        };
        journal.lock().unwrap().push(line);
    });
    (configuration, lines)
}

#[test]
fn an_observer_is_told_attempts_waits_and_the_end() {
    let (configuration, lines) = observed();
    let mut later = answer(429, "").unwrap();
    later.headers_mut().insert("retry-after", "2".parse().unwrap());
    let reset: Answer = Err(TransportError::maybe_sent("reset"));
    let mut script = Script::with(configuration, [answer(200, TOKEN), reset, Ok(later), answer(200, PENDING)]);
    script.send(ReadDeviceAuthentication::new("a-1")).unwrap();
    let elapsed = script.now;
    assert_eq!(
        *lines.lock().unwrap(),
        [
            r#"token.request 1: 200 OK in 1s, Some("c-1")"#,
            "device_authentication.read 1: no response came in 1s, None",
            "device_authentication.read waits, asked for None",
            r#"device_authentication.read 2: 429 Too Many Requests in 1s, Some("c-1")"#,
            "device_authentication.read waits, asked for Some(2s)",
            r#"device_authentication.read 3: 200 OK in 1s, Some("c-1")"#,
            &format!(r#"device_authentication.read ends: 200 OK, 3 sent in {elapsed:?}, Some("c-1")"#),
        ]
    );
}

#[test]
fn the_end_is_reported_once_and_as_the_caller_gets_it() {
    let (configuration, lines) = observed();
    let mut script = Script::with(configuration, [answer(200, TOKEN), answer(403, "")]);
    script.send(InitializeDeviceAuthentication::new("u-1")).unwrap_err();
    let last = lines.lock().unwrap().pop().unwrap();
    let error = "device_authentication.initialize: the service answered 403 Forbidden";
    assert_eq!(last, format!(r#"device_authentication.initialize ends: {error}, 1 sent in 2s, Some("c-1")"#));

    let mut call = script.session.call(&ReadDeviceAuthentication::new("a-1"), script.now()).unwrap();
    script.now += Duration::from_secs(60);
    for _ in 0..3 {
        assert!(matches!(call.next(script.now()), Action::Done(Err(_))));
    }
    assert_eq!(lines.lock().unwrap().iter().filter(|line| line.contains("ends")).count(), 1);
}

#[test]
fn a_call_may_have_its_own_time_and_its_caller_s_ids() {
    let mut script = Script::with(configuration(), [answer(200, TOKEN), answer(200, PENDING)]);
    script.send(ReadDeviceAuthentication::new("a-1")).unwrap();
    let options = CallOptions::new().timeout(Duration::from_secs(3)).transaction_id("order-4711").session_id("s+1");
    let cancel = CancelDeviceAuthentication::new("a-1", CancelReason::ChangeDevice);
    let mut call = script.session.call_with(&cancel, &options, script.now()).unwrap();
    assert!(call.authorize(script.now(), &mut script.tokens).is_none());
    let Action::Send(outgoing) = call.next(script.now()) else { panic!("not sent") };
    assert_eq!(outgoing.timeout, Duration::from_secs(3));
    let headers = outgoing.request.headers();
    assert_eq!(headers["x-ping-external-transaction-id"], "order-4711");
    assert_eq!(headers["x-ping-external-session-id"], "s+1");

    let error = script.session.call_with(&cancel, &CallOptions::new().session_id("a b"), script.now()).unwrap_err();
    assert_eq!((error.kind(), error.request_error().unwrap().argument()), (ErrorKind::Request, "session_id"));
}

#[test]
fn the_user_agent_has_the_caller_s_name_behind_ours() {
    let named = |name: &str| Session::new(configuration().user_agent(name), 0);
    assert_eq!(named("my app\n").unwrap_err().argument(), "user_agent");
    let session = named("my-app/1.2").unwrap();
    let mut script = Script::with(configuration(), []);
    let mut call = session.call(&ReadDeviceAuthentication::new("a-1"), script.now()).unwrap();
    let Some(TokenFetch::Send(fetch)) = call.authorize(script.now(), &mut script.tokens) else { panic!("no fetch") };
    call.token_received(script.now(), &mut script.tokens, answer(200, TOKEN));
    let Action::Send(outgoing) = call.next(script.now()) else { panic!("not sent") };
    let expected = format!("pingone-client-core/{} my-app/1.2", env!("CARGO_PKG_VERSION"));
    assert_eq!(fetch.request.headers()["user-agent"], expected);
    assert_eq!(outgoing.request.headers()["user-agent"], expected);
}

#[test]
fn a_reply_keeps_status_headers_and_ids() {
    let mut script = Script::with(configuration(), [answer(200, TOKEN), answer(201, PENDING)]);
    let initialize = InitializeDeviceAuthentication::new("u-1");
    let reply = script.answer(&initialize).unwrap().into_reply(&initialize).unwrap();
    assert_eq!((reply.status().as_u16(), reply.correlation_id(), reply.attempts()), (201, Some("c-1"), 1));
    assert_eq!((reply.elapsed(), reply.headers().len()), (Duration::from_secs(2), 1));
    assert_eq!(reply.value().id().unwrap().as_str(), "a-1");
    assert_eq!(reply.into_value().as_json(), PENDING);
}

/// The *read* that the error of this operation has at hand, after `outcome`.
fn follow_up<O: FollowUp>(operation: O, outcome: Answer) -> Option<String> {
    let mut script = Script::new([answer(200, TOKEN), outcome]);
    let end = script.answer(&operation).and_then(|answer| answer.read(&operation));
    let read = end.err().unwrap().follow_up(&operation)?;
    let request = read.request(&Environment::new(Region::Europe, "e-1")).unwrap();
    Some(request.uri().path().to_owned())
}

#[test]
fn after_a_lost_reply_there_is_a_read_that_tells() {
    let lost = || Err(TransportError::maybe_sent("reset"));
    let cut = || Err(TransportError::interrupted(Response::new(()), "cut off"));
    let path = Some("/e-1/deviceAuthentications/a-1".to_owned());
    assert_eq!(follow_up(CheckOtp::new("a-1", "012345"), lost()), path);
    assert_eq!(follow_up(CheckOtp::new("a-1", "012345"), cut()), path);
    assert_eq!(follow_up(CheckOtp::new("a-1", "012345"), answer(502, "")), path);
    assert_eq!(follow_up(CheckOtp::new("a-1", "012345"), answer(200, "<html>")), path, "it is no reply");
    assert_eq!(follow_up(CancelDeviceAuthentication::new("a-1", CancelReason::ChangeDevice), lost()), path);
    assert_eq!(follow_up(CheckOtp::new("a-1", "012345"), answer(400, "{}")), None, "it was refused");
}
