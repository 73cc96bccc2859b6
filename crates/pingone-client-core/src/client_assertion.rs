//! The signed assertion with which a client authenticates (RFC 7523).

use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use form_urlencoded::Serializer;
use http::Uri;
use pingone_model::RequestError;
use ring::{
    hmac,
    rand::SystemRandom,
    rsa,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256},
};
use rustls_pki_types::{PrivateKeyDer, pem::PemObject};
use serde_json::{Value, json};

use crate::Secret;

/// How long an assertion is valid. PingOne allows an hour; it is used at once.
const LIFETIME: Duration = Duration::from_secs(300);

/// A key to sign with, whose public half is registered with the application.
///
/// RSA keys sign with RS256, keys on P-256 with ES256, on P-384 with ES384. PingOne's pages agree on RSA only; that it
/// accepts the others is *unverified*.
///
/// <https://developer.pingidentity.com/pingone-api/auth/auth-config-options/create-a-private-key-jwt.html>
#[derive(Clone)]
pub struct PrivateKey {
    key: Arc<Key>,
    id: Option<Box<str>>,
}

enum Key {
    Rsa(rsa::KeyPair),
    P256(EcdsaKeyPair),
    P384(EcdsaKeyPair),
}

impl PrivateKey {
    /// Reads a key from PEM: PKCS#8 (`BEGIN PRIVATE KEY`), or PKCS#1 for RSA (`BEGIN RSA PRIVATE KEY`).
    ///
    /// # Errors
    ///
    /// It has no usable key: it is broken, encrypted, on another curve, or RSA with fewer than 2,048
    /// bits.
    pub fn from_pem(pem: &str) -> Result<Self, RequestError> {
        const ARGUMENT: &str = "private_key";
        let der = PrivateKeyDer::from_pem_slice(pem.as_bytes())
            .map_err(|_| RequestError::new(ARGUMENT, "has no private key in PEM: pass an unencrypted PKCS#8 file"))?;
        let key = match &der {
            PrivateKeyDer::Pkcs8(der) => Key::from_pkcs8(der.secret_pkcs8_der()),
            PrivateKeyDer::Pkcs1(der) => rsa::KeyPair::from_der(der.secret_pkcs1_der()).ok().map(Key::Rsa),
            _ => {
                return Err(RequestError::new(ARGUMENT, "is in SEC1: convert it with `openssl pkcs8 -topk8 -nocrypt`"));
            }
        };
        let key = key.ok_or(RequestError::new(
            ARGUMENT,
            "cannot sign: pass an RSA key of 2048 bits or more, or one on the curve P-256 or P-384",
        ))?;
        Ok(Self { key: Arc::new(key), id: None })
    }

    /// Sets the key's id, as in the registered JWKS: needed if that has several keys.
    #[must_use]
    pub fn id(mut self, id: impl Into<Box<str>>) -> Self {
        self.id = Some(id.into());
        self
    }

    fn algorithm(&self) -> &'static str {
        match *self.key {
            Key::Rsa(_) => "RS256",
            Key::P256(_) => "ES256",
            Key::P384(_) => "ES384",
        }
    }
}

impl Key {
    fn from_pkcs8(der: &[u8]) -> Option<Self> {
        let random = SystemRandom::new();
        let on = |curve| EcdsaKeyPair::from_pkcs8(curve, der, &random).ok();
        let rsa = || rsa::KeyPair::from_pkcs8(der).ok().map(Self::Rsa);
        rsa()
            .or_else(|| on(&ECDSA_P256_SHA256_FIXED_SIGNING).map(Self::P256))
            .or_else(|| on(&ECDSA_P384_SHA384_FIXED_SIGNING).map(Self::P384))
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, RequestError> {
        let random = SystemRandom::new();
        let signature = match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).map(|()| signature)
            }
            Self::P256(key) | Self::P384(key) => {
                key.sign(&random, message).map(|signature| signature.as_ref().to_vec())
            }
        };
        signature.map_err(|_| RequestError::new("private_key", "could not sign: the system gave no randomness"))
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({})", self.algorithm())
    }
}

/// The claims.
pub(crate) struct Claims<'a> {
    pub(crate) client_id: &'a str,
    pub(crate) audience: &'a Uri,
    pub(crate) now: SystemTime,
}

impl Claims<'_> {
    /// No `nbf`, which fails if clocks differ, and no `jti`, which is not checked.
    ///
    /// <https://developer.pingidentity.com/pingone-api/auth/auth-config-options/create-a-client-secret-jwt.html>
    fn to_json(&self) -> Value {
        let now = self.now.duration_since(UNIX_EPOCH).unwrap_or_default();
        json!({
            "aud": self.audience.to_string(),
            "exp": (now + LIFETIME).as_secs(),
            "iat": now.as_secs(),
            "iss": self.client_id,
            "sub": self.client_id,
        })
    }
}

pub(crate) fn with_secret(claims: &Claims<'_>, secret: &Secret) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
    let message = message(&json!({ "alg": "HS256", "typ": "JWT" }), claims);
    let signature = hmac::sign(&key, message.as_bytes());
    join(message, signature.as_ref())
}

