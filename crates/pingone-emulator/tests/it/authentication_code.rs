//! Authentication codes, and the phones that take them.

use std::time::Duration;

use http::Method;
use pingone_emulator::{CodeAnswer, Device};
use serde_json::{Value, json};

use crate::{
    household,
    support::{Caller, JSON, Reply},
};

const ALL: &str = "/authenticationCodes";

/// The user has a phone with the app `app`, another one with another app, and an e-mail address.
fn caller() -> Caller {
    let app = |id: &str| household::phone().member("application", json!({ "id": id }));
    let other = Device::new("other", "MOBILE").member("application", json!({ "id": "other-app" }));
    let caller = household::of(household::policy(), [app("app"), other, household::mail()]);
    caller.service.freeze();
    caller
}

fn create(caller: &Caller, more: Value) -> Reply {
    let mut body = json!({ "application": { "id": "app" } });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    caller.post(ALL, JSON, body)
}

fn created(caller: &Caller, more: Value) -> String {
    let reply = create(caller, more);
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.id()
}

fn read(caller: &Caller, id: &str) -> Reply {
    caller.get(&format!("{ALL}/{id}"))
}

fn status(caller: &Caller, id: &str) -> String {
    let reply = read(caller, id);
    reply.body["status"].as_str().map_or_else(|| reply.status.to_string(), str::to_owned)
}

#[test]
fn is_created_as_published() {
    let caller = caller();
    let context = json!({ "header": "Authentication process", "body": "Do you want to approve this transaction?" });
    let reply = create(&caller, json!({ "clientContext": context, "userApproval": "REQUIRED" }));
    let code = reply.body["code"].as_str().unwrap();
    assert!(code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()), "{code}");
    assert_eq!(reply.body["uri"], json!(format!("pingonesdk?authentication_code={code}")));
    assert_eq!((reply.status, &reply.body["status"]), (201, &json!("UNCLAIMED")));
    assert_eq!((&reply.body["clientContext"], &reply.body["userApproval"]), (&context, &json!("REQUIRED")));
    let own = format!("http://127.0.0.1:8420/e{ALL}/{}", reply.id());
    assert_eq!(reply.body["_links"], json!({ "self": { "href": own } }));
    assert_eq!(reply.header("location"), Some(own.as_str()));
    assert_eq!(read(&caller, &reply.id()).body, reply.body);
    assert_ne!(create(&caller, json!({})).body["code"], reply.body["code"]);
}

#[test]
fn lives_as_long_as_the_request_says() {
    let life = |duration: Value, unit: &str| json!({ "lifeTime": { "duration": duration, "timeUnit": unit } });
    for (more, seconds) in [
        (json!({}), 60),
        (life(json!(10), "SECONDS"), 10),
        (life(json!(1800), "SECONDS"), 1800),
        (life(json!(1), "MINUTES"), 60),
        (life(json!(30), "MINUTES"), 1800),
        (life(json!(10.9), "SECONDS"), 10),
    ] {
        let caller = caller();
        let id = created(&caller, more);
        caller.service.advance(Duration::from_secs(seconds - 1));
        assert_eq!(status(&caller, &id), "UNCLAIMED", "{seconds}");
        caller.service.advance(Duration::from_secs(1));
        assert_eq!(status(&caller, &id), "404", "{seconds}");
        caller.service.switch_off("expired-code-is-404").unwrap();
        assert_eq!(status(&caller, &id), "EXPIRED");
    }
    let caller = caller();
    let (duration, unit) = ("lifeTime.duration", "lifeTime.timeUnit");
    for (life_time, code, target) in [
        (json!({ "duration": 9, "timeUnit": "SECONDS" }), "OUT_OF_RANGE", duration),
        (json!({ "duration": 1801, "timeUnit": "SECONDS" }), "OUT_OF_RANGE", duration),
        (json!({ "duration": 0, "timeUnit": "MINUTES" }), "OUT_OF_RANGE", duration),
        (json!({ "duration": 31, "timeUnit": "MINUTES" }), "OUT_OF_RANGE", duration),
        (json!({ "duration": 1, "timeUnit": "HOURS" }), "INVALID_VALUE", unit),
        (json!({ "duration": "1", "timeUnit": "MINUTES" }), "INVALID_VALUE", duration),
        (json!({ "duration": -1, "timeUnit": "MINUTES" }), "INVALID_VALUE", duration),
        (json!({ "duration": 1 }), "REQUIRED_VALUE", unit),
        (json!({ "timeUnit": "MINUTES" }), "REQUIRED_VALUE", duration),
        (json!(1), "INVALID_VALUE", "lifeTime"),
    ] {
        let reply = create(&caller, json!({ "lifeTime": life_time }));
        assert_eq!(reply.complaint(), (400, "INVALID_DATA", code, target), "{life_time}");
        if code == "OUT_OF_RANGE" {
            assert!(reply.body["details"][0]["innerError"]["rangeMaximumValue"].is_number());
        }
    }
}

