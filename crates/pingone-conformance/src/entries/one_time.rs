//! Devices that are not paired, and those that nothing is sent to.

use serde_json::{Value, json};

use crate::{
    devices::test_mail,
    entry::{Entry, entry},
    reply::{Reply, kind},
    session::Session,
    verdict::{Try, holds, same},
};

pub(super) const ENTRIES: &[Entry] = &[
    entry("one-time-is-masked", "an e-mail address is shown masked", |s| {
        let reply = s.begin_with_test_mail()?;
        let shown = reply.text("/selectedDevice/oneTime/email");
        holds("a mask that keeps the domain", shown.contains("**") && shown.ends_with("@example.com"))?;
        holds("no whole address", !shown.contains("conformance"))
    }),
    entry("one-time-is-masked", "a one-time device has no id and no status", |s| {
        let reply = s.begin_with_test_mail()?;
        let device = reply.at("/_embedded/devices/0");
        same("type", "EMAIL", device["type"].as_str().unwrap_or_default())?;
        holds("neither id nor status", device["id"].is_null() && device["status"].is_null())?;
        holds("no selectedDevice.id", reply.at("/selectedDevice/id").is_null())
    }),
    entry("one-time-is-masked", "a phone number is shown masked", |s| {
        let reply = with(s, json!({ "type": "SMS", "phone": "+14155550144", "testMode": true }))?;
        reply.is("201 OTP_REQUIRED")?;
        let shown = reply.text("/selectedDevice/oneTime/phone");
        holds("a mask before the last digits", shown.starts_with("**") && shown.ends_with("44"))
    }),
    entry("one-time-is-masked", "a one-time device needs its address", |s| {
        with(s, json!({ "type": "SMS", "testMode": true }))?.is("400 REQUIRED_VALUE selectedDevice.oneTime.phone")
    }),
    entry("one-time-whatsapp", "a one-time device may be of type WHATSAPP", |s| {
        with(s, json!({ "type": "WHATSAPP", "phone": "+14155550144", "testMode": true }))?.is("201 OTP_REQUIRED")
    }),
    entry("test-devices", "the code of a one-time test device comes in the answer, and completes", |s| {
        let begun = s.begin_with_test_mail()?;
        s.check(&begun.id(), &begun.test_code()?)?.is("200 COMPLETED")
    }),
    entry("test-devices", "a paired test device gets its code in the answer, and nothing is sent", |s| {
        s.user_has(&[test_mail()])?;
        let begun = s.begin()?;
        begun.is("201 OTP_REQUIRED")?;
        same("codes sent", 0, s.control()?.codes_sent()?)?;
        s.check(&begun.id(), &begun.test_code()?)?.is("200 COMPLETED")
    }),
    entry("test-devices", "any other device is sent its code, which the answer does not show", |s| {
        let device = json!({ "type": "EMAIL", "email": "conformance@example.com" });
        s.control()?;
        let begun = with(s, device)?;
        begun.is("201 OTP_REQUIRED")?;
        same("test.otp", "nothing", kind(begun.at("/test/otp")))?;
        s.check(&begun.id(), &s.control()?.last_code()?)?.is("200 COMPLETED")
    }),
    entry("test-code-is-text", "test.otp is text", |s| {
        same("test.otp", "text", kind(s.begin_with_test_mail()?.at("/test/otp")))
    }),
];

fn with(s: &Session<'_>, device: Value) -> Try<Reply> {
    s.initialize(json!({ "user": { "id": s.user_id() }, "selectedDevice": { "oneTime": device } }))
}
