//! The JSON body of a request, and what is wrong with it.

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::{
    error::PlatformError,
    rules::{self, Rules},
};

/// Rule: UNKNOWN_MEMBERS_ARE_TOLERATED.
pub(crate) struct Body {
    members: Map<String, Value>,
    null_is_absent: bool,
}

impl Body {
    /// Rule: BODY_IS_AN_OBJECT.
    pub(crate) fn read(body: &Bytes, rules: &Rules) -> Result<Self, PlatformError> {
        let members = serde_json::from_slice(body).map_err(|_| PlatformError::malformed())?;
        Ok(Self { members, null_is_absent: rules.holds(&rules::NULL_IS_ABSENT) })
    }

    pub(crate) fn members(&self) -> &Map<String, Value> {
        &self.members
    }

    /// The text at `path`, whose members are separated by dots.
    pub(crate) fn required_text(&self, path: &str) -> Result<&str, PlatformError> {
        self.optional_text(path)?.ok_or_else(|| PlatformError::required_value(path))
    }

    /// The text at `path`, if there is one.
    ///
    /// Rule: TEXT_IS_TEXT.
    pub(crate) fn optional_text(&self, path: &str) -> Result<Option<&str>, PlatformError> {
        match self.find(path)? {
            None => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Err(PlatformError::empty_value(path)),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(PlatformError::invalid_value(path, "must be a string")),
        }
    }

    /// The text at `path`, which may be empty.
    pub(crate) fn required_string(&self, path: &str) -> Result<&str, PlatformError> {
        match self.find(path)? {
            None => Err(PlatformError::required_value(path)),
            Some(Value::String(text)) => Ok(text),
            Some(_) => Err(PlatformError::invalid_value(path, "must be a string")),
        }
    }

    /// The `id` of each object in the array at `path`, if there is one.
    pub(crate) fn optional_ids(&self, path: &str) -> Result<Option<Vec<&str>>, PlatformError> {
        let Some(value) = self.find(path)? else { return Ok(None) };
        let ids = value.as_array().and_then(|items| items.iter().map(|item| item["id"].as_str()).collect());
        ids.map(Some).ok_or_else(|| PlatformError::invalid_value(path, "must be an array of objects with an id"))
    }

    /// The `id` of each object in the array at `path`.
    pub(crate) fn required_ids(&self, path: &str) -> Result<Vec<&str>, PlatformError> {
        self.optional_ids(path)?.ok_or_else(|| PlatformError::required_value(path))
    }

    /// The flag at `path`, if there is one.
    pub(crate) fn optional_flag(&self, path: &str) -> Result<Option<bool>, PlatformError> {
        match self.find(path)? {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(PlatformError::invalid_value(path, "must be true or false")),
        }
    }

    /// The whole number at `path`, if there is one. As in most of the service, a fraction is truncated.
    pub(crate) fn optional_number(&self, path: &str) -> Result<Option<u64>, PlatformError> {
        let wrong = || PlatformError::invalid_value(path, "must be a whole number that is not negative");
        let whole = |value: &Value| {
            value.as_u64().or_else(|| value.as_f64().filter(|number| *number >= 0.0).map(|number| number as u64))
        };
        self.find(path)?.map(|value| whole(value).ok_or_else(wrong)).transpose()
    }

    /// The object at `path`, if there is one.
    pub(crate) fn optional_object(&self, path: &str) -> Result<Option<Value>, PlatformError> {
        match self.find(path)? {
            None => Ok(None),
            Some(object @ Value::Object(_)) => Ok(Some(object.clone())),
            Some(_) => Err(PlatformError::invalid_value(path, "must be an object")),
        }
    }

    /// The paths in the body that are neither in `known`, nor lead to one that is, nor are below one.
    pub(crate) fn other_than(&self, known: &[&str]) -> Vec<String> {
        let mut others = Vec::new();
        collect(&self.members, "", known, &mut others);
        others
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        matches!(self.find(path), Ok(Some(_)))
    }

