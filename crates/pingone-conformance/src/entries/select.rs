//! `application/vnd.pingidentity.device.select+json`

use serde_json::json;

use crate::{
    authenticator::Authenticator,
    devices::{mail, passkey, phone, totp},
    entry::{Entry, entry},
    session::SELECT_DEVICE,
    verdict::{holds, same},
};

pub(super) const ENTRIES: &[Entry] = &[
    entry("select-device-while-open", "a device is selected after a push was cancelled", |s| {
        let id = s.start(&[phone(), mail()])?;
        s.cancel(&id)?.is("200 DEVICE_SELECTION_REQUIRED")?;
        let reply = s.select(&id, "mail")?;
        reply.is("200 OTP_REQUIRED")?;
        same("selectedDevice.id", "mail", reply.text("/selectedDevice/id"))
    }),
    entry("select-device-while-open", "another device is selected while a code is awaited", |s| {
        let id = s.start(&[mail(), phone()])?;
        s.select(&id, "phone")?.is("200 PUSH_CONFIRMATION_REQUIRED")
    }),
    entry("select-device-while-open", "what the browser can do may be said", |s| {
        let id = s.start(&[mail(), passkey(&Authenticator::new()?)])?;
        let body = json!({ "device": { "id": "passkey" }, "compatibility": "FULL" });
        s.act(&id, SELECT_DEVICE, body)?.is("200 ASSERTION_REQUIRED")
    }),
    entry("select-device-while-open", "nothing is selected any more once it is done", |s| {
        let id = s.start(&[mail()])?;
        s.check(&id, &s.control()?.last_code()?)?.is("200 COMPLETED")?;
        s.select(&id, "mail")?.is("400 CONSTRAINT_VIOLATION")
    }),
    entry("device-of-somebody-else", "a device that the user does not have is not selected", |s| {
        let id = s.start(&[mail()])?;
        s.select(&id, "somebody-else")?.is("400 INVALID_VALUE device.id")
    }),
    entry("device-of-somebody-else", "a device has to be named", |s| {
        let id = s.begin_with_test_mail()?.id();
        s.act(&id, SELECT_DEVICE, json!({}))?.is("400 REQUIRED_VALUE device.id")
    }),
    entry("select-after-challenge", "another device is selected while an assertion is awaited", |s| {
        let id = s.start(&[passkey(&Authenticator::new()?), mail()])?;
        s.select(&id, "mail")?.is("200 OTP_REQUIRED")
    }),
    entry("select-after-time-out", "another device is selected after a push has timed out", |s| {
        let id = s.start(&[phone(), mail()])?;
        s.advance(150)?;
        s.select(&id, "mail")?.is("200 OTP_REQUIRED")
    }),
    entry("cancel-before-select", "a pending push is cancelled first", |s| {
        let id = s.start(&[phone(), mail()])?;
        s.select(&id, "mail")?.is("400 CONSTRAINT_VIOLATION")?;
        s.read(&id)?.is("200 PUSH_CONFIRMATION_REQUIRED")
    }),
    entry("new-code-on-reselect", "the same device again is sent another code", |s| {
        let id = s.start(&[mail()])?;
        let sent = s.control()?.codes_sent()?;
        s.select(&id, "mail")?.is("200 OTP_REQUIRED")?;
        same("codes sent", sent + 1, s.control()?.codes_sent()?)
    }),
    entry("new-code-on-reselect", "the old code is void", |s| {
        let id = s.start(&[mail()])?;
        let old = s.control()?.last_code()?;
        s.select(&id, "mail")?.is("200 OTP_REQUIRED")?;
        let new = s.control()?.last_code()?;
        holds("another code", old != new)?;
        s.check(&id, &old)?.is("FAILED or 400 INVALID_OTP")
    }),
    entry("device-type-chooses-step", "selecting an app awaits its code", |s| {
        let id = s.start(&[phone(), totp()])?;
        s.cancel(&id)?.is("200 DEVICE_SELECTION_REQUIRED")?;
        s.select(&id, "totp")?.is("200 OTP_REQUIRED")?;
        s.check(&id, &s.control()?.shown_code("totp")?)?.is("200 COMPLETED")
    }),
];
