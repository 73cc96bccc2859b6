//! Keys as authenticators give them: COSE (RFC 9052, RFC 9053, RFC 8230).

use ciborium::Value;

use super::{Algorithm, PublicKey};

const KTY: i64 = 1;
const ALG: i64 = 3;

pub(super) fn read(mut bytes: &[u8]) -> Result<PublicKey, &'static str> {
    let key: Result<Value, _> = ciborium::from_reader(&mut bytes);
    match key {
        Ok(Value::Map(key)) if bytes.is_empty() => read_map(&key),
        _ => Err("is not a COSE key in CBOR"),
    }
}

fn read_map(key: &[(Value, Value)]) -> Result<PublicKey, &'static str> {
    let value = |label: i64| key.iter().find(|(known, _)| *known == Value::from(label)).map(|(_, value)| value);
    let number = |label: i64| i64::try_from(value(label)?.as_integer()?).ok();
    let part = |label: i64| {
        let bytes = value(label).and_then(Value::as_bytes);
        bytes.ok_or("is a COSE key that lacks a part, or has one of the wrong kind")
    };
    // The type, and the curve if there is one: the label that names it means something else for RSA.
    let (algorithm, kty, curve) = match number(ALG) {
        Some(-7) => (Algorithm::Es256, 2, Some(1)),
        Some(-35) => (Algorithm::Es384, 2, Some(2)),
        Some(-8) => (Algorithm::EdDsa, 1, Some(6)),
        Some(-257) => (Algorithm::Rs256, 3, None),
        Some(-37) => (Algorithm::Ps256, 3, None),
        _ => return Err("is a COSE key of an algorithm other than ES256, ES384, RS256, PS256 and EdDSA"),
    };
    if number(KTY) != Some(kty) || (curve.is_some() && number(-1) != curve) {
        return Err("is a COSE key whose type does not match its algorithm");
    }
    match algorithm {
        Algorithm::Es256 | Algorithm::Es384 => PublicKey::ec(algorithm, part(-2)?, part(-3)?),
        Algorithm::EdDsa => PublicKey::ed25519(part(-2)?),
        Algorithm::Rs256 | Algorithm::Ps256 => PublicKey::rsa(algorithm, part(-1)?, part(-2)?),
    }
}
