//! Lists of users.

use http::Method;
use pingone_emulator::{Data, User};
use serde_json::json;

use crate::{
    household,
    support::{Caller, JSON, Reply},
};

fn data(users: impl IntoIterator<Item = User>) -> Data {
    users.into_iter().fold(Data::new("e", "p").client(household::client()), Data::user)
}

fn query(filter: &str) -> String {
    let filter = filter.replace('%', "%25").replace(' ', "%20").replace('"', "%22");
    format!("/users?filter={filter}")
}

fn usernames(reply: &Reply) -> Vec<&str> {
    assert_eq!(reply.status, 200, "{}", reply.body);
    let users = reply.body["_embedded"]["users"].as_array().unwrap();
    users.iter().map(|user| user["username"].as_str().unwrap()).collect()
}

/// The path that a link leads to, as [`Caller::managed`] takes it.
fn linked(reply: &Reply, name: &str) -> Option<String> {
    let href = reply.body["_links"].get(name)?["href"].as_str().unwrap();
    Some(href.strip_prefix("http://127.0.0.1:8420/v1/environments/e").unwrap().to_owned())
}

#[test]
fn pages_are_linked() {
    let caller = Caller::of(data((0..5).map(|number| User::new(format!("u{number}")))));
    let first = caller.managed("/users?limit=2");
    assert_eq!((usernames(&first), linked(&first, "prev")), (vec!["u0", "u1"], None));
    assert_eq!((&first.body["count"], &first.body["size"]), (&json!(5), &json!(2)));
    assert_eq!(linked(&first, "self").unwrap(), "/users?limit=2");
    let second = caller.managed(&linked(&first, "next").unwrap());
    assert_eq!(usernames(&second), ["u2", "u3"]);
    let third = caller.managed(&linked(&second, "next").unwrap());
    assert_eq!((usernames(&third), linked(&third, "next")), (vec!["u4"], None));
    assert_eq!((&third.body["count"], &third.body["size"]), (&json!(5), &json!(1)));
    let back = caller.managed(&linked(&third, "prev").unwrap());
    assert_eq!(usernames(&back), ["u2", "u3"]);

    let filtered = caller.managed("/users?filter=id%20sw%20%22u%22&limit=3");
    let next = linked(&filtered, "next").unwrap();
    assert!(next.ends_with("&filter=id%20sw%20%22u%22&limit=3") && next.starts_with("/users?cursor="), "{next}");
    assert_eq!(usernames(&caller.managed(&next)), ["u3", "u4"]);

    let nobody = caller.managed(&query(r#"username eq "nobody""#));
    assert_eq!(
        (usernames(&nobody), &nobody.body["count"], nobody.body["_links"].as_object().unwrap().len()),
        (vec![], &json!(0), 1)
    );
}

#[test]
fn a_page_has_200_users_at_most() {
    let caller = Caller::of(data((0..450).map(|number| User::new(format!("u{number:03}")))));
    for query in ["", "?limit=1000", "?limit=201"] {
        let mut page = caller.managed(&format!("/users{query}"));
        let (mut seen, mut sizes) = (Vec::new(), Vec::new());
        loop {
            seen.extend(usernames(&page).into_iter().map(str::to_owned));
            sizes.push(page.body["size"].as_u64().unwrap());
            let Some(next) = linked(&page, "next") else { break };
            page = caller.managed(&next);
        }
        assert_eq!(sizes, [200, 200, 50], "{query}");
        assert!(seen.iter().map(String::as_str).eq((0..450).map(|number| format!("u{number:03}")).collect::<Vec<_>>()));
    }
}

#[test]
fn a_bad_page_is_refused() {
    let caller = Caller::of(data([User::new("u")]));
    for (query, target) in [
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=many", "limit"),
        ("cursor=x", "cursor"),
        ("cursor=", "cursor"),
    ] {
        let reply = caller.managed(&format!("/users?{query}"));
        assert_eq!(reply.complaint(), (400, "INVALID_DATA", "INVALID_PARAMETER", target), "{query}");
    }
    caller.service.switch_off("bad-page-is-400").unwrap();
    for query in ["limit=0", "cursor=x"] {
        assert_eq!(usernames(&caller.managed(&format!("/users?{query}"))), ["u"], "{query}");
    }
}

fn ada_and_others() -> Caller {
    Caller::of(data([
        User::new("1")
            .username("ada")
            .attribute("email", json!("ada@example.com"))
            .attribute("name", json!({ "given": "Ada", "family": "Smith" })),
        User::new("2")
            .username("bob")
            .attribute("email", json!("bob@example.com"))
            .attribute("name", json!({ "given": "Will", "family": "Smith" })),
        User::new("3").username("carol").attribute("email", json!("carol@example.org")).disabled(),
    ]))
}

#[test]
fn a_filter_chooses() {
    let caller = ada_and_others();
    for (filter, expected) in [
        (r#"username eq "ada""#, &["ada"][..]),
        (r#"id eq "2""#, &["bob"]),
        (r#"email sw "bob@""#, &["bob"]),
        (r#"name.family eq "Smith" and name.given sw "W""#, &["bob"]),
        (r#"username eq "ada" or username eq "carol""#, &["ada", "carol"]),
        (r#"(name.family eq "Smith") and (name.given sw "A" or username eq "bob")"#, &["ada", "bob"]),
        ("enabled eq false", &["carol"]),
        (r#"nickname eq "x""#, &[]),
        (r#"population.id eq "fe09831e-bbf7-46f1-92e4-aafe10df56fd""#, &["ada", "bob", "carol"]),
    ] {
        assert_eq!(usernames(&caller.managed(&query(filter))), expected, "{filter}");
    }
}

#[test]
fn a_filter_ignores_case() {
    let caller = ada_and_others();
    let count = |filter: &str| usernames(&caller.managed(&query(filter))).len();
    assert_eq!((count(r#"username eq "ADA""#), count(r#"email eq "ADA@example.com""#)), (1, 1));
    caller.service.switch_off("filter-ignores-case").unwrap();
    assert_eq!((count(r#"username eq "ADA""#), count(r#"email eq "ADA@example.com""#)), (1, 0));
}

#[test]
fn a_filter_that_is_not_supported_is_refused() {
    let caller = ada_and_others();
    for filter in [
        r#"username co "ada""#,
        r#"lastSignOn eq "x""#,
        r#"createdAt gt "2020-01-01T00:00:00.000Z""#,
        r#"population.id sw "a""#,
        r#"not (username eq "ada")"#,
        "username",
        "",
    ] {
        let reply = caller.managed(&query(filter));
        assert_eq!(reply.complaint(), (400, "INVALID_DATA", "INVALID_FILTER", ""), "{filter}");
        let inner = &reply.body["details"][0]["innerError"];
        assert_eq!(inner["supportedOperators"], json!(["eq", "sw"]));
        assert!(inner["supportedAttributes"].as_array().unwrap().contains(&json!("name.given")));
    }
}

#[test]
fn every_documented_attribute_can_be_asked_for() {
    let caller = Caller::of(data([User::new("u")]).custom_attribute("department"));
    for name in [
        "accountId",
        "address.streetAddress",
        "address.locality",
        "address.region",
        "address.postalCode",
        "address.countryCode",
        "email",
        "externalId",
        "locale",
        "mobilePhone",
        "name.formatted",
        "name.given",
        "name.middle",
        "name.family",
        "name.honorificPrefix",
        "name.honorificSuffix",
        "nickname",
        "photo.href",
        "preferredLanguage",
        "primaryPhone",
        "timezone",
        "title",
        "type",
        "department",
    ] {
        let (parent, part) = name.split_once('.').unwrap_or((name, ""));
        let value = "ada@example.com";
        let body = if part.is_empty() { json!({ parent: value }) } else { json!({ parent: { part: value } }) };
        let reply = caller.manage(Method::PATCH, "/users/u", JSON, body);
        assert_eq!(reply.status, 200, "{}", reply.body);
        for filter in [format!(r#"{name} eq "{value}""#), format!(r#"{name} sw "ada@""#)] {
            assert_eq!(usernames(&caller.managed(&query(&filter))), ["u"], "{filter}");
        }
        assert_eq!(usernames(&caller.managed(&query(&format!(r#"{name} eq "other""#)))), [""; 0], "{name}");
    }
    let count = |filter: &str| usernames(&caller.managed(&query(filter))).len();
    assert_eq!((count("enabled eq true"), count("enabled eq false")), (1, 0));
    let unknown = caller.managed(&query(r#"shoeSize eq "42""#));
    assert!(
        unknown.body["details"][0]["innerError"]["supportedAttributes"]
            .as_array()
            .unwrap()
            .contains(&json!("department"))
    );
}

#[test]
fn a_token_is_needed() {
    let caller = Caller { authorization: None, ..Caller::new() };
    for path in ["/users", "/users/u", "/populations", "/users/u/mfaEnabled", "/users/u/bypassMFA"] {
        assert_eq!(caller.managed(path).complaint(), (401, "ACCESS_FAILED", "INVALID_TOKEN", ""), "{path}");
    }
}
