//! What the user has to prove.

use crate::rules::{Rule, page, table};

table! {
    CODE_LENGTH = Rule::seen(
        "code-length",
        "A code that is sent has 6 digits, unless the policy wants up to 10.",
        "one_time::a_code_has_the_length_of_the_policy",
    );
    CODE_EXPIRES = Rule::documented(
        "code-expires",
        "A code that was sent is valid for 30 minutes, unless the policy says otherwise; then it is a wrong one.",
        page::TERRAFORM_POLICY,
        "check_otp::a_code_expires",
    );
    WRONG_CODE_IS_400 = Rule::seen(
        "wrong-code-is-400",
        "A wrong code is an error with 400 and INVALID_OTP, and the authentication goes on.",
        "check_otp::wrong_codes_are_counted_and_the_third_ends_it",
    )
    .or("It is no error: the authentication has FAILED.");
    ATTEMPTS_REMAINING = Rule::seen(
        "attempts-remaining",
        "The error for a wrong code says how many tries are left.",
        "check_otp::wrong_codes_are_counted_and_the_third_ends_it",
    );
    LOCK_OUT_DEFAULTS = Rule::documented(
        "lock-out-defaults",
        "Three wrong codes lock an app or a token for 2 minutes, and no address, unless the policy says otherwise.",
        page::TERRAFORM_POLICY,
        "locks::each_type_has_its_default",
    );
    ONE_TIME_IS_NEVER_LOCKED = Rule::documented(
        "one-time-is-never-locked",
        "A one-time device is never locked, whatever the policy says.",
        page::TERRAFORM_POLICY,
        "locks::a_one_time_device_is_never_locked",
    );
    ATTEMPTS_LOCK_THE_DEVICE = Rule::documented(
        "attempts-lock-the-device",
        "Wrong codes and assertions lock the device for the cool-down of the policy.",
        page::UNLOCK_DEVICE,
        "locks::wrong_codes_lock_the_device_for_a_while",
    );
    ATTEMPTS_END_IT = Rule::assumed(
        "attempts-end-it",
        "The wrong code that locks the device ends the authentication.",
        "locks::wrong_codes_lock_the_device_for_a_while",
    )
    .or("The authentication goes on after the cool-down.");
    NO_COOL_DOWN_FAILS = Rule::assumed(
        "no-cool-down-fails",
        "With a cool-down of 0 the last wrong code fails the authentication, and the device stays usable.",
        "check_otp::wrong_codes_are_counted_and_the_third_ends_it",
    )
    .or("The authentication goes on, and the tries are counted anew.");
    LOCKED_IS_QUOTA_EXCEEDED = Rule::seen(
        "locked-is-quota-exceeded",
        "The wrong code that locks the device, and what follows, gets QUOTA_EXCEEDED with coolDownExpiresAt.",
        "locks::wrong_codes_lock_the_device_for_a_while",
    );
    QUOTA_IS_400 = Rule::seen(
        "quota-is-400",
        "QUOTA_EXCEEDED comes with 400.",
        "locks::wrong_codes_lock_the_device_for_a_while",
    )
    .or("It comes with 429.");
    LOCKED_DEVICE_SHOWS_COOL_DOWN = Rule::seen(
        "locked-device-shows-cool-down",
        "A locked device shows until when in coolDownExpiresAt.",
        "locks::wrong_codes_lock_the_device_for_a_while",
    );
    CODE_AFTER_TIME_OUT = Rule::seen(
        "code-after-time-out",
        "After a push has timed out, the code of the same app completes.",
        "totp::the_code_of_the_app_completes_after_a_time_out",
    )
    .or("It is refused.");
    TOTP_GRACE = Rule::seen(
        "totp-grace",
        "A generated code is valid for 5 windows of 30 seconds to each side, unless the policy says otherwise.",
        "totp::a_code_is_good_within_the_grace_period",
    );
    CODE_WORKS_ONCE = Rule::documented(
        "code-works-once",
        "A generated code works once.",
        page::RFC6238,
        "totp::a_code_works_once",
    )
    .or("It works as often as its time allows.");
    OPTIONS_ARE_TEXT = Rule::documented(
        "options-are-text",
        "publicKeyCredentialRequestOptions is JSON inside text, whose bytes are signed numbers.",
        page::ASSERTION,
        "initialize::a_passkey_gets_options_as_text_with_signed_bytes",
    );
    RELYING_PARTY = Rule::assumed(
        "relying-party",
        "The relying party is that of the request, else the device's, else the policy's.",
        "passkey::the_request_can_name_the_relying_party",
    );
    OWN_CHALLENGE = Rule::seen(
        "own-challenge",
        "The request can bring a challenge of at least 32 bytes.",
        "passkey::the_request_can_bring_the_challenge",
    );
    ASSERTION_IS_TEXT = Rule::documented(
        "assertion-is-text",
        "The assertion is JSON inside text.",
        page::ASSERTION,
        "passkey::what_is_no_assertion_is_400",
    );
    BASE64_OF_EITHER_KIND = Rule::assumed(
        "base64-of-either-kind",
        "The binary parts of an assertion or attestation may be Base64URL as well as Base64.",
        "passkey::binary_parts_may_be_either_base64",
    )
    .or("They have to be Base64.");
    CREDENTIAL_IS_NAMED_ALIKE = Rule::documented(
        "credential-is-named-alike",
        "An assertion is of type public-key; its id is its rawId as Base64URL without padding.",
        page::WEBAUTHN_TYPES,
        "passkey::a_credential_is_named_alike",
    );
    ORIGIN_OF_RELYING_PARTY = Rule::documented(
        "origin-of-relying-party",
        "The origin is an https address of the relying party or of a subdomain.",
        page::RELYING_PARTY_ID,
        "passkey::the_origin_has_to_be_of_the_relying_party",
    );
    ORIGIN_OF_ANDROID_APP = Rule::assumed(
        "origin-of-android-app",
        "Any Android app is taken whose origin is android:apk-key-hash: and a SHA-256 hash in Base64URL.",
        "passkey::an_android_app_is_known_by_the_hash_of_its_certificate",
    )
    .or("Only an https address is an origin.");
    CHALLENGE_MATCHES = Rule::documented(
        "challenge-matches",
        "The signed challenge is the one that was set.",
        page::WEBAUTHN,
        "passkey::a_wrong_challenge_is_refused",
    );
    ORIGIN_MATCHES = Rule::documented(
        "origin-matches",
        "The signed origin is the one in the request.",
        page::WEBAUTHN,
        "passkey::a_wrong_origin_is_refused",
    );
    RELYING_PARTY_MATCHES = Rule::documented(
        "relying-party-matches",
        "The signed hash is that of the relying party's id.",
        page::WEBAUTHN,
        "passkey::a_wrong_relying_party_is_refused",
    );
    USER_IS_PRESENT = Rule::documented(
        "user-is-present",
        "The flags say that a user was present, and verified if the policy demands it.",
        page::WEBAUTHN,
        "passkey::missing_flags_are_refused",
    );
    SIGNATURE_MATCHES = Rule::documented(
        "signature-matches",
        "The signature is by the key of the device: ES256, ES384, RS256, PS256 or EdDSA.",
        page::WEBAUTHN,
        "passkey::a_wrong_signature_is_refused",
    );
    AUTHENTICATOR_DATA_IS_WHOLE = Rule::documented(
        "authenticator-data-is-whole",
        "authenticatorData contains what its flags announce, and nothing else.",
        page::WEBAUTHN_DATA,
        "passkey::authenticator_data_is_what_its_flags_announce",
    );
    BACKUP_NEEDS_ELIGIBILITY = Rule::documented(
        "backup-needs-eligibility",
        "A passkey that is backed up is one that can be.",
        page::WEBAUTHN_3,
        "passkey::a_backup_needs_eligibility",
    );
    BACKUP_ELIGIBILITY_STAYS = Rule::documented(
        "backup-eligibility-stays",
        "Whether a passkey can be backed up does not change; whether it is backed up may, and is shown.",
        page::WEBAUTHN_3,
        "passkey::what_it_says_of_backups_is_remembered",
    );
    USER_HANDLE = Rule::documented(
        "user-handle",
        "A userHandle is that of the passkey's user; it has to be there if the request names no user.",
        page::WEBAUTHN,
        "passkey::user::the_user_handle_is_that_of_the_user",
    );
    USER_HANDLE_IS_USER_ID = Rule::assumed(
        "user-handle-is-user-id",
        "A passkey's userHandle is the user's id, unless the data say otherwise.",
        "passkey::user::the_user_handle_is_that_of_the_user",
    )
    .or("Unless the data say which, any will do.");
    COUNTER_IS_OF_CREDENTIAL = Rule::documented(
        "counter-is-of-credential",
        "A counter belongs to a credential, and ends with it.",
        page::WEBAUTHN,
        "passkey::key_data::the_counter_ends_with_its_credential",
    );
    COUNTER_GROWS = Rule::documented(
        "counter-grows",
        "A passkey's counter grows, unless it is always 0.",
        page::WEBAUTHN,
        "passkey::a_counter_that_does_not_grow_is_refused",
    )
    .or("It is not looked at.");
    WRONG_ASSERTION_FAILS = Rule::assumed(
        "wrong-assertion-fails",
        "A wrong assertion is no error: the authentication has FAILED.",
        "passkey::a_wrong_signature_is_refused",
    )
    .or("It is an error with 400, and the authentication goes on.");
    DESKTOP_ASSERTION = Rule::assumed(
        "desktop-assertion",
        "PingID Desktop answers with a JWT of the challenge and the origin, signed by the device's key.",
        "desktop::an_assertion_completes",
    );
    DESKTOP_KEEPS_OPTIONS = Rule::documented(
        "desktop-keeps-options",
        "After PingID Desktop has answered, its options are still shown, and aggregateFido2Devices is not.",
        page::DESKTOP,
        "desktop::an_assertion_completes",
    );
    AUTHENTICATORS_BY_METHOD = Rule::inferred(
        "authenticators-by-method",
        "authenticators has mfa, and what RFC 8176 calls the method where it has a name for it.",
        "check_otp::the_method_is_named",
    );
    FAILURE_CODES = Rule::assumed(
        "failure-codes",
        "The codes of failed authentications, other than NO_USABLE_DEVICES, are made up.",
        "push::a_denial_is_seen_by_read",
    );
}
