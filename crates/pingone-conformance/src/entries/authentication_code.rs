//! Authentication codes, which the user's app takes.

use http::Method;
use serde_json::{Value, json};

use crate::{
    devices::{APPLICATION, mail, phone},
    entry::{Entry, entry},
    reply::{Reply, kind},
    session::{JSON, Session},
    verdict::{Try, holds, same},
};

const ALL: &str = "/authenticationCodes";

/// A code for the app of the user's phone.
fn create(s: &Session<'_>, more: &Value) -> Try<Reply> {
    s.user_has(&[phone(), mail()])?;
    let mut body = json!({ "application": { "id": APPLICATION } });
    for (name, value) in more.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    s.post(ALL, JSON, body)
}

fn created(s: &Session<'_>, more: &Value) -> Try<String> {
    let reply = create(s, more)?;
    reply.is("201")?;
    Ok(reply.id())
}

fn read(s: &Session<'_>, id: &str) -> Try<Reply> {
    s.send(s.request(Method::GET, &format!("{ALL}/{id}")), "")
}

fn life(duration: u64, unit: &str) -> Value {
    json!({ "lifeTime": { "duration": duration, "timeUnit": unit } })
}

pub(super) const ENTRIES: &[Entry] = &[
    entry("authentication-code-is-201", "a code is unclaimed, and has an address", |s| {
        let reply = create(s, &Value::Null)?;
        reply.is("201 UNCLAIMED")?;
        same("Location", reply.text("/_links/self/href"), reply.header("location"))?;
        let code = reply.text("/code");
        let is_sign = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
        holds("eight digits and capital letters", code.len() == 8 && code.bytes().all(is_sign))?;
        holds("a uri with the code", reply.text("/uri").ends_with(&format!("authentication_code={code}")))
    }),
    entry("code-life-time", "a code lives a minute", |s| {
        let id = created(s, &Value::Null)?;
        s.advance(58)?;
        read(s, &id)?.is("200 UNCLAIMED")?;
        s.advance(3)?;
        read(s, &id)?.is("404 or 200 EXPIRED")
    }),
    entry("code-life-time", "a code lives from 10 seconds to 30 minutes", |s| {
        create(s, &life(10, "SECONDS"))?.is("201")?;
        create(s, &life(30, "MINUTES"))?.is("201")?;
        create(s, &life(9, "SECONDS"))?.is("400 lifeTime.duration")?;
        create(s, &life(31, "MINUTES"))?.is("400 lifeTime.duration")
    }),
    entry("code-life-time", "a duration needs its unit", |s| {
        create(s, &json!({ "lifeTime": { "duration": 1 } }))?.is("400 REQUIRED_VALUE lifeTime.timeUnit")
    }),
    entry("no-approval-by-default", "the user need not approve", |s| {
        same("userApproval", "NOT_REQUIRED", create(s, &Value::Null)?.text("/userApproval"))
    }),
    entry("code-of-application", "a device without the app takes no code", |s| {
        let id = created(s, &Value::Null)?;
        s.control()?.take_code(&id, "mail", None)?.is("404")?;
        read(s, &id)?.is("200 UNCLAIMED")
    }),
    entry("code-of-application", "a code is taken once", |s| {
        let id = created(s, &Value::Null)?;
        s.control()?.take_code(&id, "phone", None)?.is("200")?;
        s.control()?.take_code(&id, "phone", None)?.is("404")
    }),
    entry("claimed-code-names-the-user", "who has taken a code is told", |s| {
        let id = created(s, &Value::Null)?;
        let before = read(s, &id)?;
        same("user", "nothing", kind(before.at("/user")))?;
        s.control()?.take_code(&id, "phone", None)?.is("200")?;
        let after = read(s, &id)?;
        same("user.id", s.user_id(), after.text("/user/id"))?;
        same("_embedded.device.id", "phone", after.text("/_embedded/device/id"))
    }),
    entry("approval-completes", "a code that was taken and approved is completed", |s| {
        let id = created(s, &json!({ "userApproval": "REQUIRED" }))?;
        s.control()?.take_code(&id, "phone", Some("APPROVE"))?.is("200")?;
        read(s, &id)?.is("200 COMPLETED")
    }),
    entry("approval-completes", "a code that was denied is", |s| {
        let id = created(s, &json!({ "userApproval": "REQUIRED" }))?;
        s.control()?.take_code(&id, "phone", Some("DENY"))?.is("200")?;
        read(s, &id)?.is("200 DENIED")
    }),
    entry("approval-completes", "a code that awaits the user's answer is claimed", |s| {
        let id = created(s, &json!({ "userApproval": "REQUIRED" }))?;
        s.control()?.take_code(&id, "phone", None)?.is("200")?;
        read(s, &id)?.is("200 CLAIMED")
    }),
    entry("expired-code-is-404", "a code whose time is over is not there", |s| {
        let id = created(s, &Value::Null)?;
        s.advance(61)?;
        read(s, &id)?.is("404")
    }),
    entry("deleted-code-is-gone", "a code that was deleted is not there", |s| {
        let id = created(s, &Value::Null)?;
        s.send(s.request(Method::DELETE, &format!("{ALL}/{id}")), "")?.is("204")?;
        read(s, &id)?.is("404")?;
        s.control()?.take_code(&id, "phone", None)?.is("404")
    }),
];
