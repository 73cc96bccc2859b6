//! JSON Web Keys (RFC 7517, RFC 7518, RFC 8037).

use base64::{
    Engine,
    engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD},
};
use serde_json::{Map, Value};

use super::{Algorithm, PublicKey};

pub(super) fn read(jwk: &Map<String, Value>) -> Result<PublicKey, &'static str> {
    let text = |name: &str| jwk.get(name).and_then(Value::as_str);
    let part = |name: &str| {
        let text = text(name)?;
        URL_SAFE_NO_PAD.decode(text).or_else(|_| URL_SAFE.decode(text)).ok()
    };
    let part = |name: &str| part(name).ok_or("is a JWK that lacks a part, or has one that is not Base64URL");
    let algorithm = algorithm(text("kty"), text("crv"), text("alg"))?;
    match algorithm {
        Algorithm::Es256 | Algorithm::Es384 => PublicKey::ec(algorithm, &part("x")?, &part("y")?),
        Algorithm::EdDsa => PublicKey::ed25519(&part("x")?),
        Algorithm::Rs256 | Algorithm::Ps256 => PublicKey::rsa(algorithm, &part("n")?, &part("e")?),
    }
}

fn algorithm(kty: Option<&str>, crv: Option<&str>, alg: Option<&str>) -> Result<Algorithm, &'static str> {
    let (algorithm, names): (_, &[&str]) = match (kty, crv) {
        (Some("EC"), Some("P-256")) => (Algorithm::Es256, &["ES256"]),
        (Some("EC"), Some("P-384")) => (Algorithm::Es384, &["ES384"]),
        (Some("OKP"), Some("Ed25519")) => (Algorithm::EdDsa, &["EdDSA", "Ed25519"]),
        (Some("RSA"), _) if alg == Some("PS256") => (Algorithm::Ps256, &["PS256"]),
        (Some("RSA"), _) => (Algorithm::Rs256, &["RS256", "RS384", "RS512"]),
        (Some("EC" | "OKP"), _) => return Err("is a JWK with a crv other than P-256, P-384 or Ed25519"),
        _ => return Err("is a JWK with a kty other than EC, RSA or OKP"),
    };
    match alg {
        Some(alg) if !names.contains(&alg) => Err("is a JWK whose alg does not match its kty and crv"),
        _ => Ok(algorithm),
    }
}
