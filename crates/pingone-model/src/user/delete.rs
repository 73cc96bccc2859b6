use super::{ONE, ReadUser};
use crate::{Ids, Operation, OperationInfo, UserId, operation::follow_up};

/// `DELETE /environments/{envID}/users/{userID}`
///
/// Deletes a user, with their devices.
///
/// <https://developer.pingidentity.com/pingone-api/platform/users/users-1.html>
#[derive(Clone, Debug)]
pub struct DeleteUser {
    id: UserId,
}

impl DeleteUser {
    /// Deletes the user `id`.
    #[must_use]
    pub fn new(id: impl Into<UserId>) -> Self {
        Self { id: id.into() }
    }
}

impl Operation for DeleteUser {
    const INFO: &'static OperationInfo = &OperationInfo::delete(
        "user.delete",
        ONE,
        &["https://developer.pingidentity.com/pingone-api/platform/users/users-1.html"],
    );
    type Output = ();

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.id)
    }
}

follow_up!(DeleteUser => ReadUser(id));
