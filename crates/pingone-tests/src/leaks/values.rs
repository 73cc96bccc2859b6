//! What `Debug` and `Display` show.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::Response;
use pingone_client_core::{
    AccessToken, Action, CallEvent, CallOptions, Configuration, Credentials, DeviceChange, Now, Paging, PrivateKey,
    Proxy, PushWait, RetryPolicy, Secret, Session, TransportError, WaitError,
};
use pingone_model::{
    CheckOtp, DeviceAuthentication, Document, Environment, Filter, InitializeDeviceAuthentication, NextStep,
    Notification, Operation, Query, ReadDeviceAuthentication, Region, ResponseError,
};
use pingone_transport_kit::{CANARY, Shown, reply};
use serde_json::json;

use super::personal_reply;
use crate::{EitherClient, Kind, Wire, population::ListPopulations};

/// Operations, and the errors of arguments.
pub fn no_operation_shows_what_it_carries() {
    let mut shown = Shown::default();
    let environment = Environment::new(Region::Europe, "e-1");
    for row in pingone_fixtures::rows() {
        let operation = row.planted(CANARY);
        shown.debug(&operation);
        if let Err(error) = operation.request(&environment) {
            shown.error(&error);
        }
    }
    // What no documented request has.
    let initialize = InitializeDeviceAuthentication::new("u-1")
        .mobile_payload("app-1", CANARY)
        .notification(Notification::new().variable("name", CANARY).client_context(json!(CANARY)))
        .web_authn_challenge(Bytes::from(CANARY.repeat(8)));
    shown.debug(&initialize);

    // An argument that is refused may be personal too.
    let address = format!("{CANARY}@example.com");
    shown.error(&InitializeDeviceAuthentication::new(&*address).request(&environment).unwrap_err());
    shown.error(&Environment::at(&format!("https://user:{CANARY}@host"), "e-1").unwrap_err());
    shown.assert_clean(&["CheckOtp", "app-1", "user_id has a character", "credential"]);
}

/// Replies and steps.
pub fn no_reply_shows_what_is_personal() {
    let mut shown = Shown::default();
    for reply in pingone_fixtures::replies() {
        for document in &reply.documents {
            shown.debug(&pingone_fixtures::planted(&**document, CANARY));
        }
    }
    // What no documented reply has.
    let reply = Document::<DeviceAuthentication>::from_json(personal_reply()).unwrap();
    shown.debug(&reply);
    for status in
        ["OTP_REQUIRED", "PUSH_CONFIRMATION_REQUIRED", "DEVICE_SELECTION_REQUIRED", "COMPLETED", "FAILED", "NEW"]
    {
        let json = personal_reply().replace("ASSERTION_REQUIRED", status);
        shown.debug(&Document::<DeviceAuthentication>::from_json(json).unwrap().into_next_step());
    }
    assert!(reply.as_json().contains(CANARY), "it is all there, for whoever asks for it");
    shown.assert_clean(&["d-1", "Otp", "Completed", "AuthenticationCode"]);
}

/// Waits, their ends, and changes of device.
pub fn no_wait_shows_what_is_personal() {
    let mut shown = Shown::default();
    let step = |status| {
        let json = personal_reply().replace("ASSERTION_REQUIRED", status);
        Document::<DeviceAuthentication>::from_json(json).unwrap().into_next_step()
    };
    let NextStep::Push(push) = step("PUSH_CONFIRMATION_REQUIRED") else { panic!("no push") };
    let wait = PushWait::new(&push, Duration::from_secs(60), SystemTime::UNIX_EPOCH);
    shown.debug(&wait);
    shown.text(&wait.to_string());
    shown.error(&CANARY.parse::<PushWait>().unwrap_err());
    shown.error(&WaitError::Stopped(wait));
    shown.error(&WaitError::Changed(step("OTP_REQUIRED")));
    shown.debug(&DeviceChange::Changed(step("OTP_REQUIRED")));
    if let NextStep::DeviceSelection(selection) = step("DEVICE_SELECTION_REQUIRED") {
        shown.error(&WaitError::Cancelled(selection));
    }
    if let NextStep::Failed(failed) = step("FAILED") {
        shown.error(&WaitError::Denied(failed.clone()));
        shown.debug(&DeviceChange::AlreadyDenied(failed));
    }
    if let NextStep::Completed(completed) = step("COMPLETED") {
        shown.debug(&DeviceChange::AlreadyApproved(completed));
    }
    shown.assert_clean(&["1:60000:a-1:", "Changed", "AlreadyApproved", "AlreadyDenied", "Cancelled", "was stopped"]);
}

