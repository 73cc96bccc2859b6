//! Who may ask.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use http::{Method, Request};
use ring::{digest, hmac};
use serde_json::{Value, json};

use crate::{
    entry::{Entry, entry},
    reply::Reply,
    session::{FORM, JSON, Session, basic},
    verdict::{Try, holds, not_applicable, same},
};

const GRANT: &str = "grant_type=client_credentials";

pub(super) const ENTRIES: &[Entry] = &[
    entry("token-request-is-a-form", "a token is not asked for in JSON", |s| {
        let request = Request::post(s.address("/as/token")).header("authorization", s.credentials());
        s.send(request.header("content-type", JSON), r#"{"grant_type":"client_credentials"}"#)?.is("415")
    }),
    entry("parameter-twice", "a parameter may not come twice", |s| {
        s.ask_token(&s.credentials(), &format!("{GRANT}&{GRANT}"))?.is("400 invalid_request")
    }),
    entry("parameters-are-few", "a request with thousands of parameters is invalid", |s| {
        s.control()?;
        let many: String = (0..10_000).map(|number| format!("&{number}=")).collect();
        s.ask_token(&s.credentials(), &format!("{GRANT}{many}"))?.is("400 invalid_request")
    }),
    entry("only-client-credentials", "no password is taken", |s| {
        s.ask_token(&s.credentials(), "grant_type=password&username=u&password=p")?.is("400 unsupported_grant_type")
    }),
    entry("only-client-credentials", "the grant has to be named", |s| {
        s.ask_token(&s.credentials(), "")?.is("400 invalid_request")
    }),
    entry("no-scope-needed", "a worker gets a bearer token without a scope", |s| {
        let reply = s.ask_token(&s.credentials(), GRANT)?;
        reply.is("200")?;
        same("token_type", "Bearer", reply.text("/token_type"))
    }),
    entry(
        "one-authentication-method",
        "the secret in the form is refused to a client that sends it in a header",
        |s| by_form(s)?.is("401 invalid_client"),
    ),
    entry("wrong-method-is-invalid-client", "the refusal says that the method is not supported", |s| {
        let reply = by_form(s)?;
        reply.is("401 invalid_client")?;
        let description = reply.text("/error_description").to_ascii_lowercase();
        holds("a text about an unsupported method", description.contains("unsupported authentication method"))
    }),
    entry("basic-is-the-plain-pair", "id and secret are not form-encoded", |s| {
        let encoded: String = form_urlencoded::byte_serialize(s.client_secret().as_bytes()).collect();
        if encoded == s.client_secret() {
            return not_applicable("nothing in the client's secret would be encoded");
        }
        s.ask_token(&basic(s.client_id(), &encoded), GRANT)?.is("401 invalid_client")
    }),
    entry("bad-credentials-are-invalid-client", "an unknown client and a wrong secret are not told apart", |s| {
        let unknown = s.ask_token(&basic("unknown", "secret"), GRANT)?;
        unknown.is("401 invalid_client")?;
        let wrong = s.ask_token(&basic(s.client_id(), "wrong"), GRANT)?;
        same("summary", unknown.summary(), wrong.summary())
    }),
    entry("oauth-error-names-answer", "the description ends in the Correlation-Id", |s| {
        let reply = s.ask_token("Basic none", GRANT)?;
        let id = reply.header("correlation-id");
        holds("a Correlation-Id", !id.is_empty())?;
        holds("its value in error_description", reply.text("/error_description").contains(id))
    }),
    entry("assertion-claims", "a client's JWT may not have expired", |s| {
        by_jwt(s, |claims, now| claims["exp"] = (now - 5).into())?.is("401 invalid_client")
    }),
    entry("assertion-claims", "a client's JWT may live for an hour at most", |s| {
        by_jwt(s, |claims, now| claims["exp"] = (now + 3700).into())?.is("401 invalid_client")
    }),
    entry("assertion-claims", "a client's JWT gets a token", |s| by_jwt(s, |_, _| ())?.is("200")),
    entry("assertion-audience", "a JWT for somebody else is refused", |s| {
        by_jwt(s, |claims, _| claims["aud"] = "https://login.example.com/as/token".into())?.is("401 invalid_client")
    }),
    entry("token-lives-an-hour", "a token is good until its time is over", |s| {
        let reply = s.ask_token(&s.credentials(), GRANT)?;
        let Some(lifetime) = reply.at("/expires_in").as_u64() else { return same("expires_in", "a number", "none") };
        let (control, token) = (s.control()?, reply.text("/access_token"));
        s.use_token(token);
        control.advance(lifetime.saturating_sub(30))?;
        s.initialize(json!({ "user": 1 }))?.is("400")?;
        control.advance(30)?;
        s.initialize(json!({ "user": 1 }))?.is("401 INVALID_TOKEN")
    }),
    entry("worker-token-is-required", "the token of a user is refused", |s| {
        s.use_token(&s.control()?.issue_token("USER")?);
        s.initialize(json!({}))?.is("401 INVALID_TOKEN")
    }),
    entry("token-of-other-environment", "a token of another environment is refused", |s| {
        s.use_token(&s.control()?.issue_token("OTHER_ENVIRONMENT")?);
        s.initialize(json!({}))?.is("401 INVALID_TOKEN")
    }),
    entry("tokens-are-jwts", "a worker's token is an RS256 JWT without sub", |s| {
        let token = token(s)?;
        same("alg", "RS256", part(&token, 0)["alg"].as_str().unwrap_or_default())?;
        let claims = part(&token, 1);
        holds("iss, aud, client_id, env, org, iat, exp and jti", CLAIMS.iter().all(|name| !claims[*name].is_null()))?;
        holds("no sub", claims["sub"].is_null())
    }),
    entry("keys-are-published", "the key of a token is published", |s| {
        let keys = s.send(Request::get(s.address("/as/jwks")), "")?;
        keys.is("200")?;
        let kid = part(&token(s)?, 0)["kid"].clone();
        let known = keys.at("/keys").as_array().is_some_and(|keys| keys.iter().any(|key| key["kid"] == kid));
        holds("a key of the token's kid", kid.is_string() && known)
    }),
    entry("keys-have-certificates", "a key has a certificate, whose thumbprint is in the token as well", |s| {
        let keys = s.send(Request::get(s.address("/as/jwks")), "")?;
        keys.is("200")?;
        let header = part(&token(s)?, 0);
        let all = keys.at("/keys").as_array().cloned().unwrap_or_default();
        let key = all.into_iter().find(|key| key["kid"] == header["kid"]).unwrap_or_default();
        let certificate = key["x5c"][0].as_str().and_then(|text| STANDARD.decode(text).ok()).unwrap_or_default();
        holds("a certificate", !certificate.is_empty())?;
        let thumbprint = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, &certificate);
        same("x5t", URL_SAFE_NO_PAD.encode(thumbprint), key["x5t"].as_str().unwrap_or_default())?;
        // Whether a token names it is left open.
        holds("the same x5t, or none", header["x5t"].is_null() || header["x5t"] == key["x5t"])
    }),
    entry("configuration-is-published", "the configuration names the token endpoint", |s| {
        let told = s.send(Request::get(s.address("/as/.well-known/openid-configuration")), "")?;
        told.is("200")?;
        same("token_endpoint", s.address("/as/token"), told.text("/token_endpoint"))
    }),
    entry("introspection", "a live token is active", |s| {
        same("active", true, introspect(s, &token(s)?)?.at("/active"))
    }),
    entry("introspection", "what is no token is not", |s| {
        same("active", false, introspect(s, "no-token")?.at("/active"))
    }),
    entry("method-not-allowed-is-405", "a token is not read", |s| {
        s.send(s.request(Method::GET, "/as/token"), "")?.is("405")
    }),
];

