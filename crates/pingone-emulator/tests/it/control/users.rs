//! `/_emulator/users/…`

use http::Method;
use pingone_emulator::{Data, User};
use serde_json::{Value, json};

use super::{begin, delete, get, put};
use crate::{household, support::Caller};

#[test]
fn users_come_change_and_go() {
    let caller = Caller::new();
    assert_eq!(begin(&caller).status, 404);
    let mail = json!({ "id": "m", "type": "EMAIL", "_emulator": { "testMode": true } });
    assert_eq!(put(&caller, "/users/new", json!({ "devices": [mail] })).status, 200);
    assert_eq!(begin(&caller).step(), "OTP_REQUIRED");
    assert_eq!(get(&caller, "/_emulator/users/new")["devices"][0], mail);
    assert_eq!(get(&caller, "/_emulator/users")["users"].as_array().unwrap().len(), 2);

    assert_eq!(put(&caller, "/users/new/devices/p", json!({ "type": "MOBILE" })).status, 200);
    assert_eq!(put(&caller, "/users/new/devices/m", json!({ "type": "SMS" })).status, 200);
    let devices = begin(&caller).body["_embedded"]["devices"].clone();
    let text = |device: &Value, name: &str| device[name].as_str().unwrap().to_owned();
    let types = devices.as_array().unwrap().iter().map(|device| (text(device, "id"), text(device, "type")));
    assert_eq!(
        Vec::from_iter(types),
        [("m", "SMS"), ("p", "MOBILE")].map(|(id, kind)| (id.to_owned(), kind.to_owned()))
    );
    assert_eq!(delete(&caller, "/users/new/devices/m").status, 200);
    assert_eq!(begin(&caller).step(), "PUSH_CONFIRMATION_REQUIRED");
    assert_eq!(delete(&caller, "/users/new/devices/m").status, 404);
    assert_eq!(delete(&caller, "/users/new").status, 200);
    assert_eq!(begin(&caller).status, 404);
    assert_eq!(delete(&caller, "/users/new").status, 404);
}

#[test]
fn says_what_is_wrong_with_a_user() {
    let caller = Caller::new();
    for (body, problem) in [
        (json!({}), "devices: is missing; add it"),
        (json!({ "devices": [{ "id": "d" }] }), "devices[0].type: is missing; add it"),
        (json!({ "devices": [], "surname": "n" }), "surname: is unknown; use one of"),
        (json!({ "devices": [], "name": "n" }), "name: must be an object"),
        (json!({ "devices": [], "username": caller.service.user_id() }), "username: is taken by another user"),
    ] {
        let reply = put(&caller, "/users/new", body);
        assert_eq!(reply.status, 400);
        assert!(reply.body["error"].as_str().unwrap().starts_with(problem), "{}", reply.body);
    }
    assert_eq!(caller.send_to(Method::PUT, "/_emulator/users/new", None, b"[]").status, 400);
}

#[test]
fn shows_the_code_of_an_app() {
    let caller = Caller::new();
    let totp = json!({ "id": "t", "type": "TOTP", "_emulator": { "secret": crate::household::SECRET } });
    put(&caller, "/users/new", json!({ "devices": [totp] }));
    let id = begin(&caller).id();
    let code = get(&caller, "/_emulator/users/new/devices/t/code")["code"].clone();
    assert_eq!(caller.check(&id, code.as_str().unwrap()).step(), "COMPLETED");
    let none = caller.send_to(Method::GET, "/_emulator/users/new/devices/x/code", None, b"");
    assert_eq!(none.status, 404);
}

#[test]
fn users_come_in_pages_and_by_a_filter() {
    let data = (0..450).fold(Data::new("e", "p").client(household::client()), |data, number| {
        data.user(User::new(format!("user-{number:03}")))
    });
    let caller = Caller::of(data);
    let get = |query: &str| caller.send_to(Method::GET, &format!("/_emulator/users{query}"), None, b"");
    let mut seen = Vec::new();
    let mut query = "?limit=200".to_owned();
    loop {
        let page = get(&query).body;
        let users = page["users"].as_array().unwrap();
        assert_eq!((&page["count"], page["size"].as_u64().unwrap() as usize), (&json!(450), users.len()));
        seen.extend(users.iter().map(|user| user["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        query = format!("?limit=200&cursor={next}");
    }
    let expected: Vec<String> = (0..450).map(|number| format!("user-{number:03}")).collect();
    assert_eq!(seen, expected);
    let some = get("?filter=id%20sw%20%22user-00%22%20or%20id%20eq%20%22user-449%22").body;
    assert_eq!((&some["count"], &some["users"][10]["id"]), (&json!(11), &json!("user-449")));
    for (query, problem) in [
        ("?limit=0", "limit: must be a whole number of at least 1"),
        ("?cursor=x", "cursor: is not one that a page returned"),
        ("?filter=name", r#"filter: must be such as id eq "x"; attributes are id, operators eq and sw"#),
    ] {
        let reply = get(query);
        assert_eq!((reply.status, &reply.body["error"]), (400, &json!(problem)));
    }
}
