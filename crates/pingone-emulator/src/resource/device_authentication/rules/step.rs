//! What an authentication can continue with.

use crate::rules::{Rule, page, table};

table! {
    DEVICE_TYPE_CHOOSES_STEP = Rule::documented(
        "device-type-chooses-step",
        "A device's type decides what is awaited: the answer to a push, a code or an assertion.",
        page::INDEX,
        "initialize::each_device_type_has_its_step",
    );
    POLICY_ENABLES_TYPE = Rule::assumed(
        "policy-enables-type",
        "A device whose type the policy does not enable cannot be used.",
        "policy::a_type_that_is_not_enabled_cannot_be_used",
    )
    .or("It can.");
    POLICY_OF_APPLICATION = Rule::documented(
        "policy-of-application",
        "What the policy says of an application holds for the phones that have it: pushes, codes, times and limits.",
        page::TERRAFORM_POLICY,
        "policy::an_application_has_settings_of_its_own",
    );
    PHONE_WITHOUT_PUSH = Rule::assumed(
        "phone-without-push",
        "A phone that gets no pushes is used by the codes of its app, if it has any.",
        "totp::a_phone_without_push_makes_codes",
    );
    WRONG_STATUS = Rule::assumed(
        "wrong-status",
        "An operation that the status does not allow is refused with 400, REQUEST_FAILED and CONSTRAINT_VIOLATION.",
        "cancel::is_refused_where_no_push_is_pending",
    );
    SELECT_DEVICE_WHILE_OPEN = Rule::seen(
        "select-device-while-open",
        "A device can be selected while one has to be chosen, and while a code is awaited.",
        "select_device::is_possible_until_a_push_is_pending_or_all_is_over",
    );
    SELECT_AFTER_CHALLENGE = Rule::assumed(
        "select-after-challenge",
        "A device can be selected while an assertion is awaited.",
        "select_device::is_possible_until_a_push_is_pending_or_all_is_over",
    )
    .or("It is refused.");
    SELECT_AFTER_TIME_OUT = Rule::seen(
        "select-after-time-out",
        "A device can be selected after a push has timed out.",
        "select_device::is_possible_until_a_push_is_pending_or_all_is_over",
    )
    .or("It is refused.");
    CANCEL_BEFORE_SELECT = Rule::assumed(
        "cancel-before-select",
        "A pending push has to be cancelled before another device is selected.",
        "select_device::is_possible_until_a_push_is_pending_or_all_is_over",
    )
    .or("The selection cancels the push.");
    NEW_CODE_ON_RESELECT = Rule::seen(
        "new-code-on-reselect",
        "Selecting the same device again sends a new code and voids the old one.",
        "select_device::the_same_device_again_gets_another_code_and_the_old_one_is_void",
    )
    .or("The code that was sent stays good, and no other is sent.");
    CANCEL_KEEPS_SELECTED_DEVICE = Rule::documented(
        "cancel-keeps-selected-device",
        "After cancel, selectedDevice still names the abandoned device.",
        page::CANCEL,
        "cancel::answers_as_the_documentation_shows",
    );
    CANCEL_STANDS_IN_PUSH_FAILS = Rule::inferred(
        "cancel-stands-in-push-fails",
        "Cancel adds its time to the pushFails of the abandoned device.",
        "cancel::adds_its_time_to_the_push_fails_of_the_device",
    );
    CANCELLED_PUSH_COUNTS = Rule::assumed(
        "cancelled-push-counts",
        "A cancelled push counts towards the policy's pushLimit, as one that is ignored does.",
        "locks::cancelled_pushes_lock_the_phone",
    )
    .or("It does not count.");
    CANCEL_FOR_ANY_REASON = Rule::assumed(
        "cancel-for-any-reason",
        "Cancel accepts any text as reason.",
        "leniency::what_is_not_documented_is_accepted_with_a_warning",
    )
    .lenient("It accepts CHANGE_DEVICE only.");
    ANY_COMPATIBILITY = Rule::assumed(
        "any-compatibility",
        "Any text is accepted as compatibility.",
        "leniency::what_is_not_documented_is_accepted_with_a_warning",
    )
    .lenient("It has to be FULL, SECURITY_KEY_ONLY or NONE: 400.");
    CANCEL_NEEDS_PENDING_PUSH = Rule::assumed(
        "cancel-needs-pending-push",
        "Cancel is refused where no push is pending.",
        "cancel::is_refused_where_no_push_is_pending",
    )
    .or("It leads back to the choice of a device from every status but the last ones.");
    LATE_ANSWER_HAS_NO_EFFECT = Rule::assumed(
        "late-answer-has-no-effect",
        "The user's answer to a push that was cancelled has no effect.",
        "cancel::withdraws_the_push",
    );
    PUSH_TIMES_OUT = Rule::documented(
        "push-times-out",
        "A push that is not answered within the policy's time times out.",
        page::INDEX,
        "push::times_out",
    );
    DENIED_PUSH_FAILS = Rule::assumed(
        "denied-push-fails",
        "A denied push has no status of its own: the authentication is FAILED.",
        "push::a_denial_is_seen_by_read",
    )
    .or("It counts as timed out.");
    PUSH_LIMIT = Rule::documented(
        "push-limit",
        "Pushes that are ignored or denied in a row lock the phone for a time.",
        page::TERRAFORM_POLICY,
        "locks::pushes_without_approval_lock_the_phone",
    );
    NUMBER_MATCHING = Rule::seen(
        "number-matching",
        "If the policy wants it, the user picks the number that the answer shows; the wrong one denies.",
        "push::a_number_has_to_match",
    );
    MATCHING_NUMBER_IS_NUMBER = Rule::assumed(
        "matching-number-is-number",
        "numberMatching.number is a number.",
        "push::a_number_has_to_match",
    )
    .or("It is text.");
}
