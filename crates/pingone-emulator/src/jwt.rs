//! Signed JSON Web Tokens (RFC 7515, RFC 7517, RFC 7518), as far as the service meets them.

use base64::{
    Engine,
    engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD},
};
use ring::hmac;
use serde_json::{Map, Value, json};

use crate::key::{self, PublicKey};

/// The key for what the emulator signs for itself.
const OWN_KEY: &[u8] = b"a key of the emulator, known to all";

/// A token whose signature is not checked yet.
pub(crate) struct Jwt<'a> {
    algorithm: String,
    key_id: Option<String>,
    claims: Map<String, Value>,
    signed: &'a str,
    signature: Vec<u8>,
}

impl<'a> Jwt<'a> {
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header: Value = serde_json::from_slice(&decode(header)?).ok()?;
        Some(Self {
            algorithm: header["alg"].as_str()?.to_owned(),
            key_id: header["kid"].as_str().map(str::to_owned),
            claims: serde_json::from_slice(&decode(claims)?).ok()?,
            signed,
            signature: decode(signature)?,
        })
    }

    pub(crate) fn claim(&self, name: &str) -> &Value {
        self.claims.get(name).unwrap_or(&Value::Null)
    }

    /// Whether it was signed with this secret, by HS256, HS384 or HS512.
    pub(crate) fn is_signed_with_secret(&self, secret: &str) -> bool {
        let algorithm = match self.algorithm.as_str() {
            "HS256" => hmac::HMAC_SHA256,
            "HS384" => hmac::HMAC_SHA384,
            "HS512" => hmac::HMAC_SHA512,
            _ => return false,
        };
        let key = hmac::Key::new(algorithm, secret.as_bytes());
        hmac::verify(&key, self.signed.as_bytes(), &self.signature).is_ok()
    }

    /// Whether it was signed with the private half of this key, whose JWK may give it an id.
    pub(crate) fn is_signed_with_key(&self, key: &Value) -> bool {
        let is_other = |id: &str| key["kid"].as_str().is_some_and(|known| known != id);
        if self.key_id.as_deref().is_some_and(is_other) {
            return false;
        }
        let has_signed = |key: PublicKey| key.has_signed_jwt(&self.algorithm, self.signed.as_bytes(), &self.signature);
        key::read(key).is_ok_and(has_signed)
    }
}

/// Signs claims with the emulator's own key.
pub(crate) fn sign(claims: &Value) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encode(&json!({ "alg": "HS256", "typ": "JWT" })), encode(claims));
    let signature = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, OWN_KEY), signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).or_else(|_| URL_SAFE.decode(text)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_signed_reads_back_and_what_was_changed_does_not() {
        let token = sign(&json!({ "iss": "me" }));
        let own_key = std::str::from_utf8(OWN_KEY).unwrap();
        let read = Jwt::read(&token).unwrap();
        assert_eq!((read.claim("iss"), read.claim("aud")), (&json!("me"), &Value::Null));
        assert!(read.is_signed_with_secret(own_key) && !read.is_signed_with_secret("another"));

        let (signed, signature) = token.rsplit_once('.').unwrap();
        let header = signed.split_once('.').unwrap().0;
        let other = format!("{header}.{}.{signature}", URL_SAFE_NO_PAD.encode(r#"{"iss":"you"}"#));
        assert!(!Jwt::read(&other).unwrap().is_signed_with_secret(own_key));
    }

    #[test]
    fn an_unsigned_token_is_signed_with_nothing() {
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
        let token = format!("{header}.{}.", URL_SAFE_NO_PAD.encode("{}"));
        let read = Jwt::read(&token).unwrap();
        assert!(!read.is_signed_with_secret("") && !read.is_signed_with_key(&json!({})));
    }

    #[test]
    fn what_is_no_token_is_not_read() {
        for text in ["", ".", "..", "a.b.c", "e30.e30", "e30.e30.", "e30.W10.e30", "\u{1f600}.e30.e30"] {
            assert!(Jwt::read(text).is_none(), "{text}");
        }
    }
}
