//! `application/vnd.pingidentity.payload.check+json`

use http::Method;
use serde_json::{Value, json};

use crate::{
    control::USER,
    devices::{browser, mail},
    entry::{Entry, entry},
    reply::Reply,
    session::{ALL, CHECK_REMEMBERED, Session},
    verdict::{Try, same},
};

pub(super) const ENTRIES: &[Entry] = &[
    entry("check-remembered-is-200", "a browser that was remembered completes", |s| {
        s.control()?.put_user(&user(browser()))?;
        let reply = check(s, "a=b; rm=123", json!({}))?;
        reply.is("200 COMPLETED")?;
        same("payload.value", "of the Signals SDK", reply.text("/payload/value"))
    }),
    entry("check-remembered-is-200", "a browser that was not remembered fails, which is no error", |s| {
        s.control()?.put_user(&user(browser()))?;
        check(s, "rm=1234", json!({}))?.is("200 FAILED")
    }),
    entry("browser-is-accessing", "the browser stands in accessingDevices", |s| {
        s.control()?.put_user(&user(browser()))?;
        let reply = check(s, "rm=123", json!({}))?;
        same("selectedDevice.id", "browser", reply.text("/selectedDevice/id"))?;
        same("accessingDevices[0].id", "browser", reply.text("/_embedded/accessingDevices/0/id"))
    }),
    entry("session-of-browser", "a browser is recognised with its session only", |s| {
        let mut browser = browser();
        browser["session"] = json!({ "id": "its-session" });
        s.control()?.put_user(&user(browser))?;
        check(s, "rm=123", json!({}))?.is("200 FAILED")?;
        check(s, "rm=123", json!({ "deviceSession": { "id": "another" } }))?.is("200 FAILED")?;
        check(s, "rm=123", json!({ "deviceSession": { "id": "its-session" } }))?.is("200 COMPLETED")
    }),
    entry("policy-must-remember", "a policy that remembers nobody is a bad value", |s| {
        s.control()?.put_user(&user(browser()))?;
        check(s, "rm=123", json!({ "policy": { "id": s.strict_policy()? } }))?.is("400 INVALID_VALUE policy.id")
    }),
];

fn user(browser: Value) -> Value {
    json!({ "devices": [mail()], "rememberedBrowsers": [browser] })
}

/// Checks with the policy that an authentication has by default, unless `members` names another.
fn check(s: &Session<'_>, cookie: &str, members: Value) -> Try<Reply> {
    let mut body = json!({ "user": { "id": USER }, "payload": { "type": "BROWSER", "value": "of the Signals SDK" } });
    body["policy"] = s.begin()?.at("/policy").clone();
    if let (Some(body), Value::Object(members)) = (body.as_object_mut(), members) {
        body.extend(members);
    }
    let request = s.request(Method::POST, ALL).header("content-type", CHECK_REMEMBERED).header("cookie", cookie);
    s.send(request, body.to_string())
}
