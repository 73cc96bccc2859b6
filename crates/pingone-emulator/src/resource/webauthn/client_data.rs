use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

/// What the browser says about the ceremony, signed by the authenticator.
pub(crate) struct ClientData(Value);

impl ClientData {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, &'static str> {
        // Text may begin with a byte order mark (UTF-8 decode, WHATWG Encoding).
        let json = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        serde_json::from_slice(json).map(Self).map_err(|_| "clientDataJSON is not JSON.")
    }

    pub(crate) fn origin(&self) -> &str {
        self.0["origin"].as_str().unwrap_or_default()
    }

    pub(crate) fn challenge(&self) -> Option<Vec<u8>> {
        URL_SAFE_NO_PAD.decode(self.0["challenge"].as_str()?).ok()
    }

    pub(crate) fn is_of(&self, ceremony: &str) -> bool {
        self.0["type"] == ceremony
    }

    /// Rule: CHALLENGE_MATCHES. Rule: ORIGIN_MATCHES.
    pub(crate) fn check(&self, challenge: &[u8], origin: &str) -> Result<(), &'static str> {
        if self.0["challenge"] != URL_SAFE_NO_PAD.encode(challenge) {
            return Err("The challenge is not the one that was set.");
        }
        if self.0["origin"] != origin {
            return Err("The origin in clientDataJSON is not the one in the request.");
        }
        Ok(())
    }
}
