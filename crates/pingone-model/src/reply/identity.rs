//! Whether a reply is about the thing that was asked for.

use super::{Document, member::Member, raw};

/// Whether the reply carries the id `expected`, or none. What is neither text nor null is another id.
pub(crate) fn is<T: Member>(document: &Document<T>, expected: &str) -> bool {
    if let Some(id) = document.id_member() {
        return id.eq_ignore_ascii_case(expected);
    }
    // The view has no such member, or not as text. That is rare, so it is looked for only now.
    is_same(raw::member(document.as_json(), "id"), expected)
}

/// The same of the member as it stands in the body.
pub(crate) fn is_same(id: Option<&str>, expected: &str) -> bool {
    match id {
        None | Some("null") => true,
        Some(id) => raw::text(id).is_some_and(|id| id.eq_ignore_ascii_case(expected)),
    }
}
