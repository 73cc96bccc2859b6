//! `application/vnd.pingidentity.device.select+json`

use serde_json::json;

use crate::support::{Caller, EMAIL, PASSKEY, PHONE, SELECT_DEVICE};

#[test]
fn is_possible_until_a_push_is_pending_or_all_is_over() {
    let caller = Caller::new();
    for (status, id) in caller.in_every_status() {
        let reply = caller.select(&id, EMAIL);
        let open = ["DEVICE_SELECTION_REQUIRED", "OTP_REQUIRED", "ASSERTION_REQUIRED", "PUSH_CONFIRMATION_TIMED_OUT"];
        if open.contains(&status) {
            assert_eq!(reply.step(), "OTP_REQUIRED", "{status}");
            assert_eq!(reply.body["selectedDevice"], json!({ "id": EMAIL }));
        } else {
            assert_eq!(reply.complaint(), (400, "REQUEST_FAILED", "CONSTRAINT_VIOLATION", ""), "{status}");
            assert_eq!(caller.read(&id).step(), status);
        }
    }
}

#[test]
fn leads_to_the_step_of_the_device() {
    let caller = Caller::new();
    let id = caller.start(EMAIL);
    assert_eq!(caller.select(&id, PASSKEY).step(), "ASSERTION_REQUIRED");
    assert_eq!(caller.select(&id, PHONE).step(), "PUSH_CONFIRMATION_REQUIRED");
    assert_eq!(caller.service.pending_pushes()[0].device_id(), PHONE);
}

#[test]
fn the_same_device_again_gets_another_code_and_the_old_one_is_void() {
    let caller = Caller::new();
    let id = caller.start(EMAIL);
    let old = caller.last_code();
    assert_eq!(caller.select(&id, EMAIL).step(), "OTP_REQUIRED");
    assert_eq!(caller.service.codes().len(), 2);
    assert_eq!(caller.check(&id, &old).complaint().2, "INVALID_OTP");
    assert_eq!(caller.check(&id, &caller.last_code()).step(), "COMPLETED");
}

#[test]
fn needs_a_device_of_the_user() {
    let caller = Caller::new();
    let id = caller.start(EMAIL);
    for (body, complaint) in [
        (json!({}), (400, "INVALID_DATA", "REQUIRED_VALUE", "device.id")),
        (json!({ "device": EMAIL }), (400, "INVALID_DATA", "INVALID_VALUE", "device")),
        (json!({ "device": { "id": [] } }), (400, "INVALID_DATA", "INVALID_VALUE", "device.id")),
        (json!({ "device": { "id": "of-somebody-else" } }), (400, "INVALID_DATA", "INVALID_VALUE", "device.id")),
    ] {
        assert_eq!(caller.act(&id, SELECT_DEVICE, body).complaint(), complaint);
    }
    assert_eq!(caller.service.codes().len(), 1);
}
