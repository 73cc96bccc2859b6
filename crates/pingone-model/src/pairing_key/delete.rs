use super::{ONE, ReadPairingKey, problem_of_one};
use crate::{Ids, Operation, OperationInfo, PairingKeyId, UserId, operation::follow_up};

/// `DELETE /environments/{envID}/users/{userID}/pairingKeys/{pairingKeyID}`
///
/// Deletes a pairing key, so that no app can take it any more. A phone that is paired already stays paired.
///
/// After a lost reply, reading the key tells: 404 means that it is deleted.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-pairing-keys/delete-mfa-pairing-key.html>
#[derive(Clone, Debug)]
pub struct DeletePairingKey {
    user: UserId,
    id: PairingKeyId,
}

impl DeletePairingKey {
    /// Deletes the key `id` of `user`.
    #[must_use]
    pub fn new(user: impl Into<UserId>, id: impl Into<PairingKeyId>) -> Self {
        Self { user: user.into(), id: id.into() }
    }
}

impl Operation for DeletePairingKey {
    const INFO: &'static OperationInfo = &OperationInfo::delete(
        "pairing_key.delete",
        ONE,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/mfa-pairing-keys/delete-mfa-pairing-key.html"],
    )
    .meaning(problem_of_one);
    type Output = ();

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user).and(&self.id)
    }
}

follow_up!(DeletePairingKey => ReadPairingKey(user, id));
