//! The rules of pairing keys.

use crate::rules::{Rule, page, table};

table! {
    PAIRING_KEY_IS_201 = Rule::documented(
        "pairing-key-is-201",
        "A pairing key is created UNCLAIMED, and answered with 201, its code and when it expires.",
        page::PAIRING_KEY_CREATE,
        "pairing_key::answers_201_with_a_code",
    );
    UNKNOWN_APPLICATION_IS_400 = Rule::assumed(
        "unknown-application-is-400",
        "An application that no policy names and no phone has is a bad value in applications.",
        "pairing_key::is_for_applications_that_there_are",
    )
    .or("It is taken as it is.");
    PAIRING_KEY_FORMAT = Rule::documented(
        "pairing-key-format",
        "A code is text: 12 digits, or 16 letters and digits if the settings say so.",
        page::TERRAFORM_SETTINGS,
        "pairing_key::the_settings_say_how_long_a_code_is",
    );
    PAIRING_KEY_LIFETIME = Rule::documented(
        "pairing-key-lifetime",
        "A key is valid for 10 minutes, or for the shortest pairingKeyLifetime of its applications.",
        page::PAIRING_KEY_CREATE,
        "pairing_key::is_valid_for_the_shortest_time",
    );
    MOST_PAIRING_KEYS = Rule::documented(
        "most-pairing-keys",
        "A user has 20 valid keys at most; one more is refused.",
        page::PAIRING_KEYS,
        "pairing_key::there_are_twenty_at_most",
    );
    EXPIRED_PAIRING_KEY_IS_404 = Rule::assumed(
        "expired-pairing-key-is-404",
        "A key that nobody has claimed in time does not exist any more.",
        "pairing_key::is_valid_for_the_shortest_time",
    )
    .or("It is shown, UNCLAIMED.");
    UNKNOWN_PAIRING_KEY_IS_404 = Rule::inferred(
        "unknown-pairing-key-is-404",
        "A key that the user does not have is not found.",
        "pairing_key::what_is_not_there_is_not_found",
    );
    CLAIMED_KEY_MAKES_A_PHONE = Rule::documented(
        "claimed-key-makes-a-phone",
        "An app that claims a key makes its phone a device of the user; the key is CLAIMED, and good once.",
        page::PAIRING_KEYS,
        "pairing_key::a_phone_that_claims_it_gets_pushes",
    );
    FAILED_PAIRING_KEY = Rule::documented(
        "failed-pairing-key",
        "A key that a phone could not be paired by is FAILED, and has an error with code and message.",
        page::PAIRING_KEYS,
        "pairing_key::fails_where_no_phone_can_be_paired",
    );
    DELETE_PAIRING_KEY_IS_204 = Rule::inferred(
        "delete-pairing-key-is-204",
        "A key that is deleted is answered with 204, and cannot be claimed.",
        "pairing_key::what_is_deleted_cannot_be_claimed",
    );
}
