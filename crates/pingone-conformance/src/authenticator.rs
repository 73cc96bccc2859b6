use std::{error::Error, fmt};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ciborium::Value as Cbor;
use ring::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm,
        Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding, RsaKeyPair,
    },
};
use serde_json::{Value, json};

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const ATTESTED_CREDENTIAL: u8 = 0x40;

/// A passkey in software, and PingID Desktop: signs in tests, and can be made to sign the wrong thing.
///
/// Do not use it with real keys. Its fields determine its next answer; each can be set to something wrong.
///
/// ```
/// use pingone_conformance::Authenticator;
/// use serde_json::{Value, json};
///
/// let mut passkey = Authenticator::new()?;
/// // What a service stores about it.
/// assert_eq!(passkey.public_key()["crv"], "P-256");
///
/// // Its answer to a reply that asks for an assertion.
/// let options = json!({ "challenge": [1, 2, -3], "rpId": "example.com" }).to_string();
/// let assertion = passkey.assertion(&json!({ "publicKeyCredentialRequestOptions": options }))?;
/// assert_eq!(serde_json::from_str::<Value>(&assertion)?["id"], passkey.credential_id());
/// assert_eq!(passkey.counter, 2);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[non_exhaustive]
pub struct Authenticator {
    /// The counter of the next assertion. It grows by one with each.
    pub counter: u32,
    /// The flags of `authenticatorData`: at first, that a user was present and verified.
    pub flags: u8,
    /// What follows the counter in `authenticatorData`: at first, nothing.
    pub rest: Vec<u8>,
    /// The relying party whose hash is signed: at first, `example.com`.
    pub rp_id: String,
    /// The origin that is signed: at first, `https://app.example.com`.
    pub origin: String,
    /// The `type` in `clientDataJSON`: at first, `webauthn.get`.
    pub ceremony: String,
    /// The `type` in the `clientDataJSON` of a registration: at first, `webauthn.create`.
    pub creation: String,
    /// Whether a registration is attested by the key itself; if not, its attestation is `none`.
    pub is_self_attested: bool,
    /// The user handle that assertions name: at first, none. A registration sets it.
    pub user_handle: Option<Vec<u8>>,
    /// Whether the binary parts are Base64URL, and not Base64.
    pub is_url_safe: bool,
    key: Key,
}

enum Key {
    /// In PKCS#8, since a pair of ring signs in one format only.
    Es256(Vec<u8>),
    EdDsa(Box<Ed25519KeyPair>),
    Rs256(Box<RsaKeyPair>),
    Ps256(Box<RsaKeyPair>),
}

impl Authenticator {
    /// The relying party of a new one.
    pub const RP_ID: &'static str = "example.com";
    /// The origin of a new one.
    pub const ORIGIN: &'static str = "https://app.example.com";