const CLAIMS: [&str; 8] = ["iss", "aud", "client_id", "env", "org", "iat", "exp", "jti"];

fn token(s: &Session<'_>) -> Try<String> {
    let reply = s.ask_token(&s.credentials(), GRANT)?;
    reply.is("200")?;
    Ok(reply.text("/access_token").to_owned())
}

/// A part of a JWT: its header, or its claims.
fn part(token: &str, number: usize) -> Value {
    let bytes = URL_SAFE_NO_PAD.decode(token.split('.').nth(number).unwrap_or_default()).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn introspect(s: &Session<'_>, token: &str) -> Try<Reply> {
    let request = Request::post(s.address("/as/introspect")).header("authorization", s.credentials());
    let form = form_urlencoded::Serializer::new(String::new()).append_pair("token", token).finish();
    s.send(request.header("content-type", FORM), form)
}

/// The secret in the form, which is not the way of the client of the check.
fn by_form(s: &Session<'_>) -> Try<Reply> {
    let (id, secret) = (s.client_id(), s.client_secret());
    let form = form_urlencoded::Serializer::new(GRANT.to_owned())
        .extend_pairs([("client_id", id), ("client_secret", secret)])
        .finish();
    s.send(Request::post(s.address("/as/token")).header("content-type", FORM), form)
}

/// A JWT of a client that signs with its secret; `change` is given the time at the service.
fn by_jwt(s: &Session<'_>, change: impl Fn(&mut Value, i64)) -> Try<Reply> {
    let client = s.client_by("CLIENT_SECRET_JWT")?;
    let (id, secret) = (&client["client_id"], client["client_secret"].as_str().unwrap_or_default());
    let now = s.control()?.now()?;
    let mut claims = json!({ "iss": id, "sub": id, "aud": s.address("/as/token"), "exp": now + 300 });
    change(&mut claims, now);
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encode(&json!({ "alg": "HS256" })), encode(&claims));
    let signature = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), signed.as_bytes());
    let form = form_urlencoded::Serializer::new(GRANT.to_owned())
        .append_pair("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        .append_pair("client_assertion", &format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
        .finish();
    s.send(Request::post(s.address("/as/token")).header("content-type", FORM), form)
}
