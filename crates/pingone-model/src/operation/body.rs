use std::fmt;

use bytes::Bytes;
use serde_json::Value;

/// The body of a request. `Debug` shows its length alone.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Body(Bytes);

impl Body {
    /// No body.
    pub const NONE: Self = Self(Bytes::new());

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn into_bytes(self) -> Bytes {
        self.0
    }
}

/// JSON, serialized now.
impl From<Value> for Body {
    fn from(json: Value) -> Self {
        Self(json.to_string().into())
    }
}

/// A body that never varies.
impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Self(Bytes::from_static(text.as_bytes()))
    }
}

/// A body of any kind.
impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({} bytes)", self.0.len())
    }
}
