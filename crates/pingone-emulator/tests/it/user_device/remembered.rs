//! Browsers that are remembered.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use pingone_emulator::Policy;
use serde_json::{Value, json};

use super::{ALL, caller, create, created, ids, list, mail, read};
use crate::{
    household,
    support::{CHECK_REMEMBERED, Caller, Reply},
};

fn browser(members: Value) -> Value {
    let mut body = json!({ "type": "BROWSER", "payload": "of the Signals SDK", "policy": { "id": "p" } });
    body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    body
}

/// What the browser keeps and sends back.
fn cookie(reply: &Reply) -> String {
    reply.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
}

fn check(caller: &Caller, cookie: &str, session: Option<&str>) -> Reply {
    let mut body = json!({
        "user": { "id": "u" }, "policy": { "id": "p" }, "payload": { "type": "BROWSER", "value": "of the Signals SDK" },
    });
    if let Some(id) = session {
        body["deviceSession"] = json!({ "id": id });
    }
    let request = Request::post("/e/deviceAuthentications")
        .header("host", "127.0.0.1:8420")
        .header("authorization", caller.authorization.as_deref().unwrap())
        .header("content-type", CHECK_REMEMBERED)
        .header("cookie", cookie);
    Reply::of(caller.service.handle(request.body(Bytes::from(body.to_string())).unwrap()))
}

#[test]
fn a_browser_that_is_remembered_skips_the_second_factor() {
    let caller = caller();
    let mail = created(&caller, mail("ACTIVE"));
    let reply = create(&caller, browser(json!({ "session": { "id": "s" } })));
    assert_eq!((reply.status, &reply.body["type"]), (201, &json!("BROWSER")));
    assert_eq!(reply.body["session"], json!({ "id": "s" }));
    let set_cookie = reply.header("set-cookie").unwrap();
    assert!(set_cookie.contains("; Secure; HttpOnly") && !reply.body.to_string().contains(&cookie(&reply)));
    let checked = check(&caller, &cookie(&reply), Some("s"));
    assert_eq!((checked.step(), &checked.body["selectedDevice"]["id"]), ("COMPLETED", &json!(reply.id())));
    assert_eq!(checked.body["_embedded"]["accessingDevices"][0]["id"], reply.id());
    for (cookie, session) in [("rememberedDevice=other", Some("s")), (cookie(&reply).as_str(), None)] {
        assert_eq!(check(&caller, cookie, session).step(), "FAILED");
    }
    assert_eq!(ids(&checked.body), [mail.as_str()]);
    let operations: Vec<_> = caller.service.journal().iter().filter_map(|entry| entry.operation()).collect();
    assert!(operations.iter().any(|operation| *operation == "user_device.remember_browser"), "{operations:?}");
}

#[test]
fn a_browser_can_be_forgotten() {
    let caller = caller();
    let reply = create(&caller, browser(json!({})));
    assert_eq!(read(&caller, &reply.id()).body["type"], "BROWSER");
    assert_eq!(list(&caller, "")["count"], 0);
    assert_eq!(caller.manage(Method::DELETE, &format!("{ALL}/{}", reply.id()), "", "").status, 204);
    assert_eq!((check(&caller, &cookie(&reply), None).step(), read(&caller, &reply.id()).status), ("FAILED", 404));
}

#[test]
fn the_policy_must_allow_it() {
    let caller = super::with(household::policy().remember_me(false), []);
    let refused = create(&caller, browser(json!({})));
    assert_eq!(refused.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "policy.id"));
    caller.service.switch_off("remembering-needs-policy").unwrap();
    assert_eq!(create(&caller, browser(json!({}))).status, 201);
    for (body, target) in [
        (json!({ "type": "BROWSER", "policy": { "id": "p" } }), "payload"),
        (json!({ "type": "BROWSER", "payload": "p" }), "policy.id"),
    ] {
        assert_eq!(create(&caller, body).complaint(), (400, "INVALID_DATA", "REQUIRED_VALUE", target));
    }
}

#[test]
fn for_the_time_of_the_policy() {
    let policy = r#"{ "id": "p", "rememberMe": { "web": { "enabled": true, "lifeTime": { "duration": 1, "timeUnit": "HOURS" } } } }"#;
    let caller = super::with(Policy::from_json(policy).unwrap(), []);
    let reply = create(&caller, browser(json!({})));
    assert!(reply.header("set-cookie").unwrap().contains("Max-Age=3600"));
    caller.service.advance(Duration::from_secs(3599));
    assert_eq!(check(&caller, &cookie(&reply), None).step(), "COMPLETED");
    caller.service.advance(Duration::from_secs(1));
    let caller = super::create::renewed(caller);
    assert_eq!(check(&caller, &cookie(&reply), None).step(), "FAILED");
}

#[test]
fn the_oldest_goes_if_there_are_too_many() {
    let caller = caller();
    let [first, second] = [(); 2].map(|()| create(&caller, browser(json!({}))));
    for _ in 0..99 {
        created(&caller, browser(json!({})));
    }
    assert_eq!((read(&caller, &first.id()).status, read(&caller, &second.id()).status), (404, 200));
}
