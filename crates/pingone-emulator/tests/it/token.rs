//! `POST /{envID}/as/token`

use std::time::Duration;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
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
        assert_eq!(reply.header("cache-control"), Some("no-cache, no-store"));
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

fn decoded(part: &str) -> serde_json::Value {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[test]
fn a_key_comes_with_its_certificate() {
    let key = stranger().get("/as/jwks").body["keys"][0].clone();
    let names: Vec<&String> = key.as_object().unwrap().keys().collect();
    assert_eq!(names, ["kty", "e", "kid", "use", "n", "x5t", "x5c"]);
    let certificate = STANDARD.decode(key["x5c"][0].as_str().unwrap()).unwrap();
    let thumbprint = ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, &certificate);
    assert_eq!(key["x5t"], URL_SAFE_NO_PAD.encode(thumbprint));
    let modulus = URL_SAFE_NO_PAD.decode(key["n"].as_str().unwrap()).unwrap();
    assert!(certificate.windows(modulus.len()).any(|part| part == modulus), "it is of this key");
    let reply = ask(Some(basic("basic", "a:~%+b")), FORM, GRANT);
    let header = reply.body["access_token"].as_str().unwrap().split('.').next().unwrap();
    assert_eq!(decoded(header)["x5t"], key["x5t"]);
}

#[test]
fn a_token_is_a_jwt_of_the_published_key() {
    let reply = ask(Some(basic("basic", "a:~%+b")), FORM, GRANT);
    let token = reply.body["access_token"].as_str().unwrap();
    let [header, claims, _] = token.split('.').collect::<Vec<_>>()[..] else { panic!("three parts") };
    let keys = stranger().get("/as/jwks");
    assert_eq!((keys.status, decoded(header)["alg"].as_str()), (200, Some("RS256")));
    assert_eq!((&keys.body["keys"][0]["kid"], &keys.body["keys"][0]["use"]), (&decoded(header)["kid"], &json!("sig")));
    let claims = decoded(claims);
    assert_eq!(
        (&claims["iss"], &claims["aud"], &claims["client_id"], &claims["env"]),
        (&json!("http://127.0.0.1:8420/e/as"), &json!(["https://api.pingone.com"]), &json!("basic"), &json!("e"))
    );
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 3600);
    assert!(claims["jti"].is_string() && claims["org"].is_string() && claims.get("sub").is_none());
}

#[test]
fn another_signing_key_has_another_id() {
    let pem = include_bytes!("../../data/signing-key-for-tests-only.pem");
    let keys = |data: Data| Caller::of(data).get("/as/jwks").body["keys"][0]["kid"].clone();
    assert_eq!(keys(Data::built_in()), keys(Data::built_in().signing_key(pem).unwrap()));
    let problem = Data::built_in().signing_key(b"x").unwrap_err().to_string();
    assert_eq!(problem, "the signing key: is not a private key in PEM");
}

#[test]
fn the_configuration_leads_to_the_other_addresses() {
    let caller = stranger();
    let told = caller.get("/as/.well-known/openid-configuration").body;
    assert_eq!(told["issuer"], "http://127.0.0.1:8420/e/as");
    for (name, method, status) in [
        ("jwks_uri", Method::GET, 200),
        ("token_endpoint", Method::POST, 415),
        ("introspection_endpoint", Method::POST, 415),
    ] {
        let path = told[name].as_str().unwrap().strip_prefix("http://127.0.0.1:8420").unwrap().to_owned();
        assert_eq!(caller.send_to(method, &path, None, b"").status, status, "{name}");
    }
}

#[test]
fn introspection_knows_a_live_token_and_no_other() {
    let caller = Caller { authorization: Some(basic("basic", "a:~%+b")), ..stranger() };
    let introspect = |caller: &Caller, token: &str| caller.post("/as/introspect", FORM, format!("token={token}"));
    let token = caller.post("/as/token", FORM, GRANT).body["access_token"].as_str().unwrap().to_owned();
    let told = introspect(&caller, &token).body;
    assert_eq!(
        (&told["active"], &told["client_id"], &told["token_type"]),
        (&json!(true), &json!("basic"), &json!("Bearer"))
    );
    let inactive = json!({ "active": false });
    for foreign in ["x", &caller.service.issue_token(TokenKind::OtherEnvironment), &format!("{token}x")] {
        let reply = introspect(&caller, foreign);
        assert_eq!((reply.status, reply.body), (200, inactive.clone()));
    }
    caller.service.advance(Duration::from_secs(3600));
    assert_eq!(introspect(&caller, &token).body, inactive);
    assert_eq!(caller.post("/as/introspect", FORM, "").status, 400);
    let nobody = Caller { authorization: None, ..caller };
    assert_eq!(introspect(&nobody, &token).status, 401);
}
