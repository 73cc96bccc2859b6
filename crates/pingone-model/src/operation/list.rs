//! Lists, which come in pages.

use std::{error::Error, fmt, ops::Range};

use bytes::Bytes;
use http::Response;
use serde::de::Error as _;

use super::{FromResponse, Operation, Query};
use crate::{
    Document,
    reply::{member::Member, raw},
};

/// An operation that reads a list, a page at a time.
///
/// ```
/// use pingone_model::{List, Operation, OperationInfo, Page, Path, PolicyReference, Query};
///
/// #[derive(Clone, Default)]
/// struct ListPolicies { query: Query }
///
/// impl Operation for ListPolicies {
///     const INFO: &'static OperationInfo =
///         &OperationInfo::get("policy.list", Path::api("/environments/{envID}/policies"), &[]);
///     type Output = Page<Self>;
///
///     fn query(&self) -> Query {
///         self.query.clone()
///     }
/// }
///
/// impl List for ListPolicies {
///     type Item = PolicyReference;
///     const ITEMS: &'static str = "policies";
///
///     fn at(&self, query: Query) -> Self {
///         Self { query }
///     }
/// }
///
/// let body = r#"{"_embedded": {"policies": [{"id": "p-1"}]}, "_links": {"next": {"href": "https://h/p?cursor=c"}}}"#;
/// let page = ListPolicies::default().read(http::Response::new(body.into()))?;
/// assert_eq!(page.items().count(), 1);
/// let next = page.next().expect("the page has a next link");
/// # Ok::<_, pingone_model::ResponseError>(())
/// ```
///
/// <https://developer.pingidentity.com/pingone-api/platform/reference/paging-ordering-collections.html>
pub trait List: Operation<Output = Page<Self>> + Clone {
    /// What it lists.
    type Item: Member + Send + Sync;

    /// The name of the items' array in `_embedded`.
    const ITEMS: &'static str;

    /// The same list with this query instead: another page of it.
    #[must_use]
    fn at(&self, query: Query) -> Self;
}

/// A page of a list.
///
/// It keeps the JSON exactly as the service wrote it, and each item is a [`Document`] of its own. Whatever is
/// among the items but not an object is only in [`as_json`](Self::as_json). A page may be shorter
/// than was asked for without being the last: the last is the one without a [`next`](Self::next).
///
/// `Debug` shows only numbers.
#[derive(Clone)]
pub struct Page<L: List> {
    json: Bytes,
    /// Where each item is in the JSON. Items are read on demand, so a page takes little memory.
    items: Vec<Range<u32>>,
    count: Option<u64>,
    size: Option<u64>,
    next: Option<L>,
}

impl<L: List> Page<L> {
    /// The items.
    pub fn items(&self) -> impl Iterator<Item = Document<L::Item>> {
        (0..self.items.len()).filter_map(|index| self.item(index))
    }

    /// The item at this place, from 0.
    #[must_use]
    pub fn item(&self, index: usize) -> Option<Document<L::Item>> {
        // It was read once, so this cannot fail.
        item(&self.json, self.items.get(index)?).ok()
    }

    /// How many items the whole list has, if the service says so: many lists do not.
    #[must_use]
    pub fn count(&self) -> Option<u64> {
        self.count
    }

    /// How many items this page has, if the service says so.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// The operation that reads the next page; none after the last. It is made from the *query* of the service's link,
    /// and sent to where this page came from: no host and no path is taken from a reply.
    #[must_use]
    pub fn next(&self) -> Option<&L> {
        self.next.as_ref()
    }

    /// The page exactly as the service wrote it. It may hold personal data.
    #[must_use]
    pub fn as_json(&self) -> &str {
        std::str::from_utf8(&self.json).unwrap_or_default()
    }

    fn read(list: &L, json: Bytes) -> Result<Self, serde_json::Error> {
        let text = std::str::from_utf8(&json).map_err(serde_json::Error::custom)?;
        let [embedded, links, count, size] = raw::members(text, ["_embedded", "_links", "count", "size"])?;
        let items = embedded.and_then(|embedded| raw::member(embedded, L::ITEMS));
        let items = items.ok_or_else(|| serde_json::Error::custom("no such list: `_embedded` lacks its items"))?;
        let number = |text: Option<&str>| text.and_then(|text| serde_json::from_str(text).ok());
        let next = links.and_then(|links| raw::member(links, "next"));
        let next = next.filter(|next| *next != "null").map(|next| following(list, next)).transpose()?;
        let items = raw::objects(text, items)?;
        // An item that cannot be read makes the whole page an error; leaving it out would lose it silently.
        items.iter().try_for_each(|place| item::<L::Item>(&json, place).map(drop))?;
        Ok(Self { items, count: number(count), size: number(size), next, json })
    }
}

fn item<T: Member>(json: &Bytes, place: &Range<u32>) -> Result<Document<T>, serde_json::Error> {
    Document::from_json(json.slice(place.start as usize..place.end as usize))
}

/// The list at the link's query.
fn following<L: List>(list: &L, link: &str) -> Result<L, serde_json::Error> {
    let href = raw::member(link, "href").and_then(raw::text);
    let query = href.and_then(|href| Query::of_link(&href));
    let query = query.ok_or_else(|| serde_json::Error::custom("the link to the next page has no query"))?;
    if query == list.query() {
        return Err(serde_json::Error::custom("the link to the next page leads to this one"));
    }
    Ok(list.at(query))
}

impl<L: List> FromResponse<L> for Page<L> {
    fn from_response(list: &L, response: &Response<Bytes>) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self::read(list, response.body().clone())?)
    }
}

/// So that a list can be sent by reference, like any operation.
impl<L: List> FromResponse<&L> for Page<L> {
    fn from_response(list: &&L, response: &Response<Bytes>) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Self::from_response(*list, response)
    }
}

impl<L: List> fmt::Debug for Page<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("items", &self.items.len())
            .field("count", &self.count)
            .field("size", &self.size)
            .field("has_next", &self.next.is_some())
            .finish_non_exhaustive()
    }
}
