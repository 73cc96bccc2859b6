use serde::de::{IgnoredAny, MapAccess};

use super::{member::Member, trace::Trace};

/// An object without typed members, for operations of your own: a `Document<Untyped>` has its JSON in
/// [`as_json`](crate::Document::as_json), to be read as you like.
///
/// `Debug` shows nothing of it, because anything might be personal.
#[derive(Clone, Copy, Debug)]
pub struct Untyped;

impl Member for Untyped {
    fn object<'de, A: MapAccess<'de>>(mut map: A, _: &mut Trace) -> Result<Option<Self>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Some(Self))
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> serde_json::Value {
        serde_json::Value::Null
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    #[test]
    fn any_object_is_read_and_nothing_of_it_shown() {
        for json in ["{}", r#"{"a":[1],"secret":"hunter2"}"#] {
            let document = Document::<Untyped>::from_json(json).unwrap();
            assert_eq!((document.as_json(), format!("{document:?}")), (json, "Untyped".to_owned()));
        }
        for bad in ["", "[]", "7", "null", "{"] {
            assert!(Document::<Untyped>::from_json(bad).is_err(), "{bad}");
        }
    }
}
