//! Passkeys, between the service's JSON and the browser's.
//!
//! The service writes bytes as signed numbers inside of JSON inside of a string, and wants plain Base64 back; browsers
//! read and write Base64URL.

use std::fmt;

use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use serde::{
    Deserialize,
    de::{Error as _, MapAccess, value::MapAccessDeserializer},
};
use serde_json::{Map, Value};

use crate::{
    RequestError,
    reply::{member::Member, trace::Trace},
};

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
    /// in Base64URL, everything else as it came.
    ///
    /// <https://www.w3.org/TR/webauthn-3/#sctn-parseRequestOptionsFromJSON>
    ///
    /// # Errors
    ///
    /// This is no JSON object, has no challenge, or has bytes that are none.
    pub fn to_browser_json(&self) -> Result<String, serde_json::Error> {
        let mut options: Map<String, Value> = serde_json::from_str(&self.0)?;
        encode(options.get_mut("challenge").ok_or_else(|| serde_json::Error::missing_field("challenge"))?)?;
        for credential in options.get_mut("allowCredentials").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(id) = credential.get_mut("id") {
                encode(id)?;
            }
        }
        Ok(Value::Object(options).to_string())
    }
}

/// Bytes as numbers, signed or not, become Base64URL; text is that already.
fn encode(bytes: &mut Value) -> Result<(), serde_json::Error> {
    if let Value::Array(numbers) = bytes {
        let bytes_: Option<Vec<u8>> = numbers.iter().map(byte).collect();
        let bytes_ = bytes_.ok_or_else(|| serde_json::Error::custom("a number is no byte"))?;
        *bytes = BASE64_URL_SAFE_NO_PAD.encode(bytes_).into();
    }
    if bytes.is_string() { Ok(()) } else { Err(serde_json::Error::custom("neither bytes nor text")) }
}

fn byte(number: &Value) -> Option<u8> {
    let number = number.as_i64()?;
    i8::try_from(number).map(|signed| signed.to_be_bytes()[0]).or_else(|_| u8::try_from(number)).ok()
}

/// It comes as JSON in a string, and is seen as an object as well.
impl Member for CredentialRequestOptions {
    fn text(text: &str) -> Option<Self> {
        Some(Self(text.into()))
    }

    fn object<'de, A: MapAccess<'de>>(map: A, _: &mut Trace) -> Result<Option<Self>, A::Error> {
        let object = Value::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Some(Self(object.to_string().into())))
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
pub(super) fn assertion(credential: &str) -> Result<String, RequestError> {
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
    let assertion = serde_json::json!({
        "id": text(&credential["id"])?,
        "rawId": recode(&credential["rawId"])?,
        "type": text(&credential["type"])?,
        "response": response,
    });
    Ok(assertion.to_string())
}

fn recode(part: &Value) -> Result<Value, RequestError> {
    let bytes = BASE64_URL_SAFE_ANY_PAD.decode(text(part)?).map_err(|_| wrong("has a part that is no Base64URL"))?;
    Ok(BASE64_STANDARD.encode(bytes).into())
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
            r#"{"challenge":"c","allowCredentials":[{"id":{}}]}"#,
        ] {
            assert!(options(&Value::from(bad).to_string()).to_browser_json().is_err(), "{bad}");
        }
        let no_credentials = options(&Value::from(r#"{"challenge":[1]}"#).to_string());
        assert_eq!(no_credentials.to_browser_json().unwrap(), r#"{"challenge":"AQ"}"#, "discoverable passkeys");
    }

    #[test]
    fn debug_lists_no_credentials() {
        assert_eq!(format!("{:?}", options(SIGNED)), "CredentialRequestOptions(..)");
    }

    #[test]
    fn a_browser_s_credential_becomes_the_assertion_of_the_reference() {
        let credential = r#"{"id":"-_8","rawId":"-_8","type":"public-key","authenticatorAttachment":"platform","clientExtensionResults":{},
            "response":{"clientDataJSON":"eyJ9","authenticatorData":"_w","signature":"MA==","userHandle":"dQ"}}"#;
        assert_eq!(
            assertion(credential).unwrap(),
            r#"{"id":"-_8","rawId":"+/8=","response":{"authenticatorData":"/w==","clientDataJSON":"eyJ9","signature":"MA==","userHandle":"dQ=="},"type":"public-key"}"#
        );
        let without_user = credential.replace(r#","userHandle":"dQ""#, "");
        assert!(!assertion(&without_user).unwrap().contains("userHandle"));
    }

    #[test]
    fn a_credential_that_is_none_is_named() {
        let whole = r#"{"id":"a","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"YQ","authenticatorData":"YQ","signature":"YQ"}}"#;
        assert!(assertion(whole).is_ok());
        for (part, instead) in [
            (whole, "no JSON"),
            (r#""id":"a","#, ""),
            (r#""rawId":"YQ""#, r#""rawId":"Y""#),
            (r#","signature":"YQ""#, ""),
            (r#""signature":"YQ""#, r#""signature":[1]"#),
            (r#""type":"public-key""#, r#""type":7"#),
        ] {
            let error = assertion(&whole.replace(part, instead)).unwrap_err();
            assert_eq!(error.argument(), "credential", "{instead}");
        }
    }
}
