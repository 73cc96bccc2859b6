//! Users, through the management API.

use std::time::Duration;

use http::Method;
use pingone_emulator::{Data, MfaSettings, User};
use serde_json::{Map, Value, json};

use crate::{
    household::{self, begin, mail},
    support::{Caller, JSON, Reply},
};

const IMPORT: &str = "application/vnd.pingidentity.user.import+json";

const POPULATION: &str = "fe09831e-bbf7-46f1-92e4-aafe10df56fd";

fn caller() -> Caller {
    household::of(household::policy(), [mail()])
}

fn create(caller: &Caller, body: Value) -> Reply {
    caller.manage(Method::POST, "/users", JSON, body)
}

/// A user who was created; returns the path.
fn created(caller: &Caller, body: Value) -> String {
    let reply = create(caller, body);
    assert_eq!(reply.status, 201, "{}", reply.body);
    format!("/users/{}", reply.id())
}

fn put(caller: &Caller, path: &str, body: Value) -> Reply {
    caller.manage(Method::PUT, path, JSON, body)
}

fn patch(caller: &Caller, path: &str, body: Value) -> Reply {
    caller.manage(Method::PATCH, path, JSON, body)
}

fn complaint(reply: &Reply) -> String {
    let (status, code, detail, target) = reply.complaint();
    format!("{status} {code} {detail} {target}").trim_end().to_owned()
}

/// The members that a body can set.
fn attributes(reply: &Reply) -> Value {
    assert!(reply.status < 300, "{}", reply.body);
    let own = ["email", "name", "nickname", "department", "username", "emailVerified"];
    let members = reply.body.as_object().unwrap().iter().filter(|(name, _)| own.contains(&name.as_str()));
    Value::Object(members.map(|(name, value)| (name.clone(), value.clone())).collect::<Map<_, _>>())
}

fn warnings(caller: &Caller) -> Vec<String> {
    caller.service.journal().last().unwrap().warnings().to_vec()
}

#[test]
fn is_created_as_published() {
    let caller = caller();
    let body = json!({ "email": "user01@example.com", "population": { "id": POPULATION }, "username": "user01" });
    let reply = create(&caller, body);
    assert_eq!(reply.status, 201);
    let own = reply.body["_links"]["self"]["href"].as_str().unwrap();
    assert_eq!(own, format!("http://127.0.0.1:8420/v1/environments/e/users/{}", reply.id()));
    assert_eq!(reply.header("location"), Some(own));
    assert_eq!(caller.managed(&format!("/users/{}", reply.id())).body, reply.body);
    let begun = caller.initialize(json!({ "user": { "id": reply.id() } }));
    assert_eq!(begun.complaint().2, "NO_USABLE_DEVICES", "it is a user like any other");
}

#[test]
fn is_read_as_published() {
    let caller = caller();
    let reply = caller.managed("/users/u");
    assert_eq!(reply.header("content-type"), Some("application/hal+json;charset=UTF-8"));
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(
        names(&reply.body),
        "_links id environment account createdAt enabled identityProvider lifecycle mfaEnabled population updatedAt \
         username verifyStatus"
    );
    assert_eq!(
        names(&reply.body["_links"]),
        "self environment population devices roleAssignments password password.reset password.set password.check \
         password.recover linkedAccounts account.sendVerificationCode memberOfGroups"
    );
    assert_eq!(reply.body["population"], json!({ "id": POPULATION }));
    assert_eq!(complaint(&caller.managed("/users/nobody")), "404 NOT_FOUND");
    for method in [Method::POST, Method::PUT] {
        let reply = caller.manage(method, "/users/nobody", "text/plain", "");
        assert_eq!(complaint(&reply), "404 NOT_FOUND", "before the media type is looked at");
    }
}

#[test]
fn can_be_read_with_the_population() {
    let caller = caller();
    let base = "http://127.0.0.1:8420/v1/environments/e";
    let population = json!({
        "_links": { "self": { "href": format!("{base}/populations/{POPULATION}") }, "environment": { "href": base } },
        "id": POPULATION,
    });
    let one = caller.managed("/users/u?expand=population");
    assert_eq!(one.body["_embedded"], json!({ "population": population }));
    let all = caller.managed("/users?expand=population");
    assert_eq!(all.body["_embedded"]["users"][0]["_embedded"]["population"], population);
    assert_eq!(caller.managed("/users/u?expand=other").body.get("_embedded"), None);
}

