use ring::{
    agreement::{self, EphemeralPrivateKey},
    rand::SystemRandom,
    signature::{
        self, EdDSAParameters, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey, VerificationAlgorithm,
    },
};

/// A public key, and the one algorithm that it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicKey {
    algorithm: Algorithm,
    material: Material,
}

/// How a passkey signs; the names are those of COSE and JOSE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    Es256,
    Es384,
    Rs256,
    Ps256,
    EdDsa,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Material {
    /// An uncompressed point, or the 32 bytes of Ed25519.
    Point(Vec<u8>),
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
    },
}

impl PublicKey {
    /// A key of ES256 or ES384, by its coordinates.
    pub(super) fn ec(algorithm: Algorithm, x: &[u8], y: &[u8]) -> Result<Self, &'static str> {
        Self::point(algorithm, &[&[4], x, y].concat())
    }

    /// A key of ES256 or ES384, by its uncompressed point.
    pub(super) fn point(algorithm: Algorithm, point: &[u8]) -> Result<Self, &'static str> {
        let curve = if algorithm == Algorithm::Es384 { &agreement::ECDH_P384 } else { &agreement::ECDH_P256 };
        // Key agreement checks that the point is on the curve.
        let peer = agreement::UnparsedPublicKey::new(curve, point);
        let is_point = EphemeralPrivateKey::generate(curve, &SystemRandom::new())
            .and_then(|own| agreement::agree_ephemeral(own, &peer, |_| ()));
        is_point.map_err(|_| "is not a point on its curve")?;
        Ok(Self { algorithm, material: Material::Point(point.to_vec()) })
    }

    pub(super) fn ed25519(key: &[u8]) -> Result<Self, &'static str> {
        match key.len() {
            32 => Ok(Self { algorithm: Algorithm::EdDsa, material: Material::Point(key.to_vec()) }),
            _ => Err("must have 32 bytes for Ed25519"),
        }
    }

    /// A key of RS256 or PS256.
    pub(super) fn rsa(algorithm: Algorithm, n: &[u8], e: &[u8]) -> Result<Self, &'static str> {
        let [n, e] = [n, e].map(|number| number.iter().copied().skip_while(|byte| *byte == 0).collect::<Vec<_>>());
        let is_odd = |number: &[u8]| number.last().is_some_and(|byte| byte & 1 == 1);
        let exponent = e.iter().try_fold(0_u64, |value, byte| value.checked_mul(256)?.checked_add(u64::from(*byte)));
        if !(256..=1024).contains(&n.len()) {
            return Err("must have 2048 to 8192 bits for RSA");
        }
        if !is_odd(&n) {
            return Err("is not an RSA key: its modulus is even");
        }
        if !exponent.is_some_and(|exponent| (3..1 << 33).contains(&exponent) && is_odd(&e)) {
            return Err("is not an RSA key: its exponent must be odd, from 3 to 2^33-1");
        }
        Ok(Self { algorithm, material: Material::Rsa { n, e } })
    }

    #[cfg(test)]
    pub(super) fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The number of its algorithm in COSE.
    pub(crate) fn cose_algorithm(&self) -> i64 {
        match self.algorithm {
            Algorithm::Es256 => -7,
            Algorithm::EdDsa => -8,
            Algorithm::Es384 => -35,
            Algorithm::Ps256 => -37,
            Algorithm::Rs256 => -257,
        }
    }

    /// Whether an authenticator has signed this with the private half.
    pub(crate) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match self.algorithm {
            Algorithm::Es256 => self.verifies(&signature::ECDSA_P256_SHA256_ASN1, message, signature),
            Algorithm::Es384 => self.verifies(&signature::ECDSA_P384_SHA384_ASN1, message, signature),
            Algorithm::EdDsa => self.verifies(&signature::ED25519 as &EdDSAParameters, message, signature),
            Algorithm::Rs256 => self.verifies_rsa(&signature::RSA_PKCS1_2048_8192_SHA256, message, signature),
            Algorithm::Ps256 => self.verifies_rsa(&signature::RSA_PSS_2048_8192_SHA256, message, signature),
        }
    }

    /// Whether a JWT of this `alg` was signed with the private half. An RSA key of RS256 is for RS384 and RS512 too.
    pub(crate) fn has_signed_jwt(&self, alg: &str, message: &[u8], signature: &[u8]) -> bool {
        let rsa = |parameters| self.algorithm == Algorithm::Rs256 && self.verifies_rsa(parameters, message, signature);
        match (alg, self.algorithm) {
            ("ES256", Algorithm::Es256) => self.verifies(&signature::ECDSA_P256_SHA256_FIXED, message, signature),
            ("ES384", Algorithm::Es384) => self.verifies(&signature::ECDSA_P384_SHA384_FIXED, message, signature),
            ("PS256", Algorithm::Ps256) | ("EdDSA", Algorithm::EdDsa) => self.has_signed(message, signature),
            ("RS256", _) => rsa(&signature::RSA_PKCS1_2048_8192_SHA256),
            ("RS384", _) => rsa(&signature::RSA_PKCS1_2048_8192_SHA384),
            ("RS512", _) => rsa(&signature::RSA_PKCS1_2048_8192_SHA512),
            _ => false,
        }
    }

    fn verifies(&self, algorithm: &'static dyn VerificationAlgorithm, message: &[u8], signature: &[u8]) -> bool {
        let Material::Point(point) = &self.material else { return false };
        UnparsedPublicKey::new(algorithm, point).verify(message, signature).is_ok()
    }

    fn verifies_rsa(&self, parameters: &RsaParameters, message: &[u8], signature: &[u8]) -> bool {
        let Material::Rsa { n, e } = &self.material else { return false };
        RsaPublicKeyComponents { n, e }.verify(parameters, message, signature).is_ok()
    }
}
