//! What an authenticator says about a credential that it created, and its proof.

use ciborium::Value;

use crate::key::PublicKey;

/// An attestation object, taken apart.
pub(super) struct Attestation {
    format: String,
    statement: Vec<(Value, Value)>,
    pub(super) authenticator_data: Vec<u8>,
}

/// How a credential is attested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AttestationType {
    None,
    OwnKey,
}

impl AttestationType {
    /// As a device shows it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::OwnKey => "SELF",
        }
    }
}

impl Attestation {
    /// Rule: ATTESTATION_OBJECT_IS_WHOLE.
    pub(super) fn read(mut bytes: &[u8]) -> Result<Self, &'static str> {
        let object: Value = ciborium::from_reader(&mut bytes).map_err(|_| "The attestationObject is not CBOR.")?;
        if !bytes.is_empty() {
            return Err("The attestationObject has trailing data.");
        }
        let malformed = "The attestationObject is not a map of fmt, attStmt and authData.";
        let Value::Map(members) = object else { return Err(malformed) };
        let member = |name: &str| {
            let is_it = |(key, _): &(Value, Value)| key.as_text() == Some(name);
            members.iter().find(|member| is_it(member)).map(|(_, value)| value.clone())
        };
        match (member("fmt"), member("attStmt"), member("authData")) {
            (Some(Value::Text(format)), Some(Value::Map(statement)), Some(Value::Bytes(authenticator_data))) => {
                Ok(Self { format, statement, authenticator_data })
            }
            _ => Err(malformed),
        }
    }

    /// Whether the statement is what its format says, of a credential with this key.
    ///
    /// Rule: ATTESTATION_NONE_OR_SELF.
    pub(super) fn check(&self, key: &PublicKey, signed: &[u8]) -> Result<AttestationType, &'static str> {
        let member = |name: &str| {
            let found = self.statement.iter().find(|(key, _)| key.as_text() == Some(name));
            found.map(|(_, value)| value)
        };
        match self.format.as_str() {
            "none" if self.statement.is_empty() => Ok(AttestationType::None),
            "none" => Err("The attestation is none, and has a statement all the same."),
            "packed" if member("x5c").is_some() => {
                Err("The attestation is by a chain of certificates, which the emulator does not verify.")
            }
            "packed" => {
                let algorithm = member("alg").and_then(|value| i64::try_from(value.as_integer()?).ok());
                if algorithm != Some(key.cose_algorithm()) {
                    return Err("The attestation is of another algorithm than the key.");
                }
                let signature =
                    member("sig").and_then(Value::as_bytes).ok_or("The attestation lacks its signature.")?;
                match key.has_signed(signed, signature) {
                    true => Ok(AttestationType::OwnKey),
                    false => Err("The signature of the attestation is not that of the passkey."),
                }
            }
            "tpm" | "android-key" | "android-safetynet" | "fido-u2f" | "apple" | "compound" => {
                Err("The attestation is of a format that the emulator does not verify.")
            }
            _ => Err("The attestation is of a format that nobody knows."),
        }
    }
}
