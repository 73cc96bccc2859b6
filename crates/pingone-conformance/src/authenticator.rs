//! A passkey, and a desktop application, in software. Each can be made to sign the wrong thing.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ring::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair,
    },
};
use serde_json::{Value, json};

use super::{
    reply::Reply,
    verdict::{Try, differs},
};

pub(super) const RP_ID: &str = "example.com";
pub(super) const ORIGIN: &str = "https://app.example.com";

const USER_PRESENT: u8 = 0x01;

pub(super) struct Authenticator {
    key: Vec<u8>,
    public_key: Vec<u8>,
    pub(super) counter: u32,
    pub(super) flags: u8,
    pub(super) rp_id: &'static str,
    pub(super) origin: &'static str,
    pub(super) is_url_safe: bool,
}

impl Authenticator {
    pub(super) fn new() -> Try<Self> {
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &SystemRandom::new());
        let key = key.map_err(|_| differs("randomness", "none"))?.as_ref().to_vec();
        let public_key = pair(&key, &ECDSA_P256_SHA256_ASN1_SIGNING)?.public_key().as_ref().to_vec();
        let flags = USER_PRESENT;
        Ok(Self { key, public_key, counter: 1, flags, rp_id: RP_ID, origin: ORIGIN, is_url_safe: false })
    }

    pub(super) fn credential_id(&self) -> String {
        URL_SAFE_NO_PAD.encode(digest(&SHA256, &self.public_key))
    }

    /// The public half of its key, as a JWK.
    pub(super) fn public_key(&self) -> Value {
        // An uncompressed point: a byte that says so, and two numbers.
        let coordinate = |start: usize| URL_SAFE_NO_PAD.encode(&self.public_key[start..start + 32]);
        json!({ "kty": "EC", "crv": "P-256", "x": coordinate(1), "y": coordinate(33) })
    }

    /// What a browser returns for a reply that awaits an assertion.
    pub(super) fn assertion(&self, reply: &Reply) -> Try<String> {
        let challenge = options(reply)?["challenge"].clone();
        let signed: Vec<i8> = serde_json::from_value(challenge).map_err(|error| differs("signed bytes", error))?;
        let bytes: Vec<u8> = signed.into_iter().map(|byte| byte.to_be_bytes()[0]).collect();
        self.sign_challenge(&bytes)
    }

    pub(super) fn sign_challenge(&self, challenge: &[u8]) -> Try<String> {
        let challenge = URL_SAFE_NO_PAD.encode(challenge);
        let client_data = json!({ "type": "webauthn.get", "challenge": challenge, "origin": self.origin }).to_string();
        let mut data = digest(&SHA256, self.rp_id.as_bytes()).as_ref().to_vec();
        data.push(self.flags);
        data.extend(self.counter.to_be_bytes());
        let message = [&data, digest(&SHA256, client_data.as_bytes()).as_ref()].concat();
        let signature = self.sign(&ECDSA_P256_SHA256_ASN1_SIGNING, &message)?;
        let encode = |bytes: &[u8]| match self.is_url_safe {
            true => URL_SAFE_NO_PAD.encode(bytes),
            false => STANDARD.encode(bytes),
        };
        let response = json!({
            "clientDataJSON": encode(client_data.as_bytes()),
            "authenticatorData": encode(&data),
            "signature": encode(&signature),
            "userHandle": null,
        });
        let id = self.credential_id();
        Ok(json!({ "id": id, "rawId": id, "type": "public-key", "response": response }).to_string())
    }

    /// A JWT by ES256 of these claims.
    pub(super) fn jwt(&self, claims: &Value) -> Try<String> {
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encode(&json!({ "alg": "ES256" })), encode(claims));
        let signature = self.sign(&ECDSA_P256_SHA256_FIXED_SIGNING, signed.as_bytes())?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    fn sign(&self, algorithm: &'static EcdsaSigningAlgorithm, message: &[u8]) -> Try<Vec<u8>> {
        let signature = pair(&self.key, algorithm)?.sign(&SystemRandom::new(), message);
        signature.map(|signature| signature.as_ref().to_vec()).map_err(|_| differs("a signature", "none"))
    }
}

fn pair(key: &[u8], algorithm: &'static EcdsaSigningAlgorithm) -> Try<EcdsaKeyPair> {
    EcdsaKeyPair::from_pkcs8(algorithm, key, &SystemRandom::new()).map_err(|error| differs("a key", error))
}

/// What a passkey is asked: JSON inside text.
pub(super) fn options(reply: &Reply) -> Try<Value> {
    let text = reply.text("/publicKeyCredentialRequestOptions");
    serde_json::from_str(text).map_err(|_| differs("publicKeyCredentialRequestOptions as JSON inside text", "none"))
}
