use std::error::Error;

use bytes::Bytes;
use http::Response;

use super::{ONE, PairingStep, problem_of_one};
use crate::{FromResponse, Ids, Operation, OperationInfo, PairingKeyId, UserId, operation::by_reference};

/// `GET /environments/{envID}/users/{userID}/pairingKeys/{pairingKeyID}`
///
/// Reads a pairing key. This is the only way to learn whether an app has claimed it.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-pairing-keys/read-one-mfa-pairing-key.html>
#[derive(Clone, Debug)]
pub struct ReadPairingKey {
    user: UserId,
    id: PairingKeyId,
}

impl ReadPairingKey {
    /// Reads the key `id` of `user`.
    #[must_use]
    pub fn new(user: impl Into<UserId>, id: impl Into<PairingKeyId>) -> Self {
        Self { user: user.into(), id: id.into() }
    }
}

impl Operation for ReadPairingKey {
    const INFO: &'static OperationInfo = &OperationInfo::get(
        "pairing_key.read",
        ONE,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/mfa-pairing-keys/read-one-mfa-pairing-key.html"],
    )
    .meaning(problem_of_one);
    type Output = PairingStep;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user).and(&self.id)
    }
}

impl FromResponse<ReadPairingKey> for PairingStep {
    fn from_response(read: &ReadPairingKey, response: &Response<Bytes>) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Self::read(&read.user, response)
    }

    fn is_about(&self, id: &str) -> bool {
        self.is_about(id)
    }
}

by_reference!(ReadPairingKey => PairingStep);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_about_another_key_is_refused() {
        let read = |body: &'static str| ReadPairingKey::new("u-1", "k-1").read(Response::new(body.into()));
        assert!(matches!(read(r#"{"id":"K-1","status":"CLAIMED"}"#), Ok(PairingStep::Claimed(_))));
        assert!(read(r#"{"id":"k-2","status":"CLAIMED"}"#).is_err());
    }
}
