//! What stands for the documentation's placeholders, such as `{userID}` in a path and `{{userID}}` in a body.

/// The environment of every request.
pub const ENVIRONMENT: &str = "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6";
pub(crate) const AUTHENTICATION: &str = "004fd27a-c7e7-4e63-8644-0563e43dcd02";
pub(crate) const CODE: &str = "39743070-2f4c-4b26-a4ab-12287d0187dc";
pub(crate) const USER: &str = "8f8a6354-6153-4430-964e-e10d4e5deed3";
pub(crate) const POLICY: &str = "6ad97c12-cfa6-0f90-1332-0274be07e414";
pub(crate) const DEVICE: &str = "daba8c2b-5f01-42fa-91a5-ee91e58b0b26";
pub(crate) const SECOND_DEVICE: &str = "3c325a86-283d-4fdf-bfda-239900d1ce8d";
pub(crate) const THIRD_DEVICE: &str = "259e5a50-46bb-4696-883b-ea14bb36bdf9";
pub(crate) const PAIRING_KEY: &str = "8b22c502-a607-4b3c-8dad-d9ef2397f19a";
pub(crate) const APPLICATION: &str = "7d8797b7-a097-46a9-841f-88f531d1d99b";
pub(crate) const POPULATION: &str = "fe09831e-bbf7-46f1-92e4-aafe10df56fd";

pub(crate) const SESSION: &str = "1b2c3d4e-0000-4000-8000-000000000000";
pub(crate) const RELYING_PARTY: &str = "app.example.com";
pub(crate) const SIGNALS: &str = "output of the Signals SDK";
pub(crate) const PASSWORD: &str = "2FederateM0re!";
pub(crate) const TIMESTAMP: &str = "1774283879";
pub(crate) const IMAGE: &str = "https://example.com/user.png";
pub(crate) const JWT: &str = "eyJhbGciOiJSUzI1NiJ9.e30.c2ln";
/// What the browser gives, and what the page of the reference makes of it.
pub(crate) const CREDENTIAL: &str = r#"{"id":"-_8","rawId":"-_8","type":"public-key","response":{"clientDataJSON":"eyJ0eXBlIjoid2ViYXV0aG4uZ2V0Iiwib3JpZ2luIjoiaHR0cHM6Ly9hcHAucGluZ29uZS5jb20ifQ","authenticatorData":"_w","signature":"MA","userHandle":"dQ"}}"#;
pub(crate) const ASSERTION: &str = r#"{"id":"-_8","rawId":"+/8=","type":"public-key","response":{"clientDataJSON":"eyJ0eXBlIjoid2ViYXV0aG4uZ2V0Iiwib3JpZ2luIjoiaHR0cHM6Ly9hcHAucGluZ29uZS5jb20ifQ==","authenticatorData":"/w==","signature":"MA==","userHandle":"dQ=="}}"#;

/// The same of a new passkey.
pub(crate) const NEW_CREDENTIAL: &str = r#"{"id":"-_8","rawId":"-_8","type":"public-key","authenticatorAttachment":"platform","response":{"clientDataJSON":"eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwib3JpZ2luIjoiaHR0cHM6Ly9hcHAucGluZ29uZS5jb20ifQ","attestationObject":"_w","authenticatorData":"_w","publicKey":"_w","publicKeyAlgorithm":-7,"transports":["internal"]},"clientExtensionResults":{}}"#;
pub(crate) const ATTESTATION: &str = r#"{"id":"-_8","type":"public-key","rawId":"+/8=","response":{"clientDataJSON":"eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwib3JpZ2luIjoiaHR0cHM6Ly9hcHAucGluZ29uZS5jb20ifQ==","attestationObject":"/w=="},"clientExtensionResults":{}}"#;

/// Ids, which are secret nowhere.
const IDS: &[(&str, &str)] = &[
    ("envID", ENVIRONMENT),
    ("deviceAuthID", AUTHENTICATION),
    ("authCodeID", CODE),
    ("userID", USER),
    ("mfaPolicyID", POLICY),
    ("deviceAuthenticationPolicyID", POLICY),
    ("deviceID", DEVICE),
    ("deviceID_2", SECOND_DEVICE),
    ("deviceID_3", THIRD_DEVICE),
    ("pairingKeyID", PAIRING_KEY),
    ("appID", APPLICATION),
    ("populationID", POPULATION),
];

/// Other texts: each row says of its own whether they are secret.
const TEXTS: &[(&str, &str)] = &[
    ("sessionID", SESSION),
    ("rpID", RELYING_PARTY),
    ("signalsSdkOutput", SIGNALS),
    ("assertionValue", JWT),
    ("assertionFromBrowser", ASSERTION),
    ("clear text or accepted hash", PASSWORD),
    ("$timestamp", TIMESTAMP),
    ("imageUrl", IMAGE),
    ("userImage", IMAGE),
    ("attestationJwt", JWT),
    ("attestationFromBrowser", ATTESTATION),
];

/// Whether this text is one of the ids that stand for placeholders.
#[must_use]
pub fn is_id(text: &str) -> bool {
    IDS.iter().any(|(_, id)| *id == text)
}

pub(crate) fn fill(text: &str) -> String {
    let filled = IDS.iter().chain(TEXTS).fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{{{name}}}}}"), value).replace(&format!("{{{name}}}"), value)
    });
    let is_left = filled.contains("{{") || filled.contains("/{");
    assert!(!is_left, "{text} has a placeholder without a value: add it to crates/pingone-fixtures/src/values.rs");
    filled
}
