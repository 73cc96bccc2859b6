//! Enumerations that read anything: PingOne adds values without notice.

use std::fmt;

/// A value that this version does not name; `as_str` of the enumeration returns it.
///
/// It cannot be matched on, so that a later version may give the value a name without breaking anybody.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unnamed(Box<str>);

impl Unnamed {
    pub(crate) fn new(value: &str) -> Self {
        Self(value.into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Unnamed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// One line a value: `Name = "WIRE"`.
macro_rules! open_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        ///
        /// An open set: a value that this version does not name is kept, and shown by `as_str`.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        $vis enum $name {
            $($(#[$doc])* $variant,)*
            #[doc(hidden)]
            Unnamed($crate::Unnamed),
        }

        impl $name {
            /// The value on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unnamed(value) => value.as_str(),
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Unnamed($crate::Unnamed::new(text)),
                }
            }
        }

        /// Any text is a value.
        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }

        $crate::shared::text::text_value!($name);
    };
}
pub(crate) use open_enum;

#[cfg(test)]
mod tests {
    use crate::Status;

    #[test]
    fn an_unknown_value_is_kept_and_shown() {
        let known: Status = serde_json::from_str(r#""FAILED""#).unwrap();
        let unknown: Status = serde_json::from_str(r#""failed""#).unwrap();
        assert_eq!(known, Status::Failed);
        assert_ne!(unknown, Status::Failed, "case is the service's");
        assert_eq!(unknown.as_str(), "failed");
        assert_eq!(serde_json::to_string(&unknown).unwrap(), r#""failed""#);
        assert_eq!(format!("{known:?} {unknown:?}"), r#"Failed Unnamed("failed")"#);
    }
}
