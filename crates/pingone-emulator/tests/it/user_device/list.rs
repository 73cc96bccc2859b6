//! The list of devices.

use http::Method;
use serde_json::json;

use super::{ALL, REORDER, caller, created, ids, list, mail};
use crate::support::JSON;

#[test]
fn shows_the_devices_in_their_order() {
    let caller = caller();
    let [a, waiting, b] = ["ACTIVE", "ACTIVATION_REQUIRED", "ACTIVE"].map(|status| created(&caller, mail(status)));
    let all = list(&caller, "?expand=order");
    assert_eq!(ids(&all), [&*a, &*b, &*waiting]);
    assert_eq!(all["order"], json!([a, b]));
    assert_eq!((&all["count"], &all["size"]), (&json!(3), &json!(3)));
    let links: Vec<&String> = all["_links"].as_object().unwrap().keys().collect();
    assert_eq!(links, ["self", "devices.reorder"]);
    assert_eq!(list(&caller, "").get("order"), None);

    let reordered = caller.manage(Method::POST, ALL, REORDER, json!({ "order": [{ "id": b }, { "id": a }] }));
    assert_eq!(ids(&reordered.body), [&*b, &*a, &*waiting]);
    assert_eq!(list(&caller, "?expand=typeDisplayNames,order")["order"], json!([b, a]));
    caller.manage(Method::POST, ALL, super::REMOVE_ORDER, "");
    assert_eq!(list(&caller, "?expand=order")["order"], json!([]));
}

#[test]
fn is_filtered_and_comes_in_pages() {
    let caller = caller();
    let mails = ["ACTIVE", "ACTIVATION_REQUIRED", "ACTIVE"].map(|status| created(&caller, mail(status)));
    let sms = created(&caller, json!({ "type": "SMS", "phone": "+14155550100" }));
    for (filter, expected) in [
        ("status+eq+%22ACTIVATION_REQUIRED%22", vec![&mails[1]]),
        ("type+eq+%22SMS%22", vec![&sms]),
        ("type+eq+%22EMAIL%22+and+status+eq+%22ACTIVE%22", vec![&mails[0], &mails[2]]),
        ("type+eq+%22TOTP%22", vec![]),
    ] {
        assert_eq!(ids(&list(&caller, &format!("?filter={filter}"))), expected, "{filter}");
    }
    let first = list(&caller, "?limit=1&filter=type+eq+%22EMAIL%22");
    assert_eq!((&first["count"], &first["size"], ids(&first)), (&json!(3), &json!(1), vec![mails[0].as_str()]));
    let mut next = first["_links"]["next"]["href"].as_str().map(str::to_owned);
    let mut found = Vec::new();
    while let Some(href) = next {
        let page = caller.send_to(Method::GET, href.strip_prefix("http://127.0.0.1:8420").unwrap(), None, b"").body;
        found.extend(ids(&page).into_iter().map(str::to_owned));
        next = page["_links"]["next"]["href"].as_str().map(str::to_owned);
    }
    assert_eq!(found, [mails[2].clone(), mails[1].clone()]);
    for (query, code, target) in [
        ("filter=phone+eq+%221%22", "INVALID_FILTER", ""),
        ("filter=type+sw+%22S%22", "INVALID_FILTER", ""),
        ("limit=0", "INVALID_PARAMETER", "limit"),
        ("cursor=x", "INVALID_PARAMETER", "cursor"),
    ] {
        let refused = caller.manage(Method::GET, &format!("{ALL}?{query}"), JSON, "");
        assert_eq!(refused.complaint(), (400, "INVALID_DATA", code, target), "{query}");
    }
}

#[test]
fn says_what_types_are_called() {
    let caller = caller();
    created(&caller, mail("ACTIVE"));
    created(&caller, json!({ "type": "OATH_TOKEN", "serialNumber": "1000" }));
    let names = json!({ "EMAIL": "Email", "OATH_TOKEN": "OATH Token" });
    assert_eq!(list(&caller, "?expand=typeDisplayNames")["typeDisplayNames"], names);
    caller.service.switch_off("expand-type-display-names").unwrap();
    assert_eq!(list(&caller, "?expand=typeDisplayNames").get("typeDisplayNames"), None);
}
