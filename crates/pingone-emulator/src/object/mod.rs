//! JSON input, with error messages that say what is wrong.

mod error;

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value};

pub use self::error::DataError;

/// A JSON object and its path, which is empty for the whole.
pub(crate) struct Object<'a> {
    place: String,
    members: &'a Map<String, Value>,
}

impl<'a> Object<'a> {
    pub(crate) fn new(place: String, value: &'a Value) -> Result<Self, DataError> {
        match value {
            Value::Object(members) => Ok(Self { place, members }),
            _ => Err(DataError::new(place, "must be an object")),
        }
    }

    /// Reads text that ought to be JSON.
    pub(crate) fn parse(json: &str) -> Result<Value, DataError> {
        let problem = |error| DataError::new("", format!("is not JSON, {error}; see the built-in data"));
        serde_json::from_str(json).map_err(problem)
    }

    pub(crate) fn error(&self, name: &str, problem: impl Into<String>) -> DataError {
        DataError::new(self.at(name), problem)
    }

    pub(crate) fn members(&self) -> &'a Map<String, Value> {
        self.members
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    pub(crate) fn text(&self, name: &str) -> Result<&'a str, DataError> {
        match self.member(name)?.as_str() {
            Some(text) if !text.is_empty() => Ok(text),
            _ => Err(self.error(name, "must be a string that is not empty")),
        }
    }

    pub(crate) fn optional_text(&self, name: &str) -> Result<Option<&'a str>, DataError> {
        self.has(name).then(|| self.text(name)).transpose()
    }

    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, DataError> {
        let read = |value: &Value| value.as_bool().ok_or_else(|| self.error(name, "must be true or false"));
        self.members.get(name).map(read).transpose()
    }

    pub(crate) fn number(&self, name: &str) -> Result<Option<u32>, DataError> {
        let read = |value: &Value| {
            let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
            number.ok_or_else(|| self.error(name, "must be a whole number"))
        };
        self.members.get(name).map(read).transpose()
    }

    /// A time in ISO 8601.
    pub(crate) fn optional_time(&self, name: &str) -> Result<Option<Timestamp>, DataError> {
        let read =
            |text: &str| text.parse().map_err(|_| self.error(name, "must be a time, such as 2030-01-31T12:00:00Z"));
        self.optional_text(name)?.map(read).transpose()
    }

    /// A duration, in whole seconds.
    pub(crate) fn seconds(&self, name: &str) -> Result<Option<Duration>, DataError> {
        Ok(self.number(name)?.map(|seconds| Duration::from_secs(seconds.into())))
    }

    pub(crate) fn object(&self, name: &str) -> Result<Object<'a>, DataError> {
        Object::new(self.at(name), self.member(name)?)
    }

    pub(crate) fn optional_object(&self, name: &str) -> Result<Option<Object<'a>>, DataError> {
        self.has(name).then(|| self.object(name)).transpose()
    }

    pub(crate) fn objects(&self, name: &str) -> Result<Vec<Object<'a>>, DataError> {
        let array = self.member(name)?.as_array();
        let array = array.ok_or_else(|| self.error(name, "must be an array of objects"))?;
        let place = |index| format!("{}[{index}]", self.at(name));
        array.iter().enumerate().map(|(index, value)| Object::new(place(index), value)).collect()
    }

    /// No objects if there is no such member.
    pub(crate) fn optional_objects(&self, name: &str) -> Result<Vec<Object<'a>>, DataError> {
        if self.has(name) { self.objects(name) } else { Ok(Vec::new()) }
    }

    pub(crate) fn has_only(&self, names: &[&str]) -> Result<(), DataError> {
        match self.members.keys().find(|name| !names.contains(&name.as_str())) {
            Some(unknown) => {
                let problem = format!("is unknown; use one of {}", names.join(", "));
                Err(self.error(&unknown.escape_debug().to_string(), problem))
            }
            None => Ok(()),
        }
    }

    pub(crate) fn member(&self, name: &str) -> Result<&'a Value, DataError> {
        self.members.get(name).ok_or_else(|| self.error(name, "is missing; add it"))
    }

    fn at(&self, name: &str) -> String {
        if self.place.is_empty() { name.to_owned() } else { format!("{}.{name}", self.place) }
    }
}
