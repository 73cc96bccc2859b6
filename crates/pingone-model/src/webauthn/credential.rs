//! A browser's `credential.toJSON()`, converted to what the service wants.

use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use serde_json::{Map, Value, json};

use crate::RequestError;

/// Browsers omit the padding; others may not.
const BASE64_URL_SAFE_ANY_PAD: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A log-in's credential, written as the page of the reference shows an assertion: its binary parts in plain Base64,
/// the id as the browser gives it.
pub(crate) fn assertion(origin: &str, credential: &str) -> Result<String, RequestError> {
    let credential = read(origin, credential)?;
    let mut response = recoded(&credential, &["clientDataJSON", "authenticatorData", "signature"])?;
    // A passkey that is not discoverable names no user.
    if !credential["response"]["userHandle"].is_null() {
        response.insert("userHandle".into(), recode(&credential["response"]["userHandle"])?);
    }
    let assertion = json!({
        "id": text(&credential["id"])?,
        "rawId": recode(&credential["rawId"])?,
        "type": text(&credential["type"])?,
        "response": response,
    });
    Ok(assertion.to_string())
}

/// A new credential, written likewise as the page shows an attestation, with the members that it has there and no
/// others.
pub(crate) fn attestation(origin: &str, credential: &str) -> Result<String, RequestError> {
    let credential = read(origin, credential)?;
    let extensions = &credential["clientExtensionResults"];
    let attestation = json!({
        "id": text(&credential["id"])?,
        "type": text(&credential["type"])?,
        "rawId": recode(&credential["rawId"])?,
        "response": recoded(&credential, &["clientDataJSON", "attestationObject"])?,
        "clientExtensionResults": if extensions.is_object() { extensions.clone() } else { json!({}) },
    });
    Ok(attestation.to_string())
}

/// Reads the credential, and checks that it was made by a page or an app of this origin.
fn read(origin: &str, credential: &str) -> Result<Value, RequestError> {
    if !is_android_app(origin) {
        check_address(origin)?;
    }
    let credential: Value = serde_json::from_str(credential)
        .map_err(|_| wrong("is not JSON: pass the text of JSON.stringify(credential.toJSON())"))?;
    check_origin(origin, &credential["response"]["clientDataJSON"])?;
    Ok(credential)
}

/// These parts of the response.
fn recoded(credential: &Value, names: &[&str]) -> Result<Map<String, Value>, RequestError> {
    names.iter().map(|name| Ok(((*name).to_owned(), recode(&credential["response"][*name])?))).collect()
}

/// The SHA-256 hash of the certificate that signed the app, in Base64URL.
fn is_android_app(origin: &str) -> bool {
    let hash = origin.strip_prefix("android:apk-key-hash:").map(|hash| BASE64_URL_SAFE_NO_PAD.decode(hash));
    hash.is_some_and(|hash| hash.is_ok_and(|hash| hash.len() == 32))
}

pub(crate) fn check_address(origin: &str) -> Result<(), RequestError> {
    if origin.contains("://") {
        return Ok(());
    }
    Err(RequestError::new("origin", "is not an origin: pass the page's, such as https://app.example.com"))
}

/// The service compares the two, and a difference would burn an attempt.
fn check_origin(origin: &str, client_data: &Value) -> Result<(), RequestError> {
    let client_data: Value = serde_json::from_slice(&decode(client_data)?).unwrap_or_default();
    match client_data["origin"].as_str() {
        Some(signed) if signed == origin => Ok(()),
        Some(_) => Err(RequestError::new(
            "origin",
            "is not the one in clientDataJSON: pass the origin of the page that asked for the credential, without a slash at \
             its end",
        )),
        None => Err(wrong("has a clientDataJSON without an origin: pass it as the browser returned it")),
    }
}

fn recode(part: &Value) -> Result<Value, RequestError> {
    Ok(BASE64_STANDARD.encode(decode(part)?).into())
}

