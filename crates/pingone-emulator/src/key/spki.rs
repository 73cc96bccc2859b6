//! Keys as `getPublicKey()` of a browser and most tools give them: SubjectPublicKeyInfo (RFC 5280).

use der::{Decode, Reader, SliceReader, asn1::UintRef};
use spki::{ObjectIdentifier, SubjectPublicKeyInfoRef};

use super::{Algorithm, PublicKey};

const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

pub(super) fn read(der: &[u8]) -> Result<PublicKey, &'static str> {
    let no_spki = "is not a SubjectPublicKeyInfo in DER";
    let info = SubjectPublicKeyInfoRef::try_from(der).map_err(|_| no_spki)?;
    let key = info.subject_public_key.as_bytes().ok_or(no_spki)?;
    match (info.algorithm.oid, info.algorithm.parameters_oid().ok()) {
        (EC, Some(P256)) => PublicKey::point(Algorithm::Es256, key),
        (EC, Some(P384)) => PublicKey::point(Algorithm::Es384, key),
        (RSA, _) => rsa(Algorithm::Rs256, key),
        (RSA_PSS, _) => rsa(Algorithm::Ps256, key),
        (ED25519, _) => PublicKey::ed25519(key),
        _ => Err("is a key of an algorithm other than ES256, ES384, RS256, PS256 and EdDSA"),
    }
}

/// A modulus and an exponent (RFC 8017).
fn rsa(algorithm: Algorithm, der: &[u8]) -> Result<PublicKey, &'static str> {
    let (n, e) = numbers(der).map_err(|_| "is not an RSA key in DER")?;
    PublicKey::rsa(algorithm, n.as_bytes(), e.as_bytes())
}

fn numbers(der: &[u8]) -> der::Result<(UintRef<'_>, UintRef<'_>)> {
    let mut reader = SliceReader::new(der)?;
    let numbers =
        reader.sequence(|inside| -> der::Result<_> { Ok((UintRef::decode(inside)?, UintRef::decode(inside)?)) })?;
    reader.finish()?;
    Ok(numbers)
}
