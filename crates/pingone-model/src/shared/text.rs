//! Values that are text on the wire: ids and open enumerations.

use std::{
    fmt::{self, Write},
    marker::PhantomData,
};

use serde::{Deserializer, de};

/// Lets a type with `as_str` and `From<&str>` be shown, written and read as text, also as a member of a reply.
macro_rules! text_value {
    ($name:ident) => {
        /// It is safe for a terminal: control characters are escaped; `as_str` is verbatim.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::shared::text::display(self.as_str(), f)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
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

/// The service's text may come from anybody. Unprintable characters are escaped, including ASCII controls and
/// those that change the direction of text.
pub(crate) fn display(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for character in text.chars() {
        match character {
            '"' | '\'' | '\\' => f.write_char(character)?,
            _ => write!(f, "{}", character.escape_debug())?,
        }
    }
    Ok(())
}

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

#[cfg(test)]
mod tests {
    use crate::{DeviceId, Status};

    #[test]
    fn what_would_control_a_terminal_is_escaped() {
        let text = "\u{1b}[31m\r\n\0\u{7f}\u{9b}\u{202e}\u{2066}\u{200b}\u{2028}";
        let escaped = r"\u{1b}[31m\r\n\0\u{7f}\u{9b}\u{202e}\u{2066}\u{200b}\u{2028}";
        let (status, id) = (Status::from(text), DeviceId::from(text));
        assert_eq!((status.to_string(), id.to_string()), (escaped.to_owned(), escaped.to_owned()));
        assert_eq!((status.as_str(), id.as_str()), (text, text));
        assert_eq!(serde_json::to_value(&status).unwrap(), text);
    }

    #[test]
    fn what_prints_is_shown_as_it_is() {
        let text = r#"d-1 "ä" 日本 \ 'x'"#;
        assert_eq!(DeviceId::from(text).to_string(), text);
    }
}