#[test]
fn names_what_is_wrong_with_the_body() {
    let caller = caller();
    for (body, expected) in [
        (json!({}), "400 INVALID_DATA REQUIRED_VALUE username"),
        (json!({ "username": null }), "400 INVALID_DATA REQUIRED_VALUE username"),
        (json!({ "username": "" }), "400 INVALID_DATA EMPTY_VALUE username"),
        (json!({ "username": 1 }), "400 INVALID_DATA INVALID_VALUE username"),
        (json!({ "username": "a", "email": "nowhere" }), "400 INVALID_DATA INVALID_VALUE email"),
        (json!({ "username": "a", "email": "" }), "400 INVALID_DATA EMPTY_VALUE email"),
        (json!({ "username": "a", "name": "Ada" }), "400 INVALID_DATA INVALID_VALUE name"),
        (json!({ "username": "a", "name": { "given": 1 } }), "400 INVALID_DATA INVALID_VALUE name.given"),
        (json!({ "username": "a", "nickname": true }), "400 INVALID_DATA INVALID_VALUE nickname"),
        (json!({ "username": "a", "mfaEnabled": "yes" }), "400 INVALID_DATA INVALID_VALUE mfaEnabled"),
        (json!({ "username": "a", "population": "p" }), "400 INVALID_DATA INVALID_VALUE population"),
        (json!([]), "400 INVALID_REQUEST"),
    ] {
        assert_eq!(complaint(&create(&caller, body.clone())), expected, "{body}");
    }
    assert_eq!(create(&caller, json!({ "username": "without an address" })).status, 201);
    caller.service.switch_off("email-is-optional").unwrap();
    assert_eq!(complaint(&create(&caller, json!({ "username": "b" }))), "400 INVALID_DATA REQUIRED_VALUE email");
    assert_eq!(create(&caller, json!({ "username": "b", "email": "b@example.com" })).status, 201);
}

#[test]
fn texts_have_a_length() {
    let caller = caller();
    for (most, target, body) in [
        (128, "username", &(|text: String| json!({ "username": text })) as &dyn Fn(String) -> Value),
        (256, "name.family", &|text| json!({ "username": "n", "name": { "family": text } })),
        (32, "primaryPhone", &|text| json!({ "username": "p", "primaryPhone": text })),
        (32, "mobilePhone", &|text| json!({ "username": "m", "mobilePhone": text })),
    ] {
        let text = |length: usize| "\u{e4}".repeat(length);
        let expected = (400, "INVALID_DATA", "INVALID_VALUE", target);
        assert_eq!(create(&caller, body(text(most + 1))).complaint(), expected);
        assert_eq!(create(&caller, body(text(most))).status, 201, "{target}");
    }
}

#[test]
fn a_username_is_unique() {
    let caller = caller();
    let ada = created(&caller, json!({ "username": "Ada" }));
    let eve = created(&caller, json!({ "username": "eve" }));
    let taken = "400 INVALID_DATA UNIQUENESS_VIOLATION username";
    for username in ["Ada", "ada", "ADA", "U"] {
        assert_eq!(complaint(&create(&caller, json!({ "username": username }))), taken);
        assert_eq!(complaint(&put(&caller, &eve, json!({ "username": username }))), taken);
        assert_eq!(complaint(&patch(&caller, &eve, json!({ "username": username }))), taken);
    }
    let import = caller.manage(Method::POST, "/users", IMPORT, json!({ "username": "aDA" }));
    let inner = json!({ "existingId": ada.strip_prefix("/users/").unwrap() });
    assert_eq!((complaint(&import).as_str(), &import.body["details"][0]["innerError"]), (taken, &inner));
    caller.service.switch_off("taken-names-whose").unwrap();
    let untold = create(&caller, json!({ "username": "ada" }));
    assert_eq!((complaint(&untold).as_str(), untold.body["details"][0].get("innerError")), (taken, None));
    assert_eq!(put(&caller, &ada, json!({ "username": "ADA" })).body["username"], "ADA", "it is the user's own");
    assert_eq!(put(&caller, &ada, json!({ "username": "lovelace" })).status, 200);
    assert_eq!(put(&caller, &eve, json!({ "username": "ada" })).status, 200, "it is free again");
    assert_eq!(caller.manage(Method::DELETE, &eve, JSON, "").status, 204);
    assert_eq!(create(&caller, json!({ "username": "ada" })).status, 201, "so it is of who was deleted");
}