pub(crate) fn with_key(claims: &Claims<'_>, key: &PrivateKey) -> Result<String, RequestError> {
    let mut header = json!({ "alg": key.algorithm(), "typ": "JWT" });
    if let Some(id) = &key.id {
        header["kid"] = json!(id);
    }
    let message = message(&header, claims);
    let signature = key.key.sign(message.as_bytes())?;
    Ok(join(message, &signature))
}

pub(crate) fn append(form: &mut Serializer<'_, String>, assertion: &str) {
    form.append_pair("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        .append_pair("client_assertion", assertion);
}

fn message(header: &Value, claims: &Claims<'_>) -> String {
    let part = |json: &Value| BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
    format!("{}.{}", part(header), part(&claims.to_json()))
}

fn join(message: String, signature: &[u8]) -> String {
    message + "." + &BASE64_URL_SAFE_NO_PAD.encode(signature)
}

#[cfg(test)]
mod tests {
    use ring::signature::{
        ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, KeyPair, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey,
        VerificationAlgorithm,
    };

    use super::*;

    const RSA: &str = include_str!("../tests/keys/rsa-for-tests-only.pem");
    const RSA_PKCS1: &str = include_str!("../tests/keys/rsa-pkcs1-for-tests-only.pem");
    const P256: &str = include_str!("../tests/keys/p256-for-tests-only.pem");
    const P384: &str = include_str!("../tests/keys/p384-for-tests-only.pem");
    const SEC1: &str = include_str!("../tests/keys/p256-sec1-for-tests-only.pem");

    fn claims(audience: &Uri) -> Claims<'_> {
        Claims { client_id: "client", audience, now: UNIX_EPOCH + Duration::from_secs(1_000) }
    }

    fn decode(part: &str) -> Vec<u8> {
        BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()
    }

    /// Header, claims, and whether the signature is good.
    fn read(jwt: &str, algorithm: &'static dyn VerificationAlgorithm, public: &[u8]) -> (Value, Value, bool) {
        let (message, signature) = jwt.rsplit_once('.').unwrap();
        let (header, claims) = message.split_once('.').unwrap();
        let key = UnparsedPublicKey::new(algorithm, public);
        let is_good = key.verify(message.as_bytes(), &decode(signature)).is_ok();
        let json = |part| serde_json::from_slice(&decode(part)).unwrap();
        (json(header), json(claims), is_good)
    }

    #[test]
    fn each_kind_of_key_signs_what_the_service_asks_for() {
        let audience = "https://auth.pingone.eu/e-1/as/token".parse().unwrap();
        for (pem, algorithm, name) in [
            (RSA, &RSA_PKCS1_2048_8192_SHA256 as &'static dyn VerificationAlgorithm, "RS256"),
            (RSA_PKCS1, &RSA_PKCS1_2048_8192_SHA256, "RS256"),
            (P256, &ECDSA_P256_SHA256_FIXED, "ES256"),
            (P384, &ECDSA_P384_SHA384_FIXED, "ES384"),
        ] {
            let key = PrivateKey::from_pem(pem).unwrap().id("k-1");
            let public = match &*key.key {
                Key::Rsa(key) => key.public_key().as_ref().to_vec(),
                Key::P256(key) | Key::P384(key) => key.public_key().as_ref().to_vec(),
            };
            let jwt = with_key(&claims(&audience), &key).unwrap();
            let (header, claims, is_good) = read(&jwt, algorithm, &public);
            assert_eq!(header, json!({ "alg": name, "typ": "JWT", "kid": "k-1" }));
            assert_eq!(
                claims,
                json!({
                    "iss": "client", "sub": "client", "aud": "https://auth.pingone.eu/e-1/as/token",
                    "iat": 1_000, "exp": 1_300,
                })
            );
            assert!(is_good, "{name}");
        }
    }

    #[test]
    fn a_secret_signs_as_another_program_does() {
        let audience = "https://auth.pingone.eu/e-1/as/token".parse().unwrap();
        // Written by Python's `hmac`.
        let expected = concat!(
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
            ".eyJhdWQiOiJodHRwczovL2F1dGgucGluZ29uZS5ldS9lLTEvYXMvdG9rZW4iLCJleHAiOjEzMDAsImlhdCI6MTAwMCwiaXNzIjoiY2xpZW50Iiwic3ViIjoiY2xpZW50In0",
            ".g-lPA1ngFfPePFYP3JBMlxLPrmLYMCZv51yjtD1VNXk",
        );
        assert_eq!(with_secret(&claims(&audience), &Secret::from("the secret")), expected);
    }

    #[test]
    fn what_is_no_key_is_refused_with_what_to_do() {
        for (pem, problem) in [
            ("", "no private key"),
            ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no private key"),
            ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "cannot sign"),
            (SEC1, "openssl pkcs8"),
        ] {
            let error = PrivateKey::from_pem(pem).unwrap_err();
            assert!(error.to_string().contains(problem), "{error}");
        }
    }

    #[test]
    fn a_key_shows_nothing_but_its_kind() {
        assert_eq!(format!("{:?}", PrivateKey::from_pem(P256).unwrap()), "PrivateKey(ES256)");
    }
}
