//! `mfaEnabled` of a user, through the management API.

use http::Method;
use serde_json::{Value, json};

use crate::{
    household::{self, begin, mail},
    support::JSON,
};

#[test]
fn is_set_and_seen_by_the_next_authentication() {
    let caller = household::of(household::policy().block_users_with_disabled_mfa(true), [mail()]);
    let path = "/users/u/mfaEnabled";
    let user_href = "http://127.0.0.1:8420/v1/environments/e/users/u";
    let shown = |enabled: bool| {
        json!({
            "_links": { "self": { "href": format!("{user_href}/mfaEnabled") }, "user": { "href": user_href } },
            "mfaEnabled": enabled,
        })
    };
    let read = caller.managed(path);
    assert_eq!((read.status, read.body), (200, shown(true)));
    for enabled in [false, true] {
        let reply = caller.manage(Method::PUT, path, JSON, json!({ "mfaEnabled": enabled }));
        assert_eq!((reply.status, &reply.body), (200, &shown(enabled)));
        assert_eq!(caller.managed(path).body, shown(enabled));
        assert_eq!(caller.managed("/users/u").body["mfaEnabled"], json!(enabled));
        let begun = begin(&caller, json!({}));
        assert_eq!(begun.step_or_error(), if enabled { "OTP_REQUIRED" } else { "ACCOUNT_NOT_USABLE" });
    }
}

#[test]
fn names_what_is_wrong() {
    let caller = household::of(household::policy(), [mail()]);
    let put = |path: &str, body: Value| caller.manage(Method::PUT, path, JSON, body);
    let complaint = |body: Value| {
        let reply = put("/users/u/mfaEnabled", body);
        let (status, code, detail, target) = reply.complaint();
        format!("{status} {code} {detail} {target}")
    };
    assert_eq!(complaint(json!({})), "400 INVALID_DATA REQUIRED_VALUE mfaEnabled");
    assert_eq!(complaint(json!({ "mfaEnabled": "true" })), "400 INVALID_DATA INVALID_VALUE mfaEnabled");
    assert_eq!(put("/users/nobody/mfaEnabled", json!({ "mfaEnabled": true })).complaint().0, 404);
    assert_eq!(caller.managed("/users/nobody/mfaEnabled").complaint().0, 404);
    assert_eq!(caller.manage(Method::PUT, "/users/u/mfaEnabled", "text/plain", json!({})).complaint().0, 415);
    assert_eq!(caller.manage(Method::POST, "/users/u/mfaEnabled", JSON, json!({})).complaint().0, 405);
}
