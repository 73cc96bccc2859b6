//! Managing a user's devices.

use http::Method;
use serde_json::{Value, json};

use super::{device_creation::address, otp};
use crate::{
    devices::{mail, phone, phone_with_codes, test_mail, totp},
    emulated::DEVICES,
    entry::{Entry, entry},
    reply::Reply,
    session::{BLOCK, JSON, REMOVE_ORDER, REORDER, Session, UNBLOCK, UNLOCK},
    verdict::{Try, holds, same},
};

pub(super) const ENTRIES: &[Entry] = &[
    entry("unknown-device-is-404", "nobody's device is not found", |s| {
        s.user_has(&[mail()])?;
        s.read_device("none")?.is("404 NOT_FOUND")?;
        s.manage(Method::GET, "/users/nobody/devices", JSON, "")?.is("404 NOT_FOUND")
    }),
    entry("management-shows-addresses", "an address is clear here and masked in a log-in", |s| {
        let id = s.create_only(address("ACTIVE"))?.id();
        same("email", "conformance@example.com", s.read_device(&id)?.text("/email"))?;
        same("email", "co****@example.com", s.begin_by(&id)?.text("/_embedded/devices/0/email"))
    }),
    entry("device-shows-lock-and-block", "a device is neither locked nor blocked at first", |s| {
        s.user_has(&[mail()])?;
        let shown = s.read_device("mail")?;
        same("lock.status", "UNLOCKED", shown.text("/lock/status"))?;
        same("block.status", "UNBLOCKED", shown.text("/block/status"))
    }),
    entry("device-shows-lock-and-block", "a locked device says until when, a blocked one since when", |s| {
        otp::lock(s)?;
        let locked = s.read_device("totp")?;
        same("lock.status", "LOCKED", locked.text("/lock/status"))?;
        holds("lock.expiresAt", locked.at("/lock/expiresAt").is_string())?;
        let blocked = s.act_on_device("totp", BLOCK, "")?;
        same("block.status", "BLOCKED", blocked.text("/block/status"))?;
        holds("block.blockedAt", blocked.at("/block/blockedAt").is_string())
    }),
    entry("lock-has-a-reason", "a lock by wrong codes says so", |s| {
        otp::lock(s)?;
        same("lock.reason", "OTP", s.read_device("totp")?.text("/lock/reason"))
    }),
    entry("devices-are-filtered", "the list is filtered by type and status, and limited", |s| {
        s.user_has(&[mail(), totp()])?;
        s.create(address("ACTIVATION_REQUIRED"))?.is("201")?;
        same("apps", "totp", ids(&list(s, "?filter=type+eq+%22TOTP%22")?))?;
        same("active", "mail totp", ids(&list(s, "?filter=status+eq+%22ACTIVE%22")?))?;
        let limited = list(s, "?limit=1")?;
        same("size of 3", "1", limited.at("/size"))?;
        same("count", "3", limited.at("/count"))
    }),
    entry("devices-in-order", "the list comes in the order of the devices", |s| {
        s.user_has(&[mail(), totp()])?;
        reorder(s, &["totp", "mail"])?.is("200")?;
        same("devices", "totp mail", ids(&list(s, "")?))
    }),
    entry("expand-order", "the list says the order, which is empty if there is none", |s| {
        s.user_has(&[mail(), totp()])?;
        let order = || -> Try<Value> { Ok(list(s, "?expand=order")?.at("/order").clone()) };
        same("order", json!(["mail", "totp"]), order()?)?;
        s.manage(Method::POST, DEVICES, REMOVE_ORDER, "")?;
        same("order", json!([]), order()?)
    }),
    entry("expand-type-display-names", "the list says what types are called", |s| {
        s.user_has(&[mail()])?;
        let named = list(s, "?expand=typeDisplayNames")?;
        holds("typeDisplayNames", named.at("/typeDisplayNames/EMAIL").is_string())
    }),
    entry("nickname-answers-nickname", "a nickname is answered, and not the device", |s| {
        s.user_has(&[mail()])?;
        let answer = rename(s, "Mine")?;
        same("links", "device self", answer.links())?;
        same("nickname", "Mine", answer.text("/nickname"))?;
        holds("no id", answer.at("/id").is_null())?;
        same("nickname", "Mine", s.begin()?.text("/_embedded/devices/0/nickname"))
    }),
    entry("nickname-length", "a nickname has 100 characters at most", |s| {
        s.user_has(&[mail()])?;
        rename(s, &"n".repeat(100))?.is("200")?;
        rename(s, &"n".repeat(101))?.is("400 INVALID_VALUE nickname")
    }),
    entry("logs-of-phones", "logs are asked of a phone, for a day", |s| {
        s.user_has(&[phone()])?;
        let asked = s.manage(Method::PUT, &format!("{DEVICES}/phone/logs"), JSON, json!({ "status": "PENDING" }))?;
        asked.is("200 PENDING")?;
        let expires_at: Option<jiff::Timestamp> = asked.text("/expiresAt").parse().ok();
        let left = expires_at.map_or(0, |at| at.as_second()) - s.control()?.now()?;
        holds("expiresAt in a day", (24 * 60 * 60 - 10..=24 * 60 * 60).contains(&left))
    }),
    entry("not-for-this-type", "an address has no logs", |s| {
        s.user_has(&[mail()])?;
        let asked = s.manage(Method::PUT, &format!("{DEVICES}/mail/logs"), JSON, json!({ "status": "PENDING" }))?;
        asked.is("400 REQUEST_FAILED CONSTRAINT_VIOLATION")
    }),
    entry("set-order-answers-list", "a new order is answered with the list, and its first is the default", |s| {
        s.user_has(&[mail(), phone()])?;
        same("devices", "phone mail", ids(&reorder(s, &["phone", "mail"])?))?;
        same("default", "phone", s.begin()?.text("/selectedDevice/id"))
    }),
    entry("order-may-be-partial", "devices that an order does not name come last", |s| {
        s.user_has(&[mail(), phone(), totp()])?;
        let reordered = reorder(s, &["totp"])?;
        reordered.is("200")?;
        same("devices", "totp mail phone", ids(&reordered))
    }),
    entry("remove-order-is-204", "without an order the user chooses", |s| {
        s.user_has(&[mail(), phone()])?;
        s.manage(Method::POST, DEVICES, REMOVE_ORDER, "")?.is("204")?;
        s.begin()?.is("201 DEVICE_SELECTION_REQUIRED")
    }),
    entry("activated-device-is-last", "a device is the last once it is activated", |s| {
        let waiting = s.create_only(address("ACTIVATION_REQUIRED"))?.id();
        let code = s.control()?.last_code()?;
        let active = s.create(address("ACTIVE"))?.id();
        s.activate(&waiting, &code)?.is("200")?;
        same("devices", format!("{active} {waiting}"), ids(&list(s, "")?))
    }),
    entry("order-begins-anew", "one device is an order again", |s| {
        s.user_has(&[mail(), totp()])?;
        s.manage(Method::POST, DEVICES, REMOVE_ORDER, "")?.is("204")?;
        s.manage(Method::DELETE, &format!("{DEVICES}/mail"), JSON, "")?.is("204")?;
        same("order", json!(["totp"]), list(s, "?expand=order")?.at("/order"))
    }),
    entry("unblock-is-like-block", "a blocked device cannot be used until it is unblocked", |s| {
        s.user_has(&[mail()])?;
        s.act_on_device("mail", BLOCK, "")?.is("200")?;
        s.begin_by("mail")?.is("400 INVALID_VALUE")?;
        s.act_on_device("mail", UNBLOCK, "")?.is("200")?;
        s.begin_by("mail")?.is("201 OTP_REQUIRED")
    }),
    entry("unlock-ends-the-lock", "a device that is unlocked can be used, and its tries are counted anew", |s| {
        otp::lock(s)?;
        let is_answered = s.act_on_device("totp", UNLOCK, "")?.status;
        holds("200 or 204", [200, 204].contains(&is_answered))?;
        same("lock.status", "UNLOCKED", s.read_device("totp")?.text("/lock/status"))?;
        s.begin_by("totp")?.is("201 OTP_REQUIRED")
    }),
    entry("unlock-answers-device", "a locked device is unlocked and shown", |s| {
        otp::lock(s)?;
        let unlocked = s.act_on_device("totp", UNLOCK, "")?;
        unlocked.is("200")?;
        same("lock.status", "UNLOCKED", unlocked.text("/lock/status"))?;
        s.begin_by("totp")?.is("201 OTP_REQUIRED")
    }),
    entry("delete-is-204", "the next device is the default once the first is deleted", |s| {
        s.user_has(&[phone_with_codes(), test_mail()])?;
        s.manage(Method::DELETE, &format!("{DEVICES}/phone"), JSON, "")?.is("204")?;
        s.read_device("phone")?.is("404")?;
        same("default", "mail", s.begin()?.text("/selectedDevice/id"))
    }),
];

fn list(s: &Session<'_>, query: &str) -> Try<Reply> {
    s.manage(Method::GET, &format!("{DEVICES}{query}"), JSON, "")
}

/// The ids of a list, separated by spaces.
fn ids(list: &Reply) -> String {
    let devices = list.at("/_embedded/devices").as_array().map(Vec::as_slice).unwrap_or_default();
    devices.iter().filter_map(|device| device["id"].as_str()).collect::<Vec<_>>().join(" ")
}

fn reorder(s: &Session<'_>, ids: &[&str]) -> Try<Reply> {
    let order: Value = ids.iter().map(|id| json!({ "id": id })).collect();
    s.manage(Method::POST, DEVICES, REORDER, json!({ "order": order }))
}

fn rename(s: &Session<'_>, nickname: &str) -> Try<Reply> {
    s.manage(Method::PUT, &format!("{DEVICES}/mail/nickname"), JSON, json!({ "nickname": nickname }))
}
