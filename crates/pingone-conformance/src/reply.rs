//! What came back, and whether it is what was expected.

use http::HeaderMap;
use serde_json::Value;

use super::{
    authenticator,
    verdict::{Try, differs},
};

pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
}

impl Reply {
    /// Every word of `expected` is among those of the [summary](Self::summary); ` or ` stands between alternatives.
    pub(super) fn is(&self, expected: &str) -> Try {
        let seen = self.summary();
        let is_among = |word: &str| seen.split(' ').any(|given| given == word);
        let fits = expected.split(" or ").any(|all| all.split(' ').all(is_among));
        if fits { Ok(()) } else { Err(differs(expected, seen)) }
    }

    /// Status, and what the body says: the authentication's status, or the codes and targets of what is wrong. None of
    /// these is a secret.
    pub(super) fn summary(&self) -> String {
        let mut words = vec![self.status.to_string()];
        let is_only_message = self.body.as_object().is_some_and(|body| body.len() == 1 && body.contains_key("message"));
        if is_only_message {
            words.push("only-message".to_owned());
        }
        let detail = &self.body["details"][0];
        // Of a thing that there is, `code` is a secret: that of a pairing key.
        let code = if self.status >= 400 { &self.body["code"] } else { &Value::Null };
        let told = [&self.body["status"], &self.body["error"], code, &detail["code"], &detail["target"]];
        words.extend(told.into_iter().filter_map(Value::as_str).map(str::to_owned));
        words.join(" ")
    }

    /// What stands at this JSON pointer; null if nothing does.
    pub(super) fn at(&self, pointer: &str) -> &Value {
        self.body.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// The text at this JSON pointer; empty if there is none.
    pub(super) fn text(&self, pointer: &str) -> &str {
        self.at(pointer).as_str().unwrap_or_default()
    }

    /// The header; empty if it is missing.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The id of an authentication.
    pub(super) fn id(&self) -> String {
        self.text("/id").to_owned()
    }

    /// The code that a test device would have been sent. A number has lost its leading zeros; a code has 6 digits or
    /// more.
    pub(super) fn test_code(&self) -> Try<String> {
        match self.at("/test/otp") {
            Value::String(code) => Ok(code.clone()),
            Value::Number(code) => Ok(format!("{:0>6}", code.to_string())),
            _ => Err(differs("a code in test.otp", "none")),
        }
    }

    /// What a passkey is asked.
    pub(super) fn options(&self) -> Try<Value> {
        let asked = authenticator::options(&self.body);
        asked.ok_or_else(|| differs("publicKeyCredentialRequestOptions as JSON inside text", "none"))
    }

    /// The relations of the links, separated by spaces.
    pub(super) fn links(&self) -> String {
        let names = self.at("/_links").as_object().map(|links| links.keys().cloned().collect::<Vec<_>>());
        let mut names = names.unwrap_or_default();
        names.sort_unstable();
        names.join(" ")
    }
}

/// The kind of a JSON value, to be shown in the place of a secret one.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::verdict::Verdict;

    fn reply(status: u16, body: Value) -> Reply {
        Reply { status, headers: HeaderMap::new(), body }
    }

    #[test]
    fn each_word_is_looked_for() {
        let body = json!({ "code": "INVALID_DATA", "details": [{ "code": "INVALID_OTP", "target": "otp" }] });
        let wrong = reply(400, body);
        for expected in ["400", "400 INVALID_OTP", "INVALID_DATA otp", "404 or 400", "FAILED or 400 INVALID_OTP"] {
            assert!(wrong.is(expected).is_ok(), "{expected}");
        }
        for unexpected in ["40", "200", "400 FAILED", "404 or 410", "INVALID"] {
            assert!(wrong.is(unexpected).is_err(), "{unexpected}");
        }
        let Err(Verdict::Differs { expected, seen }) = wrong.is("200 COMPLETED") else { panic!("it differs") };
        assert_eq!((expected.as_str(), seen.as_str()), ("200 COMPLETED", "400 INVALID_DATA INVALID_OTP otp"));
    }

    #[test]
    fn a_gateway_says_a_message_and_nothing_else() {
        assert!(reply(403, json!({ "message": "m" })).is("403 only-message").is_ok());
        assert!(reply(403, json!({ "message": "m", "code": "c" })).is("403 only-message").is_err());
        assert_eq!(reply(502, Value::Null).summary(), "502");
    }

    #[test]
    fn the_code_of_a_pairing_key_is_not_told() {
        let key = reply(201, json!({ "code": "012345678901", "status": "UNCLAIMED" }));
        assert_eq!(key.summary(), "201 UNCLAIMED");
    }
}
