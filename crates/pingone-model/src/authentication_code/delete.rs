use bytes::Bytes;
use http::{Request, Response};

use super::ONE;
use crate::{AuthenticationCodeId, Environment, Operation, OperationInfo, RequestError, ResponseError};

/// `DELETE /{envID}/authenticationCodes/{authCodeID}`
///
/// Deletes an authentication code. The answer has no body (*inferred*).
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

    fn request(&self, environment: &Environment) -> Result<Request<Bytes>, RequestError> {
        let uri = environment.auth(&["authenticationCodes", self.id.checked()?])?;
        Ok(Self::INFO.request(uri, Bytes::new()))
    }

    fn read(response: Response<Bytes>) -> Result<(), ResponseError> {
        if response.status().is_success() { Ok(()) } else { Err(ResponseError::refused(response)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;

    #[test]
    fn any_success_will_do() {
        for (status, is_ok) in [(200, true), (204, true), (404, false), (302, false)] {
            let response = Response::builder().status(status).body(Bytes::new()).unwrap();
            assert_eq!(DeleteAuthenticationCode::read(response).is_ok(), is_ok, "{status}");
        }
    }

    #[test]
    fn a_bad_id_is_named() {
        let error = DeleteAuthenticationCode::new("").request(&Environment::new(Region::Europe, "e-1")).unwrap_err();
        assert_eq!(error.argument(), "authentication_code_id");
    }
}