#[test]
fn names_what_is_wrong_with_the_body() {
    let caller = caller();
    for (body, code, target) in [
        (json!({}), "REQUIRED_VALUE", "application.id"),
        (json!({ "application": { "id": 1 } }), "INVALID_VALUE", "application.id"),
        (json!({ "application": { "id": "app" }, "clientContext": "text" }), "INVALID_VALUE", "clientContext"),
        (json!({ "application": { "id": "app" }, "userApproval": "MAYBE" }), "INVALID_VALUE", "userApproval"),
    ] {
        assert_eq!(caller.post(ALL, JSON, &body).complaint(), (400, "INVALID_DATA", code, target), "{body}");
    }
    assert_eq!(read(&caller, "none").complaint().0, 404);
    let stranger = Caller { authorization: None, service: caller.service.clone() };
    assert_eq!(stranger.post(ALL, JSON, json!({})).complaint().0, 401);
}

#[test]
fn the_user_approves_if_they_have_to() {
    let caller = caller();
    let taken = |approval: &str| {
        let id = created(&caller, json!({ "userApproval": approval }));
        assert_eq!(read(&caller, &id).body.get("user"), None);
        caller.service.claim_authentication_code(&id, "u", "phone").unwrap();
        let body = read(&caller, &id).body;
        let device = &body["_embedded"]["device"];
        assert_eq!(
            (&body["user"], &device["id"], &device["type"]),
            (&json!({ "id": "u" }), &json!("phone"), &json!("MOBILE"))
        );
        id
    };
    assert_eq!(status(&caller, &taken("NOT_REQUIRED")), "COMPLETED");
    for (answer, expected, otherwise) in
        [(CodeAnswer::Approve, "COMPLETED", "CLAIMED"), (CodeAnswer::Deny, "DENIED", "FAILED")]
    {
        let id = taken("REQUIRED");
        assert_eq!(status(&caller, &id), "CLAIMED");
        caller.service.answer_authentication_code(&id, answer).unwrap();
        assert_eq!(status(&caller, &id), expected);
        caller.service.advance(Duration::from_secs(120));
        assert_eq!(status(&caller, &id), expected, "it stays so when its time is over");
        caller.service.switch_off("approval-completes").unwrap();
        assert_eq!(status(&caller, &id), otherwise);
        caller.service.switch_on("approval-completes").unwrap();
    }
    let id = taken("REQUIRED");
    caller.service.advance(Duration::from_secs(60));
    assert_eq!(status(&caller, &id), "404", "the user was too late");
    assert!(caller.service.answer_authentication_code(&id, CodeAnswer::Approve).is_err());

    assert_eq!(create(&caller, json!({})).body["userApproval"], json!("NOT_REQUIRED"));
    caller.service.switch_off("no-approval-by-default").unwrap();
    assert_eq!(create(&caller, json!({})).body["userApproval"], json!("REQUIRED"));
}

