//! The rules of users.

use crate::rules::{Rule, page, table};

table! {
    USER_IS_SHOWN_AS_PUBLISHED = Rule::documented(
        "user-is-shown-as-published",
        "A user is shown with the links and members of the published reply, these in the order of their names.",
        page::USER_CREATE_STEP,
        "user::is_read_as_published",
    );
    DEFAULT_POPULATION = Rule::documented(
        "default-population",
        "A user who is in no other population is in the default one.",
        page::USER_CREATE,
        "user::is_read_as_published",
    );
    DELETE_TAKES_DEVICES_ALONG = Rule::inferred(
        "delete-takes-devices-along",
        "Delete answers 204; the devices of the user, pending ones too, their pairing keys and their codes go as well.",
        "user_delete::all_that_is_theirs_is_gone",
    );
    LOCK_ENDS_BY_ITSELF = Rule::documented(
        "lock-ends-by-itself",
        "A lock with unlockAt ends then by itself.",
        page::ACCOUNTS,
        "accounts::a_locked_account_is_kept_out",
    );
    ACCOUNT_TELLS_THE_LOCK = Rule::documented(
        "account-tells-the-lock",
        "account has canAuthenticate and status; lockedAt, unlockAt and secondsUntilUnlock only while it is locked.",
        page::ACCOUNTS,
        "user_lock::the_account_tells_the_lock",
    );
    USERNAME_IS_UNIQUE = Rule::documented(
        "username-is-unique",
        "A username is unique in the environment, across populations and whatever the case of its letters.",
        page::USER_CREATE,
        "user::a_username_is_unique",
    );
    TAKEN_NAMES_WHOSE = Rule::assumed(
        "taken-names-whose",
        "The error for a taken username has the id of its user, as existingId.",
        "user::a_username_is_unique",
    )
    .or("It does not say whose it is.");
    UNKNOWN_ATTRIBUTES_ARE_IGNORED = Rule::documented(
        "unknown-attributes-are-ignored",
        "An attribute that the schema does not know is ignored; its name is taken as it is, with its case.",
        page::USERS,
        "user::unknown_attributes_are_ignored",
    );
    TEXTS_HAVE_A_LENGTH = Rule::seen(
        "texts-have-a-length",
        "A username has 128 characters at most, a part of a name 256, a phone number 32.",
        "user::texts_have_a_length",
    );
    CREATE_USER_IS_201 = Rule::documented(
        "create-user-is-201",
        "Create and import answer 201 with the user and their address.",
        page::USER_CREATE_STEP,
        "user::is_created_as_published",
    );
    USERNAME_IS_REQUIRED = Rule::documented(
        "username-is-required",
        "A user needs a username.",
        page::USER_IMPORT,
        "user::names_what_is_wrong_with_the_body",
    );
    EMAIL_IS_OPTIONAL = Rule::assumed(
        "email-is-optional",
        "A user needs no email.",
        "user::names_what_is_wrong_with_the_body",
    )
    .or("Without one it is a required value that is missing: 400.");
    NO_DEFAULT_POPULATION = Rule::inferred(
        "no-default-population",
        "Where no population is the default, a user who names none is refused: 400, REQUIRED_VALUE, population.",
        "user::needs_a_population",
    );
    UNKNOWN_POPULATION_IS_400 = Rule::assumed(
        "unknown-population-is-400",
        "A population that does not exist is a bad value of population.id.",
        "user::needs_a_population",
    )
    .or("It is a resource that does not exist: 404.");
    MFA_IS_OFF_AT_FIRST = Rule::documented(
        "mfa-is-off-at-first",
        "MFA is disabled for a new user, unless the body of create or import enables it, or the settings do.",
        page::MFA_ENABLED_READ,
        "user::mfa_is_off_at_first",
    );
    MFA_OF_NEW_USERS = Rule::documented(
        "mfa-of-new-users",
        "users.mfaEnabled of the MFA settings enables MFA for a new user whose body does not say.",
        page::SETTINGS_UPDATE,
        "user::the_settings_can_enable_mfa",
    );
    IMPORT_TAKES_A_PASSWORD = Rule::documented(
        "import-takes-a-password",
        "Import takes password, and emailVerified; the password is never shown.",
        page::USER_IMPORT,
        "user::is_imported_with_a_password",
    );
    READ_ONLY_IS_IGNORED = Rule::assumed(
        "read-only-is-ignored",
        "What an operation cannot write is ignored: id, account, or population and mfaEnabled of PUT.",
        "user::what_is_not_to_be_written_is_ignored",
    )
    .lenient("It is a bad value: 400.");
    PUT_CLEARS_WHAT_IS_LEFT_OUT = Rule::documented(
        "put-clears-what-is-left-out",
        "PUT clears the attributes that it leaves out.",
        page::REQUESTS,
        "user::is_replaced_and_changed",
    );
    PATCH_CHANGES_WHAT_IS_GIVEN = Rule::documented(
        "patch-changes-what-is-given",
        "PATCH changes the attributes that it gives, and clears those that it gives as null.",
        page::REQUESTS,
        "user::is_replaced_and_changed",
    );
    PATCH_KEEPS_OTHER_PARTS = Rule::assumed(
        "patch-keeps-other-parts",
        "PATCH of a part, such as name.given, keeps the other parts.",
        "user::is_replaced_and_changed",
    )
    .or("It replaces all of them.");
    LOCK_NEEDS_A_TIME_TO_COME = Rule::documented(
        "lock-needs-a-time-to-come",
        "A lock without unlockAt, or with one in the past, answers 200 and locks nothing.",
        page::ACCOUNT_LOCK,
        "user_lock::is_locked_and_unlocked",
    );
    UNLOCK_RESETS_FAILURES = Rule::documented(
        "unlock-resets-failures",
        "Unlock ends the lock; if there was one, the count of the user's failures is reset.",
        page::ACCOUNT_UNLOCK,
        "lockout::unlock_forgets_failures_if_the_account_was_locked",
    );
    UNLOCK_RESETS_DEVICES = Rule::assumed(
        "unlock-resets-devices",
        "Unlocking a locked account also resets each device's count of failures, but ends no device's lock.",
        "user_lock::unlock_forgets_failures_of_the_devices",
    )
    .or("The devices keep their counts.");
    FAILURES_LOCK_THE_ACCOUNT = Rule::documented(
        "failures-lock-the-account",
        "lockout.failureCount wrong codes and denied pushes lock the account for lockout.durationSeconds.",
        page::SETTINGS_BEFORE,
        "lockout::wrong_codes_and_denied_pushes_lock_the_account_for_a_while",
    );
    FAILURES_OF_LOG_INS = Rule::assumed(
        "failures-of-log-ins",
        "Only log-ins count: a wrong code that was to activate a device does not; nor does a push that is ignored.",
        "lockout::codes_that_are_to_activate_a_device_do_not_count",
    );
    FAILURE_COUNT_LOCKS = Rule::assumed(
        "failure-count-locks",
        "The account is locked by the failure that reaches lockout.failureCount.",
        "lockout::the_count_can_have_to_be_exceeded",
    )
    .or("It is locked by the next one.");
    NO_LOCK_OUT_BY_DEFAULT = Rule::assumed(
        "no-lock-out-by-default",
        "Without lockout in the MFA settings, failures lock no account.",
        "lockout::without_the_setting_no_account_is_locked",
    );
    LOCK_OUT_WITHOUT_DURATION = Rule::assumed(
        "lock-out-without-duration",
        "Without lockout.durationSeconds the account stays locked until it is unlocked.",
        "lockout::without_a_duration_it_does_not_end_by_itself",
    );
    ASSERTION_IS_A_FAILURE = Rule::assumed(
        "assertion-is-a-failure",
        "A wrong assertion counts towards the lock of the account, as a wrong code does.",
        "lockout::wrong_assertions_count",
    )
    .or("It does not count.");
    SUCCESS_FORGETS_FAILURES = Rule::assumed(
        "success-forgets-failures",
        "A user who authenticates resets the count of their failures; a remembered browser does not.",
        "lockout::a_success_makes_good_for_failures",
    )
    .or("Only a lock or an unlock resets it.");
    PAGE_OF_200 = Rule::documented(
        "page-of-200",
        "A page has 200 users at most, whatever the limit.",
        page::PAGING,
        "user_list::a_page_has_200_users_at_most",
    );
    FILTERABLE_ATTRIBUTES = Rule::documented(
        "filterable-attributes",
        "Users can be filtered by the documented attributes, by id, and by custom attributes.",
        page::SCIM_FILTER,
        "user_list::every_documented_attribute_can_be_asked_for",
    );
    EXPAND_POPULATION = Rule::inferred(
        "expand-population",
        "expand=population adds the population below _embedded.",
        "user::can_be_read_with_the_population",
    );
}