#[test]
fn needs_a_population() {
    let caller = caller();
    let elsewhere = json!({ "username": "a", "population": { "id": "elsewhere" } });
    let bad = "400 INVALID_DATA INVALID_VALUE population.id";
    assert_eq!(complaint(&create(&caller, elsewhere.clone())), bad);
    caller.service.switch_off("unknown-population-is-400").unwrap();
    assert_eq!(complaint(&create(&caller, elsewhere)), "404 NOT_FOUND");

    let mut data: Value = serde_json::from_str(Data::BUILT_IN_JSON).unwrap();
    data["populations"] = json!([{ "id": "a", "name": "A" }]);
    let caller = Caller::of(Data::from_json(&data.to_string()).unwrap());
    let nowhere = create(&caller, json!({ "username": "a" }));
    assert_eq!(complaint(&nowhere), "400 INVALID_DATA REQUIRED_VALUE population");
    let reply = create(&caller, json!({ "username": "a", "population": { "id": "a" } }));
    assert_eq!((reply.status, &reply.body["population"]), (201, &json!({ "id": "a" })));
}

#[test]
fn mfa_is_off_at_first() {
    let caller = caller();
    assert_eq!(create(&caller, json!({ "username": "a" })).body["mfaEnabled"], json!(false));
    assert_eq!(create(&caller, json!({ "username": "b", "mfaEnabled": true })).body["mfaEnabled"], json!(true));
    let import = caller.manage(Method::POST, "/users", IMPORT, json!({ "username": "c", "mfaEnabled": true }));
    assert_eq!(import.body["mfaEnabled"], json!(true));
}

