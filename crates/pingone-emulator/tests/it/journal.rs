//! What the journal, the mailbox and the phones tell a developer.

use bytes::Bytes;
use http::{Method, Request};
use pingone_conformance::Authenticator;
use pingone_emulator::{Fault, FaultKind, JournalEntry};
use serde_json::{Value, json};

use crate::{
    household::{self, ORIGIN},
    support::{CHECK_ASSERTION, Caller, EMAIL, PHONE},
};

fn last(caller: &Caller) -> JournalEntry {
    caller.service.journal().pop().unwrap()
}

fn trouble(entry: &JournalEntry) -> [Option<&str>; 3] {
    [entry.error_code(), entry.detail_code(), entry.target()]
}

#[test]
fn says_what_was_wrong() {
    let caller = Caller::new();
    let id = caller.start(EMAIL);
    assert_eq!((trouble(&last(&caller)), last(&caller).message()), ([None; 3], None));
    caller.check(&id, "111111");
    let entry = last(&caller);
    assert_eq!(trouble(&entry), [Some("INVALID_DATA"), Some("INVALID_OTP"), Some("otp")]);
    assert_eq!(entry.message(), Some("is not the code that was sent"));
    caller.read("none");
    assert_eq!(trouble(&last(&caller)), [Some("NOT_FOUND"), None, None]);
    caller.post("/as/token", crate::support::FORM, "grant_type=password");
    assert!(last(&caller).error_code().is_some(), "OAuth has errors of its own");
    caller.send_to(Method::GET, "/nowhere", None, b"");
    assert!(
        trouble(&last(&caller)) == [None; 3] && last(&caller).message().is_some(),
        "the gateway has a message only"
    );

    let denied = caller.start(PHONE);
    caller.service.deny_push(&denied).unwrap();
    caller.read(&denied);
    assert_eq!(trouble(&last(&caller)), [Some("PUSH_CONFIRMATION_DENIED"), None, None]);

    caller.service.inject(Fault::new(FaultKind::Status(403)));
    caller.read(&id);
    assert_eq!(trouble(&last(&caller)), [Some("ACCESS_FAILED"), Some("INSUFFICIENT_PERMISSIONS"), None]);
}

#[test]
fn says_why_an_assertion_has_failed() {
    let mut authenticator = Authenticator::new().unwrap();
    let caller = household::of(household::policy(), [household::passkey(&authenticator)]);
    let begun = household::begin(&caller, json!({}));
    authenticator.rp_id = "example.org".to_owned();
    let assertion = authenticator.assertion(&begun.body).unwrap();
    let reply = caller.act(&begun.id(), CHECK_ASSERTION, json!({ "origin": ORIGIN, "assertion": assertion }));
    let why = reply.body["error"]["message"].as_str().unwrap();
    assert!(why.contains("relying party"), "{why}");
    let entry = last(&caller);
    assert_eq!((entry.error_code(), entry.message()), (Some("ASSERTION_INVALID"), Some(why)));
    let overview = caller.send_to(Method::GET, "/_emulator/device-authentications", None, b"").body;
    assert_eq!(overview["deviceAuthentications"][0]["message"], why, "the page shows it");
}

#[test]
fn says_who_has_asked() {
    let caller = Caller::new();
    let long = "x".repeat(101);
    for (sent, kept) in
        [("t-1/a@b=c#d+e.f_g", "t-1/a@b=c#d+e.f_g"), ("a b;c<\u{fc}>", "a_b_c_\u{fc}_"), (&long, &long[..100])]
    {
        let request = Request::get("/e/deviceAuthentications/a")
            .header("x-ping-external-transaction-id", sent.as_bytes())
            .header("X-Ping-External-Session-ID", "session 1");
        caller.service.handle(request.body(Bytes::new()).unwrap());
        let entry = last(&caller);
        assert_eq!(entry.external_transaction_id(), Some(kept));
        assert_eq!(entry.external_session_id(), Some("session_1"));
    }
    caller.read("a");
    assert_eq!((last(&caller).external_transaction_id(), last(&caller).external_session_id()), (None, None));
}

#[test]
fn the_control_path_tells_all_of_it() {
    let caller = Caller::new();
    caller.service.freeze();
    let now = caller.send_to(Method::GET, "/_emulator/clock", None, b"").body["now"].clone();
    let id = caller.start(EMAIL);
    let body = json!({ "otp": "111111", "attempt": 1 });
    caller.act(&id, crate::support::CHECK_OTP, body);
    let journal = caller.send_to(Method::GET, "/_emulator/journal?last=1", None, b"").body;
    assert_eq!(
        journal["requests"][0],
        json!({
            "at": now,
            "method": "POST",
            "path": format!("/{}/deviceAuthentications/{id}", caller.service.environment_id()),
            "contentType": crate::support::CHECK_OTP,
            "status": 400,
            "operation": "device_authentication.check_otp",
            "fault": null,
            "error": "INVALID_DATA",
            "detail": "INVALID_OTP",
            "target": "otp",
            "message": "is not the code that was sent",
            "externalTransactionId": null,
            "externalSessionId": null,
            "warnings": ["attempt is not a documented member"],
        })
    );
}

#[test]
fn pushes_and_codes_show_the_notification_as_it_was_sent() {
    let caller = Caller::new();
    let notification = json!({
        "template": { "name": "transaction", "locale": "fr-CA", "variables": { "amount": "10", "account": "a-secret" } },
        "clientContext": { "header": "Transfer", "items": [1, null, { "deep": true }] },
    });
    let listed = |list: &str| {
        let listed = caller.send_to(Method::GET, &format!("/_emulator/{list}"), None, b"").body[list].clone();
        listed.as_array().unwrap().last().unwrap().clone()
    };
    let user = json!({ "id": caller.service.user_id() });
    let begun = caller.initialize(json!({ "user": user, "notification": notification }));
    assert_eq!(listed("pushes")["notification"], notification);
    assert!(!format!("{:?}", caller.service.pending_pushes()).contains("a-secret"));
    caller.cancel(&begun.id());
    caller.select(&begun.id(), EMAIL);
    assert_eq!(listed("codes")["notification"], notification);
    assert!(!format!("{:?}", caller.service.codes()).contains("a-secret"));

    caller.start(PHONE);
    assert_eq!(listed("pushes").get("notification"), None);
    let wrong: Value = json!({ "user": user, "notification": "transaction" });
    assert_eq!(caller.initialize(wrong).complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "notification"));
}
