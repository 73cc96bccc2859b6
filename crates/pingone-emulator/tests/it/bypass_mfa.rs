//! `bypassMFA` of a user, through the management API.

use std::time::Duration;

use http::Method;
use serde_json::{Value, json};

use crate::{
    household::{self, begin, mail},
    support::{Caller, JSON, Reply},
};

const PATH: &str = "/users/u/bypassMFA";

fn put(caller: &Caller, until: Value) -> Reply {
    caller.manage(Method::PUT, PATH, JSON, json!({ "bypassMFAEnabledUntil": until }))
}

fn shown(until: Option<(&str, bool)>) -> Value {
    let user_href = "http://127.0.0.1:8420/v1/environments/e/users/u";
    let links = json!({ "self": { "href": format!("{user_href}/bypassMFA") }, "user": { "href": user_href } });
    match until {
        None => json!({ "_links": links }),
        Some((until, can)) => json!({ "_links": links, "bypassMFAEnabledUntil": until, "canBypassMFA": can }),
    }
}

#[test]
fn is_set_told_and_over() {
    let caller = household::of(household::policy(), [mail()]);
    let read = caller.managed(PATH);
    assert_eq!((read.status, read.body), (200, shown(None)), "neither member is there");

    caller.service.freeze();
    let until = caller.time(60);
    let reply = put(&caller, json!(until));
    assert_eq!((reply.status, reply.body), (200, shown(Some((&until, true)))));
    assert_eq!(caller.managed(PATH).body, shown(Some((&until, true))));
    assert_eq!(begin(&caller, json!({})).body["userBypassEnabled"], json!(true));

    caller.service.advance(Duration::from_secs(60));
    assert_eq!(caller.managed(PATH).body, shown(None));
    assert_eq!(begin(&caller, json!({})).body["userBypassEnabled"], json!(false));
    caller.service.switch_off("past-bypass-is-none").unwrap();
    assert_eq!(caller.managed(PATH).body, shown(Some((&until, false))));
}

#[test]
fn a_past_date_ends_it() {
    let caller = household::of(household::policy(), [mail()]);
    assert_eq!(put(&caller, json!("2999-01-01T00:00:00.000Z")).body["canBypassMFA"], json!(true));
    let reply = put(&caller, json!("2001-01-01T00:00:00.000Z"));
    assert_eq!((reply.status, reply.body), (200, shown(None)));
    assert_eq!(begin(&caller, json!({})).body["bypassAllowed"], json!(false));
}

#[test]
fn takes_one_form_of_date() {
    let caller = household::of(household::policy(), [mail()]);
    let until = "bypassMFAEnabledUntil";
    for date in ["2999-01-01T00:00:00Z", "2999-01-01T00:00:00.000+00:00", "2999-01-01", "soon"] {
        assert_eq!(put(&caller, json!(date)).complaint(), (400, "INVALID_DATA", "INVALID_VALUE", until), "{date}");
    }
    assert_eq!(put(&caller, json!(1)).complaint(), (400, "INVALID_DATA", "INVALID_VALUE", until));
    assert_eq!(put(&caller, Value::Null).complaint(), (400, "INVALID_DATA", "REQUIRED_VALUE", until));
    let nobody = caller.managed("/users/nobody/bypassMFA");
    assert_eq!(nobody.complaint().0, 404);
    assert_eq!(caller.managed(PATH).body, shown(None), "nothing was set");
}
