//! Creating a device.

use crate::rules::{Rule, page, table};

table! {
    CREATE_IS_201 = Rule::documented(
        "create-is-201",
        "A device that is created is answered with 201 and its address, without lock and block.",
        page::CREATE_EMAIL_STEP,
        "user_device::create::answers_201_with_the_device",
    );
    DEVICE_HAS_AN_ADDRESS = Rule::documented(
        "device-has-an-address",
        "Each type of device has its own kind of address, and an address of another kind is a bad value.",
        page::CREATE_SMS,
        "user_device::create::each_type_has_its_address",
    );
    STATUS_BY_CALLER = Rule::documented(
        "status-by-caller",
        "A worker's device is ACTIVE unless it asks for ACTIVATION_REQUIRED; a user's own is never ACTIVE at once.",
        page::CREATE_WHATSAPP,
        "user_device::create::the_creator_decides_whether_it_is_active",
    );
    KEYS_ARE_ACTIVATED = Rule::inferred(
        "keys-are-activated",
        "A device whose secret is made when it is created is activated before it can be used.",
        "user_device::create::a_new_secret_has_to_be_confirmed",
    );
    POLICY_ALLOWS_PAIRING = Rule::assumed(
        "policy-allows-pairing",
        "A type that the policy does not enable, or whose pairing it disables, cannot be created.",
        "user_device::create::the_policy_says_what_can_be_paired",
    )
    .or("It can.");
    MAX_ALLOWED_DEVICES = Rule::documented(
        "max-allowed-devices",
        "More active devices than the settings allow are refused with LIMIT_EXCEEDED and the published text.",
        page::SETTINGS,
        "user_device::create::the_settings_limit_how_many_there_are",
    );
    MOST_PENDING_DEVICES = Rule::assumed(
        "most-pending-devices",
        "At most 50 devices of a user wait for their activation; one more is refused with LIMIT_EXCEEDED.",
        "user_device::create::fifty_can_wait",
    )
    .or("Any number can wait.");
    PENDING_DEVICE_EXPIRES = Rule::assumed(
        "pending-device-expires",
        "A device that is not activated within 24 hours disappears.",
        "user_device::create::what_is_not_activated_disappears",
    )
    .or("It stays.");
    TOTP_PAIRING_EXPIRES = Rule::documented(
        "totp-pairing-expires",
        "An authenticator app that is not activated within 30 minutes disappears.",
        page::CREATE_TOTP,
        "user_device::totp::has_to_be_activated_within_30_minutes",
    );
    KEY_URI = Rule::assumed(
        "key-uri",
        "An authenticator app gets its secret, and a key URI with the policy's uriParameters.",
        "user_device::totp::gets_a_secret_and_a_key_uri",
    );
    PHONES_ARE_PAIRED_BY_KEY = Rule::documented(
        "phones-are-paired-by-key",
        "A device of type MOBILE cannot be created.",
        page::DEVICES,
        "user_device::create::names_what_is_wrong_with_the_body",
    );
    OATH_TOKEN_IS_THE_ENVIRONMENTS = Rule::documented(
        "oath-token-is-the-environments",
        "A hardware token is paired by the serial number of one that the environment has, and that nobody has paired.",
        page::CREATE_OATH_TOKEN,
        "user_device::oath_token::is_one_of_the_environment",
    );
    PAIRING_CODE_IS_SENT = Rule::inferred(
        "pairing-code-is-sent",
        "A device that has to be activated is sent a code, of the policy's length and for the policy's time.",
        "user_device::activate::by_the_code_that_was_sent",
    );
    TEST_CODE_AT_ONCE = Rule::documented(
        "test-code-at-once",
        "A test device that has to be activated shows the code as test.otp when it is created.",
        page::TEST_DEVICE,
        "user_device::activate::a_test_device_shows_its_code_at_once",
    );
    ACTIVATE_IS_200 = Rule::documented(
        "activate-is-200",
        "A device that is activated is answered with 200 and status ACTIVE.",
        page::ACTIVATE,
        "user_device::activate::by_the_code_that_was_sent",
    );
    ACTIVATE_LINK = Rule::seen(
        "activate-link",
        "A device that has to be activated has the link device.activate, and no other has.",
        "user_device::activate::by_the_code_that_was_sent",
    );
    WRONG_PAIRING_CODES_COUNT = Rule::assumed(
        "wrong-pairing-codes-count",
        "Wrong codes are counted as in a log-in; then the code that was sent is void, and an app or token locked.",
        "user_device::activate::wrong_codes_are_counted",
    )
    .or("They are not counted.");
    ACTIVE_IS_NOT_ACTIVATED = Rule::assumed(
        "active-is-not-activated",
        "A device that is active is not activated again: 400, REQUEST_FAILED and CONSTRAINT_VIOLATION.",
        "user_device::activate::an_active_device_is_not_activated_again",
    )
    .or("It is answered with 200 and the device.");
    EXTRA_OTP_REQUIRED = Rule::documented(
        "extra-otp-required",
        "A token that has drifted is asked for its next code by EXTRA_OTP_REQUIRED, which then activates it.",
        page::ACTIVATE_OATH_TOKEN,
        "user_device::oath_token::one_that_has_drifted_gives_two_codes",
    );
    DRIFT_OF_100_WINDOWS = Rule::assumed(
        "drift-of-100-windows",
        "The code of a token that has drifted is recognised up to 100 windows or presses away; beyond, it is wrong.",
        "user_device::oath_token::one_that_has_drifted_too_far_is_wrong",
    )
    .or("It is not recognised: the code is a wrong one.");
    HOTP_LOOK_AHEAD = Rule::assumed(
        "hotp-look-ahead",
        "The button of a token that counts may have been pressed in vain, as often as a clock may be windows off.",
        "user_device::oath_token::one_that_counts_may_be_pressed_in_vain",
    );
    RESEND_SENDS_ANOTHER_CODE = Rule::inferred(
        "resend-sends-another-code",
        "Resend answers with the device and sends another code; the one before is void.",
        "user_device::activate::another_code_makes_the_first_one_void",
    );
    REMEMBERING_SETS_A_COOKIE = Rule::documented(
        "remembering-sets-a-cookie",
        "A browser is remembered by the cookie that comes with the answer.",
        page::REMEMBER,
        "user_device::remembered::a_browser_that_is_remembered_skips_the_second_factor",
    );
    REMEMBERING_NEEDS_POLICY = Rule::assumed(
        "remembering-needs-policy",
        "A policy that does not allow browsers to be remembered is a bad value when one is.",
        "user_device::remembered::the_policy_must_allow_it",
    )
    .or("It is not looked at.");
    REMEMBERED_FOR_LIFE_TIME = Rule::documented(
        "remembered-for-life-time",
        "A browser is remembered for the policy's lifeTime.",
        page::REMEMBER_POLICY,
        "user_device::remembered::for_the_time_of_the_policy",
    );
}
