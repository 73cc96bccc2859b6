//! What the user does on their phone.

use pingone_emulator::PendingPush;
use serde_json::json;

use crate::support::{Caller, PHONE};

#[test]
fn an_approval_is_seen_by_read() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    assert_eq!(caller.read(&id).step(), "PUSH_CONFIRMATION_REQUIRED");
    caller.service.approve_push(&id).unwrap();
    let reply = caller.read(&id);
    assert_eq!((reply.step(), &reply.body["authenticators"]), ("COMPLETED", &json!(["mfa"])));
}

#[test]
fn a_denial_is_seen_by_read() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    caller.service.deny_push(&id).unwrap();
    let reply = caller.read(&id);
    assert_eq!((reply.step(), &reply.body["error"]["code"]), ("FAILED", &json!("PUSH_CONFIRMATION_DENIED")));
}

#[test]
fn a_push_is_answered_once() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    caller.service.approve_push(&id).unwrap();
    assert!(caller.service.deny_push(&id).is_err());
    assert_eq!(caller.read(&id).step(), "COMPLETED");
    assert!(caller.service.approve_push("no-such-authentication").is_err());
}

#[test]
fn a_push_that_is_sent_anew_after_cancel_can_be_approved() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    caller.cancel(&id);
    assert_eq!(caller.select(&id, PHONE).step(), "PUSH_CONFIRMATION_REQUIRED");
    caller.service.approve_push(&id).unwrap();
    assert_eq!(caller.read(&id).step(), "COMPLETED");
}

#[test]
fn pending_pushes_stand_in_order() {
    let caller = Caller::new();
    let ids = [(); 5].map(|()| caller.start(PHONE));
    let pending = caller.service.pending_pushes();
    let pending: Vec<&str> = pending.iter().map(PendingPush::device_authentication_id).collect();
    assert_eq!(pending, ids);
}