fn decode(part: &Value) -> Result<Vec<u8>, RequestError> {
    BASE64_URL_SAFE_ANY_PAD.decode(text(part)?).map_err(|_| wrong("has a part that is not Base64URL"))
}

fn text(part: &Value) -> Result<&str, RequestError> {
    part.as_str().ok_or_else(|| wrong("is incomplete: pass the text of JSON.stringify(credential.toJSON())"))
}

fn wrong(problem: &'static str) -> RequestError {
    RequestError::new("credential", problem)
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn an_android_app_is_known_by_the_hash_of_its_certificate() {
        let hash = BASE64_URL_SAFE_NO_PAD.encode([0xfb; 32]);
        assert!(hash.contains(['-', '_']), "Base64URL and not Base64");
        let app = format!("android:apk-key-hash:{hash}");
        let made_by = |origin: &str| {
            let client_data = json!({ "type": "webauthn.get", "origin": origin, "androidPackageName": "com.example" });
            json!({ "id": "a", "rawId": "YQ", "type": "public-key", "response": {
                "clientDataJSON": BASE64_URL_SAFE_NO_PAD.encode(client_data.to_string()),
                "authenticatorData": "YQ", "signature": "YQ", "attestationObject": "YQ",
            } })
            .to_string()
        };
        assert!(assertion(&app, &made_by(&app)).is_ok() && attestation(&app, &made_by(&app)).is_ok());
        let other = format!("android:apk-key-hash:{}", BASE64_URL_SAFE_NO_PAD.encode([7; 32]));
        assert_eq!(assertion(&app, &made_by(&other)).unwrap_err().argument(), "origin");
        assert_eq!(attestation("https://a", &made_by(&app)).unwrap_err().argument(), "origin");
        let (padded, standard) = (format!("{app}="), app.replace('-', "+").replace('_', "/"));
        for none in [&padded, &standard, "android:apk-key-hash:", "android:apk-key-hash:AAAA", &hash, "android:app"] {
            assert_eq!(assertion(none, &made_by(none)).unwrap_err().argument(), "origin", "{none}");
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

    /// What Chromium returns, shortened.
    const NEW: &str = r#"{"id":"-_8","rawId":"-_8","type":"public-key","authenticatorAttachment":"platform","clientExtensionResults":{"credProps":{"rk":true}},
        "response":{"clientDataJSON":"eyJvcmlnaW4iOiJodHRwczovL2EifQ","attestationObject":"_w","authenticatorData":"YQ","publicKey":"YQ","publicKeyAlgorithm":-7,"transports":["internal"]}}"#;

    #[test]
    fn a_new_credential_becomes_the_attestation_of_the_reference_and_nothing_more() {
        assert_eq!(
            attestation(ORIGIN, NEW).unwrap(),
            r#"{"id":"-_8","type":"public-key","rawId":"+/8=","response":{"clientDataJSON":"eyJvcmlnaW4iOiJodHRwczovL2EifQ==","attestationObject":"/w=="},"clientExtensionResults":{"credProps":{"rk":true}}}"#
        );
        let without_results = NEW.replace(r#""clientExtensionResults":{"credProps":{"rk":true}},"#, "");
        assert!(attestation(ORIGIN, &without_results).unwrap().ends_with(r#""clientExtensionResults":{}}"#));
    }

    #[test]
    fn a_new_credential_of_another_page_or_of_a_log_in_is_refused() {
        assert_eq!(attestation("https://b", NEW).unwrap_err().argument(), "origin");
        assert_eq!(attestation("a", NEW).unwrap_err().argument(), "origin");
        let of_a_log_in = NEW.replace(r#""attestationObject":"_w","#, "");
        assert_eq!(attestation(ORIGIN, &of_a_log_in).unwrap_err().argument(), "credential");
        assert_eq!(attestation(ORIGIN, "[]").unwrap_err().argument(), "credential");
    }
}
