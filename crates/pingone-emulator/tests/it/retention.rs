//! What is over is forgotten, by age and by number.

use std::time::Duration;

use http::Method;
use pingone_emulator::{Data, Policy, PushLimit};
use serde_json::json;

use crate::{
    household::{self, begin},
    support::Caller,
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A phone that is never locked, however often nobody answers.
fn data() -> Data {
    let limit = PushLimit { count: u32::MAX, ..PushLimit::default() };
    household::data(Policy::new("p").push_limit(limit), [household::phone(), household::mail()])
}

fn overview(caller: &Caller) -> Vec<String> {
    let listed = caller.send_to(Method::GET, "/_emulator/device-authentications", None, b"").body;
    let listed = listed["deviceAuthentications"].as_array().unwrap().clone();
    listed.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_is_over_is_forgotten_after_a_day() {
    let caller = Caller::of(data());
    let [approved, open] = ["phone", "mail"].map(|id| begin(&caller, json!({ "selectedDevice": { "id": id } })).id());
    caller.service.approve_push(&approved).unwrap();
    caller.service.advance(DAY - Duration::from_secs(1));
    assert_eq!(overview(&caller), [approved.clone(), open.clone()]);
    caller.service.advance(Duration::from_secs(1));
    assert_eq!(overview(&caller), [open], "the other one was over 15 minutes later");
    caller.service.advance(Duration::from_secs(15 * 60));
    assert!(overview(&caller).is_empty());
    assert_eq!((caller.service.journal().len(), caller.service.codes().len()), (3, 1), "until something is added");
    let token = caller.service.issue_token(pingone_emulator::TokenKind::Worker);
    let caller = Caller { authorization: Some(format!("Bearer {token}")), ..caller };
    assert_eq!(caller.read(&approved).complaint().1, "NOT_FOUND");
    begin(&caller, json!({ "selectedDevice": { "id": "mail" } }));
    assert_eq!((caller.service.journal().len(), caller.service.codes().len()), (2, 1));
}

#[test]
fn an_authentication_that_never_expires_is_not_forgotten() {
    let caller = Caller::of(data().without_rule("authentication-expires").unwrap().keep_for(Duration::from_secs(60)));
    let id = begin(&caller, json!({ "selectedDevice": { "id": "mail" } })).id();
    caller.service.advance(Duration::from_secs(30 * 60));
    assert_eq!(caller.check(&id, &caller.last_code()).step_or_error(), "INVALID_OTP", "it is there, the code is over");
}

#[test]
fn of_too_many_the_oldest_that_is_over_goes_first() {
    let caller = Caller::of(data().keep_at_most(3));
    let [open, first, second, third] = [(); 4].map(|()| {
        let id = begin(&caller, json!({})).id();
        caller.service.advance(Duration::from_secs(1));
        id
    });
    // The first of all had to go, since nothing was over.
    assert_eq!(overview(&caller), [first.clone(), second.clone(), third.clone()]);
    assert!(caller.service.approve_push(&open).is_err());
    caller.service.approve_push(&third).unwrap();
    caller.service.approve_push(&second).unwrap();
    let fourth = begin(&caller, json!({})).id();
    assert_eq!(overview(&caller), [first.clone(), second, fourth.clone()]);
    let fifth = begin(&caller, json!({})).id();
    assert_eq!(overview(&caller), [first.clone(), fourth.clone(), fifth.clone()]);
    assert_eq!(caller.service.pending_pushes().len(), 3);
    assert_eq!(caller.service.journal().len(), 3, "the journal too");
    caller.service.approve_push(&first).unwrap();
}

#[test]
fn codes_tokens_and_one_time_addresses_are_bounded_too() {
    let caller = Caller::of(data().keep_at_most(5));
    for number in 10..40 {
        let device = json!({ "type": "SMS", "phone": format!("+141355501{number}") });
        let id = begin(&caller, json!({ "selectedDevice": { "oneTime": device } })).id();
        assert_eq!(caller.check(&id, "000").status, 400);
    }
    assert_eq!(caller.service.codes().len(), 5);
    for _ in 0..5 {
        caller.service.issue_token(pingone_emulator::TokenKind::Worker);
    }
    assert_eq!(caller.read("none").complaint().2, "INVALID_TOKEN", "five others came after it");
}

#[test]
fn the_data_say_how_much_is_kept() {
    let text = Data::BUILT_IN_JSON.replacen('{', r#"{"keepFor": 60, "keepAtMost": 2,"#, 1);
    let caller = Caller::of(Data::from_json(&text).unwrap());
    for _ in 0..3 {
        caller.read("none");
    }
    assert_eq!(caller.service.journal().len(), 2);
    caller.service.advance(Duration::from_secs(60));
    caller.read("none");
    assert_eq!(caller.service.journal().len(), 1);
}