/// They are documented, so that no rule refuses them.
#[test]
fn the_settings_can_enable_mfa() {
    let settings = MfaSettings::from_json(r#"{ "users": { "mfaEnabled": true } }"#).unwrap();
    let caller = Caller::of(household::data(household::policy(), []).mfa_settings(settings));
    let enabled = |body: Value| caller.managed(&created(&caller, body)).body["mfaEnabled"].clone();
    assert_eq!(enabled(json!({ "username": "a" })), json!(true));
    assert_eq!(enabled(json!({ "username": "b", "mfaEnabled": false })), json!(false));
    let wrong = MfaSettings::from_json(r#"{ "users": { "mfaEnabled": 1 } }"#).unwrap_err().to_string();
    assert_eq!(wrong, "users.mfaEnabled: must be true or false");
}

#[test]
fn what_is_not_emulated_of_a_user_is_said_to_have_no_effect() {
    let caller = caller();
    caller.service.switch_off("read-only-is-ignored").unwrap();
    let lifecycle = json!({ "status": "VERIFICATION_REQUIRED", "suppressVerificationCode": true });
    let reply = create(&caller, json!({ "username": "a", "lifecycle": lifecycle, "identityProvider": { "id": "x" } }));
    assert_eq!((reply.status, &reply.body["lifecycle"]["status"]), (201, &json!("ACCOUNT_OK")));
    let warnings = warnings(&caller);
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert!(warnings.iter().all(|warning| warning.ends_with("is not emulated, and has no effect")), "{warnings:?}");
}

#[test]
fn is_imported_with_a_password() {
    let caller = caller();
    let import = |body: Value| caller.manage(Method::POST, "/users", IMPORT, body);
    let reply = import(json!({
        "username": "i", "email": "i@example.com", "emailVerified": true,
        "name": { "given": "Test", "family": "User" }, "population": { "id": POPULATION },
        "password": { "value": "hunter2", "forceChange": false },
    }));
    assert_eq!((reply.status, &reply.body["emailVerified"]), (201, &json!(true)));
    assert_eq!(warnings(&caller), [""; 0]);
    let path = format!("/users/{}", reply.id());
    assert!(!reply.body.to_string().contains("hunter2") && reply.body.get("password").is_none());
    let changed = patch(&caller, &path, json!({ "nickname": "n" }));
    assert_eq!(changed.body["emailVerified"], json!(true), "it stays so");
    assert_eq!(
        complaint(&import(json!({ "username": "j", "password": "p" }))),
        "400 INVALID_DATA INVALID_VALUE password"
    );

    let created = create(&caller, json!({ "username": "k", "emailVerified": true, "password": { "value": "p" } }));
    assert_eq!((created.status, created.body.get("emailVerified")), (201, None), "no other operation says so");
    assert_eq!(
        warnings(&caller),
        [
            "emailVerified is not to be written here, and is ignored",
            "password is not to be written here, and is ignored"
        ]
    );
}

#[test]
fn unknown_attributes_are_ignored() {
    let data = household::data(household::policy(), [mail()]).custom_attribute("department");
    let caller = Caller::of(data.strict());
    let body = json!({
        "username": "a", "department": ["R", "D"], "shoeSize": 42, "Nickname": "n", "name": { "given": "A", "nick": "B" },
    });
    let reply = create(&caller, body);
    assert_eq!(
        attributes(&reply),
        json!({ "department": ["R", "D"], "name": { "given": "A" }, "username": "a" }),
        "also where all else is strict"
    );
    assert_eq!(
        warnings(&caller),
        [
            "shoeSize is not an attribute of a user, and is ignored",
            "Nickname is not an attribute of a user, and is ignored"
        ]
    );
    let without_it = self::caller();
    assert_eq!(create(&without_it, json!({ "username": "a", "department": "R" })).body.get("department"), None);
}

#[test]
fn what_is_not_to_be_written_is_ignored() {
    let caller = caller();
    let before = caller.managed("/users/u").body;
    for body in [
        json!({ "username": "u", "mfaEnabled": false, "enabled": false, "population": { "id": "x" } }),
        json!({ "username": "u", "id": "v", "account": { "status": "LOCKED" }, "createdAt": "2001-01-01T00:00:00.000Z" }),
    ] {
        for reply in [put(&caller, "/users/u", body.clone()), patch(&caller, "/users/u", body)] {
            let mut after = reply.body.clone();
            after["updatedAt"] = before["updatedAt"].clone();
            assert_eq!((reply.status, after), (200, before.clone()));
            assert_eq!(warnings(&caller).len(), 3, "{:?}", warnings(&caller));
        }
    }
    caller.service.switch_off("read-only-is-ignored").unwrap();
    let refused = put(&caller, "/users/u", json!({ "username": "u", "mfaEnabled": false }));
    assert_eq!(complaint(&refused), "400 INVALID_DATA INVALID_VALUE mfaEnabled");
}

#[test]
fn is_replaced_and_changed() {
    let caller = caller();
    caller.service.freeze();
    let name = json!({ "given": "Ada", "family": "King" });
    let path = created(&caller, json!({ "username": "ada", "email": "a@example.com", "name": name, "nickname": "A" }));
    let before = caller.managed(&path).body;
    caller.service.advance(Duration::from_secs(1));

    let changed = patch(&caller, &path, json!({ "nickname": "Countess", "email": null }));
    assert_eq!(attributes(&changed), json!({ "name": name, "nickname": "Countess", "username": "ada" }));
    assert_eq!(changed.body["createdAt"], before["createdAt"]);
    assert!(changed.body["updatedAt"].as_str() > before["updatedAt"].as_str());
    let changed = patch(&caller, &path, json!({ "name": { "family": "Lovelace" } }));
    assert_eq!(changed.body["name"], json!({ "given": "Ada", "family": "Lovelace" }));
    let changed = patch(&caller, &path, json!({ "name": { "given": null } }));
    assert_eq!(changed.body["name"], json!({ "family": "Lovelace" }));
    assert_eq!(patch(&caller, &path, json!({ "name": { "family": null } })).body.get("name"), None);
    patch(&caller, &path, json!({ "name": name }));
    caller.service.switch_off("patch-keeps-other-parts").unwrap();
    let changed = patch(&caller, &path, json!({ "name": { "family": "Lovelace" } }));
    assert_eq!(changed.body["name"], json!({ "family": "Lovelace" }));
    let wrong = patch(&caller, &path, json!({ "username": null }));
    assert_eq!(complaint(&wrong), "400 INVALID_DATA REQUIRED_VALUE username");

    let replaced = put(&caller, &path, json!({ "username": "ada", "email": "ada@example.com", "nickname": null }));
    assert_eq!(attributes(&replaced), json!({ "email": "ada@example.com", "username": "ada" }));
    assert_eq!(caller.managed(&path).body, replaced.body);
    let wrong = put(&caller, &path, json!({ "nickname": "Ada" }));
    assert_eq!(complaint(&wrong), "400 INVALID_DATA REQUIRED_VALUE username");
    assert_eq!(caller.managed(&path).body, replaced.body, "nothing has changed");
}

#[test]
fn a_change_keeps_the_devices() {
    let caller = caller();
    assert_eq!(put(&caller, "/users/u", json!({ "username": "other" })).status, 200);
    assert_eq!(begin(&caller, json!({})).step(), "OTP_REQUIRED");
}

#[test]
fn there_is_an_end_to_how_many_there_can_be() {
    let users = (0..10_000).map(|number| User::new(format!("u{number}")));
    let data = users.fold(Data::new("e", "p").client(household::client()), Data::user);
    let caller = Caller::of(data);
    let full = create(&caller, json!({ "username": "one more" }));
    assert_eq!(complaint(&full), "403 ACCESS_FAILED LICENSE_EXCEEDED");
    assert_eq!(full.body["details"][0]["innerError"]["quotaLimit"], json!(10_000));
    assert_eq!(caller.manage(Method::DELETE, "/users/u7", JSON, "").status, 204);
    assert_eq!(create(&caller, json!({ "username": "one more" })).status, 201);
}
