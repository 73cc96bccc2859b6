//! A browser and its passkey, which know nothing of PingOne.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use pingone_emulator::Device;
use ring::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};

pub(crate) const RP_ID: &str = "example.com";
const CREDENTIAL: &[u8] = b"credential";
pub(crate) const ORIGIN: &str = "https://login.example.com";

/// It takes the standard JSON and gives `credential.toJSON()`.
pub(crate) struct Browser(EcdsaKeyPair);

impl Browser {
    pub(crate) fn new() -> Self {
        let (algorithm, random) = (&ECDSA_P256_SHA256_ASN1_SIGNING, SystemRandom::new());
        let key = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        Self(EcdsaKeyPair::from_pkcs8(algorithm, key.as_ref(), &random).unwrap())
    }

    pub(crate) fn device(&self) -> Device {
        let point = self.0.public_key().as_ref();
        let part = |range: std::ops::Range<usize>| BASE64_URL_SAFE_NO_PAD.encode(&point[range]);
        let key = json!({ "kty": "EC", "crv": "P-256", "x": part(1..33), "y": part(33..65) });
        Device::new("passkey", "FIDO2")
            .member("rp", json!({ "id": RP_ID, "name": "Example" }))
            .member("credentialId", json!(BASE64_URL_SAFE_NO_PAD.encode(CREDENTIAL)))
            .hidden("publicKey", key)
    }

    /// `navigator.credentials.create`, and `toJSON()` of what comes. It has one credential, which it makes once.
    pub(crate) fn create(&self, options: &str) -> Result<String, &'static str> {
        let options: Value = serde_json::from_str(options).unwrap();
        assert_eq!(options["rp"]["id"], RP_ID);
        let excluded = options["excludeCredentials"].as_array().into_iter().flatten();
        if excluded.into_iter().any(|credential| credential["id"] == BASE64_URL_SAFE_NO_PAD.encode(CREDENTIAL)) {
            return Err("InvalidStateError");
        }
        assert!(options["pubKeyCredParams"].as_array().unwrap().iter().any(|offered| offered["alg"] == -7));
        let client_data =
            json!({ "type": "webauthn.create", "challenge": options["challenge"], "origin": ORIGIN }).to_string();
        let point = self.0.public_key().as_ref();
        // {1: 2, 3: -7, -1: 1, -2: x, -3: y}
        let key = [b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", &point[1..33], b"\x22\x58\x20", &point[33..]].concat();
        let length = u16::try_from(CREDENTIAL.len()).unwrap().to_be_bytes();
        // A user was present and verified, and data of a credential follow.
        let data =
            [digest(&SHA256, RP_ID.as_bytes()).as_ref(), &[0x45], &[0; 4 + 16], &length, CREDENTIAL, &key].concat();
        let length = u8::try_from(data.len()).unwrap();
        // {"fmt": "none", "attStmt": {}, "authData": data}
        let object = [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".as_slice(), &[length], &data].concat();
        let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let id = encode(CREDENTIAL);
        let credential = json!({
            "id": id, "rawId": id, "type": "public-key", "authenticatorAttachment": "platform",
            "clientExtensionResults": { "credProps": { "rk": true } },
            "response": {
                "clientDataJSON": encode(client_data.as_bytes()), "attestationObject": encode(&object),
                "authenticatorData": encode(&data), "transports": ["internal"], "publicKeyAlgorithm": -7,
            },
        });
        Ok(credential.to_string())
    }

    pub(crate) fn get(&self, options: &str, counter: u32) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        assert_eq!(options["rpId"], RP_ID);
        let credential = &options["allowCredentials"][0]["id"];
        assert_eq!(BASE64_URL_SAFE_NO_PAD.decode(credential.as_str().unwrap()).unwrap(), CREDENTIAL);
        let client_data =
            json!({ "type": "webauthn.get", "challenge": options["challenge"], "origin": ORIGIN }).to_string();
        // A user was present and verified.
        let data = [digest(&SHA256, RP_ID.as_bytes()).as_ref(), &[0x05], &counter.to_be_bytes()].concat();
        let signed = [&data, digest(&SHA256, client_data.as_bytes()).as_ref()].concat();
        let signature = self.0.sign(&SystemRandom::new(), &signed).unwrap();
        let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        json!({
            "id": credential, "rawId": credential, "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": encode(client_data.as_bytes()),
                "authenticatorData": encode(&data),
                "signature": encode(signature.as_ref()),
            },
        })
        .to_string()
    }
}
