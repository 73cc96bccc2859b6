//! Whether a reply is about what was asked for.

use super::{Document, member::Member, raw};

/// Whether the reply has the id `expected`, or none. Anything but text or null is a different id.
pub(crate) fn is<T: Member>(document: &Document<T>, expected: &str) -> bool {
    if let Some(id) = document.id_member() {
        return id.eq_ignore_ascii_case(expected);
    }
    // The view has no id, which is rare; so only now do we look in the body.
    is_same(raw::member(document.as_json(), "id"), expected)
}

/// The same for the member as it is in the body.
pub(crate) fn is_same(id: Option<&str>, expected: &str) -> bool {
    match id {
        None | Some("null") => true,
        Some(id) => raw::text(id).is_some_and(|id| id.eq_ignore_ascii_case(expected)),
    }
}
