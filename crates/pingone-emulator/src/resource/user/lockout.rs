//! Wrong codes and denied pushes lock the account of a user, whatever their devices, if the MFA settings say so.

use super::{account::Lock, rules};
use crate::{
    clock::{after, signed},
    resource::{Conditions, Stores},
};

/// In a log-in, the user has given a wrong code or assertion, or denied a push. Too many failures lock the account.
///
/// Rule: FAILURES_LOCK_THE_ACCOUNT. Rule: FAILURES_OF_LOG_INS. Rule: NO_LOCK_OUT_BY_DEFAULT.
/// Rule: LOCK_OUT_WITHOUT_DURATION.
pub(crate) fn failed(stores: &mut Stores, user_id: &str, conditions: Conditions<'_>) {
    let Some(lockout) = stores.mfa_settings.lockout() else { return };
    let is_open = stores.users.find(user_id).is_some_and(|user| user.account.lock(conditions.now).is_none());
    if !is_open {
        return;
    }
    let tolerated = lockout.failure_count.saturating_sub(conditions.holds(&rules::FAILURE_COUNT_LOCKS).into());
    if stores.users.count_failure(user_id) <= tolerated {
        return;
    }
    stores.users.forget_failures(user_id);
    let until = lockout.duration.map(|duration| after(conditions.now, signed(duration)));
    let lock = Lock { at: conditions.now, until };
    stores.users.update(user_id, conditions.now, |user| user.account.lock = Some(lock));
}

/// The user has authenticated, with a device that is theirs or an address.
pub(crate) fn succeeded(stores: &mut Stores, user_id: &str, conditions: Conditions<'_>) {
    if conditions.holds(&rules::SUCCESS_FORGETS_FAILURES) {
        stores.users.forget_failures(user_id);
    }
}
