use std::{
    fmt,
    sync::{Arc, LazyLock},
};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ring::{
    digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest},
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use serde_json::{Value, json};

/// The RS256 key for access tokens.
#[derive(Clone)]
pub(crate) struct SigningKey {
    pair: Arc<RsaKeyPair>,
    key_id: String,
    certificate: Option<Arc<CertificateDer<'static>>>,
}

/// Published, so fit only for tests.
static BUILT_IN: LazyLock<Option<SigningKey>> =
    LazyLock::new(|| SigningKey::from_pem(include_bytes!("../../../data/signing-key-for-tests-only.pem")).ok());

impl SigningKey {
    /// The default key. A test reads it, so it is never `None`.
    pub(crate) fn built_in() -> Option<Self> {
        BUILT_IN.clone()
    }

    /// Reads an RSA key of 2048 to 4096 bits, in PKCS#8 or PKCS#1; and its certificate, if one follows.
    pub(crate) fn from_pem(pem: &[u8]) -> Result<Self, &'static str> {
        let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| "is not a private key in PEM")?;
        let pair = match &key {
            PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()),
            PrivateKeyDer::Pkcs8(der) => RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()),
            _ => return Err("is not an RSA key"),
        };
        let pair = Arc::new(pair.map_err(|_| "is not an RSA key of 2048 to 4096 bits")?);
        let (n, e) = components(&pair);
        // The key's thumbprint (RFC 7638).
        let members = format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#);
        let key_id = URL_SAFE_NO_PAD.encode(digest(&SHA256, members.as_bytes()));
        let certificate = CertificateDer::pem_slice_iter(pem).next().transpose();
        let certificate = certificate.map_err(|_| "has a certificate that is not in PEM")?;
        if certificate.as_ref().is_some_and(|certificate| !has_key(certificate, &pair)) {
            return Err("has a certificate for another key");
        }
        Ok(Self { pair, key_id, certificate: certificate.map(Arc::new) })
    }

    /// The thumbprint of the certificate (RFC 7515, section 4.1.7).
    fn thumbprint(&self) -> Option<String> {
        let certificate = self.certificate.as_ref()?;
        Some(URL_SAFE_NO_PAD.encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, certificate)))
    }

    /// The public half, as a JWK.
    ///
    /// Rule: KEYS_HAVE_CERTIFICATES.
    pub(super) fn jwk(&self) -> Value {
        let (n, e) = components(&self.pair);
        let mut jwk = json!({ "kty": "RSA", "e": e, "kid": self.key_id, "use": "sig", "n": n });
        if let Some((certificate, thumbprint)) = self.certificate.as_ref().zip(self.thumbprint()) {
            jwk["x5t"] = thumbprint.into();
            // Unlike the rest of a JWK, in standard Base64.
            jwk["x5c"] = json!([STANDARD.encode(certificate.as_ref())]);
        }
        jwk
    }

    /// A JWT of these claims. `None` if the system has no randomness to blind the key with.
    pub(super) fn sign(&self, claims: &Value) -> Option<String> {
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let mut header = json!({ "alg": "RS256", "kid": self.key_id });
        if let Some(thumbprint) = self.thumbprint() {
            header["x5t"] = thumbprint.into();
        }
        let signed = format!("{}.{}", encode(&header), encode(claims));
        let mut signature = vec![0; self.pair.public().modulus_len()];
        self.pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).ok()?;
        Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// Whether the certificate is of this key. It has the key in the same form, DER.
fn has_key(certificate: &[u8], pair: &RsaKeyPair) -> bool {
    let key = pair.public().as_ref();
    certificate.windows(key.len()).any(|part| part == key)
}

/// Modulus and exponent, in Base64URL.
fn components(pair: &RsaKeyPair) -> (String, String) {
    let PublicKeyComponents { n, e } = PublicKeyComponents::<Vec<u8>>::from(pair.public());
    (URL_SAFE_NO_PAD.encode(n), URL_SAFE_NO_PAD.encode(e))
}

/// `Debug` shows the key's id only.
impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jwt::Jwt;

    #[test]
    fn the_built_in_key_signs_what_its_public_half_verifies() {
        let key = SigningKey::built_in().unwrap();
        let token = key.sign(&json!({ "iss": "me" })).unwrap();
        assert!(Jwt::read(&token).unwrap().is_signed_with_key(&key.jwk()));
        assert!(!format!("{key:?}").contains(&key.jwk()["n"].to_string()));
    }

    #[test]
    fn says_what_is_no_key() {
        for (pem, problem) in [
            (&b"no key"[..], "is not a private key in PEM"),
            (include_bytes!("../../../data/passkey-for-tests-only.pem"), "is not an RSA key of 2048 to 4096 bits"),
        ] {
            assert_eq!(SigningKey::from_pem(pem).err(), Some(problem));
        }
    }

    #[test]
    fn a_certificate_is_of_the_key_or_none() {
        let pem = include_str!("../../../data/signing-key-for-tests-only.pem");
        let (key, certificate) = pem.split_at(pem.find("-----BEGIN CERTIFICATE").unwrap());
        let alone = SigningKey::from_pem(key.as_bytes()).unwrap();
        assert_eq!((alone.jwk().get("x5c"), alone.jwk().get("x5t")), (None, None));
        let other = STANDARD.encode(include_bytes!("../../../tests/it/keys/rsa-for-tests-only.pk8"));
        let other = format!("-----BEGIN PRIVATE KEY-----\n{other}\n-----END PRIVATE KEY-----\n");
        let foreign = SigningKey::from_pem(format!("{other}{certificate}").as_bytes());
        assert_eq!(foreign.err(), Some("has a certificate for another key"));
        let broken = SigningKey::from_pem(format!("{key}-----BEGIN CERTIFICATE-----\n!").as_bytes());
        assert_eq!(broken.err(), Some("has a certificate that is not in PEM"));
    }
}
