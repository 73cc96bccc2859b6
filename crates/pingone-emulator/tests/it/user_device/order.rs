//! The order of the devices, and the default.

use http::Method;
use serde_json::{Value, json};

use super::{ALL, REMOVE_ORDER, REORDER, activate, caller, created, ids, list, mail, sent_code};
use crate::{
    household::begin,
    support::{Caller, Reply},
};

fn reorder(caller: &Caller, ids: &[&String]) -> Reply {
    let order: Value = ids.iter().map(|id| json!({ "id": id })).collect();
    caller.manage(Method::POST, ALL, REORDER, json!({ "order": order }))
}

#[test]
fn the_first_is_the_default() {
    let caller = caller();
    let [a, b, c] = [(); 3].map(|()| created(&caller, mail("ACTIVE")));
    assert_eq!(begin(&caller, json!({})).body["selectedDevice"]["id"], a);
    let answer = reorder(&caller, &[&c, &a, &b]);
    assert_eq!((answer.status, ids(&answer.body)), (200, vec![c.as_str(), a.as_str(), b.as_str()]));
    let begun = begin(&caller, json!({})).body;
    assert_eq!((&begun["selectedDevice"]["id"], ids(&begun)), (&json!(c), ids(&answer.body)));
}

#[test]
fn devices_that_are_not_named_come_last() {
    let caller = caller();
    let [a, b, c] = [(); 3].map(|()| created(&caller, mail("ACTIVE")));
    assert_eq!(ids(&reorder(&caller, &[&c]).body), [&*c, &*a, &*b]);
    caller.service.switch_off("order-may-be-partial").unwrap();
    assert_eq!(reorder(&caller, &[&a, &b]).complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "order"));
    assert_eq!(reorder(&caller, &[&a, &b, &c]).status, 200);
}

#[test]
fn names_what_is_wrong_with_an_order() {
    let caller = caller();
    let [a, waiting] = ["ACTIVE", "ACTIVATION_REQUIRED"].map(|status| created(&caller, mail(status)));
    let none = "none".to_owned();
    for order in [vec![&none], vec![&a, &a], vec![&a, &waiting]] {
        assert_eq!(reorder(&caller, &order).complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "order"));
    }
    for (body, complaint) in [
        (json!({}), "REQUIRED_VALUE"),
        (json!({ "order": "a" }), "INVALID_VALUE"),
        (json!({ "order": ["a"] }), "INVALID_VALUE"),
        (json!({ "order": [{ "id": 1 }] }), "INVALID_VALUE"),
    ] {
        assert_eq!(caller.manage(Method::POST, ALL, REORDER, body).complaint().2, complaint);
    }
}

#[test]
fn without_one_the_user_chooses() {
    let caller = caller();
    let [a, b] = [(); 2].map(|()| created(&caller, mail("ACTIVE")));
    let removed = caller.manage(Method::POST, ALL, REMOVE_ORDER, "");
    assert_eq!((removed.status, removed.body), (204, Value::Null));
    assert_eq!(begin(&caller, json!({})).step(), "DEVICE_SELECTION_REQUIRED");
    reorder(&caller, &[&b, &a]);
    assert_eq!(begin(&caller, json!({})).body["selectedDevice"]["id"], b);
}

#[test]
fn a_device_is_the_last_once_it_is_activated() {
    let caller = caller();
    let [first, waiting, third] =
        ["ACTIVE", "ACTIVATION_REQUIRED", "ACTIVE"].map(|status| created(&caller, mail(status)));
    activate(&caller, &waiting, &sent_code(&caller, &waiting));
    assert_eq!(ids(&list(&caller, "")), [&*first, &*third, &*waiting]);
    let begun = begin(&caller, json!({})).body;
    assert_eq!((&begun["selectedDevice"]["id"], ids(&begun)), (&json!(first), vec![&*first, &*third, &*waiting]));
}

#[test]
fn a_device_that_waits_is_no_default() {
    let caller = caller();
    caller.service.switch_off("next-fit-device-is-default").unwrap();
    created(&caller, mail("ACTIVATION_REQUIRED"));
    let active = created(&caller, mail("ACTIVE"));
    assert_eq!(begin(&caller, json!({})).body["selectedDevice"]["id"], active);
}

#[test]
fn begins_anew_with_one_device() {
    let caller = caller();
    let [a, b] = [(); 2].map(|()| created(&caller, mail("ACTIVE")));
    caller.manage(Method::POST, ALL, REMOVE_ORDER, "");
    assert_eq!(list(&caller, "?expand=order")["order"], json!([]));
    caller.manage(Method::DELETE, &format!("{ALL}/{a}"), "", "");
    assert_eq!(list(&caller, "?expand=order")["order"], json!([b]));
    let c = created(&caller, mail("ACTIVE"));
    assert_eq!(list(&caller, "?expand=order")["order"], json!([b, c]));
}
