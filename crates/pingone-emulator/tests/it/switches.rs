//! Each rule that can be switched changes something, and back.

use std::{collections::BTreeSet, time::Duration};

use http::{Method, Request};
use pingone_emulator::{Device, rules};
use serde_json::{Value, json};

use crate::{
    authenticator::{Authenticator, ORIGIN},
    client_assertion, household,
    household::{begin, other_than},
    remembered, strictness,
    support::{CANCEL, CHECK_ASSERTION, Caller, JSON, Reply},
};

/// A rule, how it is tried, and what is seen while it holds and once it is switched off.
type Probe = (&'static str, fn(&dyn Fn(&Caller)) -> String, &'static str, &'static str);

const PROBES: &[Probe] = &[
    ("unknown-environment-is-404", unknown_environment, "404", "403"),
    ("accept-is-ignored", accept, "200", "406"),
    ("media-type-parameters", media_type_parameters, "201", "415"),
    ("header-twice-is-missing", header_twice, "415", "201"),
    ("null-is-absent", null, "REQUIRED_VALUE", "INVALID_VALUE"),
    ("assertion-audience", |switch| client_assertion::by_another_address(switch).to_string(), "401", "200"),
    ("token-of-other-environment", token_of_other_environment, "401", "403"),
    ("unknown-user-is-404", unknown_user, "404", "400"),
    ("unknown-policy-is-400", unknown_policy, "400", "404"),
    ("no-user-means-passkey", no_user, "201", "400"),
    ("next-fit-device-is-default", next_fit_device, "OTP_REQUIRED", "FAILED"),
    ("no-usable-device-is-201", no_usable_device, "201", "400"),
    ("blocked-devices-stand-apart", blocked_devices, "1", "2"),
    ("one-time-whatsapp", one_time_whatsapp, "201", "400"),
    ("test-code-is-text", test_code, "text", "number"),
    ("policy-must-remember", policy_must_remember, "400", "200"),
    ("authentication-expires", |switch| expired(switch).to_string(), "404", "200"),
    ("expired-is-404", |switch| expired(switch).to_string(), "404", "410"),
    ("policy-enables-type", policy_enables_type, "400", "201"),
    ("select-after-challenge", select_after_challenge, "200", "400"),
    ("select-after-time-out", select_after_time_out, "200", "400"),
    ("cancel-before-select", cancel_before_select, "400", "200"),
    ("new-code-on-reselect", new_code_on_reselect, "2 codes", "1 codes"),
    ("cancel-for-any-reason", cancel_for_any_reason, "200", "400"),
    ("cancel-needs-pending-push", cancel_needs_pending_push, "400", "200"),
    ("denied-push-fails", denied_push, "FAILED", "PUSH_CONFIRMATION_TIMED_OUT"),
    ("matching-number-is-number", matching_number, "number", "text"),
    ("wrong-code-is-400", wrong_code, "400", "200"),
    ("attempts-end-it", attempts_end_it, "FAILED", "OTP_REQUIRED"),
    ("limit-is-400", limit, "400", "429"),
    ("code-after-time-out", code_after_time_out, "200", "400"),
    ("code-works-once", code_works_once, "400", "200"),
    ("base64-of-either-kind", |switch| signed(switch, |passkey| passkey.url_safe = true), "COMPLETED", "INVALID_VALUE"),
    ("counter-grows", |switch| signed_twice(switch), "FAILED", "COMPLETED"),
    (
        "wrong-assertion-fails",
        |switch| signed(switch, |passkey| passkey.rp_id = "example.org".to_owned()),
        "FAILED",
        "INVALID_VALUE",
    ),
];

#[test]
fn every_switch_changes_what_happens() {
    let switchable: BTreeSet<&str> = rules().filter(|rule| rule.is_switchable()).map(|rule| rule.name()).collect();
    let probed: BTreeSet<&str> = PROBES.iter().map(|(name, ..)| *name).collect();
    assert_eq!(probed, switchable);
    for (name, probe, with, without) in PROBES {
        assert_eq!(probe(&|_| {}), *with, "{name} holds");
        assert_eq!(probe(&|caller| caller.service.switch_off(name).unwrap()), *without, "{name} is off");
        let back = |caller: &Caller| {
            caller.service.switch_off(name).unwrap();
            caller.service.switch_on(name).unwrap();
        };
        assert_eq!(probe(&back), *with, "{name} holds again");
    }
}

fn of(switch: &dyn Fn(&Caller), devices: impl IntoIterator<Item = Device>) -> Caller {
    let caller = household::of(household::policy(), devices);
    switch(&caller);
    caller
}

fn status(reply: &Reply) -> String {
    reply.status.to_string()
}

/// The authentication's status, or the code of what is wrong.
fn step(reply: &Reply) -> String {
    let step = if reply.status < 300 { &reply.body["status"] } else { &reply.body["details"][0]["code"] };
    step.as_str().unwrap().to_owned()
}

fn kind(value: &Value) -> String {
    if value.is_string() { "text".to_owned() } else { "number".to_owned() }
}

fn unknown_environment(switch: &dyn Fn(&Caller)) -> String {
    status(&of(switch, []).send_to(Method::GET, "/none/deviceAuthentications/a", None, b""))
}

fn accept(switch: &dyn Fn(&Caller)) -> String {
    let caller = Caller::new();
    switch(&caller);
    assert_eq!(strictness::get_accepting(&caller, "text/html, */*;q=0.1"), 200);
    strictness::get_accepting(&caller, "application/json").to_string()
}

fn media_type_parameters(switch: &dyn Fn(&Caller)) -> String {
    let body = json!({ "user": { "id": "u" } });
    status(&of(switch, [household::mail()]).post("/deviceAuthentications", "application/json; charset=utf-8", body))
}

fn header_twice(switch: &dyn Fn(&Caller)) -> String {
    let caller = of(switch, [household::mail()]);
    let request = Request::post("/e/deviceAuthentications")
        .header("authorization", caller.authorization.as_deref().unwrap())
        .header("content-type", JSON)
        .header("content-type", CANCEL);
    status(&Reply::of(caller.service.handle(request.body(r#"{"user":{"id":"u"}}"#.into()).unwrap())))
}

fn null(switch: &dyn Fn(&Caller)) -> String {
    let caller = of(switch, [household::phone()]);
    let id = begin(&caller, json!({})).id();
    step(&caller.act(&id, CANCEL, json!({ "reason": null })))
}

fn token_of_other_environment(switch: &dyn Fn(&Caller)) -> String {
    let caller = of(switch, []);
    let token = caller.service.issue_token(pingone_emulator::TokenKind::OtherEnvironment);
    status(&Caller { authorization: Some(format!("Bearer {token}")), ..caller }.read("a"))
}

fn unknown_user(switch: &dyn Fn(&Caller)) -> String {
    status(&of(switch, []).initialize(json!({ "user": { "id": "nobody" } })))
}

fn unknown_policy(switch: &dyn Fn(&Caller)) -> String {
    status(&begin(&of(switch, [household::mail()]), json!({ "policy": { "id": "none" } })))
}

fn no_user(switch: &dyn Fn(&Caller)) -> String {
    status(&of(switch, []).initialize(json!({})))
}

fn next_fit_device(switch: &dyn Fn(&Caller)) -> String {
    let blocked = Device::new("blocked", "SMS").hidden("blocked", json!(true));
    step(&begin(&of(switch, [blocked, household::mail()]), json!({})))
}

fn no_usable_device(switch: &dyn Fn(&Caller)) -> String {
    let reply = begin(&of(switch, []), json!({}));
    let error = if reply.status == 201 { &reply.body["error"] } else { &reply.body["details"][0] };
    assert_eq!(error["code"], "NO_USABLE_DEVICES");
    status(&reply)
}

fn blocked_devices(switch: &dyn Fn(&Caller)) -> String {
    let blocked = Device::new("blocked", "SMS").hidden("blocked", json!(true));
    let reply = begin(&of(switch, [household::mail(), blocked]), json!({}));
    reply.body["_embedded"]["devices"].as_array().unwrap().len().to_string()
}

fn one_time_whatsapp(switch: &dyn Fn(&Caller)) -> String {
    let device = json!({ "oneTime": { "type": "WHATSAPP", "phone": "+14135550150" } });
    status(&begin(&of(switch, []), json!({ "selectedDevice": device })))
}

fn test_code(switch: &dyn Fn(&Caller)) -> String {
    let device = household::mail().hidden("testMode", json!(true));
    kind(&begin(&of(switch, [device]), json!({})).body["test"]["otp"])
}

fn policy_must_remember(switch: &dyn Fn(&Caller)) -> String {
    let caller = remembered::caller(household::browser(), false);
    switch(&caller);
    status(&remembered::check(&caller, "rm=123", &remembered::body()))
}

fn expired(switch: &dyn Fn(&Caller)) -> u16 {
    let caller = of(switch, [household::mail()]);
    let id = begin(&caller, json!({})).id();
    caller.service.advance(Duration::from_secs(15 * 60));
    caller.read(&id).status
}

fn policy_enables_type(switch: &dyn Fn(&Caller)) -> String {
    let policy = pingone_emulator::Policy::from_json(r#"{ "id": "p", "email": { "enabled": false } }"#).unwrap();
    let caller = household::of(policy, [household::mail()]);
    switch(&caller);
    status(&begin(&caller, json!({ "selectedDevice": { "id": "mail" } })))
}

fn select_after_challenge(switch: &dyn Fn(&Caller)) -> String {
    let caller = of(switch, [household::passkey(&Authenticator::new()), household::mail()]);
    let id = begin(&caller, json!({})).id();
    status(&caller.select(&id, "mail"))
}

fn select_after_time_out(switch: &dyn Fn(&Caller)) -> String {
    let caller = of(switch, [household::phone(), household::mail()]);
    let id = begin(&caller, json!({})).id();
    caller.service.advance(Duration::from_secs(40));
    status(&caller.select(&id, "mail"))
}

fn cancel_before_select(switch: &dyn Fn(&Caller)) -> String {
    let caller = of(switch, [household::phone(), household::mail()]);
    let id = begin(&caller, json!({})).id();
    let reply = caller.select(&id, "mail");
    assert_eq!(caller.service.pending_pushes().is_empty(), reply.status == 200);
    status(&reply)
}

fn new_code_on_reselect(switch: &dyn Fn(&Caller)) -> String {
    let caller = of(switch, [household::mail()]);
    let id = begin(&caller, json!({})).id();
    assert_eq!(caller.select(&id, "mail").step(), "OTP_REQUIRED");
    let codes = caller.service.codes().len();
    assert_eq!(caller.check(&id, &caller.last_code()).step(), "COMPLETED");
    format!("{codes} codes")
}

fn cancel_for_any_reason(switch: &dyn Fn(&Caller)) -> String {
    let caller = of(switch, [household::phone()]);
    let id = begin(&caller, json!({})).id();
    status(&caller.act(&id, CANCEL, json!({ "reason": "SIGNOUT" })))
}

fn cancel_needs_pending_push(switch: &dyn Fn(&Caller)) -> String {
    let caller = of(switch, [household::mail()]);
    let id = begin(&caller, json!({})).id();
    let reply = caller.cancel(&id);
    caller.check(&id, &caller.last_code());
    status(&reply)
}

fn denied_push(switch: &dyn Fn(&Caller)) -> String {
    let caller = of(switch, [household::phone()]);
    let id = begin(&caller, json!({})).id();
    caller.service.deny_push(&id).unwrap();
    step(&caller.read(&id))
}

fn matching_number(switch: &dyn Fn(&Caller)) -> String {
    let caller = household::of(household::policy().number_matching(true), [household::phone()]);
    switch(&caller);
    kind(&begin(&caller, json!({})).body["numberMatching"]["number"])
}

fn wrong_code(switch: &dyn Fn(&Caller)) -> String {
    let caller = of(switch, [household::mail()]);
    let id = begin(&caller, json!({})).id();
    let reply = caller.check(&id, other_than(&caller.last_code()));
    assert_eq!(caller.read(&id).step(), if reply.status == 400 { "OTP_REQUIRED" } else { "FAILED" });
    status(&reply)
}

fn attempts_end_it(switch: &dyn Fn(&Caller)) -> String {
    let caller = of(switch, [household::mail()]);
    let id = begin(&caller, json!({})).id();
    for _ in 0..3 {
        caller.check(&id, other_than(&caller.last_code()));
    }
    step(&caller.read(&id))
}

fn limit(switch: &dyn Fn(&Caller)) -> String {
    let caller = of(switch, [household::mail()]);
    let id = begin(&caller, json!({})).id();
    for _ in 0..3 {
        caller.check(&id, other_than(&caller.last_code()));
    }
    let reply = begin(&caller, json!({ "selectedDevice": { "id": "mail" } }));
    assert_eq!(step(&reply), "LIMIT_EXCEEDED");
    status(&reply)
}

fn code_after_time_out(switch: &dyn Fn(&Caller)) -> String {
    let caller = of(switch, [household::phone_with_codes()]);
    let id = begin(&caller, json!({})).id();
    caller.service.advance(Duration::from_secs(40));
    status(&caller.check(&id, &caller.service.generated_code("u", "phone").unwrap()))
}

fn code_works_once(switch: &dyn Fn(&Caller)) -> String {
    let caller = of(switch, [household::totp()]);
    let code = caller.service.generated_code("u", "totp").unwrap();
    let [first, second] = [(); 2].map(|()| begin(&caller, json!({})).id());
    assert_eq!(caller.check(&first, &code).step(), "COMPLETED");
    status(&caller.check(&second, &code))
}

/// What comes of an assertion by a passkey that was changed.
fn signed(switch: &dyn Fn(&Caller), change: fn(&mut Authenticator)) -> String {
    let mut passkey = Authenticator::new();
    let caller = of(switch, [household::passkey(&passkey)]);
    change(&mut passkey);
    step(&sign_on(&caller, &mut passkey))
}

fn signed_twice(switch: &dyn Fn(&Caller)) -> String {
    let mut passkey = Authenticator::new();
    let caller = of(switch, [household::passkey(&passkey)]);
    sign_on(&caller, &mut passkey);
    passkey.counter = 1;
    step(&sign_on(&caller, &mut passkey))
}

fn sign_on(caller: &Caller, passkey: &mut Authenticator) -> Reply {
    let reply = begin(caller, json!({}));
    let assertion = passkey.assertion(&reply.body);
    caller.act(&reply.id(), CHECK_ASSERTION, json!({ "origin": ORIGIN, "assertion": assertion }))
}
