//! The query of an operation: the one place where it is encoded.

use std::fmt;

use http::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Filter;

/// The query of a request, encoded.
///
/// `Debug` does not show it: filters carry names and addresses.
///
/// <https://developer.pingidentity.com/pingone-api/platform/reference/paging-ordering-collections.html>
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Query(String);

/// RFC 3986: everything but the unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl Query {
    /// No query.
    pub const NONE: Self = Self(String::new());

    /// Sets `filter`: only what it matches.
    #[must_use]
    pub fn filter(self, filter: &Filter) -> Self {
        self.with("filter", filter.as_str())
    }

    /// Sets `limit`: how many items a page has at most. The service may give fewer.
    #[must_use]
    pub fn limit(self, items: u32) -> Self {
        self.with("limit", &items.to_string())
    }

    /// Sets `cursor`: where a page begins. The next page's comes in its link: see [`Page`](crate::Page).
    #[must_use]
    pub fn cursor(self, cursor: &str) -> Self {
        self.with("cursor", cursor)
    }

    /// Sets `order`: the attribute by which a list is sorted.
    #[must_use]
    pub fn order(self, attribute: &str) -> Self {
        self.with("order", attribute)
    }

    /// Sets `expand`: a relation whose object comes along, in `_embedded`.
    #[must_use]
    pub fn expand(self, relation: &str) -> Self {
        self.with("expand", relation)
    }

    /// Sets a parameter, replacing one of the same name. It is encoded here.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        let [name, value] = [name, value].map(|text| utf8_percent_encode(text, RESERVED).to_string());
        let is_other = |pair: &&str| !pair.is_empty() && pair.split('=').next() != Some(&name);
        let mut pairs: Vec<_> = self.0.split('&').filter(is_other).collect();
        let pair = format!("{name}={value}");
        pairs.push(&pair);
        Self(pairs.join("&"))
    }

    /// The query of a link, verbatim. Nothing else of the link is used.
    pub(crate) fn of_link(href: &str) -> Option<Self> {
        let uri: Uri = href.parse().ok()?;
        uri.query().filter(|query| !query.is_empty()).map(|query| Self(query.to_owned()))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_empty() { "Query(none)" } else { "Query(..)" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_encoded_as_one_value() {
        let query = Query::NONE
            .filter(&Filter::eq("username", "a&b=\"c\\ é"))
            .limit(50)
            .cursor("a+b/=")
            .expand("population")
            .order("name")
            .with("include", "x y");
        assert_eq!(
            query.as_str(),
            "filter=username%20eq%20%22a%26b%3D%5C%22c%5C%5C%20%C3%A9%22&limit=50&cursor=a%2Bb%2F%3D&\
             expand=population&order=name&include=x%20y"
        );
    }

    #[test]
    fn a_parameter_that_is_set_again_is_replaced() {
        let query = Query::NONE.limit(50).expand("population").limit(7).with("lim", "it");
        assert_eq!(query.as_str(), "expand=population&limit=7&lim=it");
        assert_eq!(Query::of_link("/users?cursor=c&limit=2").unwrap().limit(9).as_str(), "cursor=c&limit=9");
    }

    #[test]
    fn of_a_link_the_query_counts_alone() {
        let query = Query::of_link("https://evil.example.com/elsewhere?cursor=a%2Bb&limit=2#x").unwrap();
        assert_eq!(query.as_str(), "cursor=a%2Bb&limit=2");
        assert_eq!(Query::of_link("/relative?cursor=c").unwrap().as_str(), "cursor=c");
        for none in ["", "https://h/p", "https://h/p?", "https://h/p?a b", "no address\n"] {
            assert_eq!(Query::of_link(none), None, "{none:?}");
        }
    }

    #[test]
    fn debug_shows_no_filter() {
        assert!(!format!("{:?}", Query::NONE.filter(&Filter::eq("email", "ada@example.com"))).contains("ada"));
    }
}
