//! Nothing is missing from the table of documented requests, and what is tells how it is mended.

use std::collections::BTreeSet;

use pingone_fixtures::{Replies, Row, rows};
use pingone_model::{OperationInfo, operations};

use crate::fixtures;

/// Where the rows of an operation stand.
fn rows_of(name: &str) -> String {
    let resource = name.split('.').next().unwrap();
    format!("crates/pingone-fixtures/src/{resource}.rs")
}

fn assert_none(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn every_operation_has_a_row_and_every_row_an_operation() {
    let rows: Vec<_> = rows().iter().map(|row| (row.name(), row.built().operation.info().name)).collect();
    let without_row = operations().map(|info| info.name).filter(|name| rows.iter().all(|(_, of)| of != name));
    let without_row = without_row.map(|name| {
        format!("{name} has no row: add fixtures/requests/{name}.json, and a row for it to {}", rows_of(name))
    });
    let listed: BTreeSet<_> = operations().map(|info| info.name).collect();
    let unlisted = rows.iter().filter(|(_, of)| !listed.contains(of)).map(|(row, of)| {
        format!("the row {row} is of {of}, which is in no OPERATIONS that is in RESOURCES of src/operations.rs: add it")
    });
    assert_none(without_row.chain(unlisted).collect());
}

#[test]
fn every_file_has_its_row() {
    let rows = rows();
    let requests: BTreeSet<_> = rows.iter().map(|row| row.name().to_owned()).collect();
    assert_eq!(requests.len(), rows.len(), "two rows have one name");
    let lonely_requests = fixtures::all("requests").into_iter().filter(|(name, _)| !requests.contains(name));
    let lonely_requests = lonely_requests.map(|(name, _)| {
        format!("fixtures/requests/{name}.json has no row: add `Row::new(\"{name}\", ..)` to {}", rows_of(&name))
    });
    let replies_of = |row: &Row| match row.replies() {
        Replies::Documented(replies) => replies.iter().map(|reply| reply.name.to_owned()).collect(),
        Replies::Absent(_) => Vec::new(),
    };
    let replies: BTreeSet<_> = rows.iter().flat_map(replies_of).collect();
    let lonely_replies = fixtures::all("replies").into_iter().filter(|(name, _)| !replies.contains(name));
    let lonely_replies = lonely_replies.map(|(name, _)| {
        format!(
            "fixtures/replies/{name}.json is of no row: add `.reply(\"{name}\", source)` to one in {}",
            rows_of(&name)
        )
    });
    assert_none(lonely_requests.chain(lonely_replies).collect());
}

#[test]
fn every_operation_has_a_documented_reply_or_says_why_not() {
    let rows = rows();
    let says = |info: &OperationInfo| {
        rows.iter().filter(|row| row.built().operation.info().name == info.name).any(|row| match row.replies() {
            Replies::Documented(replies) => !replies.is_empty() || !row.built().operation.has_output(),
            Replies::Absent(why) => !why.is_empty(),
        })
    };
    let silent = operations().filter(|info| !says(info)).map(|info| {
        let name = info.name;
        format!(
            "{name} has no reply: add fixtures/replies/{name}.json, and `.reply(\"{name}\", source)` to its row in {}; or \
             `.no_reply(\"why\")`, if none is documented",
            rows_of(name)
        )
    });
    assert_none(silent.collect());
}

#[test]
fn every_page_of_an_operation_has_a_request_and_every_request_its_page() {
    let documented: Vec<_> = rows().iter().map(|row| (row.name(), row.documented())).collect();
    let unnamed = documented.iter().filter_map(|(name, request)| {
        let info = operations().find(|info| info.name == request.operation)?;
        (!info.pages.contains(&&*request.page)).then(|| {
            format!(
                "fixtures/requests/{name}.json is from a page that {} does not name: add {} to its INFO",
                info.name, request.page
            )
        })
    });
    let without_request = operations().flat_map(|info| info.pages.iter().map(move |page| (info.name, *page)));
    let without_request = without_request.filter(|(name, page)| {
        !documented.iter().any(|(_, request)| request.operation == *name && request.page == *page)
    });
    let without_request = without_request.map(|(name, page)| {
        format!(
            "{name} names {page}, and no request is from there: add a file for it to fixtures/requests, and a row to {}",
            rows_of(name)
        )
    });
    assert_none(unnamed.chain(without_request).collect());
}
