//! Lists in pages: `limit`, `cursor` and `filter` in a query; `count` and `size` of what comes of it.

mod filter;

use std::{error::Error, fmt};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use self::filter::Filter;
use crate::{collection::Collection, error::PlatformError, request::Request};

/// What a filter may ask of an item: the attribute's name, and its value.
pub(crate) type Attribute<T> = (&'static str, fn(&T) -> &str);

/// A page of a list.
pub(crate) struct Page<'a, T> {
    pub(crate) items: Vec<&'a T>,
    /// How many fit the filter, on all pages.
    pub(crate) count: usize,
    /// The cursor of the next page, if there is one.
    pub(crate) next: Option<String>,
}

impl<'a, T> Page<'a, T> {
    /// The page that a request asks for, by the names that its query has.
    pub(crate) fn of(
        all: &'a Collection<T>,
        attributes: &[Attribute<T>],
        request: &Request,
    ) -> Result<Self, ListError> {
        let limit = match request.query("limit") {
            None => usize::MAX,
            Some(limit) => limit.parse().ok().filter(|limit| *limit > 0).ok_or(ListError::Limit)?,
        };
        let after = request.query("cursor").map(|cursor| read_cursor(&cursor).ok_or(ListError::Cursor)).transpose()?;
        let filter = request.query("filter").map(|filter| Filter::read(&filter, attributes)).transpose()?;
        let fits = |item: &T| filter.as_ref().is_none_or(|filter| filter.fits(item));
        let fitting = || all.numbered().filter(|(_, item)| fits(item));
        let mut rest = fitting().filter(|(number, _)| after.is_none_or(|after| *number > after));
        let page: Vec<(u64, &T)> = rest.by_ref().take(limit).collect();
        let next = rest.next().and(page.last()).map(|(number, _)| write_cursor(*number));
        Ok(Self { items: page.into_iter().map(|(_, item)| item).collect(), count: fitting().count(), next })
    }
}

/// A cursor is the place of the last item, which stays what it is when others come or go; to others it is opaque.
fn write_cursor(number: u64) -> String {
    URL_SAFE_NO_PAD.encode(number.to_be_bytes())
}

fn read_cursor(cursor: &str) -> Option<u64> {
    Some(u64::from_be_bytes(URL_SAFE_NO_PAD.decode(cursor).ok()?.try_into().ok()?))
}

/// What is wrong with what was asked of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ListError {
    Limit,
    Cursor,
    Filter { attributes: Vec<&'static str> },
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Limit => f.write_str("limit: must be a whole number from 1"),
            Self::Cursor => f.write_str("cursor: is none that a page has given"),
            Self::Filter { attributes } => {
                let attributes = attributes.join(", ");
                write!(f, r#"filter: must be such as id eq "x"; attributes are {attributes}, operators eq and sw"#)
            }
        }
    }
}

impl Error for ListError {}

/// As the service says it: the parameter, and what is wrong with it.
impl From<ListError> for PlatformError {
    fn from(error: ListError) -> Self {
        let text = error.to_string();
        let (parameter, problem) = text.split_once(": ").unwrap_or(("filter", &text));
        Self::invalid_value(parameter, problem)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    const ATTRIBUTES: &[Attribute<&str>] = &[("id", |item| item)];

    fn collection() -> Collection<&'static str> {
        Collection::of(["ada", "bob", "alan", "adam", "eve"], |item| item)
    }

    fn ask(all: &Collection<&'static str>, query: &str) -> Result<(String, usize, Option<String>), ListError> {
        let uri = format!("/users?{query}");
        let request = Request::new(http::Request::get(uri).body(Bytes::new()).unwrap());
        let page = Page::of(all, ATTRIBUTES, &request)?;
        Ok((page.items.iter().copied().copied().collect::<Vec<_>>().join(" "), page.count, page.next))
    }

    #[test]
    fn pages_follow_each_other_though_items_come_and_go() {
        let mut all = collection();
        let (first, count, next) = ask(&all, "limit=2").unwrap();
        assert_eq!((&*first, count), ("ada bob", 5));
        all.remove("bob");
        all.put("zoe", "zoe");
        let (second, count, next) = ask(&all, &format!("limit=2&cursor={}", next.unwrap())).unwrap();
        assert_eq!((&*second, count), ("alan adam", 5));
        let (last, _, next) = ask(&all, &format!("limit=2&cursor={}", next.unwrap())).unwrap();
        assert_eq!((&*last, next), ("eve zoe", None), "the last page has no next one");
        assert_eq!(ask(&all, "").unwrap().0, "ada alan adam eve zoe");
    }

    #[test]
    fn a_filter_chooses_and_is_counted() {
        let all = collection();
        let found = |filter: &str| {
            let filter = form_urlencoded::byte_serialize(filter.as_bytes()).collect::<String>();
            ask(&all, &format!("limit=1&filter={filter}")).map(|(items, count, _)| (items, count))
        };
        assert_eq!(found(r#"id eq "bob""#), Ok(("bob".to_owned(), 1)));
        assert_eq!(found(r#"id sw "ad""#), Ok(("ada".to_owned(), 2)));
        assert_eq!(found(r#"id eq "nobody""#), Ok((String::new(), 0)));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let all = collection();
        for query in ["limit=0", "limit=-1", "limit=many", "limit="] {
            assert_eq!(ask(&all, query), Err(ListError::Limit), "{query}");
        }
        for query in ["cursor=x", "cursor=", "cursor=AAAAAAAAAAAAAAAA"] {
            assert_eq!(ask(&all, query), Err(ListError::Cursor), "{query}");
        }
        let error = ask(&all, "filter=name+eq+%22x%22").unwrap_err().to_string();
        assert_eq!(error, r#"filter: must be such as id eq "x"; attributes are id, operators eq and sw"#);
    }
}
