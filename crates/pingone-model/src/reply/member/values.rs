//! Members that are values or lists of them.

use serde::de::{MapAccess, SeqAccess};
#[cfg(any(test, feature = "unstable-shown"))]
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Member, View, reader::Reader};
use crate::reply::trace::Trace;

impl Member for Box<str> {
    fn text(text: &str) -> Option<Self> {
        Some(text.into())
    }

    fn as_text(&self) -> Option<&str> {
        Some(self)
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value {
        Value::from(&**self)
    }
}

impl Member for bool {
    fn flag(flag: bool) -> Option<Self> {
        Some(flag)
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value {
        Value::from(*self)
    }
}

impl Member for u64 {
    fn number(number: u64) -> Option<Self> {
        Some(number)
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value {
        Value::from(*self)
    }
}

/// Digits that the service sends as text or as a number.
#[derive(Clone)]
pub(crate) struct Digits(Box<str>);

impl Digits {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Member for Digits {
    fn text(text: &str) -> Option<Self> {
        Some(Self(text.into()))
    }

    fn number(number: u64) -> Option<Self> {
        Some(Self(number.to_string().into()))
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value {
        Value::from(self.as_str())
    }
}

/// A number that need not be whole.
impl Member for serde_json::Number {
    fn number(number: u64) -> Option<Self> {
        Some(number.into())
    }

    fn other_number(number: Self) -> Option<Self> {
        Some(number)
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value {
        Value::Number(self.clone())
    }
}

/// Any JSON, for members whose content comes from the caller.
impl Member for Box<RawValue> {
    const VERBATIM: bool = true;

    fn verbatim(json: &RawValue) -> Option<Self> {
        Some(json.to_owned())
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value {
        serde_json::from_str(self.get()).unwrap_or_default()
    }
}

/// A view in a box, for one that is large or rare.
impl<T: View> Member for Box<T> {
    fn object<'de, A: MapAccess<'de>>(map: A, trace: &mut Trace) -> Result<Option<Self>, A::Error> {
        Ok(T::object(map, trace)?.map(Self::new))
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value {
        (**self).shown()
    }
}

/// An element that cannot be read does not affect its siblings.
impl<T: Member> Member for Vec<T> {
    fn list<'de, A: SeqAccess<'de>>(mut list: A, trace: &mut Trace) -> Result<Option<Self>, A::Error> {
        // The shortest element but a number, `{}`, is three bytes in the body with its comma, and while a list grows
        // there are three places for each.
        const { assert!(size_of::<T>() <= 16, "what is in a list is to be small: `struct Name([HeldName])`") }
        let mut all = Self::new();
        for index in 0.. {
            let outside = trace.enter_element(index);
            let mut element = None;
            let end = list.next_element_seed(Reader(trace, &mut element))?;
            trace.leave(outside);
            if let Some(element) = element.filter(|_| !trace.is_telling()) {
                if all.is_empty() {
                    all.reserve(USUAL_LENGTH);
                }
                all.push(element);
            }
            if end.is_none() {
                break;
            }
        }
        Ok(Some(all))
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value {
        self.iter().map(Member::shown).collect()
    }
}

/// Few lists are longer, so most need one allocation.
const USUAL_LENGTH: usize = 8;
