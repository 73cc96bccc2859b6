//! `POST /{envID}/deviceAuthentications`

use serde_json::json;

use crate::{
    authenticator::{Authenticator, ORIGIN, options},
    control::USER,
    devices::{APPLICATION, desktop, mail, passkey, phone, phone_with_codes, totp},
    entry::{Entry, entry},
    session::CHECK_ASSERTION,
    verdict::{holds, same},
};

pub(super) const ENTRIES: &[Entry] = &[
    entry("initialize-is-201", "the answer is 201 with the address", |s| {
        let reply = s.begin_with_test_mail()?;
        same("Location", reply.text("/_links/self/href"), reply.header("location"))
    }),
    entry("initialize-is-201", "what was begun is there", |s| {
        let reply = s.begin_with_test_mail()?;
        let read = s.read(&reply.id())?;
        read.is("200 OTP_REQUIRED")?;
        same("id", reply.id(), read.id())
    }),
    entry("initialize-is-201", "a notification of one's own begins as well", |s| {
        s.user_has(&[phone()])?;
        let template = json!({ "name": "transaction", "locale": "fr-CA", "variables": { "account": "1234" } });
        s.begin_with(json!({ "notification": { "template": template } }))?.is("201 PUSH_CONFIRMATION_REQUIRED")
    }),
    entry("unknown-user-is-404", "a user who does not exist is not there", |s| {
        s.initialize(json!({ "user": { "id": "00000000-0000-4000-8000-000000000000" } }))?.is("404 NOT_FOUND")
    }),
    entry("unknown-policy-is-400", "a policy that does not exist is a bad value", |s| {
        let device = json!({ "oneTime": { "type": "EMAIL", "email": "conformance@example.com", "testMode": true } });
        let policy = json!({ "id": "00000000-0000-4000-8000-000000000000" });
        let body = json!({ "user": { "id": s.user_id() }, "policy": policy, "selectedDevice": device });
        s.initialize(body)?.is("400 INVALID_VALUE policy.id")
    }),
    entry("no-user-means-passkey", "without a user, any passkey may answer", |s| {
        let passkey_of_user = Authenticator::new()?;
        s.user_has(&[passkey(&passkey_of_user)])?;
        let begun = s.initialize(json!({ "rp": { "id": "example.com" } }))?;
        begun.is("201 ASSERTION_REQUIRED")?;
        holds("no allowCredentials", options(&begun)?["allowCredentials"].is_null())?;
        let body = json!({ "origin": ORIGIN, "assertion": passkey_of_user.assertion(&begun)? });
        let done = s.act(&begun.id(), CHECK_ASSERTION, body)?;
        done.is("200 COMPLETED")?;
        same("user.id", USER, done.text("/user/id"))
    }),
    entry("no-user-means-passkey", "the documented sign-on names the relying party only", |s| {
        // A tenant has relying parties of its own.
        s.control()?;
        let begun = s.initialize(json!({ "rp": { "id": "example.com" } }))?;
        begun.is("201 ASSERTION_REQUIRED")?;
        same("rpId", "example.com", options(&begun)?["rpId"].as_str().unwrap_or_default())?;
        holds("no user", begun.at("/user").is_null())
    }),
    entry("device-of-somebody-else", "a device that the user does not have is a bad value", |s| {
        s.user_has(&[mail()])?;
        s.begin_with(json!({ "selectedDevice": { "id": "somebody-else" } }))?.is("400 INVALID_VALUE selectedDevice.id")
    }),
    entry("device-type-chooses-step", "a phone gets a push", |s| {
        s.user_has(&[phone()])?;
        s.begin()?.is("201 PUSH_CONFIRMATION_REQUIRED")
    }),
    entry("device-type-chooses-step", "an address is sent a code", |s| {
        for (device_type, member) in [("EMAIL", "email"), ("SMS", "phone"), ("VOICE", "phone"), ("WHATSAPP", "phone")] {
            s.user_has(&[json!({ "id": "address", "type": device_type, member: "**" })])?;
            let sent = s.control()?.codes_sent()?;
            s.begin()?.is("201 OTP_REQUIRED")?;
            same("codes sent", sent + 1, s.control()?.codes_sent()?)?;
        }
        Ok(())
    }),
    entry("device-type-chooses-step", "an app's code is awaited, and none is sent", |s| {
        s.user_has(&[totp()])?;
        s.begin()?.is("201 OTP_REQUIRED")?;
        same("codes sent", 0, s.control()?.codes_sent()?)
    }),
    entry("device-type-chooses-step", "a passkey is challenged", |s| {
        s.user_has(&[passkey(&Authenticator::new()?)])?;
        s.begin()?.is("201 ASSERTION_REQUIRED")
    }),
    entry("device-type-chooses-step", "PingID Desktop is challenged", |s| {
        s.user_has(&[desktop(&Authenticator::new()?)])?;
        let reply = s.begin()?;
        reply.is("201 ASSERTION_REQUIRED")?;
        holds("a JWT of three parts", reply.text("/pingIdDesktopCredentialRequestOptions").split('.').count() == 3)
    }),
    entry("policy-enables-type", "a type that the policy does not enable cannot be used", |s| {
        s.user_has(&[mail()])?;
        let policy = s.put_policy(&json!({ "email": { "enabled": false } }))?;
        let body = json!({ "policy": { "id": policy }, "selectedDevice": { "id": "mail" } });
        s.begin_with(body)?.is("400 INVALID_VALUE selectedDevice.id")
    }),
    entry("policy-of-application", "an application without pushes is used by its codes", |s| {
        s.user_has(&[phone_with_codes()])?;
        let app = json!({ "id": APPLICATION, "push": { "enabled": false }, "otp": { "enabled": true } });
        let policy = s.put_policy(&json!({ "mobile": { "enabled": true, "applications": [app] } }))?;
        s.begin_with(json!({ "policy": { "id": policy } }))?.is("201 OTP_REQUIRED")?;
        s.begin()?.is("201 PUSH_CONFIRMATION_REQUIRED")
    }),
    entry("phone-without-push", "a phone that gets no pushes is used by its codes", |s| {
        let mut phone = phone_with_codes();
        phone["pushEnabled"] = false.into();
        s.user_has(&[phone])?;
        s.begin()?.is("201 OTP_REQUIRED")
    }),
    entry("mobile-payload", "the app itself completes it", |s| {
        let app = json!({ "id": "phone", "type": "MOBILE", "application": { "id": "my-app" },
                          "_emulator": { "mobilePayload": "payload" } });
        s.user_has(&[app])?;
        let with = |payload: &str| json!({ "application": { "id": "my-app" }, "mobilePayload": payload });
        s.begin_with(with("payload"))?.is("201 COMPLETED")?;
        s.begin_with(with("another"))?.is("400 INVALID_VALUE mobilePayload")
    }),
];
