//! The rules of a user's `mfaEnabled`.

use crate::rules::{Rule, page, table};

table! {
    MFA_ENABLED_IS_SET = Rule::documented(
        "mfa-enabled-is-set",
        "mfaEnabled of a user is set by PUT, and the next authentication sees it.",
        page::MFA_ENABLED,
        "mfa_enabled::is_set_and_seen_by_the_next_authentication",
    );
    MFA_ENABLED_IS_SMALL = Rule::documented(
        "mfa-enabled-is-small",
        "GET and PUT of mfaEnabled answer 200 with the links self and user, and mfaEnabled.",
        page::MFA_ENABLED_STEP,
        "mfa_enabled::is_set_and_seen_by_the_next_authentication",
    );
}
