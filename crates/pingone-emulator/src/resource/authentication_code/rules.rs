//! The rules of authentication codes.

use crate::rules::{Rule, page, table};

table! {
    AUTHENTICATION_CODE_IS_201 = Rule::documented(
        "authentication-code-is-201",
        "Create answers 201 with a code of eight digits and capital letters, its uri, and the status UNCLAIMED.",
        page::AUTHENTICATION_CODE,
        "authentication_code::is_created_as_published",
    );
    CODE_LIFE_TIME = Rule::documented(
        "code-life-time",
        "A code lives from 10 seconds to 30 minutes, one minute by default; duration and timeUnit come together.",
        page::AUTHENTICATION_CODE,
        "authentication_code::lives_as_long_as_the_request_says",
    );
    NO_APPROVAL_BY_DEFAULT = Rule::assumed(
        "no-approval-by-default",
        "Without userApproval the user need not approve.",
        "authentication_code::the_user_approves_if_they_have_to",
    )
    .or("They have to.");
    CODE_OF_APPLICATION = Rule::inferred(
        "code-of-application",
        "Only the app that the code is for can take it, and only once.",
        "authentication_code::only_the_app_takes_it_and_only_once",
    );
    CLAIMED_CODE_NAMES_THE_USER = Rule::seen(
        "claimed-code-names-the-user",
        "A code that was taken has user, and _embedded.device.",
        "authentication_code::the_user_approves_if_they_have_to",
    );
    APPROVAL_COMPLETES = Rule::assumed(
        "approval-completes",
        "A code that was taken is CLAIMED until its user approves, if they have to; then it is COMPLETED, or DENIED.",
        "authentication_code::the_user_approves_if_they_have_to",
    )
    .or("It stays CLAIMED if they approve, and is FAILED if they do not.");
    EXPIRED_CODE_IS_404 = Rule::assumed(
        "expired-code-is-404",
        "A code that has expired does not exist any more, unless its user was done with it.",
        "authentication_code::lives_as_long_as_the_request_says",
    )
    .or("It has the status EXPIRED.");
    DELETED_CODE_IS_GONE = Rule::inferred(
        "deleted-code-is-gone",
        "Delete answers 204, and nobody can read or take the code any more.",
        "authentication_code::is_deleted",
    );
}
