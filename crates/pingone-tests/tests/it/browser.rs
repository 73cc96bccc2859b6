//! A browser and its passkey, which know nothing of PingOne.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use pingone_emulator::Device;
use ring::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};

const RP_ID: &str = "example.com";
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
            .member("credentialId", json!(BASE64_URL_SAFE_NO_PAD.encode(b"credential")))
            .hidden("publicKey", key)
    }

    pub(crate) fn get(&self, options: &str, counter: u32) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        assert_eq!(options["rpId"], RP_ID);
        let credential = &options["allowCredentials"][0]["id"];
        assert_eq!(BASE64_URL_SAFE_NO_PAD.decode(credential.as_str().unwrap()).unwrap(), b"credential");
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
