//! What the user does on their phone.

use std::time::Duration;

use pingone_emulator::{PendingPush, PushAnswer, PushScript};
use serde_json::json;

use crate::{
    household,
    support::{Caller, EMAIL, OTHER_PHONE, PHONE, Reply},
};

#[test]
fn an_approval_is_seen_by_read() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    assert_eq!(caller.read(&id).step(), "PUSH_CONFIRMATION_REQUIRED");
    caller.service.approve_push(&id).unwrap();
    let reply = caller.read(&id);
    assert_eq!((reply.step(), &reply.body["authenticators"]), ("COMPLETED", &json!(["mfa", "swk"])));
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
fn a_push_that_is_sent_again_after_cancel_can_be_approved() {
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

#[test]
fn times_out() {
    let caller = Caller::new();
    caller.service.freeze();
    let id = caller.start(PHONE);
    caller.service.advance(Duration::from_secs(39));
    assert_eq!(caller.read(&id).step(), "PUSH_CONFIRMATION_REQUIRED");
    caller.service.advance(Duration::from_secs(1));
    assert!(caller.service.pending_pushes().is_empty());
    assert!(caller.service.approve_push(&id).is_err());
    let reply = caller.read(&id);
    assert_eq!((reply.step(), reply.links()), ("PUSH_CONFIRMATION_TIMED_OUT", vec!["device.select", "self"]));
    assert_eq!(caller.select(&id, EMAIL).step(), "OTP_REQUIRED");
}

#[test]
fn a_script_answers_at_a_read() {
    for (answer, step) in [
        (PushAnswer::Approve, "COMPLETED"),
        (PushAnswer::Deny, "FAILED"),
        (PushAnswer::TimeOut, "PUSH_CONFIRMATION_TIMED_OUT"),
    ] {
        let caller = Caller::new();
        caller.service.script_pushes(PushScript::new(answer).at_read(3));
        let id = caller.start(PHONE);
        let steps = [(); 3].map(|()| caller.read(&id).step().to_owned());
        assert_eq!(steps, ["PUSH_CONFIRMATION_REQUIRED", "PUSH_CONFIRMATION_REQUIRED", step]);
    }
}

#[test]
fn a_script_answers_after_a_time() {
    let caller = Caller::new();
    caller.service.freeze();
    caller.service.script_pushes(PushScript::new(PushAnswer::Deny).after(Duration::from_secs(50)));
    caller.service.script_pushes_to(PHONE, PushScript::new(PushAnswer::Approve).after(Duration::from_secs(5)));
    let (id, too_late) = (caller.start(PHONE), caller.start(OTHER_PHONE));
    caller.service.advance(Duration::from_secs(4));
    assert_eq!(caller.read(&id).step(), "PUSH_CONFIRMATION_REQUIRED");
    caller.service.advance(Duration::from_secs(56));
    assert_eq!(caller.read(&id).step(), "COMPLETED");
    assert_eq!(caller.read(&too_late).step(), "PUSH_CONFIRMATION_TIMED_OUT", "40 seconds come before 50");
    caller.service.clear_push_scripts();
    assert_eq!(caller.read(&caller.start(PHONE)).step(), "PUSH_CONFIRMATION_REQUIRED");
}

#[test]
fn a_script_does_not_answer_what_was_cancelled() {
    let caller = Caller::new();
    caller.service.script_pushes(PushScript::new(PushAnswer::Approve).after(Duration::from_secs(5)));
    let id = caller.start(PHONE);
    caller.cancel(&id);
    caller.service.advance(Duration::from_secs(60));
    assert_eq!(caller.read(&id).step(), "DEVICE_SELECTION_REQUIRED");
}

#[test]
fn a_number_that_nobody_asked_for_changes_nothing() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    caller.service.approve_push_with_number(&id, 12).unwrap();
    assert_eq!(caller.read(&id).step(), "COMPLETED");
}

#[test]
fn a_number_has_to_match() {
    let caller = household::of(household::policy().number_matching(true), [household::phone()]);
    let [right, wrong] = [(); 2].map(|()| household::begin(&caller, json!({})));
    let shown = |reply: &Reply| u32::try_from(reply.body["numberMatching"]["number"].as_u64().unwrap()).unwrap();
    assert_eq!(caller.service.pending_pushes()[0].number(), Some(shown(&right)));
    caller.service.approve_push_with_number(&right.id(), shown(&right)).unwrap();
    caller.service.approve_push_with_number(&wrong.id(), shown(&wrong) + 1).unwrap();
    let reply = caller.read(&right.id());
    assert_eq!((reply.step(), reply.body.get("numberMatching")), ("COMPLETED", None));
    assert_eq!(caller.read(&wrong.id()).step(), "FAILED");
}
