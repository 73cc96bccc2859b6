//! How an authentication begins and ends, and with which device.

use crate::rules::{Rule, page, table};

table! {
    INITIALIZE_IS_201 = Rule::seen(
        "initialize-is-201",
        "Initialize answers 201 with the address of the authentication, whatever its status.",
        "initialize::answers_201_with_the_address_of_the_authentication",
    );
    UNKNOWN_USER_IS_404 = Rule::assumed(
        "unknown-user-is-404",
        "An unknown user is answered as a resource that does not exist.",
        "initialize::names_what_is_wrong_with_the_body",
    )
    .or("It is a bad value of user.id: 400.");
    UNKNOWN_POLICY_IS_400 = Rule::assumed(
        "unknown-policy-is-400",
        "A policy that does not exist is a bad value of policy.id.",
        "initialize::names_what_is_wrong_with_the_body",
    )
    .or("It is a resource that does not exist: 404.");
    NO_USER_MEANS_PASSKEY = Rule::documented(
        "no-user-means-passkey",
        "Without a user, any passkey of the relying party may say who it is.",
        page::NO_USER,
        "passkey::user::says_who_the_user_is",
    )
    .or("A user is required: 400.");
    DEVICE_OF_SOMEBODY_ELSE = Rule::inferred(
        "device-of-somebody-else",
        "A device that the user does not have is a bad value.",
        "initialize::names_what_is_wrong_with_the_body",
    );
    FIRST_DEVICE_IS_DEFAULT = Rule::documented(
        "first-device-is-default",
        "The first of the user's devices is the default.",
        page::DEVICES,
        "initialize::answers_201_with_the_address_of_the_authentication",
    );
    DEVICE_SELECTION_OF_POLICY = Rule::documented(
        "device-selection-of-policy",
        "The policy says whether the default is taken, or the user chooses.",
        page::TERRAFORM_POLICY,
        "device_choice::the_policy_says_who_chooses",
    );
    NO_ORDER_NO_DEFAULT = Rule::documented(
        "no-order-no-default",
        "A user whose devices have no order has no default, and chooses.",
        page::ORDER,
        "device_choice::without_an_order_the_user_chooses",
    );
    NEXT_FIT_DEVICE_IS_DEFAULT = Rule::assumed(
        "next-fit-device-is-default",
        "If the default cannot be used, the next device that can be takes its place.",
        "device_choice::a_default_that_cannot_be_used_gives_way",
    )
    .or("The authentication fails with NO_USABLE_DEVICES.");
    UNUSABLE_DEVICES = Rule::assumed(
        "unusable-devices",
        "A device that is blocked, disabled or not active is a bad value.",
        "device_choice::what_cannot_be_used_cannot_be_chosen",
    );
    NO_USABLE_DEVICE_IS_400 = Rule::seen(
        "no-usable-device-is-400",
        "If no device can be used, the answer is 400 with NO_USABLE_DEVICES and the published text.",
        "initialize::a_user_without_devices_is_refused",
    )
    .or("It is an authentication that has failed: 201.");
    DEVICES_SHOW_THEIR_STATUS = Rule::documented(
        "devices-show-their-status",
        "A paired device shows status and usableStatus: ACTIVE and ENABLED, unless the data say otherwise.",
        page::CANCEL,
        "device_choice::a_device_is_active_and_enabled_unless_the_data_say_otherwise",
    );
    MEMBERS_IN_PUBLISHED_ORDER = Rule::documented(
        "members-in-published-order",
        "The members of an authentication and of its devices come in the published order.",
        page::CANCEL,
        "cancel::answers_as_the_documentation_shows",
    );
    BLOCKED_DEVICES_STAND_APART = Rule::assumed(
        "blocked-devices-stand-apart",
        "Blocked devices are in _embedded.blockedDevices, and not among the others.",
        "device_choice::blocked_devices_stand_apart",
    )
    .or("They are among the others.");
    LOCKED_ACCOUNT_IS_KEPT_OUT = Rule::documented(
        "locked-account-is-kept-out",
        "A user whose account is locked cannot authenticate, unless the policy says ignoreUserLock.",
        page::ACCOUNTS,
        "accounts::a_locked_account_is_kept_out",
    );
    LOCK_HALTS_AUTHENTICATIONS = Rule::assumed(
        "lock-halts-authentications",
        "While the account is locked, an authentication that was begun before cannot continue: ACCOUNT_NOT_USABLE.",
        "lockout::what_was_begun_before_is_halted",
    )
    .or("It can.");
    DISABLED_USER_IS_KEPT_OUT = Rule::inferred(
        "disabled-user-is-kept-out",
        "A user who is disabled cannot authenticate if the policy says blockDisabledUsers.",
        "accounts::a_disabled_user_is_kept_out_if_the_policy_says_so",
    );
    DISABLED_MFA_IS_KEPT_OUT = Rule::documented(
        "disabled-mfa-is-kept-out",
        "A user with MFA disabled cannot authenticate if the policy says blockUsersWithDisabledMfa.",
        page::POLICY,
        "accounts::a_user_with_mfa_disabled_is_kept_out_if_the_policy_says_so",
    );
    ACCOUNT_NOT_USABLE_IS_400 = Rule::assumed(
        "account-not-usable-is-400",
        "A user whose account keeps them out is refused with 400, REQUEST_FAILED and ACCOUNT_NOT_USABLE.",
        "accounts::a_locked_account_is_kept_out",
    )
    .or("It is an authentication that has failed: 201, and 200 for a remembered browser.");
    BYPASS_FLAGS = Rule::assumed(
        "bypass-flags",
        "bypassAllowed shows who may bypass MFA, and userBypassEnabled who may by bypassMFA; nothing else changes.",
        "accounts::a_bypass_is_shown",
    )
    .or("The authentication is COMPLETED at once.");
    ONE_TIME_IS_MASKED = Rule::seen(
        "one-time-is-masked",
        "A one-time device is shown without id and status, and with its address masked.",
        "one_time::is_shown_masked_and_without_an_id",
    );
    PHONE_FORMATS = Rule::documented(
        "phone-formats",
        "A phone number has its country code; separators between the digits are ignored.",
        page::VOICE,
        "one_time::a_number_may_be_written_as_people_do",
    );
    ONE_TIME_WHATSAPP = Rule::assumed(
        "one-time-whatsapp",
        "A one-time device may be of type WHATSAPP.",
        "one_time::each_type_has_its_address",
    )
    .or("It is a bad value: 400.");
    TEST_DEVICES = Rule::documented(
        "test-devices",
        "Nothing is sent to a test device: the answer has the code as test.otp.",
        page::TEST_DEVICE,
        "one_time::a_test_device_gets_its_code_in_the_answer",
    );
    TEST_CODE_IS_TEXT = Rule::assumed(
        "test-code-is-text",
        "test.otp is text.",
        "one_time::a_test_device_gets_its_code_in_the_answer",
    )
    .or("It is a number.");
    MOBILE_PAYLOAD = Rule::inferred(
        "mobile-payload",
        "The payload of an app that the user has paired completes the authentication; any other is a bad value.",
        "device_choice::an_app_can_be_the_factor_itself",
    );
    CHECK_REMEMBERED_IS_200 = Rule::documented(
        "check-remembered-is-200",
        "Check remembered device answers 200, COMPLETED or FAILED.",
        page::REMEMBERED,
        "remembered::a_browser_is_remembered_by_its_cookie",
    );
    BROWSER_IS_ACCESSING = Rule::documented(
        "browser-is-accessing",
        "A remembered browser is in _embedded.accessingDevices, and selectedDevice points there.",
        page::REMEMBERED,
        "remembered::a_browser_is_remembered_by_its_cookie",
    );
    REMEMBERED_SHOWS_DEVICES = Rule::documented(
        "remembered-shows-devices",
        "Beside the browser, check remembered device shows the user's MFA devices in _embedded.devices.",
        page::REMEMBERED,
        "remembered::the_devices_of_the_user_are_shown_as_well",
    );
    SESSION_OF_BROWSER = Rule::inferred(
        "session-of-browser",
        "A browser that was remembered with a session is recognised with that session only.",
        "remembered::a_session_has_to_be_the_same",
    );
    POLICY_MUST_REMEMBER = Rule::assumed(
        "policy-must-remember",
        "A policy that does not allow browsers to be remembered is a bad value.",
        "remembered::the_policy_must_allow_it",
    )
    .or("It is not looked at.");
    AUTHENTICATION_EXPIRES = Rule::assumed(
        "authentication-expires",
        "An authentication is over 15 minutes after it was begun.",
        "clock::an_authentication_is_over_after_15_minutes",
    )
    .or("It never is.");
    EXPIRED_IS_404 = Rule::assumed(
        "expired-is-404",
        "An authentication that is over does not exist any more.",
        "clock::an_authentication_is_over_after_15_minutes",
    )
    .or("It is answered with 410.");
    DELETE_ENDS_AUTHENTICATIONS = Rule::assumed(
        "delete-ends-authentications",
        "When a user is deleted, their authentications no longer exist, and their pushes are gone.",
        "user_delete::all_that_is_theirs_is_gone",
    )
    .or("They have FAILED with ACCOUNT_NOT_USABLE.");
}