    /// With a new key of ES256.
    ///
    /// # Errors
    ///
    /// When the system has no randomness.
    pub fn new() -> Result<Self, AuthenticatorError> {
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &SystemRandom::new());
        Ok(Self::of(Key::Es256(key.map_err(|_| NO_RANDOMNESS)?.as_ref().to_vec())))
    }

    /// With a new key of EdDSA.
    ///
    /// # Errors
    ///
    /// When the system has no randomness.
    pub fn ed25519() -> Result<Self, AuthenticatorError> {
        let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| NO_RANDOMNESS)?;
        Ok(Self::of(Key::EdDsa(Box::new(Ed25519KeyPair::from_pkcs8(key.as_ref()).map_err(|_| BAD_KEY)?))))
    }

    /// With this RSA key in PKCS#8, which signs with RS256.
    ///
    /// # Errors
    ///
    /// When it is not such a key of 2048 to 4096 bits.
    pub fn rs256(pkcs8: &[u8]) -> Result<Self, AuthenticatorError> {
        Ok(Self::of(Key::Rs256(rsa(pkcs8)?)))
    }

    /// With this RSA key in PKCS#8, which signs with PS256.
    ///
    /// # Errors
    ///
    /// As [`rs256`](Self::rs256).
    pub fn ps256(pkcs8: &[u8]) -> Result<Self, AuthenticatorError> {
        Ok(Self::of(Key::Ps256(rsa(pkcs8)?)))
    }

    fn of(key: Key) -> Self {
        Self {
            counter: 1,
            flags: USER_PRESENT | USER_VERIFIED,
            rest: Vec::new(),
            rp_id: Self::RP_ID.to_owned(),
            origin: Self::ORIGIN.to_owned(),
            ceremony: "webauthn.get".to_owned(),
            creation: "webauthn.create".to_owned(),
            is_self_attested: false,
            user_handle: None,
            is_url_safe: false,
            key,
        }
    }

    /// The id of its credential, as Base64URL.
    pub fn credential_id(&self) -> String {
        URL_SAFE_NO_PAD.encode(digest(&SHA256, self.public_key().to_string().as_bytes()))
    }

    /// The public half of its key, as a JWK.
    pub fn public_key(&self) -> Value {
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        match &self.key {
            Key::Es256(key) => {
                let point = pair(key, &ECDSA_P256_SHA256_ASN1_SIGNING).map(|pair| pair.public_key().as_ref().to_vec());
                // An uncompressed point: a byte that says so, and two numbers.
                let point = point.unwrap_or_default();
                let coordinate = |start: usize| encode(point.get(start..start + 32).unwrap_or_default());
                json!({ "kty": "EC", "crv": "P-256", "x": coordinate(1), "y": coordinate(33) })
            }
            Key::EdDsa(pair) => json!({ "kty": "OKP", "crv": "Ed25519", "x": encode(pair.public_key().as_ref()) }),
            Key::Rs256(pair) => rsa_jwk("RS256", pair),
            Key::Ps256(pair) => rsa_jwk("PS256", pair),
        }
    }

    /// What a browser returns for a reply that asks for an assertion.
    ///
    /// # Errors
    ///
    /// When the reply asks for none.
    pub fn assertion(&mut self, reply: &Value) -> Result<String, AuthenticatorError> {
        let challenge = options(reply).and_then(|options| signed_bytes(&options["challenge"]));
        self.sign_challenge(&challenge.ok_or(NO_CHALLENGE)?)
    }

    /// The same for a known challenge.
    ///
    /// # Errors
    ///
    /// When the system has no randomness.
    pub fn sign_challenge(&mut self, challenge: &[u8]) -> Result<String, AuthenticatorError> {
        let challenge = URL_SAFE_NO_PAD.encode(challenge);
        let client_data = json!({ "type": self.ceremony, "challenge": challenge, "origin": self.origin }).to_string();
        let hash = digest(&SHA256, self.rp_id.as_bytes());
        let data = [hash.as_ref(), &[self.flags], &self.counter.to_be_bytes(), &self.rest].concat();
        self.counter = self.counter.wrapping_add(1);
        let message = [&data, digest(&SHA256, client_data.as_bytes()).as_ref()].concat();
        let signature = self.sign(&ECDSA_P256_SHA256_ASN1_SIGNING, &message)?;
        let encode = |bytes: &[u8]| match self.is_url_safe {
            true => URL_SAFE_NO_PAD.encode(bytes),
            false => STANDARD.encode(bytes),
        };
        let id = self.credential_id();
        let response = json!({
            "clientDataJSON": encode(client_data.as_bytes()),
            "authenticatorData": encode(&data),
            "signature": encode(&signature),
            "userHandle": self.user_handle.as_deref().map(encode),
        });
        let raw_id = encode(digest(&SHA256, self.public_key().to_string().as_bytes()).as_ref());
        Ok(json!({ "id": id, "rawId": raw_id, "type": "public-key", "response": response }).to_string())
    }

    /// What a browser returns from `create` for a reply that asks for a passkey.
    ///
    /// # Errors
    ///
    /// When the reply asks for none.
    pub fn registration(&mut self, reply: &Value) -> Result<String, AuthenticatorError> {
        let options = creation_options(reply).ok_or(NO_CREATION)?;
        let challenge = signed_bytes(&options["challenge"]).ok_or(NO_CREATION)?;
        self.user_handle = signed_bytes(&options["user"]["id"]);
        self.register_challenge(&challenge)
    }

    /// The same for a known challenge.
    ///
    /// # Errors
    ///
    /// When the system has no randomness.
    pub fn register_challenge(&mut self, challenge: &[u8]) -> Result<String, AuthenticatorError> {
        let challenge = URL_SAFE_NO_PAD.encode(challenge);
        let client_data = json!({ "type": self.creation, "challenge": challenge, "origin": self.origin }).to_string();
        let id = digest(&SHA256, self.public_key().to_string().as_bytes());
        let hash = digest(&SHA256, self.rp_id.as_bytes());
        let (flags, length) = ([self.flags | ATTESTED_CREDENTIAL], (id.as_ref().len() as u16).to_be_bytes());
        let (counter, key) = (self.counter.to_be_bytes(), cbor(&cose(&self.public_key())));
        let parts = [hash.as_ref(), &flags, &counter, &[0; 16], &length, id.as_ref(), &key, &self.rest];
        let data = parts.concat();
        self.counter = self.counter.wrapping_add(1);
        let message = [&data, digest(&SHA256, client_data.as_bytes()).as_ref()].concat();
        let (format, statement) = match self.is_self_attested {
            false => ("none", Vec::new()),
            true => {
                let signature = self.sign(&ECDSA_P256_SHA256_ASN1_SIGNING, &message)?;
                ("packed", vec![("alg".into(), self.algorithm().into()), ("sig".into(), Cbor::Bytes(signature))])
            }
        };
        let object = Cbor::Map(vec![
            ("fmt".into(), format.into()),
            ("attStmt".into(), Cbor::Map(statement)),
            ("authData".into(), Cbor::Bytes(data)),
        ]);
        let encode = |bytes: &[u8]| match self.is_url_safe {
            true => URL_SAFE_NO_PAD.encode(bytes),
            false => STANDARD.encode(bytes),
        };
        let response = json!({
            "clientDataJSON": encode(client_data.as_bytes()),
            "attestationObject": encode(&cbor(&object)),
            "transports": ["internal"],
        });
        Ok(json!({
            "id": self.credential_id(),
            "rawId": encode(id.as_ref()),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "response": response,
            "clientExtensionResults": { "credProps": { "rk": true } },
        })
        .to_string())
    }

    /// What COSE calls its algorithm.
    fn algorithm(&self) -> i64 {
        match self.key {
            Key::Es256(_) => -7,
            Key::EdDsa(_) => -8,
            Key::Rs256(_) => -257,
            Key::Ps256(_) => -37,
        }
    }

    /// A JWT of these claims, as PingID Desktop signs them.
    ///
    /// # Errors
    ///
    /// When the system has no randomness.
    pub fn jwt(&self, claims: &Value) -> Result<String, AuthenticatorError> {
        let alg = match &self.key {
            Key::Es256(_) => "ES256",
            Key::EdDsa(_) => "EdDSA",
            Key::Rs256(_) => "RS256",
            Key::Ps256(_) => "PS256",
        };
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encode(&json!({ "alg": alg })), encode(claims));
        let signature = self.sign(&ECDSA_P256_SHA256_FIXED_SIGNING, signed.as_bytes())?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    fn sign(&self, format: &'static EcdsaSigningAlgorithm, message: &[u8]) -> Result<Vec<u8>, AuthenticatorError> {
        let random = SystemRandom::new();
        match &self.key {
            Key::Es256(key) => {
                let signature = pair(key, format)?.sign(&random, message).map_err(|_| NO_RANDOMNESS)?;
                Ok(signature.as_ref().to_vec())
            }
            Key::EdDsa(pair) => Ok(pair.sign(message).as_ref().to_vec()),
            Key::Rs256(pair) => sign_by_rsa(pair, &RSA_PKCS1_SHA256, message),
            Key::Ps256(pair) => sign_by_rsa(pair, &RSA_PSS_SHA256, message),
        }
    }
}

