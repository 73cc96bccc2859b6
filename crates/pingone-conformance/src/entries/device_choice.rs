//! With which of the user's devices it goes on.

use serde_json::json;

use crate::{
    devices::{blocked_sms, mail, phone},
    entry::{Entry, entry},
    verdict::same,
};

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
    entry("no-usable-device-is-201", "a user without devices fails, which is no error", |s| {
        s.user_has(&[])?;
        let reply = s.begin()?;
        reply.is("201 FAILED")?;
        same("error.code", "NO_USABLE_DEVICES", reply.text("/error/code"))
    }),
    entry("no-usable-device-is-201", "a failed authentication names the devices that cannot be used", |s| {
        s.user_has(&[blocked_sms()])?;
        let reply = s.begin()?;
        reply.is("201 FAILED")?;
        same("error.unavailableDevices[0].id", "blocked", reply.text("/error/unavailableDevices/0/id"))
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
    entry("bypass-flags", "a bypass is told, and changes nothing", |s| {
        s.control()?.put_user(&json!({ "devices": [mail()], "bypassAllowed": true, "userBypassEnabled": true }))?;
        let reply = s.begin()?;
        reply.is("201 OTP_REQUIRED")?;
        same("bypassAllowed", true, reply.at("/bypassAllowed"))?;
        same("userBypassEnabled", true, reply.at("/userBypassEnabled"))
    }),
];
