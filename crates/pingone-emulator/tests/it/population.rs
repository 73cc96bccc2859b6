//! Populations.

use http::Method;
use pingone_emulator::{Data, Population};
use serde_json::{Value, json};

use crate::support::{Caller, JSON, Reply};

/// The built-in data with these populations.
fn caller_with(populations: Value) -> Caller {
    let mut data: Value = serde_json::from_str(Data::BUILT_IN_JSON).unwrap();
    data["populations"] = populations;
    Caller::of(Data::from_json(&data.to_string()).unwrap())
}

fn names(reply: &Reply) -> Vec<&str> {
    assert_eq!(reply.status, 200, "{}", reply.body);
    let populations = reply.body["_embedded"]["populations"].as_array().unwrap();
    populations.iter().map(|population| population["name"].as_str().unwrap()).collect()
}

#[test]
fn are_listed() {
    let caller = caller_with(json!([
        { "id": "a", "name": "Accounting" },
        { "id": "e", "name": "Engineering", "description": "Makes things", "default": true },
    ]));
    let new = caller.manage(Method::POST, "/users", JSON, json!({ "username": "ada", "population": { "id": "a" } }));
    assert_eq!(new.status, 201, "{}", new.body);
    let reply = caller.managed("/populations");
    assert_eq!(names(&reply), ["Accounting", "Engineering"]);
    assert_eq!((&reply.body["count"], &reply.body["size"]), (&json!(2), &json!(2)));
    let base = format!("http://127.0.0.1:8420/v1/environments/{}", caller.service.environment_id());
    assert_eq!(reply.body["_links"], json!({ "self": { "href": format!("{base}/populations") } }));
    let mut engineering = reply.body["_embedded"]["populations"][1].clone();
    for time in ["createdAt", "updatedAt"] {
        let time = engineering.as_object_mut().unwrap().remove(time).unwrap();
        assert!(time.as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
    }
    let links = json!({ "self": { "href": format!("{base}/populations/e") }, "environment": { "href": base } });
    let expected = json!({
        "_links": links, "id": "e", "environment": { "id": caller.service.environment_id() }, "name": "Engineering",
        "description": "Makes things", "userCount": 1, "default": true,
    });
    assert_eq!(engineering, expected);
    let accounting = &reply.body["_embedded"]["populations"][0];
    assert_eq!((&accounting["userCount"], accounting.get("description")), (&json!(1), None));
}

#[test]
fn are_found_by_id_and_name() {
    let many = (0..260).map(|number| Population::new(format!("p{number}"), format!("Team {number:03}")));
    let caller = Caller::of(many.fold(Data::built_in(), Data::population));
    let found = |filter: &str| {
        let filter: String = form_urlencoded::byte_serialize(filter.as_bytes()).collect();
        caller.managed(&format!("/populations?filter={filter}"))
    };
    assert_eq!(names(&found(r#"id eq "p7""#)), ["Team 007"]);
    assert_eq!(names(&found(r#"name eq "Team 008""#)), ["Team 008"]);
    assert_eq!(names(&found(r#"name sw "Team 00""#)).len(), 10);
    assert_eq!(found(r#"id sw "p7""#).complaint(), (400, "INVALID_DATA", "INVALID_FILTER", ""));
    let all = caller.managed("/populations?limit=1000");
    assert_eq!((names(&all).len(), &all.body["count"]), (250, &json!(260)));
}

#[test]
fn are_made_by_code_as_by_data() {
    let data = Data::built_in()
        .population(Population::new("a", "A"))
        .population(Population::new("b", "B").description("The others").as_default());
    let reply = Caller::of(data).managed("/populations");
    let second = &reply.body["_embedded"]["populations"][1];
    assert_eq!(names(&reply), ["A", "B"]);
    assert_eq!(
        (&second["description"], &second["default"], &second["userCount"]),
        (&json!("The others"), &json!(true), &json!(1))
    );
}

#[test]
fn there_is_one_where_the_data_have_none() {
    let caller = Caller::new();
    let reply = caller.managed("/populations");
    let only = &reply.body["_embedded"]["populations"][0];
    assert_eq!((names(&reply), &only["default"], &only["userCount"]), (vec!["Default"], &json!(true), &json!(1)));
}