fn rsa(pkcs8: &[u8]) -> Result<Box<RsaKeyPair>, AuthenticatorError> {
    RsaKeyPair::from_pkcs8(pkcs8).map(Box::new).map_err(|_| BAD_KEY)
}

fn rsa_jwk(alg: &str, pair: &RsaKeyPair) -> Value {
    let PublicKeyComponents { n, e } = PublicKeyComponents::<Vec<u8>>::from(pair.public());
    json!({ "kty": "RSA", "alg": alg, "n": URL_SAFE_NO_PAD.encode(n), "e": URL_SAFE_NO_PAD.encode(e) })
}

fn sign_by_rsa(
    pair: &RsaKeyPair,
    encoding: &'static dyn RsaEncoding,
    message: &[u8],
) -> Result<Vec<u8>, AuthenticatorError> {
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(encoding, &SystemRandom::new(), message, &mut signature).map_err(|_| NO_RANDOMNESS)?;
    Ok(signature)
}

fn pair(key: &[u8], format: &'static EcdsaSigningAlgorithm) -> Result<EcdsaKeyPair, AuthenticatorError> {
    EcdsaKeyPair::from_pkcs8(format, key, &SystemRandom::new()).map_err(|_| BAD_KEY)
}

/// What a passkey is asked: JSON inside text.
pub(crate) fn options(reply: &Value) -> Option<Value> {
    serde_json::from_str(reply["publicKeyCredentialRequestOptions"].as_str()?).ok()
}

