//! The rules of a user's bypass of MFA.

use crate::rules::{Rule, page, table};

table! {
    BYPASS_HAS_ONE_DATE_FORM = Rule::documented(
        "bypass-has-one-date-form",
        "bypassMFAEnabledUntil has milliseconds and ends in Z; every other form is a bad value.",
        page::BYPASS,
        "bypass_mfa::takes_one_form_of_date",
    );
    NO_BYPASS_NO_MEMBERS = Rule::documented(
        "no-bypass-no-members",
        "For a user without bypass the answer is 200 without bypassMFAEnabledUntil and canBypassMFA.",
        page::BYPASS_STATUS,
        "bypass_mfa::is_set_told_and_over",
    );
    PAST_BYPASS_IS_NONE = Rule::assumed(
        "past-bypass-is-none",
        "A bypass that has expired is none.",
        "bypass_mfa::is_set_told_and_over",
    )
    .or("It is told with canBypassMFA false.");
    PAST_DATE_ENDS_BYPASS = Rule::inferred(
        "past-date-ends-bypass",
        "A bypass is ended early by a date in the past.",
        "bypass_mfa::a_past_date_ends_it",
    );
}
