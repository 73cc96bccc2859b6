//! A response of the service.

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, PRAGMA},
};
use serde_json::Value;

/// The header that names an answer; an error body repeats its value.
pub(crate) const CORRELATION_ID: HeaderName = HeaderName::from_static("correlation-id");

pub(crate) struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Option<Value>,
}

impl Answer {
    /// Plain JSON: a token, an error, a reply of the control paths.
    ///
    /// Rule: NOTHING_IS_CACHED. Nor is it to be stored: there are tokens and secrets among it.
    pub(crate) fn json(status: StatusCode, body: Value) -> Self {
        let headers = HeaderMap::from_iter([
            (CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (CACHE_CONTROL, HeaderValue::from_static("no-cache, no-store")),
            (PRAGMA, HeaderValue::from_static("no-cache")),
        ]);
        Self { status, headers, body: Some(body) }
    }

    /// A resource as it is now.
    ///
    /// Rule: ANSWERS_ARE_HAL.
    pub(crate) fn resource(body: Value) -> Self {
        Self::json(StatusCode::OK, body).header(CONTENT_TYPE, "application/hal+json;charset=UTF-8")
    }

    /// A resource that has just been made, at the address `location`.
    pub(crate) fn created(body: Value, location: &str) -> Self {
        Self { status: StatusCode::CREATED, ..Self::resource(body) }.header(LOCATION, location)
    }

    /// Done, with nothing to show.
    pub(crate) fn no_content() -> Self {
        Self::json(StatusCode::NO_CONTENT, Value::Null).without_body()
    }

    /// Sets a header. A value that no header can hold is left out.
    pub(crate) fn header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
        self
    }

    /// Nothing but status and headers.
    pub(crate) fn without_body(mut self) -> Self {
        self.headers.remove(CONTENT_TYPE);
        Self { body: None, ..self }
    }

    pub(crate) fn into_response(self) -> http::Response<Bytes> {
        self.into_parts().0
    }

    /// The response, and its body as it was before it became text.
    pub(crate) fn into_parts(self) -> (http::Response<Bytes>, Value) {
        let body = self.body.as_ref().map(|body| Bytes::from(body.to_string()));
        let mut response = http::Response::new(body.unwrap_or_default());
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        (response, self.body.unwrap_or_default())
    }
}