#[test]
fn only_the_app_takes_it_and_only_once() {
    let caller = caller();
    let id = created(&caller, json!({}));
    let claim = |user: &str, device: &str| {
        caller.service.claim_authentication_code(&id, user, device).map_err(|error| error.to_string())
    };
    let no_app = Err("the device is not a phone with the app that the code is for".to_owned());
    assert_eq!((claim("u", "other"), claim("u", "mail")), (no_app.clone(), no_app));
    assert_eq!(claim("nobody", "phone"), Err("there is no user with this id".to_owned()));
    assert_eq!(claim("u", "none"), Err("the user has no device with this id".to_owned()));
    assert_eq!(claim("u", "phone"), Ok(()));
    assert_eq!(claim("u", "phone"), Err("the code was already claimed".to_owned()));
    let asked = caller.service.answer_authentication_code(&id, CodeAnswer::Deny).unwrap_err().to_string();
    assert_eq!(asked, "the code does not need an approval");
    let late = created(&caller, json!({}));
    caller.service.advance(Duration::from_secs(60));
    let gone = caller.service.claim_authentication_code(&late, "u", "phone").unwrap_err().to_string();
    assert_eq!(gone, "there is no such code, or it has expired");
}

#[test]
fn is_deleted() {
    let caller = caller();
    let id = created(&caller, json!({}));
    let delete = || caller.send(Method::DELETE, &format!("{ALL}/{id}"), None, b"").status;
    assert_eq!((delete(), status(&caller, &id).as_str(), delete()), (204, "404", 404));
    assert!(caller.service.claim_authentication_code(&id, "u", "phone").is_err());
}

#[test]
fn is_taken_by_the_control_path() {
    let caller = caller();
    let id = created(&caller, json!({ "userApproval": "REQUIRED", "clientContext": { "header": "h" } }));
    let path = format!("/_emulator/authentication-codes/{id}");
    let post = |body: Value| caller.send_to(Method::POST, &path, None, body.to_string().as_bytes());
    let listed = || caller.send_to(Method::GET, "/_emulator/authentication-codes?last=1", None, b"").body;
    let before = listed()["authenticationCodes"][0].clone();
    assert_eq!(
        (&before["id"], &before["status"], &before["awaitsAnswer"]),
        (&json!(id), &json!("UNCLAIMED"), &json!(false))
    );
    assert_eq!((&before["applicationId"], &before["clientContext"]), (&json!("app"), &json!({ "header": "h" })));

    for (body, expected) in [
        (json!({}), "userId: is missing; add it"),
        (json!({ "userId": "u" }), "deviceId: is missing; add it"),
        (json!({ "answer": "MAYBE" }), "answer: must be APPROVE or DENY"),
        (json!({ "answer": "APPROVE" }), "the code does not need an approval"),
        (json!({ "number": 1 }), "number: is unknown; use one of userId, deviceId, answer"),
    ] {
        let reply = post(body);
        assert_eq!((reply.status >= 400, &reply.body["error"]), (true, &json!(expected)));
    }
    let taken = post(json!({ "userId": "u", "deviceId": "phone" }));
    let line = &taken.body["authenticationCodes"][0];
    assert_eq!((taken.status, &line["status"], &line["awaitsAnswer"]), (200, &json!("CLAIMED"), &json!(true)));
    assert_eq!((&line["userId"], &line["deviceId"]), (&json!("u"), &json!("phone")));
    assert_eq!(post(json!({ "answer": "DENY" })).status, 200);
    assert_eq!(status(&caller, &id), "DENIED");

    let id = created(&caller, json!({ "userApproval": "REQUIRED" }));
    let path = format!("/_emulator/authentication-codes/{id}");
    let both = json!({ "userId": "u", "deviceId": "phone", "answer": "APPROVE" }).to_string();
    assert_eq!(caller.send_to(Method::POST, &path, None, both.as_bytes()).status, 200);
    assert_eq!(status(&caller, &id), "COMPLETED");
}

#[test]
fn the_oldest_are_forgotten() {
    let data = household::data(household::policy(), [household::phone()]).keep_at_most(3);
    let caller = Caller::of(data);
    let ids: Vec<String> = (0..5).map(|_| created(&caller, json!({}))).collect();
    let found: Vec<u16> = ids.iter().map(|id| read(&caller, id).status).collect();
    assert_eq!(found, [404, 404, 200, 200, 200]);
}
