//! Where the token comes from, who shares it, and what a refusal of it means.

use std::{error::Error, time::Duration};

use pingone_client_core::{
    AccessToken, Action, Configuration, Credentials, ErrorKind, Now, RetryPolicy, TokenCache, TokenFetch,
    TransportError,
};
use pingone_model::{Environment, ReadDeviceAuthentication, Region};

use crate::script::{PENDING, Script, TOKEN, answer, configuration};

const FETCH: &str = "POST /e-1/as/token";
const READ: &str = "GET /e-1/deviceAuthentications/a-1";

fn read() -> ReadDeviceAuthentication {
    ReadDeviceAuthentication::new("a-1")
}

fn with(credentials: Credentials) -> Configuration {
    Configuration::new(Environment::new(Region::Europe, "e-1"), credentials).retry(RetryPolicy::never())
}

#[test]
fn a_token_of_your_own_is_used_as_it_is_and_never_replaced() {
    let fixed = with(Credentials::access_token(AccessToken::new("mine").unwrap()));
    let mut script = Script::with(fixed, [answer(200, PENDING), answer(401, "{}")]);
    script.send(read()).unwrap();
    script.now += Duration::from_secs(100_000);
    let error = script.send(read()).unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.is_token_refused()), (ErrorKind::Response, 1, true));
    let message = "device_authentication.read: the service answered 401 Unauthorized \
                   (the access token was refused: it may be of the wrong kind, or for another environment)";
    assert_eq!(error.to_string(), message);
    assert_eq!(script.journal, [READ, READ]);
}

#[test]
fn a_token_of_the_wrong_kind_ends_after_one_refresh_and_the_error_says_so() {
    let refused = || answer(401, r#"{"code":"ACCESS_FAILED","details":[{"code":"INVALID_TOKEN"}]}"#);
    let mut script = Script::with(configuration(), [answer(200, TOKEN), refused(), answer(200, TOKEN), refused()]);
    let error = script.send(read()).unwrap_err();
    assert!(error.is_token_refused());
    assert!(error.to_string().contains("refused, and so was a fresh one: it may be of the wrong kind"), "{error}");
    assert_eq!(script.journal, [FETCH, READ, FETCH, READ]);
}

/// What the next call is told to ask the source.
fn ask(script: &mut Script) -> Option<(bool, Duration)> {
    let mut call = script.session.call(&read(), script.now()).unwrap();
    assert!(matches!(call.next(script.now()), Action::Authorize(_)));
    match call.authorize(script.now(), &mut script.tokens)? {
        TokenFetch::Ask(demand) => Some((demand.renew, demand.timeout)),
        TokenFetch::Send(_) => panic!("nobody said where to"),
    }
}

#[test]
fn a_source_is_asked_when_there_is_no_token_before_it_expires_and_after_it_was_refused() {
    let mut script = Script::with(with(Credentials::external()), []);
    let mut call = script.session.call(&read(), script.now()).unwrap();
    let Some(TokenFetch::Ask(demand)) = call.authorize(script.now(), &mut script.tokens) else { panic!("not asked") };
    assert_eq!((demand.renew, demand.timeout), (false, Duration::from_secs(10)));
    let token = AccessToken::new("from-the-vault").unwrap().expires_in(Duration::from_secs(100));
    call.token_obtained(script.now(), &mut script.tokens, Ok(token));
    let Action::Send(outgoing) = call.next(script.now()) else { panic!("not sent") };
    assert_eq!(outgoing.request.headers()["authorization"], "Bearer from-the-vault");

    assert_eq!(ask(&mut script), None, "it is kept");
    call.received(script.now(), answer(401, "{}"));
    let Some(TokenFetch::Ask(demand)) = call.authorize(script.now(), &mut script.tokens) else { panic!("not asked") };
    assert!(demand.renew, "one that the source kept would be refused again");
    script.now += Duration::from_secs(94);
    assert_eq!(ask(&mut script), Some((false, Duration::from_secs(2))), "in good time, and not for long");
}

#[test]
fn a_source_without_a_token_is_an_error_with_its_reason() {
    let mut script = Script::with(with(Credentials::external()), []);
    let mut call = script.session.call(&read(), script.now()).unwrap();
    assert!(call.authorize(script.now(), &mut script.tokens).is_some());
    call.token_obtained(script.now(), &mut script.tokens, Err("the vault is sealed".into()));
    let Action::Done(Err(error)) = call.next(script.now()) else { panic!("goes on") };
    assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Token, false));
    let source = error.source().unwrap();
    assert_eq!(source.to_string(), "token.request: the token source returned no token");
    assert_eq!(source.source().unwrap().to_string(), "the vault is sealed");
}

