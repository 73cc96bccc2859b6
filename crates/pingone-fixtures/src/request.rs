use serde_json::Value;

use crate::{files, values::fill};

/// A request as the reference shows it, the documentation's placeholders filled in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DocumentedRequest {
    /// The operation that builds it.
    pub operation: String,
    /// The page of the reference.
    pub page: String,
    /// The method.
    pub method: String,
    /// What stands behind the host's base: the path, and the query if there is one.
    pub path: String,
    /// The media type, if there is a body.
    pub media_type: Option<String>,
    /// The body, if there is one.
    pub body: Option<Value>,
}

impl DocumentedRequest {
    /// The request of this file in `fixtures/requests`.
    #[must_use]
    pub fn read(name: &str) -> Self {
        let mut file: Value = serde_json::from_str(&files::text("requests", name)).unwrap();
        let mut take = |member: &str| match file[member].take() {
            Value::Null => None,
            Value::String(text) => Some(text),
            other => panic!("fixtures/requests/{name}.json has a `{member}` that is no text: {other}"),
        };
        let mut must = |member: &str| {
            take(member).unwrap_or_else(|| panic!("fixtures/requests/{name}.json has no `{member}`: add it"))
        };
        let (operation, page, method, path) = (must("operation"), must("page"), must("method"), fill(&must("path")));
        let media_type = take("mediaType");
        let body = Some(file["body"].take()).filter(|body| !body.is_null()).map(filled);
        Self { operation, page, method, path, media_type, body }
    }
}

fn filled(value: Value) -> Value {
    match value {
        Value::String(text) => fill(&text).into(),
        Value::Array(elements) => elements.into_iter().map(filled).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, filled(value))).collect(),
        other => other,
    }
}
