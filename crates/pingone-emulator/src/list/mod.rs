//! Lists in pages: `limit`, `cursor` and `filter` in a query; `count` and `size` of what comes of it.

mod filter;

use std::{borrow::Cow, error::Error, fmt};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

pub(crate) use self::filter::Attribute;
use self::filter::Filter;
use crate::{collection::Collection, request::Request};

/// What can be listed, and how.
pub(crate) struct List<'a, 'how, T> {
    pub(crate) all: &'a Collection<T>,
    pub(crate) attributes: &'how [Attribute],
    /// The value of an attribute; null if there is none.
    pub(crate) value: &'how dyn Fn(&T, &str) -> Value,
    /// Whether an attribute is compared whatever the case of its letters.
    pub(crate) ignores_case: &'how dyn Fn(&str) -> bool,
    /// How many a page has at most, and without a limit.
    pub(crate) most: usize,
}

/// A page of a list.
pub(crate) struct Page<'a, T> {
    pub(crate) items: Vec<&'a T>,
    /// How many match the filter, on all pages.
    pub(crate) count: usize,
    /// The cursor of the next page, if there is one.
    pub(crate) next: Option<String>,
    /// The cursor of the page before, if there is one.
    pub(crate) previous: Option<String>,
}

/// Where a page begins or ends: at the place of an item, which does not change when others come or go. For clients it is
/// opaque.
#[derive(Clone, Copy)]
enum Cursor {
    After(u64),
    Before(u64),
}

impl<'a, T> List<'a, '_, T> {
    /// The page that a request asks for, by the names that its query has.
    pub(crate) fn page(&self, request: &Request) -> Result<Page<'a, T>, ListError> {
        let limit = match request.query("limit") {
            None => self.most,
            Some(limit) => limit.parse().ok().filter(|limit| *limit > 0).ok_or(ListError::Limit)?,
        };
        let limit = limit.min(self.most);
        let cursor =
            request.query("cursor").map(|cursor| Cursor::read(&cursor).ok_or(ListError::Cursor)).transpose()?;
        self.cut(limit, cursor, request.query("filter"))
    }

    /// The first page, as long as pages can be, of what fits the filter of the request.
    pub(crate) fn first_page(&self, request: &Request) -> Result<Page<'a, T>, ListError> {
        self.cut(self.most, None, request.query("filter"))
    }

    fn cut(
        &self,
        limit: usize,
        cursor: Option<Cursor>,
        filter: Option<Cow<'_, str>>,
    ) -> Result<Page<'a, T>, ListError> {
        let filter = filter.map(|filter| Filter::read(&filter, self.attributes)).transpose()?;
        let fits = |item: &T| {
            filter.as_ref().is_none_or(|filter| filter.fits(&|name| (self.value)(item, name), self.ignores_case))
        };
        let fitting: Vec<(u64, &T)> = self.all.numbered().filter(|(_, item)| fits(item)).collect();
        let (first, last) = match cursor {
            None => (0, limit),
            Some(Cursor::After(number)) => {
                let first = fitting.partition_point(|(place, _)| *place <= number);
                (first, first.saturating_add(limit))
            }
            Some(Cursor::Before(number)) => {
                let last = fitting.partition_point(|(place, _)| *place < number);
                (last.saturating_sub(limit), last)
            }
        };
        let (before, rest) = fitting.split_at(first);
        let (page, after) = rest.split_at(rest.len().min(last - first));
        let [first, last] = [page.first(), page.last()].map(|edge| edge.map(|(place, _)| *place));
        Ok(Page {
            items: page.iter().map(|(_, item)| *item).collect(),
            count: fitting.len(),
            next: after.first().and(last).map(|place| Cursor::After(place).write()),
            previous: before.last().and(first).map(|place| Cursor::Before(place).write()),
        })
    }
}

impl Cursor {
    fn write(self) -> String {
        let (direction, place) = match self {
            Self::After(place) => (0, place),
            Self::Before(place) => (1, place),
        };
        let bytes: Vec<u8> = [direction].into_iter().chain(place.to_be_bytes()).collect();
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn read(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (direction, place) = bytes.split_first()?;
        let place = u64::from_be_bytes(place.try_into().ok()?);
        match direction {
            0 => Some(Self::After(place)),
            1 => Some(Self::Before(place)),
            _ => None,
        }
    }
}

/// What is wrong with a request for a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ListError {
    Limit,
    Cursor,
    Filter { attributes: Vec<String>, operators: Vec<&'static str> },
}

impl ListError {
    fn filter(attributes: &[Attribute]) -> Self {
        let mut operators: Vec<&str> = attributes.iter().flat_map(|attribute| attribute.operators).copied().collect();
        operators.sort_unstable();
        operators.dedup();
        Self::Filter { attributes: attributes.iter().map(|attribute| attribute.name.to_string()).collect(), operators }
    }
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Limit => f.write_str("limit: must be a whole number of at least 1"),
            Self::Cursor => f.write_str("cursor: is not one that a page returned"),
            Self::Filter { attributes, operators } => {
                let (attributes, operators) = (attributes.join(", "), operators.join(" and "));
                write!(f, r#"filter: must be such as id eq "x"; attributes are {attributes}, operators {operators}"#)
            }
        }
    }
}

impl Error for ListError {}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    const ATTRIBUTES: &[Attribute] = &[Attribute { name: Cow::Borrowed("id"), operators: &["eq", "sw"] }];

    fn collection() -> Collection<&'static str> {
        Collection::of(["ada", "bob", "alan", "adam", "eve"], |item| item)
    }

    fn page<'a>(all: &'a Collection<&'static str>, query: &str) -> Result<Page<'a, &'static str>, ListError> {
        let uri = format!("/users?{query}");
        let request = Request::new(http::Request::get(uri).body(Bytes::new()).unwrap());
        let value = |item: &&str, _: &str| Value::from(*item);
        List { all, attributes: ATTRIBUTES, value: &value, ignores_case: &|_| false, most: 4 }.page(&request)
    }

    fn ask(all: &Collection<&'static str>, query: &str) -> Result<(String, usize, Option<String>), ListError> {
        let page = page(all, query)?;
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
        assert_eq!(ask(&all, "").unwrap().0, "ada alan adam eve", "as many as a page has at most");
        assert_eq!(ask(&all, "limit=5").unwrap().0, "ada alan adam eve");
    }

    #[test]
    fn a_page_leads_back() {
        let all = collection();
        let first = page(&all, "limit=2").unwrap();
        assert_eq!(first.previous, None);
        let second = page(&all, &format!("limit=2&cursor={}", first.next.unwrap())).unwrap();
        let third = page(&all, &format!("limit=2&cursor={}", second.next.unwrap())).unwrap();
        assert_eq!((third.items, &third.next), (vec![&"eve"], &None));
        let back = page(&all, &format!("limit=2&cursor={}", third.previous.unwrap())).unwrap();
        assert_eq!(back.items, second.items);
        let back = page(&all, &format!("limit=2&cursor={}", back.previous.unwrap())).unwrap();
        assert_eq!((back.items, back.previous), (first.items, None));
        assert!(back.next.is_some());
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
        for query in ["cursor=x", "cursor=", "cursor=AAAAAAAAAAA", "cursor=AgAAAAAAAAAA"] {
            assert_eq!(ask(&all, query), Err(ListError::Cursor), "{query}");
        }
        let error = ask(&all, "filter=name+eq+%22x%22").unwrap_err().to_string();
        assert_eq!(error, r#"filter: must be such as id eq "x"; attributes are id, operators eq and sw"#);
    }
}