/// What a passkey is made for: JSON inside text.
pub(crate) fn creation_options(reply: &Value) -> Option<Value> {
    serde_json::from_str(reply["publicKeyCredentialCreationOptions"].as_str()?).ok()
}

/// Bytes as numbers from -128 to 127.
fn signed_bytes(value: &Value) -> Option<Vec<u8>> {
    let bytes: Vec<i8> = serde_json::from_value(value.clone()).ok()?;
    Some(bytes.into_iter().map(|byte| byte.to_be_bytes()[0]).collect())
}

/// A public key in COSE (RFC 9053, RFC 8230).
fn cose(jwk: &Value) -> Cbor {
    let part =
        |name: &str| Cbor::Bytes(URL_SAFE_NO_PAD.decode(jwk[name].as_str().unwrap_or_default()).unwrap_or_default());
    let members: Vec<(i64, Cbor)> = match (jwk["kty"].as_str(), jwk["alg"].as_str()) {
        (Some("EC"), _) => vec![(1, 2.into()), (3, (-7).into()), (-1, 1.into()), (-2, part("x")), (-3, part("y"))],
        (Some("OKP"), _) => vec![(1, 1.into()), (3, (-8).into()), (-1, 6.into()), (-2, part("x"))],
        (_, Some("PS256")) => vec![(1, 3.into()), (3, (-37).into()), (-1, part("n")), (-2, part("e"))],
        _ => vec![(1, 3.into()), (3, (-257).into()), (-1, part("n")), (-2, part("e"))],
    };
    Cbor::Map(members.into_iter().map(|(label, value)| (label.into(), value)).collect())
}

fn cbor(value: &Cbor) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    ciborium::into_writer(value, &mut bytes).map_or_else(|_| Vec::new(), |()| bytes)
}

/// `Debug` shows no key.
impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authenticator").field("rp_id", &self.rp_id).finish_non_exhaustive()
    }
}

const NO_RANDOMNESS: AuthenticatorError = AuthenticatorError("the system has no randomness to sign with");
const NO_CHALLENGE: AuthenticatorError =
    AuthenticatorError("the reply has no publicKeyCredentialRequestOptions with a challenge of signed bytes");
const NO_CREATION: AuthenticatorError =
    AuthenticatorError("the reply has no publicKeyCredentialCreationOptions with a challenge of signed bytes");
const BAD_KEY: AuthenticatorError =
    AuthenticatorError("the private key cannot be used; give PKCS#8 of 2048 to 4096 bits");

/// Nothing could be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthenticatorError(&'static str);

impl fmt::Display for AuthenticatorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Error for AuthenticatorError {}
