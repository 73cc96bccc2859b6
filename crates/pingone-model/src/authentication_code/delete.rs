use super::{ONE, ReadAuthenticationCode};
use crate::{AuthenticationCodeId, Ids, Operation, OperationInfo, operation::follow_up};

/// `DELETE /{envID}/authenticationCodes/{authCodeID}`
///
/// Deletes an authentication code. The reply has no body (*inferred*).
///
/// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-authentication-code.html>
#[derive(Clone, Debug)]
pub struct DeleteAuthenticationCode {
    id: AuthenticationCodeId,
}

impl DeleteAuthenticationCode {
    /// Deletes the code `id`.
    #[must_use]
    pub fn new(id: impl Into<AuthenticationCodeId>) -> Self {
        Self { id: id.into() }
    }
}

impl Operation for DeleteAuthenticationCode {
    const INFO: &'static OperationInfo = &OperationInfo::delete(
        "authentication_code.delete",
        ONE,
        &["https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-authentication-code.html"],
    );
    type Output = ();

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.id)
    }
}

follow_up!(DeleteAuthenticationCode => ReadAuthenticationCode(id));
