use std::fmt;

use serde_json::json;

use super::{Compatibility, DeviceAuthentication, ONE, ReadDeviceAuthentication, problem};
use crate::{
    Body, DeviceAuthenticationId, Document, Ids, Operation, OperationInfo, RequestError, media_type,
    operation::follow_up, webauthn,
};

/// `POST /{envID}/deviceAuthentications/{deviceAuthID}` as `application/vnd.pingidentity.assertion.check+json`
///
/// Checks what a passkey or PingID Desktop signed. `Debug` does not show it.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/check-assertion-device-authentication.html>
#[derive(Clone)]
pub struct CheckAssertion {
    id: DeviceAuthenticationId,
    origin: Box<str>,
    assertion: Assertion,
    compatibility: Option<Compatibility>,
}

#[derive(Clone)]
enum Assertion {
    /// The text of a browser's `credential.toJSON()`.
    Credential(Box<str>),
    Jwt(Box<str>),
}

impl CheckAssertion {
    /// Checks the passkey's `credential` in the authentication `id`: the text of the browser's
    /// `JSON.stringify(credential.toJSON())`. `origin` is that of the page that asked for it, such as
    /// `https://app.example.com`; one that the passkey did not sign is refused before anything is sent.
    ///
    /// An Android app has `android:apk-key-hash:` and the SHA-256 hash of its signing certificate, in Base64URL without padding,
    /// as its origin. Name the origin that you expect, and do not take it from the credential: otherwise, any app may ask for
    /// it. (That PingOne takes such an origin here is *inferred* from its [guide for
    /// Android](https://developer.pingidentity.com/orchsdks/davinci/use-cases/fido/android/before-you-begin.html).)
    #[must_use]
    pub fn fido2(id: impl Into<DeviceAuthenticationId>, origin: &str, credential: &str) -> Self {
        Self::new(id.into(), origin, Assertion::Credential(credential.into()))
    }

    /// Checks the `jwt` that PingID Desktop returned, in the authentication `id`. `origin` is a whole address, in the
    /// domain of the relying party.
    #[must_use]
    pub fn pingid_desktop(id: impl Into<DeviceAuthenticationId>, origin: &str, jwt: &str) -> Self {
        Self::new(id.into(), origin, Assertion::Jwt(jwt.into()))
    }

    fn new(id: DeviceAuthenticationId, origin: &str, assertion: Assertion) -> Self {
        Self { id, origin: origin.into(), assertion, compatibility: None }
    }

    /// Says what the user's browser can do.
    #[must_use]
    pub fn compatibility(mut self, compatibility: Compatibility) -> Self {
        self.compatibility = Some(compatibility);
        self
    }
}

impl Operation for CheckAssertion {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "device_authentication.check_assertion",
        ONE,
        media_type::ASSERTION_CHECK,
        &[
            "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/check-assertion-device-authentication.html",
            "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/check-assertion-desktop.html",
        ],
    )
    .meaning(problem::of_one);
    type Output = Document<DeviceAuthentication>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.id)
    }

    fn body(&self) -> Result<Body, RequestError> {
        let assertion = match &self.assertion {
            Assertion::Credential(credential) => webauthn::assertion(&self.origin, credential)?,
            Assertion::Jwt(jwt) => {
                webauthn::check_address(&self.origin)?;
                if jwt.is_empty() {
                    return Err(RequestError::new("jwt", "is empty: pass the text that PingID Desktop returned"));
                }
                jwt.to_string()
            }
        };
        let mut body = json!({ "origin": &*self.origin, "assertion": assertion });
        if let Some(compatibility) = &self.compatibility {
            body["compatibility"] = json!(compatibility);
        }
        Ok(body.into())
    }
}

follow_up!(CheckAssertion => ReadDeviceAuthentication(id));

impl fmt::Debug for CheckAssertion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckAssertion").field("id", &self.id).field("origin", &self.origin).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Environment, Region};

    #[test]
    fn a_bad_argument_is_named() {
        let argument =
            |check: CheckAssertion| check.request(&Environment::new(Region::Europe, "e-1")).unwrap_err().argument();
        assert_eq!(argument(CheckAssertion::pingid_desktop("", "https://a", "j")), "device_authentication_id");
        assert_eq!(argument(CheckAssertion::pingid_desktop("a", "app.example.com", "j")), "origin");
        let android_app = "android:apk-key-hash:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        assert_eq!(argument(CheckAssertion::pingid_desktop("a", android_app, "j")), "origin");
        assert_eq!(argument(CheckAssertion::fido2("a", android_app, "{}")), "credential");
        assert_eq!(argument(CheckAssertion::pingid_desktop("a", "https://a", "")), "jwt");
        assert_eq!(argument(CheckAssertion::fido2("a", "https://a", "{}")), "credential");
    }

    #[test]
    fn debug_does_not_show_the_assertion() {
        let check = CheckAssertion::pingid_desktop("a-1", "https://app.example.com", "hunter2");
        assert!(!format!("{check:?}").contains("hunter2"));
    }
}
