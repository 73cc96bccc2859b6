//! How lists are answered: items below `_embedded`, links to the pages around, and how many there are.

use serde_json::{Map, Value, json};

use super::Context;
use crate::{
    answer::Answer,
    error::PlatformError,
    list::{List, ListError, Page},
    rules::BAD_PAGE_IS_400,
};

/// The page that the request asks for.
pub(super) fn page<'a, T>(list: &List<'a, '_, T>, context: &Context<'_>) -> Result<Page<'a, T>, PlatformError> {
    let page = match list.page(context.request) {
        Err(ListError::Limit | ListError::Cursor) if !context.holds(&BAD_PAGE_IS_400) => {
            list.first_page(context.request)
        }
        page => page,
    };
    page.map_err(|error| match error {
        ListError::Limit => PlatformError::invalid_parameter("limit", "must be a whole number of at least 1"),
        ListError::Cursor => PlatformError::invalid_parameter("cursor", "is not one that a page returned"),
        ListError::Filter { attributes, operators } => PlatformError::invalid_filter(&attributes, &operators),
    })
}

/// The links of a page: the list at this `path` itself, and the pages around. `most` is how many a page has at most.
///
/// Rule: PAGES_ARE_LINKED.
pub(super) fn links<T>(path: &str, page: &Page<'_, T>, most: usize, context: &Context<'_>) -> Map<String, Value> {
    let query = context.request.raw_query().unwrap_or_default();
    let own = if query.is_empty() { String::new() } else { format!("?{query}") };
    let around = [("next", &page.next), ("prev", &page.previous)];
    let around =
        around.into_iter().filter_map(|(name, cursor)| Some((name, with_cursor(query, cursor.as_ref()?, most))));
    let link = |(name, query): (&str, String)| {
        (name.to_owned(), json!({ "href": format!("{}{query}", context.api_url(path)) }))
    };
    [("self", own)].into_iter().chain(around).map(link).collect()
}

/// The answer with these `items` of a page.
pub(super) fn answer<T>(name: &str, links: Map<String, Value>, page: &Page<'_, T>, items: Vec<Value>) -> Answer {
    let size = items.len();
    Answer::resource(json!({ "_links": links, "_embedded": { name: items }, "count": page.count, "size": size }))
}

/// What was asked for, from another place on.
fn with_cursor(query: &str, cursor: &str, most: usize) -> String {
    let is_other = |part: &&str| !part.is_empty() && !part.starts_with("cursor=");
    let mut others: Vec<&str> = query.split('&').filter(is_other).collect();
    let limit = format!("limit={most}");
    if !others.iter().any(|part| part.starts_with("limit=")) {
        others.push(&limit);
    }
    format!("?cursor={cursor}&{}", others.join("&"))
}