#[test]
fn a_client_needs_a_source_exactly_if_its_credentials_say_so() {
    let own = Credentials::client_secret_basic("id", "secret");
    for (credentials, has_source, fits) in [
        (Credentials::external(), true, true),
        (Credentials::external(), false, false),
        (own.clone(), false, true),
        (own, true, false),
    ] {
        assert_eq!(credentials.check_source(has_source).is_ok(), fits, "{credentials:?} {has_source}");
    }
}

/// Begins as many calls, all of which need a token, and ends the first one's fetch so, 3 seconds later.
fn waiting(script: &mut Script, end: impl FnOnce(&mut TokenCache, &mut pingone_client_core::Call, Now)) -> Vec<bool> {
    let now = script.now();
    let mut calls: Vec<_> = (0..1_000).map(|_| script.session.call(&read(), now).unwrap()).collect();
    for call in &mut calls {
        assert!(matches!(call.next(now), Action::Authorize(_)));
    }
    assert!(calls[0].authorize(now, &mut script.tokens).is_some());
    script.now += Duration::from_secs(3);
    let now = script.now();
    end(&mut script.tokens, &mut calls[0], now);
    calls.iter_mut().skip(1).map(|call| call.authorize(now, &mut script.tokens).is_some()).collect()
}

#[test]
fn a_thousand_calls_that_wait_make_one_token_request() {
    let mut script = Script::with(configuration(), []);
    let fetches = waiting(&mut script, |tokens, call, now| call.token_received(now, tokens, answer(200, TOKEN)));
    assert!(!fetches.contains(&true));
}

#[test]
fn a_fetch_that_fails_fails_for_everybody_who_waited_for_it() {
    let mut script = Script::with(configuration(), []);
    let fetches = waiting(&mut script, |tokens, call, now| {
        call.token_received(now, tokens, Err(TransportError::maybe_sent("reset")));
    });
    assert!(!fetches.contains(&true));
    // Whoever comes later tries for themselves.
    let mut late = script.session.call(&read(), script.now()).unwrap();
    assert!(matches!(late.next(script.now()), Action::Authorize(_)));
    assert!(late.authorize(script.now(), &mut script.tokens).is_some());
}

#[test]
fn nothing_of_a_cache_serves_another_session() {
    let mut script = Script::with(configuration(), [answer(200, TOKEN), answer(200, PENDING)]);
    script.send(read()).unwrap();
    let others = [
        with(Credentials::client_secret_basic("id", "another-secret")),
        with(Credentials::client_secret_basic("another-id", "hunter2")),
        Configuration::new(Environment::new(Region::Canada, "e-1"), Credentials::client_secret_basic("id", "hunter2")),
    ];
    for other in others {
        let session = pingone_client_core::Session::new(other, 7).unwrap();
        let mut call = session.call(&read(), script.now()).unwrap();
        let Some(TokenFetch::Send(outgoing)) = call.authorize(script.now(), &mut script.tokens) else {
            panic!("it got a token that was not its own")
        };
        assert_eq!(outgoing.request.uri().host(), session.configuration().environment.auth(&[]).unwrap().host());
    }
}

#[cfg(feature = "jwt")]
mod jwt {
    use super::*;

    #[test]
    fn each_fetch_has_a_statement_of_its_own_time() {
        let mut script = Script::with(with(Credentials::client_secret_jwt("id", "hunter2")), []);
        let bodies = [0, 1_000].map(|seconds| {
            script.now = Duration::from_secs(seconds);
            let mut call = script.session.call(&read(), script.now()).unwrap();
            let Some(TokenFetch::Send(outgoing)) = call.authorize(script.now(), &mut script.tokens) else {
                panic!("not asked")
            };
            assert!(!outgoing.request.headers().contains_key("authorization"));
            String::from_utf8(outgoing.request.into_body().into()).unwrap()
        });
        assert_ne!(bodies[0], bodies[1]);
        for body in bodies {
            let start = "grant_type=client_credentials&\
                client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=";
            assert!(body.starts_with(start) && !body.contains("hunter2"), "{body}");
        }
    }
}
