//! A passkey in software, and a desktop application: what signs, and can be made to sign the wrong thing.

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

pub(crate) const RP_ID: &str = "example.com";
pub(crate) const ORIGIN: &str = "https://app.example.com";

pub(crate) struct Authenticator {
    key: Vec<u8>,
    pub(crate) counter: u32,
    pub(crate) flags: u8,
    pub(crate) rp_id: String,
    pub(crate) origin: String,
    pub(crate) url_safe: bool,
    pub(crate) ceremony: &'static str,
}

impl Authenticator {
    pub(crate) fn new() -> Self {
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &SystemRandom::new()).unwrap();
        Self {
            key: key.as_ref().to_vec(),
            counter: 1,
            // A user was present and verified.
            flags: 0x05,
            rp_id: RP_ID.to_owned(),
            origin: ORIGIN.to_owned(),
            url_safe: false,
            ceremony: "webauthn.get",
        }
    }

    /// The id of its credential.
    pub(crate) fn credential_id(&self) -> String {
        URL_SAFE_NO_PAD.encode(digest(&SHA256, &self.key))
    }

    /// The public half of its key.
    pub(crate) fn public_key(&self) -> Value {
        let pair = self.pair(&ECDSA_P256_SHA256_ASN1_SIGNING);
        let point = pair.public_key().as_ref();
        let coordinate = |range: std::ops::Range<usize>| URL_SAFE_NO_PAD.encode(&point[range]);
        json!({ "kty": "EC", "crv": "P-256", "x": coordinate(1..33), "y": coordinate(33..65) })
    }

    /// What a browser returns for the reply of an authentication that awaits an assertion.
    pub(crate) fn assertion(&mut self, reply: &Value) -> String {
        let options = reply["publicKeyCredentialRequestOptions"].as_str().unwrap();
        let options: Value = serde_json::from_str(options).unwrap();
        let challenge: Vec<u8> = serde_json::from_value::<Vec<i8>>(options["challenge"].clone())
            .unwrap()
            .into_iter()
            .map(|byte| byte.to_be_bytes()[0])
            .collect();
        self.sign_challenge(&challenge)
    }

    pub(crate) fn sign_challenge(&mut self, challenge: &[u8]) -> String {
        let client_data = json!({
            "type": self.ceremony,
            "challenge": URL_SAFE_NO_PAD.encode(challenge),
            "origin": self.origin,
        })
        .to_string();
        let mut data = digest(&SHA256, self.rp_id.as_bytes()).as_ref().to_vec();
        data.push(self.flags);
        data.extend(self.counter.to_be_bytes());
        self.counter += 1;
        let signed = [&data, digest(&SHA256, client_data.as_bytes()).as_ref()].concat();
        let signature = self.sign(&ECDSA_P256_SHA256_ASN1_SIGNING, &signed);
        let encode = |bytes: &[u8]| if self.url_safe { URL_SAFE_NO_PAD.encode(bytes) } else { STANDARD.encode(bytes) };
        json!({
            "id": self.credential_id(),
            "rawId": self.credential_id(),
            "type": "public-key",
            "response": {
                "clientDataJSON": encode(client_data.as_bytes()),
                "authenticatorData": encode(&data),
                "signature": encode(&signature),
                "userHandle": null,
            },
        })
        .to_string()
    }

    /// A JWT by ES256 of these claims.
    pub(crate) fn jwt(&self, claims: &Value) -> String {
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encode(&json!({ "alg": "ES256" })), encode(claims));
        let signature = self.sign(&ECDSA_P256_SHA256_FIXED_SIGNING, signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn sign(&self, algorithm: &'static EcdsaSigningAlgorithm, message: &[u8]) -> Vec<u8> {
        self.pair(algorithm).sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec()
    }

    fn pair(&self, algorithm: &'static EcdsaSigningAlgorithm) -> EcdsaKeyPair {
        EcdsaKeyPair::from_pkcs8(algorithm, &self.key, &SystemRandom::new()).unwrap()
    }
}
