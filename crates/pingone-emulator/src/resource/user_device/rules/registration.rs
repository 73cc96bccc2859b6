//! Creating a device that holds a key.

use crate::rules::{Rule, page, table};

table! {
    RELYING_PARTY_IS_GIVEN = Rule::documented(
        "relying-party-is-given",
        "A passkey is created for a relying party with a name, whose id is a domain in lower case.",
        page::CREATE_FIDO2,
        "user_device::passkey::names_what_is_wrong_with_the_body",
    );
    CREATION_OPTIONS_ARE_TEXT = Rule::seen(
        "creation-options-are-text",
        "publicKeyCredentialCreationOptions is JSON inside text, with signed bytes and algorithms that are text.",
        "user_device::passkey::gets_options_as_text_with_signed_bytes",
    );
    EXCLUDE_CREDENTIALS = Rule::inferred(
        "exclude-credentials",
        "The options exclude the passkeys that the user has with the relying party.",
        "user_device::passkey::those_of_the_user_are_excluded",
    );
    ATTESTATION_IS_TEXT = Rule::documented(
        "attestation-is-text",
        "The attestation is JSON inside text, and the origin is beside it.",
        page::ACTIVATE_FIDO2,
        "user_device::passkey::what_is_no_attestation_is_400",
    );
    ATTESTATION_OBJECT_IS_WHOLE = Rule::documented(
        "attestation-object-is-whole",
        "The attestationObject is a CBOR map of fmt, attStmt and authData, and nothing follows it.",
        page::WEBAUTHN_ATTESTATION,
        "user_device::passkey::what_is_no_attestation_object_is_400",
    );
    REGISTRATION_MATCHES = Rule::documented(
        "registration-matches",
        "A passkey is made by webauthn.create, for the challenge, the origin and the relying party that were asked for.",
        page::WEBAUTHN_REGISTRATION,
        "user_device::passkey::what_was_made_for_something_else_is_refused",
    );
    REGISTERED_CREDENTIAL_IS_NAMED_ALIKE = Rule::documented(
        "registered-credential-is-named-alike",
        "The id of a passkey that is registered is that which its authenticator has signed.",
        page::WEBAUTHN_REGISTRATION,
        "user_device::passkey::another_id_is_refused",
    );
    CREDENTIAL_IS_NEW = Rule::documented(
        "credential-is-new",
        "A passkey is registered once: another time is a UNIQUENESS_VIOLATION.",
        page::WEBAUTHN_REGISTRATION,
        "user_device::passkey::is_registered_once",
    );
    ALGORITHM_WAS_OFFERED = Rule::documented(
        "algorithm-was-offered",
        "The key of a passkey is of an algorithm that the options offer: ES256, PS256 or RS256.",
        page::WEBAUTHN_REGISTRATION,
        "user_device::passkey::the_algorithm_was_offered",
    );
    ATTESTATION_NONE_OR_SELF = Rule::assumed(
        "attestation-none-or-self",
        "A passkey is attested by nothing or by its own key; certificates and other formats are refused with a reason.",
        "user_device::passkey::is_attested_by_nothing_or_by_its_own_key",
    );
    REGISTRATION_VERIFIES_USER = Rule::documented(
        "registration-verifies-user",
        "A passkey is made with its user present, and verified if the FIDO2 policy requires it.",
        page::FIDO2_POLICY,
        "user_device::passkey::the_policy_says_what_is_asked",
    );
    BACKUP_OF_POLICY = Rule::documented(
        "backup-of-policy",
        "A passkey that can be backed up is refused if the FIDO2 policy does not allow it.",
        page::FIDO2_POLICY,
        "user_device::passkey::the_policy_says_what_is_asked",
    );
    REGISTERED_PASSKEY_IS_SHOWN = Rule::seen(
        "registered-passkey-is-shown",
        "A passkey shows credentialId, attributes, backup, attestation and the display name of the policy.",
        "user_device::passkey::registers_and_logs_in",
    );
    DESKTOP_IS_ACTIVATED = Rule::documented(
        "desktop-is-activated",
        "PingID Desktop is created with ACTIVATION_REQUIRED, and gets its options as a signed JWT.",
        page::CREATE_DESKTOP,
        "user_device::desktop::is_paired_and_logs_in",
    );
    DESKTOP_ATTESTATION = Rule::assumed(
        "desktop-attestation",
        "PingID Desktop attests by a JWT of the challenge and its key in cnf.jwk, signed by that key.",
        "user_device::desktop::is_paired_and_logs_in",
    );
}
