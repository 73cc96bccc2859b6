use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::Uri;

use crate::error::PlatformError;

/// Refuses an origin that cannot use passkeys of the relying party. `with_apps` is whether Android apps can.
pub(crate) fn check_origin(origin: &str, rp_id: &str, with_apps: bool) -> Result<(), PlatformError> {
    let problem = match with_apps && origin.starts_with("android:") {
        true if is_android_app(origin) => return Ok(()),
        true => {
            "must be android:apk-key-hash: and the SHA-256 hash of the app's certificate in Base64URL without padding"
        }
        false if is_of(origin, rp_id) => return Ok(()),
        false => "is not an https address of the relying party",
    };
    Err(PlatformError::invalid_value("origin", problem))
}

/// Whether this is an Android app, told by the SHA-256 hash of the certificate that signed it.
///
/// Rule: ORIGIN_OF_ANDROID_APP.
fn is_android_app(origin: &str) -> bool {
    let hash = origin.strip_prefix("android:apk-key-hash:").and_then(|hash| URL_SAFE_NO_PAD.decode(hash).ok());
    hash.is_some_and(|hash| hash.len() == 32)
}

/// Whether pages of this origin can use passkeys of the relying party.
///
/// Rule: ORIGIN_OF_RELYING_PARTY.
fn is_of(origin: &str, rp_id: &str) -> bool {
    let Ok(origin) = origin.parse::<Uri>() else { return false };
    let Some(host) = origin.host() else { return false };
    let is_secure = origin.scheme_str() == Some("https") || host == "localhost";
    is_secure && (host == rp_id || host.strip_suffix(rp_id).is_some_and(|rest| rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_an_https_address_of_the_relying_party() {
        for origin in ["https://example.com", "https://app.example.com", "https://a.b.example.com:8443"] {
            assert!(is_of(origin, "example.com"), "{origin}");
        }
        for origin in
            ["http://example.com", "https://badexample.com", "https://example.com.evil", "example.com", "", "/"]
        {
            assert!(!is_of(origin, "example.com"), "{origin}");
        }
        assert!(is_of("http://localhost:3000", "localhost"));
    }
}
