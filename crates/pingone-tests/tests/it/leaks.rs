//! Secrets and personal data are planted in everything that holds some, and then looked for in everything that is shown.

use std::{
    error::Error,
    fmt::{Debug, Write},
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::Response;
use pingone_client_core::{
    AccessToken, Action, Configuration, Credentials, Now, Proxy, RetryPolicy, Secret, Session, TransportError,
};
use pingone_emulator::Emulator;
use pingone_model::{
    AuthenticationCode, CheckAssertion, CheckOtp, CheckRememberedDevice, CreateAuthenticationCode,
    DeviceAuthentication, Document, Environment, InitializeDeviceAuthentication, Notification, OneTimeDevice,
    Operation, ReadDeviceAuthentication, Region, ResponseError,
};
use pingone_tests::{EitherClient, Wire, emulated, reply};
use serde_json::json;

/// Stands in the place of every secret and of all that is personal.
const CANARY: &str = "canary";

/// All that was shown.
#[derive(Default)]
struct Shown(String);

impl Shown {
    fn debug(&mut self, value: &impl Debug) {
        writeln!(self.0, "{value:?}\n{value:#?}").unwrap();
    }

    fn error(&mut self, error: &impl Error) {
        self.debug(error);
        let mut source: Option<&dyn Error> = Some(error);
        while let Some(error) = source {
            writeln!(self.0, "{error}").unwrap();
            source = error.source();
        }
    }

    /// That nothing was shown at all would prove nothing, so each look also has something to find.
    fn assert_clean(&self, and_yet: &[&str]) {
        for expected in and_yet {
            assert!(self.0.contains(expected), "{expected} is not in {}", self.0);
        }
        let shown = self.0.to_lowercase();
        // As it is, in Base64 in each of its three alignments, and form-encoded it is itself.
        for form in [CANARY, "y2fuyxj5", "nhbmfye", "jyw5hcn"] {
            assert!(!shown.contains(form), "{form} in {}", self.0);
        }
    }
}

fn personal_reply() -> String {
    let device = json!({
        "id": "d-1", "type": "SMS", "nickname": CANARY, "phone": CANARY, "email": CANARY, "future": CANARY,
    });
    json!({
        "id": "a-1", "status": "ASSERTION_REQUIRED",
        "selectedDevice": { "oneTime": device },
        "_embedded": { "devices": [device], "blockedDevices": [device], "accessingDevices": [device] },
        "publicKeyCredentialRequestOptions": CANARY,
        "pingIdDesktopCredentialRequestOptions": CANARY,
        "test": { "otp": CANARY }, "numberMatching": { "number": CANARY },
        "payload": { "type": "BROWSER", "value": CANARY }, "mobilePayload": CANARY,
        "notification": { "clientContext": CANARY },
        "error": { "code": "X", "message": CANARY }, "future": CANARY,
    })
    .to_string()
}

#[test]
fn no_operation_shows_what_it_carries() {
    let mut shown = Shown::default();
    let initialize = InitializeDeviceAuthentication::new("u-1")
        .one_time_device(OneTimeDevice::email(CANARY))
        .mobile_payload("app-1", CANARY)
        .notification(Notification::new().variable("name", CANARY).client_context(json!(CANARY)))
        .web_authn_challenge(Bytes::from(CANARY.repeat(8)));
    shown.debug(&initialize);
    shown.debug(&OneTimeDevice::sms(CANARY));
    shown.debug(&CheckOtp::new("a-1", CANARY));
    shown.debug(&CheckAssertion::fido2("a-1", "https://app.example.com", CANARY));
    shown.debug(&CheckAssertion::pingid_desktop("a-1", "https://app.example.com", CANARY));
    shown.debug(&CheckRememberedDevice::new("u-1", "p-1", CANARY, CANARY).device_session(CANARY));
    shown.debug(&CreateAuthenticationCode::new("app-1").client_context(json!(CANARY)));

    // An argument that is refused may be personal too.
    let environment = Environment::new(Region::Europe, "e-1");
    let address = format!("{CANARY}@example.com");
    shown.error(&InitializeDeviceAuthentication::new(&*address).request(&environment).unwrap_err());
    shown.error(&CheckAssertion::fido2("a-1", "https://app.example.com", CANARY).request(&environment).unwrap_err());
    shown.error(&Environment::at(&format!("https://user:{CANARY}@host"), "e-1").unwrap_err());
    shown.assert_clean(&["u-1", "app-1", "user_id has a character"]);
}

#[test]
fn no_reply_shows_what_is_personal() {
    let mut shown = Shown::default();
    let reply = Document::<DeviceAuthentication>::from_json(personal_reply()).unwrap();
    shown.debug(&reply);
    for status in
        ["OTP_REQUIRED", "PUSH_CONFIRMATION_REQUIRED", "DEVICE_SELECTION_REQUIRED", "COMPLETED", "FAILED", "NEW"]
    {
        let json = personal_reply().replace("ASSERTION_REQUIRED", status);
        shown.debug(&Document::<DeviceAuthentication>::from_json(json).unwrap().into_next_step());
    }
    let code = json!({ "id": "c-1", "code": CANARY, "uri": CANARY, "clientContext": CANARY }).to_string();
    shown.debug(&Document::<AuthenticationCode>::from_json(code).unwrap());
    assert!(reply.as_json().contains(CANARY), "it is all there, for whoever asks for it");
    shown.assert_clean(&["d-1", "Otp", "Completed", "c-1"]);
}

#[test]
fn no_error_shows_what_the_service_wrote() {
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
        // The same through both clients, as a refusal and as a reply that cannot be read.
        for (status, body) in [(400, body.clone()), (200, body + "}")] {
            let wire = Wire::start(reply(status, "application/json", &body), Duration::ZERO).unwrap();
            let environment = Environment::at(&wire.url(), "e-1").unwrap();
            let credentials = Credentials::client_secret_post("id", CANARY);
            for client in EitherClient::both(&Configuration::new(environment, credentials)).unwrap() {
                shown.error(&client.send(CheckOtp::new("a-1", CANARY)).unwrap_err());
                shown.debug(&client);
            }
        }
    }
    shown.assert_clean(&["INVALID_OTP", "invalid_client", "device_authentication.check_otp", "cannot be read"]);
}

