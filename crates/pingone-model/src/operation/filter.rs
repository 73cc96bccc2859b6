//! Filters of lists.

use std::fmt;

use serde_json::Value;

/// A condition on the items of a list: an expression of SCIM, in which the values are quoted here.
///
/// Each list supports a few attributes and operators of its own, and names them in the error `INVALID_FILTER`. A list
/// that this crate knows has a filter of its own, made of those: such as [`UserFilter`](crate::user::UserFilter), which
/// also takes one of these for what it does not name. `Debug` shows no values.
///
/// ```
/// use pingone_model::Filter;
///
/// let filter = Filter::is("enabled", true).and(Filter::starts_with("username", "ada").or(Filter::eq("email", "a@b")));
/// ```
///
/// <https://developer.pingidentity.com/pingone-api/platform/reference/paging-ordering-collections.html>
#[derive(Clone, PartialEq, Eq)]
pub struct Filter {
    expression: String,
    /// For `Debug`, and for where parentheses are needed.
    shape: String,
    is_or: bool,
}

impl Filter {
    /// `attribute eq "value"`
    #[must_use]
    pub fn eq(attribute: &'static str, value: &str) -> Self {
        Self::comparison(attribute, "eq", value)
    }

    /// `attribute eq true`, or `false`: for an attribute that is not text.
    #[must_use]
    pub fn is(attribute: &'static str, value: bool) -> Self {
        Self::comparison(attribute, "eq", value)
    }

    /// `attribute sw "value"`: the attribute starts with it.
    #[must_use]
    pub fn starts_with(attribute: &'static str, value: &str) -> Self {
        Self::comparison(attribute, "sw", value)
    }

    fn comparison(attribute: &'static str, operator: &'static str, value: impl Into<Value>) -> Self {
        // SCIM writes values as JSON does (RFC 7644, 3.4.2.2).
        let value = value.into();
        Self {
            expression: format!("{attribute} {operator} {value}"),
            shape: format!("{attribute} {operator} .."),
            is_or: false,
        }
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let (left, right) = (self.grouped(), other.grouped());
        Self {
            expression: format!("{} and {}", left.expression, right.expression),
            shape: format!("{} and {}", left.shape, right.shape),
            is_or: false,
        }
    }

    /// One of the two, or both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            expression: format!("{} or {}", self.expression, other.expression),
            shape: format!("{} or {}", self.shape, other.shape),
            is_or: true,
        }
    }

    /// `and` binds closer than `or`.
    fn grouped(self) -> Self {
        if !self.is_or {
            return self;
        }
        Self { expression: format!("({})", self.expression), shape: format!("({})", self.shape), is_or: false }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.expression
    }
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Filter({})", self.shape)
    }
}

/// The filter of one kind of list, which has constructors for what that list supports.
macro_rules! filter {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name($crate::Filter);

        impl $name {
            /// Both.
            #[must_use]
            pub fn and(self, other: Self) -> Self {
                Self(self.0.and(other.0))
            }

            /// One of the two, or both.
            #[must_use]
            pub fn or(self, other: Self) -> Self {
                Self(self.0.or(other.0))
            }
        }

        /// A condition that the service knows and this type does not name.
        impl From<$crate::Filter> for $name {
            fn from(filter: $crate::Filter) -> Self {
                Self(filter)
            }
        }

        impl AsRef<$crate::Filter> for $name {
            fn as_ref(&self) -> &$crate::Filter {
                &self.0
            }
        }
    };
}
pub(crate) use filter;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_and_or_is_grouped_in_and() {
        let (a, b, c) = (Filter::eq("a", "1\" or b eq \"2"), Filter::starts_with("b", "\\"), Filter::eq("c", "3"));
        assert_eq!(a.as_str(), r#"a eq "1\" or b eq \"2""#);
        assert_eq!(b.as_str(), r#"b sw "\\""#);
        assert_eq!(Filter::is("d", false).as_str(), "d eq false", "text is never equal to it");
        assert_eq!(b.clone().or(c.clone()).and(c.clone()).as_str(), r#"(b sw "\\" or c eq "3") and c eq "3""#);
        assert_eq!(b.clone().and(c.clone()).or(c.clone()).as_str(), r#"b sw "\\" and c eq "3" or c eq "3""#);
        assert_eq!(c.clone().and(b.or(c)).as_str(), r#"c eq "3" and (b sw "\\" or c eq "3")"#);
    }

    #[test]
    fn debug_shows_attributes_and_no_values() {
        let filter = Filter::eq("email", "ada@example.com").and(Filter::eq("id", "7").or(Filter::eq("id", "8")));
        assert_eq!(format!("{filter:?}"), "Filter(email eq .. and (id eq .. or id eq ..))");
    }
}
