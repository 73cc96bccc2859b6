use bytes::Bytes;
use http::{Request, Response};

use super::{AuthenticationCode, ONE};
use crate::{AuthenticationCodeId, Document, Environment, Operation, OperationInfo, RequestError, ResponseError};

/// `GET /{envID}/authenticationCodes/{authCodeID}`
///
/// Reads an authentication code: whether an app has taken it.
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

    fn request(&self, environment: &Environment) -> Result<Request<Bytes>, RequestError> {
        let uri = environment.auth(&["authenticationCodes", self.id.checked()?])?;
        Ok(Self::INFO.request(uri, Bytes::new()))
    }

    fn read(response: Response<Bytes>) -> Result<Self::Output, ResponseError> {
        Document::from_response(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;

    #[test]
    fn a_bad_id_is_named() {
        let error = ReadAuthenticationCode::new("a/b").request(&Environment::new(Region::Europe, "e-1")).unwrap_err();
        assert_eq!(error.argument(), "authentication_code_id");
    }
}
