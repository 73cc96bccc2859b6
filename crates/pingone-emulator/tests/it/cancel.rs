//! `application/vnd.pingidentity.cancel.push.authentication+json`

use serde_json::{Value, json};

use crate::support::{CANCEL, Caller, EMAIL, PHONE, Reply};

#[test]
fn answers_as_the_documentation_shows() {
    let caller = Caller::new();
    let id = caller.initialize(json!({ "user": { "id": caller.service.user_id() } })).id();
    let reply = caller.cancel(&id);
    assert_eq!(reply.status, 200);

    let documented = include_str!("../../../pingone-model/fixtures/replies/device_authentication.cancel.json");
    let mut expected: Value = serde_json::from_str(
        &documented
            .replace("https://auth.pingone.com/", "http://127.0.0.1:8420/")
            .replace("004fd27a-c7e7-4e63-8644-0563e43dcd02", &id),
    )
    .unwrap();
    for time in ["createdAt", "updatedAt"] {
        let given = reply.body[time].as_str().unwrap();
        let is_iso = given.parse::<jiff::Timestamp>().is_ok() && given.len() == "2024-11-05T13:43:27.272Z".len();
        assert!(is_iso && given.ends_with('Z'), "{time}: {given}");
        expected[time] = json!(given);
    }
    let cancelled_at: jiff::Timestamp = expected["updatedAt"].as_str().unwrap().parse().unwrap();
    expected["_embedded"]["devices"][0]["pushFails"] = json!([cancelled_at.as_millisecond()]);
    // As text, since the order counts too.
    assert_eq!(reply.body.to_string(), expected.to_string());
}

#[test]
fn adds_its_time_to_the_push_fails_of_the_device() {
    let caller = Caller::new();
    caller.service.freeze();
    let fails = |reply: &Reply| {
        let devices = reply.body["_embedded"]["devices"].as_array().unwrap().clone();
        Vec::from_iter(devices.into_iter().filter_map(|device| device.get("pushFails").cloned()))
    };
    let first = caller.cancel(&caller.start(PHONE));
    let at =
        |reply: &Reply| reply.body["updatedAt"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_millisecond();
    assert_eq!(fails(&first), [json!([at(&first)]), json!([])], "another phone has none");
    caller.service.advance(std::time::Duration::from_secs(5));
    let second = caller.cancel(&caller.start(PHONE));
    assert_eq!(at(&second), at(&first) + 5000);
    assert_eq!(fails(&second), [json!([at(&first), at(&second)]), json!([])]);
}

#[test]
fn continues_with_another_device() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    assert_eq!(caller.cancel(&id).step(), "DEVICE_SELECTION_REQUIRED");
    assert_eq!(caller.select(&id, EMAIL).step(), "OTP_REQUIRED");
    assert_eq!(caller.check(&id, &caller.last_code()).step(), "COMPLETED");
}

#[test]
fn withdraws_the_push() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    caller.cancel(&id);
    assert!(caller.service.pending_pushes().is_empty());
    let late = caller.service.approve_push(&id).unwrap_err();
    assert_eq!(late.to_string(), format!("no push is pending for device authentication {id:?}"));
    assert!(caller.service.deny_push(&id).is_err());
    assert_eq!(caller.read(&id).step(), "DEVICE_SELECTION_REQUIRED");
}

#[test]
fn is_refused_where_no_push_is_pending() {
    let caller = Caller::new();
    for (status, id) in caller.in_every_status() {
        let reply = caller.cancel(&id);
        if status == "PUSH_CONFIRMATION_REQUIRED" {
            assert_eq!(reply.status, 200);
        } else {
            assert_eq!(reply.complaint(), (400, "REQUEST_FAILED", "CONSTRAINT_VIOLATION", ""), "{status}");
            assert_eq!(caller.read(&id).step(), status);
        }
    }
}

#[test]
fn needs_a_reason_that_is_text() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    for (body, complaint) in [
        (json!({}), (400, "INVALID_DATA", "REQUIRED_VALUE", "reason")),
        (json!({ "reason": null }), (400, "INVALID_DATA", "REQUIRED_VALUE", "reason")),
        (json!({ "reason": "" }), (400, "INVALID_DATA", "EMPTY_VALUE", "reason")),
        (json!({ "reason": 1 }), (400, "INVALID_DATA", "INVALID_VALUE", "reason")),
    ] {
        assert_eq!(caller.act(&id, CANCEL, body).complaint(), complaint);
    }
    assert_eq!(caller.read(&id).step(), "PUSH_CONFIRMATION_REQUIRED");
    assert_eq!(caller.act(&id, CANCEL, json!({ "reason": "SIGNOUT" })).status, 200);
}
