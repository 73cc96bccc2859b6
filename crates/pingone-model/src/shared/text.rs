//! Values that are text on the wire: ids and open enumerations.

use std::{fmt, marker::PhantomData};

use serde::{Deserializer, de};

/// Lets a type with `as_str` and `From<&str>` be shown, written and read as text, also as a member of a reply.
macro_rules! text_value {
    ($name:ident) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl From<&$name> for $name {
            fn from(value: &$name) -> Self {
                value.clone()
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::shared::text::deserialize(deserializer)
            }
        }

        impl $crate::reply::member::Member for $name {
            fn text(text: &str) -> Option<Self> {
                Some(Self::from(text))
            }

            fn as_text(&self) -> Option<&str> {
                Some(self.as_str())
            }

            #[cfg(any(test, feature = "unstable-shown"))]
            fn shown(&self) -> serde_json::Value {
                self.as_str().into()
            }
        }
    };
}
pub(crate) use text_value;

pub(crate) fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: for<'a> From<&'a str>,
{
    deserializer.deserialize_str(TextVisitor(PhantomData))
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: for<'a> From<&'a str>> de::Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }
}
