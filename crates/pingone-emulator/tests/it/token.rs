//! `POST /{envID}/as/token`

use std::time::Duration;

use http::Method;
use pingone_emulator::{Client, Data, TokenEndpointAuthMethod, TokenKind, User};
use serde_json::json;

use crate::support::{Caller, FORM, JSON, Reply, basic};

const GRANT: &str = "grant_type=client_credentials";

/// A client for each way to authenticate; `basic` has a secret that form encoding would change.
fn stranger() -> Caller {
    let data = Data::new("e", "p")
        .client(Client::new("basic", "a:~%+b", TokenEndpointAuthMethod::ClientSecretBasic))
        .client(Client::new("post", "secret", TokenEndpointAuthMethod::ClientSecretPost))
        .user(User::new("u"));
    Caller { authorization: None, ..Caller::of(data) }
}

fn ask(authorization: Option<String>, content_type: &str, form: &str) -> Reply {
    Caller { authorization, ..stranger() }.post("/as/token", content_type, form)
}

#[test]
fn each_client_gets_a_token_in_its_own_way() {
    let by_header = ask(Some(basic("basic", "a:~%+b")), FORM, GRANT);
    let by_form = ask(None, &format!("{FORM}; charset=UTF-8"), &format!("{GRANT}&client_id=post&client_secret=secret"));
    for reply in [by_header, by_form] {
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert_eq!(reply.body["token_type"], "Bearer");
        assert_eq!(reply.body["expires_in"], 3600);
        assert!(reply.body["access_token"].is_string());
        assert_eq!(reply.header("content-type"), Some(JSON));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }
}

#[test]
fn the_other_way_is_refused_even_with_the_right_secret() {
    let by_form = ask(None, FORM, &format!("{GRANT}&client_id=basic&client_secret=a%3A%7E%25%2Bb"));
    let by_header = ask(Some(basic("post", "secret")), FORM, GRANT);
    for reply in [by_form, by_header] {
        let id = reply.header("correlation-id").unwrap();
        let description = format!("Request denied: Unsupported authentication method (Correlation ID: {id})");
        assert_eq!(reply.status, 401);
        assert_eq!(reply.body, json!({ "error": "invalid_client", "error_description": description }));
    }
}

#[test]
fn refuses_a_client_that_cannot_say_who_it_is() {
    for authorization in [
        None,
        Some(basic("basic", "wrong")),
        Some(basic("unknown", "a:~%+b")),
        // The form encoding of RFC 6749, which PingOne does not want.
        Some(basic("basic", "a%3A%7E%25%2Bb")),
        Some("Basic no-base64!".to_owned()),
        Some("Basic".to_owned()),
        Some("Bearer a".to_owned()),
    ] {
        let reply = ask(authorization.clone(), FORM, GRANT);
        assert_eq!((reply.status, &reply.body["error"]), (401, &json!("invalid_client")), "{authorization:?}");
    }
}

#[test]
fn names_what_is_wrong_with_the_form() {
    let authorization = || Some(basic("basic", "a:~%+b"));
    for (content_type, form, status, error) in [
        (JSON, GRANT, 415, "invalid_request"),
        (FORM, "", 400, "invalid_request"),
        (FORM, "grant_type=password", 400, "unsupported_grant_type"),
        (FORM, "grant_type=client_credentials&grant_type=client_credentials", 400, "invalid_request"),
        (FORM, "grant_type=client_credentials&client_secret=a", 400, "invalid_request"),
    ] {
        let reply = ask(authorization(), content_type, form);
        assert_eq!((reply.status, &reply.body["error"]), (status, &json!(error)), "{form}");
    }
    assert_eq!(stranger().send(Method::GET, "/as/token", None, b"").complaint().0, 405);
}

#[test]
fn a_token_ends_after_an_hour() {
    let caller = Caller::new();
    caller.service.advance(Duration::from_secs(3500));
    assert_eq!(caller.read("none").status, 404);
    caller.service.advance(Duration::from_secs(100));
    assert_eq!(caller.read("none").complaint(), (401, "ACCESS_FAILED", "INVALID_TOKEN", ""));
}

#[test]
fn a_token_ends_when_it_is_revoked() {
    let caller = Caller::new();
    caller.service.revoke_tokens();
    assert_eq!(caller.read("none").complaint(), (401, "ACCESS_FAILED", "INVALID_TOKEN", ""));
}

#[test]
fn a_token_of_the_wrong_kind_is_401() {
    let caller = Caller::new();
    let with = |kind| {
        let authorization = Some(format!("Bearer {}", caller.service.issue_token(kind)));
        Caller { service: caller.service.clone(), authorization }
    };
    assert_eq!(with(TokenKind::Worker).read("none").status, 404);
    assert_eq!(with(TokenKind::User).read("none").complaint(), (401, "ACCESS_FAILED", "INVALID_TOKEN", ""));
}

#[test]
fn a_token_of_another_environment_is_401() {
    let caller = Caller::new();
    let authorization = Some(format!("Bearer {}", caller.service.issue_token(TokenKind::OtherEnvironment)));
    let stranger = Caller { authorization, ..caller };
    assert_eq!(stranger.read("none").complaint(), (401, "ACCESS_FAILED", "INVALID_TOKEN", ""));
}

#[test]
fn requests_for_tokens_are_counted_and_their_lifetime_can_be_set() {
    let caller = stranger();
    let counters = caller.service.token_counters();
    assert_eq!((counters.issued, counters.refused), (1, 0));
    caller.service.set_token_lifetime(Duration::from_secs(60));
    let short = Caller { authorization: Some(basic("basic", "a:~%+b")), ..caller };
    let reply = short.post("/as/token", FORM, GRANT);
    assert_eq!(reply.body["expires_in"], 60);
    short.post("/as/token", FORM, "");
    let counters = short.service.token_counters();
    assert_eq!((counters.issued, counters.refused), (2, 1));
    let caller = Caller {
        authorization: Some(format!("Bearer {}", reply.body["access_token"].as_str().unwrap())),
        service: short.service,
    };
    assert_eq!(caller.read("none").status, 404);
    caller.service.advance(Duration::from_secs(60));
    assert_eq!(caller.read("none").status, 401);
}
