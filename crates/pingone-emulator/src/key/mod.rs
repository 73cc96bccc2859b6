//! Public keys: of passkeys, of PingID Desktop and of clients.

mod cose;
mod jwk;
mod public_key;
mod spki;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use rustls_pki_types::{SubjectPublicKeyInfoDer, pem::PemObject};
use serde_json::Value;

use self::public_key::Algorithm;
pub(crate) use self::public_key::PublicKey;

/// The first byte of a SEQUENCE in DER.
const SEQUENCE: u8 = 0x30;

/// Reads a key from a JWK, or from text: SPKI in PEM or Base64, or COSE in Base64 or Base64URL.
pub(crate) fn read(value: &Value) -> Result<PublicKey, &'static str> {
    let text = match value {
        Value::Object(jwk) => return jwk::read(jwk),
        Value::String(text) => text,
        _ => return Err("must be a JWK, or SPKI or COSE as text"),
    };
    if text.starts_with("-----BEGIN") {
        let der = SubjectPublicKeyInfoDer::from_pem_slice(text.as_bytes());
        return spki::read(&der.map_err(|_| "is not a PUBLIC KEY in PEM")?);
    }
    match bytes(text).ok_or("is neither PEM nor Base64")? {
        der if der.first() == Some(&SEQUENCE) => spki::read(&der),
        cbor => cose::read(&cbor),
    }
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).or_else(|_| URL_SAFE_NO_PAD.decode(text.trim_end_matches('='))).ok()
}

#[cfg(test)]
mod tests {
    use ring::{
        rand::SystemRandom,
        signature::{Ed25519KeyPair, KeyPair},
    };
    use serde_json::json;

    use super::*;

    const X: &str = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    const Y: &str = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";

    fn cose(parameters: Vec<(i64, ciborium::Value)>) -> Value {
        let map = parameters.into_iter().map(|(label, value)| (label.into(), value)).collect();
        let mut bytes = Vec::new();
        ciborium::into_writer(&ciborium::Value::Map(map), &mut bytes).unwrap();
        URL_SAFE_NO_PAD.encode(bytes).into()
    }

    fn coordinate(text: &str) -> ciborium::Value {
        URL_SAFE_NO_PAD.decode(text).unwrap().into()
    }

    /// SPKI of an elliptic curve is these bytes and the point.
    fn spki() -> Vec<u8> {
        let head = "3059301306072a8648ce3d020106082a8648ce3d030107034200";
        let head = (0..head.len()).step_by(2).map(|at| u8::from_str_radix(&head[at..at + 2], 16).unwrap());
        let point = [X, Y].map(|text| URL_SAFE_NO_PAD.decode(text).unwrap()).concat();
        head.chain([4]).chain(point).collect()
    }

    #[test]
    fn the_same_key_reads_the_same_in_each_form() {
        let expected = read(&json!({ "kty": "EC", "crv": "P-256", "x": X, "y": Y })).unwrap();
        assert_eq!(expected.algorithm(), Algorithm::Es256);
        let es256 = vec![(1, 2.into()), (3, (-7).into()), (-1, 1.into()), (-2, coordinate(X)), (-3, coordinate(Y))];
        let spki = STANDARD.encode(spki());
        let pem = format!("-----BEGIN PUBLIC KEY-----\n{spki}\n-----END PUBLIC KEY-----\n");
        for form in [cose(es256), spki.into(), pem.into()] {
            assert_eq!(read(&form), Ok(expected.clone()), "{form}");
        }
    }

    #[test]
    fn the_algorithm_is_that_of_the_key() {
        let (n, e) = (URL_SAFE_NO_PAD.encode([0xff; 256]), "AQAB");
        let rsa = |alg: Value| read(&json!({ "kty": "RSA", "n": n, "e": e, "alg": alg })).unwrap().algorithm();
        assert_eq!(rsa(Value::Null), Algorithm::Rs256);
        assert_eq!(rsa(json!("PS256")), Algorithm::Ps256);
        let bytes = |bytes: &[u8]| ciborium::Value::from(bytes.to_vec());
        let of_cose = |alg: i64| {
            let rsa = vec![(1, 3.into()), (3, alg.into()), (-1, bytes(&[0xff; 256])), (-2, bytes(&[1, 0, 1]))];
            read(&cose(rsa)).unwrap().algorithm()
        };
        assert_eq!((of_cose(-257), of_cose(-37)), (Algorithm::Rs256, Algorithm::Ps256));
        let pair = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let pair = Ed25519KeyPair::from_pkcs8(pair.as_ref()).unwrap();
        let x = URL_SAFE_NO_PAD.encode(pair.public_key());
        let jwk = read(&json!({ "kty": "OKP", "crv": "Ed25519", "x": x })).unwrap();
        assert_eq!(jwk.algorithm(), Algorithm::EdDsa);
        let okp = vec![(1, 1.into()), (3, (-8).into()), (-1, 6.into()), (-2, coordinate(&x))];
        assert_eq!(read(&cose(okp)), Ok(jwk));
    }

    #[test]
    fn says_what_is_wrong_with_a_key() {
        let ec = |x: &str, y: &str| json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y });
        let rsa = |n: &[u8], e: &str| json!({ "kty": "RSA", "n": URL_SAFE_NO_PAD.encode(n), "e": e });
        let tail = |mut spki: Vec<u8>| {
            spki.push(0);
            STANDARD.encode(spki).into()
        };
        for (key, problem) in [
            (json!(1), "must be a JWK, or SPKI or COSE as text"),
            (json!("no key!"), "is neither PEM nor Base64"),
            (json!("-----BEGIN CERTIFICATE-----"), "is not a PUBLIC KEY in PEM"),
            (json!("AAAA"), "is not a COSE key in CBOR"),
            (tail(spki()), "is not a SubjectPublicKeyInfo in DER"),
            (
                cose(vec![(1, 2.into())]),
                "is a COSE key of an algorithm other than ES256, ES384, RS256, PS256 and EdDSA",
            ),
            (cose(vec![(1, 3.into()), (3, (-7).into())]), "is a COSE key whose type does not match its algorithm"),
            (
                cose(vec![(1, 2.into()), (3, (-7).into()), (-1, 1.into()), (-2, coordinate(X)), (-3, true.into())]),
                "is a COSE key that lacks a part, or has one of the wrong kind",
            ),
            (json!({ "kty": "oct", "k": "AAAA" }), "is a JWK with a kty other than EC, RSA or OKP"),
            (
                json!({ "kty": "OKP", "crv": "X25519", "x": X }),
                "is a JWK with a crv other than P-256, P-384 or Ed25519",
            ),
            (json!({ "kty": "RSA", "alg": "HS256" }), "is a JWK whose alg does not match its kty and crv"),
            (
                json!({ "kty": "EC", "crv": "P-256", "x": X }),
                "is a JWK that lacks a part, or has one that is not Base64URL",
            ),
            (ec(Y, X), "is not a point on its curve"),
            (ec(X, "AAAA"), "is not a point on its curve"),
            (json!({ "kty": "OKP", "crv": "Ed25519", "x": "AAAA" }), "must have 32 bytes for Ed25519"),
            (rsa(&[0xff; 128], "AQAB"), "must have 2048 to 8192 bits for RSA"),
            (rsa(&[0xfe; 256], "AQAB"), "is not an RSA key: its modulus is even"),
            (rsa(&[0xff; 256], "AQ"), "is not an RSA key: its exponent must be odd, from 3 to 2^33-1"),
        ] {
            assert_eq!(read(&key).unwrap_err(), problem, "{key}");
        }
    }
}