#[test]
fn nothing_of_a_call_shows_its_secrets() {
    let mut shown = Shown::default();
    let configuration =
        Configuration::new(Environment::new(Region::Europe, "e-1"), Credentials::client_secret_basic("id", CANARY))
            .proxy(Proxy::Address(format!("http://user:{CANARY}@proxy")))
            .retry(RetryPolicy::never());
    shown.debug(&configuration);
    shown.debug(&Secret::from(CANARY));

    let now = Now::new(Duration::ZERO, SystemTime::UNIX_EPOCH);
    let session = Session::new(configuration, 0).unwrap();
    let mut tokens = session.tokens();
    let mut call = session.call(&CheckOtp::new("a-1", CANARY), now).unwrap();
    shown.debug(&call.next(now));
    shown.debug(&call.authorize(now, &mut tokens).unwrap());
    let token = format!(r#"{{"access_token":"{CANARY}","refresh_token":"{CANARY}"}}"#);
    call.token_received(now, &mut tokens, Ok(Response::new(Bytes::from(token))));
    shown.debug(&tokens);
    shown.debug(&AccessToken::new(CANARY).unwrap());
    let Action::Send(outgoing) = call.next(now) else { panic!("not sent") };
    assert!(outgoing.request.headers()["authorization"].to_str().unwrap().contains(CANARY), "it is there");
    shown.debug(&outgoing);
    shown.debug(&call);
    call.received(now, Ok(Response::new(Bytes::from(personal_reply()))));
    shown.debug(&call.next(now));
    shown.debug(&session);

    let mut lost = session.call(&ReadDeviceAuthentication::new("a-1"), now).unwrap();
    let _ = lost.authorize(now, &mut tokens);
    lost.received(now, Err(TransportError::maybe_sent("reset")));
    let Action::Done(Err(error)) = lost.next(now) else { panic!("goes on") };
    shown.error(&error);
    shown.assert_clean(&["e-1", "POST https://auth.pingone.eu/e-1/as/token", "within", "reset"]);
}

#[test]
fn the_emulator_shows_no_code() {
    let emulator = Emulator::builder().code("0123456789").start().unwrap();
    let client = pingone_blocking::Client::new(emulated(&emulator).unwrap()).unwrap();
    let user = emulator.service().user_id();
    let begin = InitializeDeviceAuthentication::new(user).selected_device("daba8c2b-5f01-42fa-91a5-ee91e58b0b26");
    client.send(begin).unwrap();
    let codes = emulator.service().codes();
    assert_eq!(codes.last().unwrap().code(), "0123456789", "it is there");
    let shown = format!("{emulator:?} {codes:?} {:?}", emulator.service().journal());
    assert!(shown.contains("daba8c2b") && !shown.contains("0123456789"), "{shown}");
    assert!(!shown.contains(emulator.service().client_secret()), "{shown}");
}
