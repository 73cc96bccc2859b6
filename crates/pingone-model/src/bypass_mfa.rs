//! The resource *bypass MFA* of a user: until when they are let in without it.

use std::time::SystemTime;

use serde_json::json;

use crate::{
    Body, Document, Ids, Links, Operation, OperationInfo, Path, RequestError, Time, UserId, operation::follow_up,
    reply::view::view,
};

/// The path of both operations, with the documentation's placeholders.
const OF_A_USER: Path = Path::api("/environments/{envID}/users/{userID}/bypassMFA");

pub(crate) const OPERATIONS: &[&OperationInfo] = &[ReadBypassMfa::INFO, UpdateBypassMfa::INFO];

/// `GET /environments/{envID}/users/{userID}/bypassMFA`
///
/// Reads whether a user may be let in without MFA, and until when. If they never could be, the reply has neither.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/users-1/check_mfa_bypass_status.html>
#[derive(Clone, Debug)]
pub struct ReadBypassMfa {
    user: UserId,
}

impl ReadBypassMfa {
    /// Reads it for `user`.
    #[must_use]
    pub fn new(user: impl Into<UserId>) -> Self {
        Self { user: user.into() }
    }
}

impl Operation for ReadBypassMfa {
    const INFO: &'static OperationInfo = &OperationInfo::get(
        "bypass_mfa.read",
        OF_A_USER,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/users-1/check_mfa_bypass_status.html"],
    );
    type Output = Document<BypassMfa>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user)
    }
}

/// `PUT /environments/{envID}/users/{userID}/bypassMFA`
///
/// Lets a user in without MFA until a given time, for instance if they lost their only device. That a time in the past
/// ends it is *inferred*.
///
/// The service accepts a date in one form only, which is written here: to the millisecond, in UTC. A time before 1970
/// or after the year 9999 is refused before anything is sent, and the error names `until`.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use pingone_model::{Environment, Operation, Region, bypass_mfa::UpdateBypassMfa};
///
/// let until = SystemTime::UNIX_EPOCH + Duration::from_secs(1_764_460_800);
/// let request = UpdateBypassMfa::new("u-1", until).request(&Environment::new(Region::Europe, "e-1"))?;
/// assert_eq!(request.body(), r#"{"bypassMFAEnabledUntil":"2025-11-30T00:00:00.000Z"}"#);
/// # Ok::<_, pingone_model::RequestError>(())
/// ```
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/users-1/allow_mfa_bypass.html>
#[derive(Clone, Debug)]
pub struct UpdateBypassMfa {
    user: UserId,
    until: SystemTime,
}

impl UpdateBypassMfa {
    /// Lets `user` in without MFA until the time `until`.
    #[must_use]
    pub fn new(user: impl Into<UserId>, until: SystemTime) -> Self {
        Self { user: user.into(), until }
    }
}

impl Operation for UpdateBypassMfa {
    const INFO: &'static OperationInfo = &OperationInfo::put(
        "bypass_mfa.update",
        OF_A_USER,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/users-1/allow_mfa_bypass.html"],
    );
    type Output = Document<BypassMfa>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user)
    }

    fn body(&self) -> Result<Body, RequestError> {
        Ok(json!({ "bypassMFAEnabledUntil": Time::in_milliseconds("until", self.until)? }).into())
    }
}

follow_up!(UpdateBypassMfa => ReadBypassMfa(user));

view! {
    /// Whether a user may be let in without MFA.
    ///
    /// <https://developer.pingidentity.com/pingone-api/mfa/users/users-1/check_mfa_bypass_status.html>
    pub struct BypassMfa {
        /// Until when: ISO 8601 in UTC. Absent for a user who could never bypass MFA.
        one bypass_mfa_enabled_until = "bypassMFAEnabledUntil": Time;
        /// Whether they may be now. Absent for a user who could never bypass MFA.
        flag can_bypass_mfa = "canBypassMFA";
        /// Links to this resource and to the user.
        one links = "_links": Links;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{Environment, Region};

    #[test]
    fn a_time_that_cannot_be_written_is_refused_by_name() {
        let environment = Environment::new(Region::Europe, "e-1");
        let until = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
        assert_eq!(UpdateBypassMfa::new("u-1", until).request(&environment).unwrap_err().argument(), "until");
    }

    #[test]
    fn a_user_who_never_was_let_in_so_has_neither_member() {
        let bypass = Document::<BypassMfa>::from_json("{}").unwrap();
        assert!(bypass.can_bypass_mfa().is_none() && bypass.bypass_mfa_enabled_until().is_none());
    }
}