/// Errors of the model, and of this client, which is looked at too.
pub fn no_error_shows_what_the_service_wrote(kind: Kind) {
    let mut shown = Shown::default();
    for body in [
        json!({ "code": "INVALID_DATA", "message": CANARY, "details": [{ "code": "INVALID_OTP", "message": CANARY }] })
            .to_string(),
        json!({ "error": "invalid_client", "error_description": CANARY }).to_string(),
        personal_reply(),
        format!("<html>{CANARY}"),
    ] {
        let response =
            Response::builder().status(400).header("x-echo", CANARY).body(Bytes::from(body.clone())).unwrap();
        let error = ResponseError::refused(response);
        shown.error(&error);
        shown.debug(&error.problem());
        // The same through the client, as a refusal and as a reply that cannot be read.
        for (status, body) in [(400, body.clone()), (200, body + "}")] {
            let wire = Wire::start(reply(status, "application/json", &body), Duration::ZERO).unwrap();
            let environment = Environment::at(&wire.url(), "e-1").unwrap();
            let credentials = Credentials::client_secret_post("id", CANARY);
            let client = EitherClient::new(kind, Configuration::new(environment, credentials)).unwrap();
            shown.error(&client.send(CheckOtp::new("a-1", CANARY)).unwrap_err());
            shown.debug(&client);
        }
    }
    shown.assert_clean(&["INVALID_OTP", "invalid_client", "device_authentication.check_otp", "cannot be read"]);
}

