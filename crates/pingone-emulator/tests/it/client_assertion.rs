//! `POST /{envID}/as/token` with `client_assertion`

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use pingone_emulator::{Client, Data, TokenEndpointAuthMethod, User};
use ring::{
    hmac,
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{self, RsaEncoding, RsaKeyPair},
};
use serde_json::{Value, json};

use crate::{
    authenticator::Authenticator,
    support::{Caller, FORM, Reply},
};

const SECRET: &str = "secret of the client";
const AUDIENCE: &str = "http://127.0.0.1:8420/e/as/token";

/// A client for each of the two ways; that with a key has one of either kind.
fn caller(authenticator: &Authenticator) -> Caller {
    let data = Data::new("e", "p")
        .client(Client::new("basic", "s", TokenEndpointAuthMethod::ClientSecretBasic))
        .client(Client::new("c", SECRET, TokenEndpointAuthMethod::ClientSecretJwt))
        .client(Client::with_key("k", authenticator.public_key()).key(rsa_public_key()))
        .user(User::new("u"));
    Caller { authorization: None, ..Caller::of(data) }
}

fn rsa() -> RsaKeyPair {
    RsaKeyPair::from_pkcs8(include_bytes!("keys/rsa-for-tests-only.pk8")).unwrap()
}

fn rsa_public_key() -> Value {
    let PublicKeyComponents { n, e } = PublicKeyComponents::<Vec<u8>>::from(rsa().public());
    json!({ "kty": "RSA", "n": URL_SAFE_NO_PAD.encode(n), "e": URL_SAFE_NO_PAD.encode(e) })
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn claims(client_id: &str) -> Value {
    json!({ "iss": client_id, "sub": client_id, "aud": AUDIENCE, "exp": now() + 300 })
}

fn unsigned(algorithm: &str, claims: &Value) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", encode(&json!({ "alg": algorithm })), encode(claims))
}

fn by_secret(algorithm: &str, claims: &Value) -> String {
    let hash = match algorithm {
        "HS256" => hmac::HMAC_SHA256,
        "HS384" => hmac::HMAC_SHA384,
        _ => hmac::HMAC_SHA512,
    };
    let signed = unsigned(algorithm, claims);
    let signature = hmac::sign(&hmac::Key::new(hash, SECRET.as_bytes()), signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn by_rsa(algorithm: &str, padding: &'static dyn RsaEncoding, claims: &Value) -> String {
    let (signed, pair) = (unsigned(algorithm, claims), rsa());
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(padding, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn ask(caller: &Caller, assertion: &str) -> Reply {
    ask_with(caller, assertion, "")
}

/// Asks with further parameters.
fn ask_with(caller: &Caller, assertion: &str, more: &str) -> Reply {
    let kind = "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";
    let form = format!("grant_type=client_credentials&client_assertion_type={kind}&client_assertion={assertion}{more}");
    caller.post("/as/token", FORM, form)
}

#[test]
fn a_client_gets_a_token_by_each_algorithm() {
    let authenticator = Authenticator::new();
    let caller = caller(&authenticator);
    let (with_secret, with_key) = (claims("c"), claims("k"));
    for assertion in [
        by_secret("HS256", &with_secret),
        by_secret("HS384", &with_secret),
        by_secret("HS512", &with_secret),
        authenticator.jwt(&with_key),
        by_rsa("RS256", &signature::RSA_PKCS1_SHA256, &with_key),
        by_rsa("RS384", &signature::RSA_PKCS1_SHA384, &with_key),
        by_rsa("RS512", &signature::RSA_PKCS1_SHA512, &with_key),
    ] {
        let reply = ask(&caller, &assertion);
        assert_eq!((reply.status, &reply.body["token_type"]), (200, &json!("Bearer")), "{}", reply.body);
    }
}

#[test]
fn each_claim_is_checked() {
    let caller = caller(&Authenticator::new());
    let with = |name: &str, value: Value| {
        let mut claims = claims("c");
        claims[name] = value;
        ask(&caller, &by_secret("HS256", &claims)).status
    };
    for audience in [json!("http://127.0.0.1:8420/e/as"), json!([AUDIENCE]), json!(["other", AUDIENCE])] {
        assert_eq!(with("aud", audience), 200);
    }
    assert_eq!((with("exp", json!(now() + 3590)), with("nbf", json!(now() - 5))), (200, 200));
    for (name, value) in [
        ("iss", json!("k")),
        ("sub", json!("nobody")),
        ("aud", json!("http://127.0.0.1:8420/other/as/token")),
        ("aud", json!([])),
        ("aud", Value::Null),
        ("exp", json!(now() - 5)),
        ("exp", json!(now() + 3700)),
        ("exp", Value::Null),
        ("exp", json!("soon")),
        ("nbf", json!(now() + 100)),
    ] {
        assert_eq!(with(name, value.clone()), 401, "{name} {value}");
    }
}

#[test]
fn a_client_id_beside_the_assertion_has_to_be_the_same() {
    let caller = caller(&Authenticator::new());
    let assertion = by_secret("HS256", &claims("c"));
    assert_eq!(ask_with(&caller, &assertion, "&client_id=c").status, 200);
    assert_eq!(ask_with(&caller, &assertion, "&client_id=k").status, 401);
}

#[test]
fn a_signature_of_somebody_else_is_refused() {
    let authenticator = Authenticator::new();
    let caller = caller(&authenticator);
    let forged = by_secret("HS256", &claims("k"));
    for assertion in [
        &Authenticator::new().jwt(&claims("k")),
        // The public key is no secret, and an algorithm that the client did not choose is none.
        &forged,
        &format!("{}.", unsigned("none", &claims("c"))),
        "no.jwt",
        &authenticator.jwt(&claims("c")),
    ] {
        let reply = ask(&caller, assertion);
        assert_eq!((reply.status, &reply.body["error"]), (401, &json!("invalid_client")));
    }
}

#[test]
fn a_client_that_authenticates_otherwise_is_refused() {
    let authenticator = Authenticator::new();
    let caller = caller(&authenticator);
    let reply = ask(&caller, &authenticator.jwt(&claims("basic")));
    assert_eq!(reply.status, 401);
    assert!(reply.body["error_description"].as_str().unwrap().contains("Unsupported authentication method"));
    let both =
        format!("grant_type=client_credentials&client_secret=s&client_assertion={}", by_secret("HS256", &claims("c")));
    assert_eq!(caller.post("/as/token", FORM, both).body["error"], "invalid_request");
    let no_type = format!("grant_type=client_credentials&client_assertion={}", by_secret("HS256", &claims("c")));
    assert_eq!(caller.post("/as/token", FORM, no_type).body["error"], "invalid_request");
}
