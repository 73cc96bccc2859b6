//! Which of the user's devices is used.

use serde_json::{Value, json};

use crate::{
    control::USER,
    devices::{blocked_sms, mail, phone},
    entry::{Entry, entry},
    verdict::{holds, same},
};

/// The members of the published reply to *cancel*, in its order.
const PUBLISHED: [&str; 13] = [
    "_links",
    "_embedded",
    "id",
    "environment",
    "status",
    "policy",
    "selectedDevice",
    "user",
    "bypassAllowed",
    "createdAt",
    "updatedAt",
    "aggregateFido2Devices",
    "userBypassEnabled",
];

/// The names of an object's members, in order.
fn names(object: &Value) -> String {
    let names = object.as_object().map(|members| members.keys().cloned().collect::<Vec<_>>());
    names.unwrap_or_default().join(" ")
}

pub(super) const ENTRIES: &[Entry] = &[
    entry("first-device-is-default", "the first device is taken", |s| {
        s.user_has(&[phone(), mail()])?;
        let reply = s.begin()?;
        reply.is("201 PUSH_CONFIRMATION_REQUIRED")?;
        same("selectedDevice.id", "phone", reply.text("/selectedDevice/id"))
    }),
    entry("first-device-is-default", "another device is taken if it is named", |s| {
        s.user_has(&[phone(), mail()])?;
        let reply = s.begin_with(json!({ "selectedDevice": { "id": "mail" } }))?;
        reply.is("201 OTP_REQUIRED")?;
        same("selectedDevice.id", "mail", reply.text("/selectedDevice/id"))
    }),
    entry("device-selection-of-policy", "a policy may always let the user choose", |s| {
        s.user_has(&[mail()])?;
        s.begin_with(json!({ "policy": { "id": s.strict_policy()? } }))?.is("201 DEVICE_SELECTION_REQUIRED")
    }),
    entry("no-order-no-default", "without an order the user chooses", |s| {
        s.control()?.put_user(&json!({ "devices": [phone(), mail()], "ordered": false }))?;
        s.begin()?.is("201 DEVICE_SELECTION_REQUIRED")
    }),
    entry("next-fit-device-is-default", "a default that cannot be used gives way to the next device", |s| {
        s.user_has(&[blocked_sms(), mail()])?;
        let reply = s.begin()?;
        reply.is("201 OTP_REQUIRED")?;
        same("selectedDevice.id", "mail", reply.text("/selectedDevice/id"))
    }),
    entry("unusable-devices", "a blocked device cannot be named", |s| {
        s.user_has(&[mail(), blocked_sms()])?;
        s.begin_with(json!({ "selectedDevice": { "id": "blocked" } }))?.is("400 INVALID_VALUE selectedDevice.id")
    }),
    entry("unusable-devices", "a device that is not active cannot be named", |s| {
        let mut fresh = mail();
        fresh["status"] = "ACTIVATION_REQUIRED".into();
        s.user_has(&[phone(), fresh])?;
        s.begin_with(json!({ "selectedDevice": { "id": "mail" } }))?.is("400 INVALID_VALUE selectedDevice.id")
    }),
    entry("no-usable-device-is-400", "a user without devices is refused", |s| {
        s.user_has(&[])?;
        s.begin()?.is("400 NO_USABLE_DEVICES")
    }),
    entry("no-usable-device-is-400", "the error has the published text", |s| {
        s.user_has(&[blocked_sms()])?;
        let reply = s.begin()?;
        reply.is("400 NO_USABLE_DEVICES")?;
        let text = format!("Couldn't find authenticating device for user: {USER}");
        same("message", text, reply.text("/details/0/message"))
    }),
    entry("devices-show-their-status", "a device is active and enabled", |s| {
        s.user_has(&[mail()])?;
        let reply = s.begin()?;
        same("status", "ACTIVE", reply.text("/_embedded/devices/0/status"))?;
        same("usableStatus.status", "ENABLED", reply.text("/_embedded/devices/0/usableStatus/status"))
    }),
    entry("members-in-published-order", "a device begins with id, type, status and usableStatus", |s| {
        s.user_has(&[mail()])?;
        same("members", "id type status usableStatus email", names(s.begin()?.at("/_embedded/devices/0")))
    }),
    entry("members-in-published-order", "an authentication has its members in the published order", |s| {
        let begun = s.begin_with_test_mail()?;
        let seen = names(&begun.body);
        let is_there = |name: &&str| seen.split(' ').any(|seen| seen == *name);
        let expected: Vec<&str> = PUBLISHED.into_iter().filter(is_there).collect();
        let known: Vec<&str> = seen.split(' ').filter(|name| PUBLISHED.contains(name)).collect();
        holds("id and status", expected.contains(&"id") && expected.contains(&"status"))?;
        same("members", expected.join(" "), known.join(" "))
    }),
    entry("blocked-devices-stand-apart", "a blocked device stands in blockedDevices", |s| {
        s.user_has(&[mail(), blocked_sms()])?;
        let reply = s.begin()?;
        let ids = |list: &str| {
            let devices = reply.at(&format!("/_embedded/{list}")).as_array().cloned().unwrap_or_default();
            devices.iter().filter_map(|device| device["id"].as_str()).collect::<Vec<_>>().join(" ")
        };
        same("devices", "mail", ids("devices"))?;
        same("blockedDevices", "blocked", ids("blockedDevices"))
    }),
];
