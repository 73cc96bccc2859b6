//! Hardware tokens of the environment, which a user can pair by their serial numbers.

use std::fmt;

use serde_json::{Map, Value};

use super::user::Device;
use crate::{
    collection::Collection,
    object::{DataError, Object},
};

/// A hardware token that makes codes, by the time or by a counter.
///
/// `Debug` does not show the secret.
#[derive(Clone)]
pub struct OathToken {
    serial_number: String,
    token_type: String,
    /// What a device knows of itself and never shows.
    hidden: Map<String, Value>,
}

impl OathToken {
    /// Reads a token from the JSON with which PingOne's management API creates one: `serialNumber`, `secret` in Base32,
    /// `type` (`TOTP` or `HOTP`), `otpLength`, `totp.timeStep`, `hotp.counter`, `hashAlgorithm`.
    ///
    /// # Errors
    ///
    /// When the text is not JSON, or a member is missing, unknown or of the wrong type.
    pub fn from_json(json: &str) -> Result<Self, DataError> {
        Self::read(&Object::new(String::new(), &Object::parse(json)?)?)
    }

    pub(crate) fn read(object: &Object<'_>) -> Result<Self, DataError> {
        let known = ["id", "serialNumber", "secret", "type", "otpLength", "totp", "hotp", "hashAlgorithm", "rowNumber"];
        object.has_only(&known)?;
        let token_type = object.text("type")?;
        let mut hidden = Map::from_iter([("secret".to_owned(), object.text("secret")?.into())]);
        let mut hide = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                hidden.insert(name.to_owned(), value);
            }
        };
        match token_type {
            "TOTP" => {
                let totp = object.optional_object("totp")?.map(|totp| totp.number("timeStep")).transpose()?.flatten();
                hide("timeStep", totp.map(Value::from));
            }
            "HOTP" => {
                let hotp = object.optional_object("hotp")?.map(|hotp| hotp.number("counter")).transpose()?.flatten();
                hide("counter", hotp.map(Value::from));
            }
            _ => return Err(object.error("type", "must be TOTP or HOTP")),
        }
        match object.number("otpLength")? {
            None | Some(6 | 8) => hide("otpLength", object.members().get("otpLength").cloned()),
            Some(_) => return Err(object.error("otpLength", "must be 6 or 8")),
        }
        match object.optional_text("hashAlgorithm")? {
            None | Some("HmacSHA1" | "HmacSHA256" | "HmacSHA512") => {
                hide("hashAlgorithm", object.members().get("hashAlgorithm").cloned());
            }
            Some(_) => return Err(object.error("hashAlgorithm", "must be HmacSHA1, HmacSHA256 or HmacSHA512")),
        }
        let serial_number = object.text("serialNumber")?.to_owned();
        Ok(Self { serial_number, token_type: token_type.to_owned(), hidden })
    }

    /// The serial number, by which it is paired.
    pub fn serial_number(&self) -> &str {
        &self.serial_number
    }

    /// `TOTP` or `HOTP`.
    pub fn token_type(&self) -> &str {
        &self.token_type
    }

    /// The token as a device of somebody.
    pub(crate) fn device(&self, id: &str) -> Device {
        let device = Device::new(id, "OATH_TOKEN")
            .member("serialNumber", self.serial_number.as_str().into())
            .member("tokenType", self.token_type.as_str().into());
        self.hidden.iter().fold(device, |device, (name, value)| device.hidden(name, value.clone()))
    }
}

impl fmt::Debug for OathToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OathToken")
            .field("serial_number", &self.serial_number)
            .field("type", &self.token_type)
            .finish_non_exhaustive()
    }
}

/// Every token of the environment, by its serial number.
#[derive(Clone)]
pub(crate) struct OathTokens(Collection<OathToken>);

impl OathTokens {
    pub(crate) fn new(tokens: impl IntoIterator<Item = OathToken>) -> Self {
        Self(Collection::of(tokens, OathToken::serial_number))
    }

    pub(crate) fn find(&self, serial_number: &str) -> Option<&OathToken> {
        self.0.get(serial_number)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &OathToken> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong_with_a_token() {
        for (json, problem) in [
            (r#"{"serialNumber":"1","secret":"AAAA"}"#, "type: is missing; add it"),
            (r#"{"serialNumber":"1","secret":"AAAA","type":"U2F"}"#, "type: must be TOTP or HOTP"),
            (r#"{"serialNumber":"1","secret":"AAAA","type":"HOTP","otpLength":7}"#, "otpLength: must be 6 or 8"),
            (r#"{"serialNumber":1,"secret":"AAAA","type":"HOTP"}"#, "serialNumber: must be a string that is not empty"),
        ] {
            assert_eq!(OathToken::from_json(json).unwrap_err().to_string(), problem);
        }
        let token = OathToken::from_json(r#"{"serialNumber":"1","secret":"HUNTER","type":"HOTP"}"#).unwrap();
        assert!(!format!("{token:?}").contains("HUNTER"));
    }
}
