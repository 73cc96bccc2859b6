//! Passkeys, between the service's JSON and the browser's.
//!
//! The service writes bytes as signed numbers inside of JSON inside of a string, and wants plain Base64 back; browsers
//! read and write Base64URL.

use std::fmt;

use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
    prelude::BASE64_STANDARD,
};
use serde_json::{Map, Value, value::RawValue};

use super::browser_options;
use crate::{RequestError, reply::member::Member};

/// Browsers leave the padding out; others may not.
const BASE64_URL_SAFE_ANY_PAD: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// `publicKeyCredentialRequestOptions`: what a passkey has to sign.
///
/// `Debug` does not show it, for it lists the user's credentials.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/check-assertion-device-authentication.html>
#[derive(Clone)]
pub struct CredentialRequestOptions(Box<str>);

impl CredentialRequestOptions {
    /// The JSON as the service wrote it, its bytes as signed numbers.
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.0
    }

    /// The same as the standard JSON that a browser's `PublicKeyCredential.parseRequestOptionsFromJSON` takes: bytes
    /// in Base64URL, no member that is `null`, at which browsers throw, and everything else as it came.
    ///
    /// <https://www.w3.org/TR/webauthn-3/#sctn-parseRequestOptionsFromJSON>
    ///
    /// # Errors
    ///
    /// This is no JSON object, has no challenge, or has bytes that are none.
    pub fn to_browser_json(&self) -> Result<String, serde_json::Error> {
        browser_options::write(&self.0)
    }
}

/// It comes as JSON in a string, and is seen as an object as well.
impl Member for CredentialRequestOptions {
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

impl fmt::Debug for CredentialRequestOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialRequestOptions(..)")
    }
}

/// The text of a browser's `credential.toJSON()`, written as the page of the reference shows an assertion: its binary
/// parts in plain Base64, the id as the browser gives it.
pub(super) fn assertion(origin: &str, credential: &str) -> Result<String, RequestError> {
    let credential: Value = serde_json::from_str(credential)
        .map_err(|_| wrong("is no JSON: pass the text of JSON.stringify(credential.toJSON())"))?;
    let mut response = Map::new();
    for name in ["clientDataJSON", "authenticatorData", "signature"] {
        response.insert(name.into(), recode(&credential["response"][name])?);
    }
    // A passkey that is not discoverable names no user.
    if !credential["response"]["userHandle"].is_null() {
        response.insert("userHandle".into(), recode(&credential["response"]["userHandle"])?);
    }
    check_origin(origin, &credential["response"]["clientDataJSON"])?;
    let assertion = serde_json::json!({
        "id": text(&credential["id"])?,
        "rawId": recode(&credential["rawId"])?,
        "type": text(&credential["type"])?,
        "response": response,
    });
    Ok(assertion.to_string())
}

/// The service compares the two, and what differs would burn an attempt.
fn check_origin(origin: &str, client_data: &Value) -> Result<(), RequestError> {
    let client_data: Value = serde_json::from_slice(&decode(client_data)?).unwrap_or_default();
    match client_data["origin"].as_str() {
        Some(signed) if signed == origin => Ok(()),
        Some(_) => Err(RequestError::new(
            "origin",
            "is not the one that the browser wrote into clientDataJSON: pass the origin of the page that asked for the \
             credential, without a slash at its end",
        )),
        None => Err(wrong("has a clientDataJSON without an origin: pass it as the browser gave it")),
    }
}

fn recode(part: &Value) -> Result<Value, RequestError> {
    Ok(BASE64_STANDARD.encode(decode(part)?).into())
}

fn decode(part: &Value) -> Result<Vec<u8>, RequestError> {
    BASE64_URL_SAFE_ANY_PAD.decode(text(part)?).map_err(|_| wrong("has a part that is no Base64URL"))
}

fn text(part: &Value) -> Result<&str, RequestError> {
    part.as_str().ok_or_else(|| wrong("lacks a part: pass the text of JSON.stringify(credential.toJSON())"))
}

fn wrong(problem: &'static str) -> RequestError {
    RequestError::new("credential", problem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DeviceAuthentication, Document};

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

    const ORIGIN: &str = "https://a";
    /// `{"origin":"https://a"}`
    const CLIENT_DATA: &str = "eyJvcmlnaW4iOiJodHRwczovL2EifQ";

    #[test]
    fn a_browser_s_credential_becomes_the_assertion_of_the_reference() {
        let credential = r#"{"id":"-_8","rawId":"-_8","type":"public-key","authenticatorAttachment":"platform","clientExtensionResults":{},
            "response":{"clientDataJSON":"eyJvcmlnaW4iOiJodHRwczovL2EifQ","authenticatorData":"_w","signature":"MA==","userHandle":"dQ"}}"#;
        assert_eq!(
            assertion(ORIGIN, credential).unwrap(),
            r#"{"id":"-_8","rawId":"+/8=","type":"public-key","response":{"clientDataJSON":"eyJvcmlnaW4iOiJodHRwczovL2EifQ==","authenticatorData":"/w==","signature":"MA==","userHandle":"dQ=="}}"#
        );
        let without_user = credential.replace(r#","userHandle":"dQ""#, "");
        assert!(!assertion(ORIGIN, &without_user).unwrap().contains("userHandle"));
    }

    #[test]
    fn an_origin_unlike_the_signed_one_burns_no_attempt() {
        let signed = |client_data: &str| {
            format!(
                r#"{{"id":"a","rawId":"YQ","type":"public-key","response":{{"clientDataJSON":"{}","authenticatorData":"YQ","signature":"YQ"}}}}"#,
                BASE64_STANDARD.encode(client_data).replace('+', "-").replace('/', "_")
            )
        };
        let whole = signed(r#"{"type":"webauthn.get","origin":"https://a"}"#);
        assert!(assertion("https://a", &whole).is_ok());
        for other in ["https://a/", "https://A", "http://a", "https://a:443", "https://b", "https://sub.a"] {
            let error = assertion(other, &whole).unwrap_err();
            assert_eq!(error.argument(), "origin", "{other}");
            assert!(!error.to_string().contains(other), "{error}");
        }
        for none in ["", "{}", "[]", "<", r#"{"origin":7}"#, r#"{"origin":null}"#] {
            assert_eq!(assertion("https://a", &signed(none)).unwrap_err().argument(), "credential", "{none}");
        }
    }

    #[test]
    fn a_credential_that_is_none_is_named() {
        let whole = format!(
            r#"{{"id":"a","rawId":"YQ","type":"public-key","response":{{"clientDataJSON":"{CLIENT_DATA}","authenticatorData":"YQ","signature":"YQ"}}}}"#
        );
        assert!(assertion(ORIGIN, &whole).is_ok());
        for (part, instead) in [
            (&*whole, "no JSON"),
            (r#""id":"a","#, ""),
            (r#""rawId":"YQ""#, r#""rawId":"Y""#),
            (r#","signature":"YQ""#, ""),
            (r#""signature":"YQ""#, r#""signature":[1]"#),
            (r#""type":"public-key""#, r#""type":7"#),
        ] {
            let error = assertion(ORIGIN, &whole.replace(part, instead)).unwrap_err();
            assert_eq!(error.argument(), "credential", "{instead}");
        }
    }
}
