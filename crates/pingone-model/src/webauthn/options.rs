use std::fmt;

#[cfg(any(test, feature = "unstable-shown"))]
use serde_json::Value;
use serde_json::value::RawValue;

use super::browser_json::{self, Options};
use crate::reply::member::Member;

macro_rules! options {
    ($($(#[$doc:meta])* $name:ident: $(#[$to_browser_doc:meta])* $which:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Box<str>);

        impl $name {
            /// The JSON as the service wrote it, its bytes as signed numbers.
            #[must_use]
            pub fn as_json(&self) -> &str {
                &self.0
            }

            $(#[$to_browser_doc])*
            pub fn to_browser_json(&self) -> Result<String, serde_json::Error> {
                browser_json::write(Options::$which, &self.0)
            }
        }

        /// It comes as JSON in a string, and is seen as an object as well.
        impl Member for $name {
            const VERBATIM: bool = true;

            fn verbatim(json: &RawValue) -> Option<Self> {
                match json.get().as_bytes() {
                    [b'"', ..] => serde_json::from_str(json.get()).ok().map(Self),
                    [b'{', ..] => Some(Self(json.get().into())),
                    _ => None,
                }
            }

            #[cfg(any(test, feature = "unstable-shown"))]
            fn shown(&self) -> Value {
                self.as_json().into()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )*};
}

options! {
    /// `publicKeyCredentialRequestOptions`: what the browser is given when a user logs in by a passkey.
    ///
    /// `Debug` does not show them, because they list the user's credentials.
    ///
    /// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/check-assertion-device-authentication.html>
    CredentialRequestOptions:
    /// The options as the standard JSON that a browser's `PublicKeyCredential.parseRequestOptionsFromJSON` takes: bytes are in
    /// Base64URL, members that are `null` are left out because browsers throw at them, and everything else is as it came.
    ///
    /// <https://www.w3.org/TR/webauthn-3/#sctn-parseRequestOptionsFromJSON>
    ///
    /// # Errors
    ///
    /// The options are not a JSON object, have no challenge, or have something other than bytes where bytes belong.
    Request

    /// `publicKeyCredentialCreationOptions`: what the browser is given to make a new passkey.
    ///
    /// `Debug` does not show them, because they name the user and list their credentials.
    ///
    /// ```
    /// use pingone_model::{Device, Document};
    ///
    /// let reply = r#"{"id": "d-1", "type": "FIDO2", "status": "ACTIVATION_REQUIRED",
    ///     "publicKeyCredentialCreationOptions": "{\"challenge\":[-1,0],\"user\":{\"id\":[7]},\"pubKeyCredParams\":[{\"alg\":\"-7\"}]}"}"#;
    /// let device = Document::<Device>::from_json(reply)?;
    /// let options = device.public_key_credential_creation_options().expect("a passkey is to be made");
    /// assert_eq!(
    ///     options.to_browser_json()?,
    ///     r#"{"challenge":"_wA","user":{"id":"Bw"},"pubKeyCredParams":[{"alg":-7}]}"#
    /// );
    /// # Ok::<_, serde_json::Error>(())
    /// ```
    ///
    /// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/fido2-biometrics-devices/create-mfa-user-device-fido2---security_key.html>
    CredentialCreationOptions:
    /// The options as the standard JSON that a browser's `PublicKeyCredential.parseCreationOptionsFromJSON` takes: bytes are in
    /// Base64URL, algorithms are numbers, members that are `null` are left out because browsers throw at them, and everything
    /// else is as it came.
    ///
    /// <https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON>
    ///
    /// # Errors
    ///
    /// The options are not a JSON object, have no challenge or no user, or have something else where bytes or algorithms
    /// belong.
    Creation
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Device, DeviceAuthentication, Document};

    fn options(json: &str) -> CredentialRequestOptions {
        let document = Document::<DeviceAuthentication>::from_json(format!(
            r#"{{"status":"ASSERTION_REQUIRED","publicKeyCredentialRequestOptions":{json}}}"#
        ));
        document.unwrap().public_key_credential_request_options().unwrap().clone()
    }

    /// As the vendor's connector shows them, but shorter.
    const SIGNED: &str = r#"{"challenge":[-1,0,127,-128],"timeout":120000,"rpId":"pingone.com","allowCredentials":[{"type":"public-key","id":[1,-17,-65],"transports":["hybrid"]}],"userVerification":"preferred","new":{"x":1}}"#;
    const STANDARD: &str = r#"{"challenge":"_wB_gA","timeout":120000,"rpId":"pingone.com","allowCredentials":[{"type":"public-key","id":"Ae-_","transports":["hybrid"]}],"userVerification":"preferred","new":{"x":1}}"#;

    fn assert_standard(options: &CredentialRequestOptions) {
        let ours: Value = serde_json::from_str(&options.to_browser_json().unwrap()).unwrap();
        assert_eq!(ours, serde_json::from_str::<Value>(STANDARD).unwrap());
    }

    #[test]
    fn signed_bytes_in_a_string_become_the_standard_json() {
        let options = options(&Value::from(SIGNED).to_string());
        assert_eq!(options.as_json(), SIGNED);
        assert_standard(&options);
    }

    #[test]
    fn an_object_unsigned_bytes_and_text_are_read_as_well() {
        assert_standard(&options(SIGNED));
        assert_standard(&options(&SIGNED.replace("[-1,0,127,-128]", "[255,0,127,128]").replace("-17,-65", "239,191")));
        assert_standard(&options(STANDARD));
    }

    #[test]
    fn options_that_are_none_are_an_error() {
        for bad in [
            "",
            "[]",
            "{}",
            r#"{"challenge":[256]}"#,
            r#"{"challenge":[-129]}"#,
            r#"{"challenge":["a"]}"#,
            r#"{"challenge":7}"#,
            r#"{"challenge":null}"#,
            r#"{"challenge":"c","allowCredentials":[{"id":{}}]}"#,
        ] {
            assert!(options(&Value::from(bad).to_string()).to_browser_json().is_err(), "{bad}");
        }
        let no_credentials = options(&Value::from(r#"{"challenge":[1]}"#).to_string());
        assert_eq!(no_credentials.to_browser_json().unwrap(), r#"{"challenge":"AQ"}"#, "discoverable passkeys");
    }

    #[test]
    fn what_is_null_is_left_out_for_browsers_throw_at_it() {
        let options = options(
            r#"{"rpId":null,"challenge":[1],"allowCredentials":[{"id":[2],"transports":null},{"id":null}],"hints":[null],
                "extensions":{"appid":null,"prf":{"eval":null,"x":[{"y":null}]}},"timeout":null}"#,
        );
        assert_eq!(
            options.to_browser_json().unwrap(),
            r#"{"challenge":"AQ","allowCredentials":[{"id":"Ag"},{}],"hints":[null],"extensions":{"prf":{"x":[{}]}}}"#
        );
        for json in [r#"{"challenge":[1],"allowCredentials":null}"#, r#"{"allowCredentials":null,"challenge":[1]}"#] {
            assert_eq!(self::options(json).to_browser_json().unwrap(), r#"{"challenge":"AQ"}"#);
        }
    }

    #[test]
    fn what_rust_cannot_hold_goes_to_the_browser_as_it_came() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let json = format!(r#"{{"challenge":"AQ","rp":"\ud83d","timeout":1e999,"extensions":{deep}}}"#);
        assert_eq!(options(&json).to_browser_json().unwrap(), json);
    }

    #[test]
    fn debug_lists_no_credentials() {
        assert_eq!(format!("{:?}", options(SIGNED)), "CredentialRequestOptions(..)");
    }

    fn creation(json: &str) -> CredentialCreationOptions {
        let document =
            Document::<Device>::from_json(format!(r#"{{"publicKeyCredentialCreationOptions":{}}}"#, Value::from(json)));
        document.unwrap().public_key_credential_creation_options().unwrap().clone()
    }

    /// As a customer's documentation shows them, but shorter.
    const CREATION: &str = r#"{"rp":{"id":"pingone.com","name":"PingOne"},"user":{"id":[1,-2,3],"displayName":"Ada","name":"ada"},"challenge":[-1,0,127,-128],"pubKeyCredParams":[{"type":"public-key","alg":"-7"},{"type":"public-key","alg":"-37"},{"type":"public-key","alg":-257}],"timeout":120000,"excludeCredentials":[{"type":"public-key","id":[1,-17,-65],"transports":null}],"authenticatorSelection":{"residentKey":"required","requireResidentKey":true,"userVerification":"required","authenticatorAttachment":null},"attestation":"direct","extensions":{"credProps":true,"hmacCreateSecret":true}}"#;

    #[test]
    fn signed_bytes_and_algorithms_in_text_become_the_standard_json() {
        assert_eq!(
            creation(CREATION).to_browser_json().unwrap(),
            r#"{"rp":{"id":"pingone.com","name":"PingOne"},"user":{"id":"Af4D","displayName":"Ada","name":"ada"},"challenge":"_wB_gA","pubKeyCredParams":[{"type":"public-key","alg":-7},{"type":"public-key","alg":-37},{"type":"public-key","alg":-257}],"timeout":120000,"excludeCredentials":[{"type":"public-key","id":"Ae-_"}],"authenticatorSelection":{"residentKey":"required","requireResidentKey":true,"userVerification":"required"},"attestation":"direct","extensions":{"credProps":true,"hmacCreateSecret":true}}"#
        );
    }

    #[test]
    fn only_what_is_documented_as_bytes_is_taken_for_bytes() {
        let json =
            r#"{"challenge":"AQ","user":{"id":"AQ","x":{"id":[1]}},"rp":{"id":[1]},"extensions":{"challenge":[1]}}"#;
        assert_eq!(creation(json).to_browser_json().unwrap(), json);
    }

    #[test]
    fn creation_options_that_are_none_are_an_error() {
        for bad in [
            "",
            "[]",
            r#"{"user":{"id":[1]}}"#,
            r#"{"challenge":[1]}"#,
            r#"{"challenge":[1],"user":null}"#,
            r#"{"challenge":[1],"user":{}}"#,
            r#"{"challenge":[1],"user":"ada"}"#,
            r#"{"challenge":[1],"user":{"id":[300]}}"#,
            r#"{"challenge":[1],"user":{"id":[1]},"pubKeyCredParams":[{"alg":"ES256"}]}"#,
            r#"{"challenge":[1],"user":{"id":[1]},"pubKeyCredParams":[{"alg":"1e999"}]}"#,
        ] {
            assert!(creation(bad).to_browser_json().is_err(), "{bad}");
        }
    }

    #[test]
    fn debug_names_no_user() {
        assert_eq!(format!("{:?}", creation(CREATION)), "CredentialCreationOptions(..)");
    }
}
