use std::time::SystemTime;

use serde_json::json;

use super::{ONE, ReadUser, User};
use crate::{
    Body, Document, Ids, Operation, OperationInfo, RequestError, Time, UserId, media_type, operation::follow_up,
};

/// `POST /environments/{envID}/users/{userID}` as `application/vnd.pingidentity.account.lock+json`
///
/// Locks a user's account until a given time. Until then nobody can log in with it, whatever the device.
///
/// If the time is in the past, the service reports success and locks nothing: look at [`account`](User::account) of the
/// reply. A time before 1970 or after the year 9999 is refused before anything is sent, and the error names `until`.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use pingone_model::{Environment, Operation, Region, user::LockUser};
///
/// let until = SystemTime::UNIX_EPOCH + Duration::from_secs(1_686_182_399);
/// let request = LockUser::new("u-1", until).request(&Environment::new(Region::Europe, "e-1"))?;
/// assert_eq!(request.body(), r#"{"unlockAt":"2023-06-07T23:59:59Z"}"#);
/// # Ok::<_, pingone_model::RequestError>(())
/// ```
///
/// <https://developer.pingidentity.com/pingone-api/platform/users/user-accounts/user-account-lock.html>
#[derive(Clone, Debug)]
pub struct LockUser {
    id: UserId,
    until: SystemTime,
}

impl LockUser {
    /// Locks the account of the user `id` until the time `until`, to the second.
    #[must_use]
    pub fn new(id: impl Into<UserId>, until: SystemTime) -> Self {
        Self { id: id.into(), until }
    }
}

impl Operation for LockUser {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "user.lock",
        ONE,
        media_type::ACCOUNT_LOCK,
        &["https://developer.pingidentity.com/pingone-api/platform/users/user-accounts/user-account-lock.html"],
    );
    type Output = Document<User>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.id)
    }

    fn body(&self) -> Result<Body, RequestError> {
        Ok(json!({ "unlockAt": Time::in_seconds("until", self.until)? }).into())
    }
}

follow_up!(LockUser => ReadUser(id));

/// `POST /environments/{envID}/users/{userID}` as `application/vnd.pingidentity.account.unlock+json`
///
/// Unlocks a user's account. If it was locked, the count of wrong codes and denied pushes that leads to a lock (`lockout` of
/// the MFA settings) is reset, too.
///
/// <https://developer.pingidentity.com/pingone-api/platform/users/user-accounts/user-account-unlock.html>
#[derive(Clone, Debug)]
pub struct UnlockUser {
    id: UserId,
}

impl UnlockUser {
    /// Unlocks the account of the user `id`.
    #[must_use]
    pub fn new(id: impl Into<UserId>) -> Self {
        Self { id: id.into() }
    }
}

impl Operation for UnlockUser {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "user.unlock",
        ONE,
        media_type::ACCOUNT_UNLOCK,
        &["https://developer.pingidentity.com/pingone-api/platform/users/user-accounts/user-account-unlock.html"],
    );
    type Output = Document<User>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.id)
    }
}

follow_up!(UnlockUser => ReadUser(id));

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{Environment, Region};

    #[test]
    fn a_time_that_cannot_be_written_is_refused_by_name() {
        let lock = LockUser::new("u-1", SystemTime::UNIX_EPOCH - Duration::from_secs(1));
        let error = lock.request(&Environment::new(Region::Europe, "e-1")).unwrap_err();
        assert_eq!(error.argument(), "until");
    }
}