    fn find(&self, path: &str) -> Result<Option<&Value>, PlatformError> {
        let mut members = &self.members;
        let mut rest = path;
        loop {
            let (name, deeper) = rest.split_once('.').map_or((rest, None), |(name, deeper)| (name, Some(deeper)));
            match (members.get(name), deeper) {
                (None, _) => return Ok(None),
                (Some(Value::Null), _) if self.null_is_absent => return Ok(None),
                (found, None) => return Ok(found),
                (Some(Value::Object(object)), Some(deeper)) => (members, rest) = (object, deeper),
                (Some(_), Some(deeper)) => {
                    let target = &path[..path.len() - deeper.len() - 1];
                    return Err(PlatformError::invalid_value(target, "must be an object"));
                }
            }
        }
    }
}

fn collect(members: &Map<String, Value>, prefix: &str, known: &[&str], others: &mut Vec<String>) {
    for (name, value) in members {
        let path = format!("{prefix}{name}");
        let below = format!("{path}.");
        if known.contains(&path.as_str()) {
            continue;
        }
        match value {
            Value::Object(members) if known.iter().any(|known| known.starts_with(&below)) => {
                collect(members, &below, known, others);
            }
            _ if known.iter().any(|known| known.starts_with(&below)) => {}
            _ => others.push(short(&path)),
        }
    }
}

/// A member's name as it may be shown. It can be any text, of any length.
pub(crate) fn short(path: &str) -> String {
    path.chars().take(60).flat_map(char::escape_debug).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn body(value: &Value) -> Body {
        Body::read(&Bytes::from(value.to_string()), &Rules::default()).unwrap()
    }

    fn complaint(result: Result<Option<&str>, PlatformError>) -> (String, String) {
        let error = result.unwrap_err();
        let text = |name: &str| error.detail()[name].as_str().unwrap().to_owned();
        (text("code"), text("target"))
    }

    #[test]
    fn finds_text_at_a_path() {
        let body = body(&json!({"user": {"id": "u"}, "device": null}));
        assert_eq!(body.required_text("user.id").unwrap(), "u");
        assert_eq!(body.optional_text("device.id").unwrap(), None);
        assert_eq!(body.optional_text("policy.id").unwrap(), None);
    }

    #[test]
    fn names_the_member_that_is_wrong() {
        let body = body(&json!({"user": "u", "device": {"id": 1}, "otp": ""}));
        let complaints = [
            (body.optional_text("user.id"), "INVALID_VALUE", "user"),
            (body.optional_text("device.id"), "INVALID_VALUE", "device.id"),
            (body.optional_text("otp"), "EMPTY_VALUE", "otp"),
            (body.required_text("reason").map(Some), "REQUIRED_VALUE", "reason"),
        ];
        for (result, code, target) in complaints {
            assert_eq!(complaint(result), (code.to_owned(), target.to_owned()));
        }
    }

    #[test]
    fn tells_what_it_does_not_know() {
        let body = body(&json!({
            "user": { "id": "u", "name": "n" }, "policy": "p", "any": { "thing": { "goes": 1 } }, "x\u{1b}": { "y": 1 },
        }));
        let known = ["user.id", "policy.id", "any"];
        assert_eq!(body.other_than(&known), ["user.name", "x\\u{1b}"], "the type of policy is looked at by others");
        assert_eq!(body.other_than(&["user", "policy", "any", "x\u{1b}.y"]), [""; 0]);
    }

    #[test]
    fn refuses_what_is_no_json_object() {
        let deep = format!("{{\"a\": {}", "[".repeat(100_000));
        for text in ["", "{", "[]", "\"\"", "1", "{} {}", "{\"a\": \u{7f}}", &deep] {
            assert!(Body::read(&Bytes::copy_from_slice(text.as_bytes()), &Rules::default()).is_err(), "{text:.20}");
        }
        assert!(Body::read(&Bytes::from_static(b"{\"a\": \"\xff\"}"), &Rules::default()).is_err());
    }
}
