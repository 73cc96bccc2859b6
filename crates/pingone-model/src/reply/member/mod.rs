//! The views of replies: what is typed is read, everything else is skipped, and only broken JSON is an error.

mod reader;
mod values;

use serde::de::{IgnoredAny, MapAccess, SeqAccess};
#[cfg(any(test, feature = "unstable-shown"))]
use serde_json::Value;
use serde_json::value::RawValue;

use crate::reply::trace::Trace;

pub(crate) use self::{
    reader::{next, next_name, read},
    values::Digits,
};

/// What a member of a reply is read from. A JSON type that is not overridden is skipped: the member is absent from
/// the view, and the body still has it.
pub trait Member: Sized {
    /// Whether it is read by [`verbatim`](Self::verbatim) alone.
    #[doc(hidden)]
    const VERBATIM: bool = false;

    /// Any JSON but `null`, as it is written.
    #[doc(hidden)]
    fn verbatim(_: &RawValue) -> Option<Self> {
        None
    }

    #[doc(hidden)]
    fn text(_: &str) -> Option<Self> {
        None
    }

    #[doc(hidden)]
    fn flag(_: bool) -> Option<Self> {
        None
    }

    #[doc(hidden)]
    fn number(_: u64) -> Option<Self> {
        None
    }

    /// A number that is negative, fractional or too large.
    #[doc(hidden)]
    fn other_number(_: serde_json::Number) -> Option<Self> {
        None
    }

    #[doc(hidden)]
    fn object<'de, A: MapAccess<'de>>(mut map: A, _: &mut Trace) -> Result<Option<Self>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    #[doc(hidden)]
    fn list<'de, A: SeqAccess<'de>>(mut list: A, _: &mut Trace) -> Result<Option<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    /// The text that it is.
    #[doc(hidden)]
    fn as_text(&self) -> Option<&str> {
        None
    }

    /// The text of its member `id`.
    #[doc(hidden)]
    fn id_member(&self) -> Option<&str> {
        None
    }

    /// What the accessors show of it, as JSON again.
    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value;
}

/// A JSON object with named members, as the macro `view` writes it.
pub trait View: Member {}
