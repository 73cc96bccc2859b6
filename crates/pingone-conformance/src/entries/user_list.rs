//! Lists of users: pages and filters.

use http::Method;
use serde_json::{Value, json};

use crate::{
    entry::{Entry, entry},
    reply::Reply,
    session::{JSON, Session},
    verdict::{Try, holds, same},
};

fn get(s: &Session<'_>, query: &str) -> Try<Reply> {
    s.control()?;
    s.manage(Method::GET, &format!("/users?{query}"), JSON, "")
}

/// Users called `many-1` and so on.
fn users(s: &Session<'_>, number: usize) -> Try {
    s.control()?;
    for number in 1..=number {
        let name = json!({ "given": format!("Con{number}"), "family": "Formance" });
        let body = json!({
            "username": format!("many-{number}"), "email": format!("c{number}@example.com"), "name": name,
        });
        s.manage(Method::POST, "/users", JSON, &body)?.is("201")?;
    }
    Ok(())
}

/// How many of the entries' users fit the filter, which is encoded.
fn count(s: &Session<'_>, filter: &str) -> Try<Value> {
    let reply = get(s, &format!("filter={}", filter.replace(' ', "%20").replace('"', "%22")))?;
    reply.is("200")?;
    Ok(reply.at("/count").clone())
}

const ALL: &str = r#"username sw "many-""#;

/// The query of a link.
fn query(reply: &Reply, link: &str) -> String {
    let href = reply.text(&format!("/_links/{link}/href"));
    href.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default()
}

pub(super) const ENTRIES: &[Entry] = &[
    entry("pages-are-linked", "a page leads to the next one, and back", |s| {
        users(s, 3)?;
        let filter = format!("filter={}", ALL.replace(' ', "%20").replace('"', "%22"));
        let first = get(s, &format!("{filter}&limit=2"))?;
        first.is("200")?;
        same("links", "next self", first.links())?;
        same("count", 3, first.at("/count"))?;
        same("size", 2, first.at("/size"))?;
        let last = get(s, &query(&first, "next"))?;
        last.is("200")?;
        same("links", "prev self", last.links())?;
        same("size", 1, last.at("/size"))?;
        let back = get(s, &query(&last, "prev"))?;
        holds("the first page again", back.at("/_embedded") == first.at("/_embedded"))
    }),
    entry("bad-page-is-400", "a limit of nothing is refused", |s| get(s, "limit=0")?.is("400 INVALID_PARAMETER limit")),
    entry("page-of-200", "a page has 200 users at most", |s| {
        users(s, 201)?;
        let reply = get(s, "limit=1000")?;
        reply.is("200")?;
        same("size", 200, reply.at("/size"))?;
        holds("a next page", !reply.text("/_links/next/href").is_empty())
    }),
    entry("filters-are-scim", "and, or and parentheses put comparisons together", |s| {
        users(s, 3)?;
        let filter = r#"name.family eq "Formance" and (name.given eq "Con1" or name.given eq "Con3")"#;
        same("count", 2, count(s, filter)?)
    }),
    entry("filterable-attributes", "users are found by the attributes that are documented", |s| {
        users(s, 1)?;
        for filter in [r#"email eq "c1@example.com""#, r#"username eq "many-1""#, r#"name.given sw "Con""#] {
            same("count", 1, count(s, filter)?)?;
        }
        let id = get(s, "filter=username%20eq%20%22many-1%22")?.text("/_embedded/users/0/id").to_owned();
        same("count", 1, count(s, &format!(r#"id eq "{id}""#))?)
    }),
    entry("filterable-attributes", "nobody is an empty list", |s| {
        same("count", 0, count(s, r#"username eq "nobody at all""#)?)
    }),
    entry("filter-ignores-case", "the case of letters has no meaning", |s| {
        users(s, 1)?;
        same("count", 1, count(s, r#"email eq "C1@EXAMPLE.COM""#)?)
    }),
    entry("invalid-filter", "an operator that is not supported is refused", |s| {
        let reply = get(s, "filter=username%20co%20%22a%22")?;
        reply.is("400 INVALID_FILTER")?;
        let inner = reply.at("/details/0/innerError");
        holds("the operators that are", inner["supportedOperators"].as_array().is_some_and(|all| !all.is_empty()))?;
        holds("the attributes", inner["supportedAttributes"].as_array().is_some_and(|all| !all.is_empty()))
    }),
    entry("invalid-filter", "an attribute that is not supported is refused", |s| {
        get(s, "filter=lastSignOn%20eq%20%22a%22")?.is("400 INVALID_FILTER")
    }),
];
