//! `application/vnd.pingidentity.payload.check+json`

use bytes::Bytes;
use http::Request;
use pingone_emulator::{Data, Device, User};
use serde_json::{Value, json};

use crate::{
    household,
    support::{CHECK_REMEMBERED, Caller, Reply},
};

pub(crate) fn caller(browser: Device, remember_me: bool) -> Caller {
    let user = User::new("u").device(household::mail()).remembered_browser(browser);
    let policy = household::policy().remember_me(remember_me);
    Caller::of(Data::with_policy("e", policy).client(household::client()).user(user))
}

pub(crate) fn body() -> Value {
    json!({ "user": { "id": "u" }, "policy": { "id": "p" }, "payload": { "type": "BROWSER", "value": "signals" } })
}

pub(crate) fn check(caller: &Caller, cookie: &str, body: &Value) -> Reply {
    let request = Request::post("/e/deviceAuthentications")
        .header("authorization", caller.authorization.as_deref().unwrap())
        .header("content-type", CHECK_REMEMBERED)
        .header("cookie", cookie);
    Reply::of(caller.service.handle(request.body(Bytes::from(body.to_string())).unwrap()))
}

#[test]
fn a_browser_is_remembered_by_its_cookie() {
    let caller = caller(household::browser(), true);
    let reply = check(&caller, "a=b; rm=123", &body());
    assert_eq!((reply.status, reply.step(), reply.links()), (200, "COMPLETED", vec!["self"]));
    assert_eq!(reply.body["_embedded"]["accessingDevices"][0]["id"], reply.body["selectedDevice"]["id"]);
    assert_eq!(reply.body["payload"], json!({ "type": "BROWSER", "value": "signals" }));
    assert_eq!(reply.body["authenticators"], json!(["swk", "mfa", "rm"]));
    for cookie in ["rm=1234", "m=123", "", "arm=123"] {
        let reply = check(&caller, cookie, &body());
        assert_eq!((reply.status, reply.step(), reply.body.get("selectedDevice")), (200, "FAILED", None), "{cookie}");
    }
}

#[test]
fn the_devices_of_the_user_are_shown_as_well() {
    let caller = caller(household::browser(), true);
    for (cookie, browsers) in [("rm=123", 1), ("rm=1234", 0)] {
        let embedded = check(&caller, cookie, &body()).body["_embedded"].clone();
        assert_eq!(embedded["devices"], household::begin(&caller, json!({})).body["_embedded"]["devices"]);
        assert_eq!(embedded["devices"][0]["id"], "mail");
        assert_eq!(embedded["accessingDevices"].as_array().unwrap().len(), browsers, "{cookie}");
    }
}

#[test]
fn a_session_has_to_be_the_same() {
    let caller = caller(household::browser().member("session", json!({ "id": "s" })), true);
    let with = |session: &str| {
        let mut body = body();
        body["deviceSession"] = json!({ "id": session });
        check(&caller, "rm=123", &body)
    };
    assert_eq!(check(&caller, "rm=123", &body()).step(), "FAILED");
    assert_eq!(with("t").step(), "FAILED");
    let reply = with("s");
    assert_eq!((reply.step(), &reply.body["deviceSession"]), ("COMPLETED", &json!({ "id": "s" })));
}

#[test]
fn the_policy_must_allow_it() {
    let reply = check(&caller(household::browser(), false), "rm=123", &body());
    assert_eq!(reply.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "policy.id"));
}

#[test]
fn names_what_is_wrong_with_the_body() {
    let caller = caller(household::browser(), true);
    for (pointer, value, detail, target) in [
        ("/user", json!({}), "REQUIRED_VALUE", "user.id"),
        ("/policy", json!({}), "REQUIRED_VALUE", "policy.id"),
        ("/payload/type", json!("PHONE"), "INVALID_VALUE", "payload.type"),
        ("/payload/value", json!(""), "EMPTY_VALUE", "payload.value"),
    ] {
        let mut body = body();
        *body.pointer_mut(pointer).unwrap() = value;
        assert_eq!(check(&caller, "rm=123", &body).complaint(), (400, "INVALID_DATA", detail, target));
    }
}
