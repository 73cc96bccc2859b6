use super::{AuthenticationCode, ONE};
use crate::{AuthenticationCodeId, Document, Ids, Operation, OperationInfo};

/// `GET /{envID}/authenticationCodes/{authCodeID}`
///
/// Reads an authentication code, to learn whether an app has claimed it.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-authentication-code/read-authentication-code.html>
#[derive(Clone, Debug)]
pub struct ReadAuthenticationCode {
    id: AuthenticationCodeId,
}

impl ReadAuthenticationCode {
    /// Reads the code `id`.
    #[must_use]
    pub fn new(id: impl Into<AuthenticationCodeId>) -> Self {
        Self { id: id.into() }
    }
}

impl Operation for ReadAuthenticationCode {
    const INFO: &'static OperationInfo = &OperationInfo::get(
        "authentication_code.read",
        ONE,
        &[
            "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-authentication-code/read-authentication-code.html",
        ],
    );
    type Output = Document<AuthenticationCode>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.id)
    }
}
