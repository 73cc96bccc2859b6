//! `application/vnd.pingidentity.cancel.push.authentication+json`

use serde_json::json;

use crate::{
    devices::{mail, phone},
    entry::{Entry, entry},
    session::CANCEL,
    verdict::same,
};

pub(super) const ENTRIES: &[Entry] = &[
    entry("cancel-keeps-selected-device", "the device that was given up is still named", |s| {
        let id = s.start(&[phone(), mail()])?;
        let reply = s.cancel(&id)?;
        reply.is("200 DEVICE_SELECTION_REQUIRED")?;
        same("selectedDevice.id", "phone", reply.text("/selectedDevice/id"))
    }),
    entry("links-lead-to-itself", "a device can be selected after cancel", |s| {
        let id = s.start(&[phone(), mail()])?;
        same("links", "device.select self", s.cancel(&id)?.links())
    }),
    entry("cancel-for-any-reason", "a reason of tomorrow is accepted", |s| {
        let id = s.start(&[phone()])?;
        s.act(&id, CANCEL, json!({ "reason": "SIGNOUT" }))?.is("200 DEVICE_SELECTION_REQUIRED")
    }),
    entry("text-is-text", "the reason is text", |s| {
        let id = s.start(&[phone()])?;
        s.act(&id, CANCEL, json!({ "reason": 1 }))?.is("400 INVALID_VALUE reason")
    }),
    entry("body-is-an-object", "cancel without a body is refused, and the push goes on", |s| {
        let id = s.start(&[phone()])?;
        s.post(&format!("/deviceAuthentications/{id}"), CANCEL, "")?.is("400 INVALID_REQUEST")?;
        s.read(&id)?.is("200 PUSH_CONFIRMATION_REQUIRED")
    }),
    entry("cancel-needs-pending-push", "where a code is awaited there is nothing to cancel", |s| {
        let id = s.begin_with_test_mail()?.id();
        s.cancel(&id)?.is("400 CONSTRAINT_VIOLATION")
    }),
    entry("cancel-needs-pending-push", "a push is cancelled once", |s| {
        let id = s.start(&[phone()])?;
        s.cancel(&id)?.is("200 DEVICE_SELECTION_REQUIRED")?;
        s.cancel(&id)?.is("400 CONSTRAINT_VIOLATION")
    }),
    entry("wrong-status", "an approved push is not cancelled any more", |s| {
        let id = s.start(&[phone()])?;
        s.control()?.answer_push(&id, "APPROVE", None)?.is("200")?;
        s.cancel(&id)?.is("400 REQUEST_FAILED CONSTRAINT_VIOLATION")?;
        s.read(&id)?.is("200 COMPLETED")
    }),
    entry("late-answer-has-no-effect", "an approval after cancel lets nobody in", |s| {
        let id = s.start(&[phone()])?;
        s.cancel(&id)?.is("200 DEVICE_SELECTION_REQUIRED")?;
        s.control()?.answer_push(&id, "APPROVE", None)?.is("404")?;
        s.read(&id)?.is("200 DEVICE_SELECTION_REQUIRED")
    }),
];
