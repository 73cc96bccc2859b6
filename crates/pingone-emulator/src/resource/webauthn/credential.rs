use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::Value;

/// What a browser returns for a passkey, as JSON.
pub(crate) struct Credential {
    pub(crate) id: Vec<u8>,
    value: Value,
    either_kind: bool,
}

impl Credential {
    /// Rule: ASSERTION_IS_TEXT. Rule: CREDENTIAL_IS_NAMED_ALIKE.
    pub(crate) fn read(text: &str, either_kind: bool) -> Result<Self, &'static str> {
        let value: Value = serde_json::from_str(text).map_err(|_| "is not JSON")?;
        let id = value["id"].as_str().ok_or("lacks the id of the credential")?;
        let id = URL_SAFE_NO_PAD.decode(id).map_err(|_| "has an id that is not Base64URL without padding")?;
        if binary(&value["rawId"], either_kind).ok_or("lacks rawId, or it is not Base64")? != id {
            return Err("has an id and a rawId that differ");
        }
        if value["type"] != "public-key" {
            return Err("has a type other than public-key");
        }
        Ok(Self { id, value, either_kind })
    }

    /// A member outside the response.
    pub(crate) fn member(&self, name: &str) -> &Value {
        &self.value[name]
    }

    /// A member of the response.
    pub(crate) fn response(&self, name: &str) -> &Value {
        &self.value["response"][name]
    }

    /// The bytes of a member of the response.
    pub(crate) fn part(&self, name: &str) -> Option<Vec<u8>> {
        binary(self.response(name), self.either_kind)
    }
}

/// Rule: BASE64_OF_EITHER_KIND.
fn binary(value: &Value, either_kind: bool) -> Option<Vec<u8>> {
    let text = value.as_str()?;
    let url_safe = || URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
    STANDARD.decode(text).ok().or_else(|| either_kind.then(url_safe).flatten())
}