/// Configuration, session, token, call and what it tells.
pub fn nothing_of_a_call_shows_its_secrets() {
    let mut shown = Shown::default();
    let events = Arc::new(Mutex::new(Shown::default()));
    let observed = Arc::clone(&events);
    let configuration =
        Configuration::new(Environment::new(Region::Europe, "e-1"), Credentials::client_secret_basic("id", CANARY))
            .proxy(Proxy::Address(format!("http://user:{CANARY}@proxy")))
            .retry(RetryPolicy::never())
            .observer(move |event: &CallEvent<'_>| observed.lock().unwrap().debug(event));
    shown.debug(&configuration);
    shown.debug(&Secret::from(CANARY));
    shown.debug(&CallOptions::new().transaction_id(CANARY).session_id(CANARY));
    shown.debug(&Credentials::client_secret_post("id", CANARY));
    shown.debug(&Credentials::client_secret_jwt("id", CANARY));
    shown.error(&PrivateKey::from_pem(CANARY).unwrap_err());
    shown.debug(&Credentials::access_token(AccessToken::new(CANARY).unwrap()));

    let now = Now::new(Duration::ZERO, SystemTime::UNIX_EPOCH);
    let session = Session::new(configuration, 0).unwrap();
    let mut tokens = session.tokens();
    let mut call = session.call(&CheckOtp::new("a-1", CANARY), now).unwrap();
    shown.debug(&call.next(now));
    shown.debug(&call.authorize(now, &mut tokens).unwrap());
    let token = format!(r#"{{"access_token":"{CANARY}","refresh_token":"{CANARY}"}}"#);
    for (status, body) in [
        (200, format!("{token}}}")),
        (200, json!({ "token": CANARY }).to_string()),
        (401, json!({ "error": "invalid_client", "error_description": CANARY }).to_string()),
    ] {
        let (mut call, mut tokens) = (session.call(&CheckOtp::new("a-1", CANARY), now).unwrap(), session.tokens());
        let _ = call.authorize(now, &mut tokens);
        let answer = Response::builder().status(status).header("x-echo", CANARY).body(Bytes::from(body)).unwrap();
        call.token_received(now, &mut tokens, Ok(answer));
        shown.debug(&call);
        let Action::Done(Err(error)) = call.next(now) else { panic!("goes on") };
        shown.error(&error);
    }
    call.token_received(now, &mut tokens, Ok(Response::new(Bytes::from(token))));
    shown.debug(&tokens);
    shown.debug(&AccessToken::new(CANARY).unwrap());
    let Action::Send(outgoing) = call.next(now) else { panic!("not sent") };
    assert!(outgoing.request.headers()["authorization"].to_str().unwrap().contains(CANARY), "it is there");
    shown.debug(&outgoing);
    shown.debug(&call);
    call.received(now, Ok(Response::new(Bytes::from(personal_reply()))));
    let Action::Done(Ok(answer)) = call.next(now) else { panic!("no answer") };
    shown.debug(&answer);
    shown.debug(&answer.into_reply(&CheckOtp::new("a-1", CANARY)).unwrap());
    shown.debug(&session);

    let mut lost = session.call(&ReadDeviceAuthentication::new("a-1"), now).unwrap();
    let _ = lost.authorize(now, &mut tokens);
    lost.received(now, Err(TransportError::maybe_sent("reset")));
    let Action::Done(Err(error)) = lost.next(now) else { panic!("goes on") };
    shown.error(&error);
    let head = Response::builder().status(201).header("x-echo", CANARY).body(()).unwrap();
    shown.error(&TransportError::interrupted(head, "cut off"));
    shown.assert_clean(&["e-1", "POST https://auth.pingone.eu/e-1/as/token", "within", "reset", "cut off"]);
    events.lock().unwrap().assert_clean(&["Attempt", "End", "device_authentication.check_otp"]);
}

/// A list that is filtered by something personal: its query, its pages, its errors, and what is told of its calls.
pub fn nothing_shows_what_a_list_is_filtered_by(kind: Kind) {
    let mut shown = Shown::default();
    let filter = Filter::eq("name", CANARY).or(Filter::starts_with("name", CANARY));
    let list = ListPopulations { query: Query::NONE.filter(&filter).cursor(CANARY) };
    shown.debug(&filter);
    shown.debug(&list);
    let page = |link: &str| {
        json!({
            "_embedded": { "populations": [{ "name": CANARY }] }, "count": 7,
            "_links": { "next": { "href": format!("{link}?filter={CANARY}") } },
        })
        .to_string()
    };
    shown.debug(&list.read(Response::new(page("https://elsewhere.example/p").into())).unwrap());
    shown.error(&list.read(Response::new(page("no address").into())).unwrap_err());
    shown.debug(&Paging::new(list.clone()));

    let events = Arc::new(Mutex::new(Shown::default()));
    let observed = Arc::clone(&events);
    let configuration = |environment| {
        let observed = Arc::clone(&observed);
        Configuration::new(environment, Credentials::access_token(AccessToken::new("t").unwrap()))
            .retry(RetryPolicy::never())
            .observer(move |event: &CallEvent<'_>| observed.lock().unwrap().debug(event))
    };
    let now = Now::new(Duration::ZERO, SystemTime::UNIX_EPOCH);
    let session = Session::new(configuration(Environment::new(Region::Europe, "e-1")), 0).unwrap();
    let mut call = session.call(&list, now).unwrap();
    let _ = call.authorize(now, &mut session.tokens());
    shown.debug(&call);
    let Action::Send(outgoing) = call.next(now) else { panic!("not sent") };
    assert!(outgoing.request.uri().query().unwrap().contains(CANARY), "it is there");
    shown.debug(&outgoing);

    // Refused, cut off, lost, and never connected.
    let mut cut = reply(200, "application/json", &page("https://elsewhere.example/p"));
    cut.truncate(200);
    let answers = [reply(400, "application/json", &json!({ "code": "INVALID_FILTER", "message": CANARY }).to_string())];
    for answer in answers.into_iter().chain([cut, Vec::new()]).map(Some).chain([None]) {
        let wire = Wire::start(answer.clone().unwrap_or_default(), Duration::ZERO).unwrap();
        let mut environment = Environment::at(&wire.url(), "e-1").unwrap();
        if answer.is_none() {
            environment = Environment::at_bases(&wire.url(), "https://127.0.0.1:1", "e-1").unwrap();
        }
        let client = EitherClient::new(kind, configuration(environment)).unwrap();
        shown.error(&client.send(list.clone()).unwrap_err());
        let end = client.items(list.clone()).next().unwrap();
        shown.error(&end.unwrap_err());
        shown.debug(&client);
    }
    shown.assert_clean(&[
        "Filter(name eq .. or name sw ..)",
        "Query(..)",
        "count: Some(7)",
        "the link to the next page has no query",
        "GET https://api.pingone.eu/v1/environments/e-1/populations within",
        "INVALID_FILTER",
        "population.list: no response came",
        "did not arrive whole",
        "could not be sent",
    ]);
    events.lock().unwrap().assert_clean(&["Attempt", "End", "population.list"]);
}
