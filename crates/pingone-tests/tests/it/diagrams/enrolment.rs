//! An enrolment: every type and status that a creation can bring, and every answer to an activation.

use bytes::Bytes;
use http::Response;
use pingone_model::{
    Operation,
    user_device::{ActivateUserDevice, CreateUserDevice, EnrolmentStep},
};

use super::{Edges, OUTSIDE, assert_drawn, edge};

const EXTRA: &str = include_str!("../../../../pingone-model/fixtures/errors/extra_otp_required.400.json");

fn name(step: &EnrolmentStep) -> &'static str {
    match step {
        EnrolmentStep::SentCode(_) => "SentCode",
        EnrolmentStep::TokenCode(_) => "TokenCode",
        EnrolmentStep::ExtraCode(_) => "ExtraCode",
        EnrolmentStep::AuthenticatorApp(_) => "AuthenticatorApp",
        EnrolmentStep::Passkey(_) => "Passkey",
        EnrolmentStep::PingIdDesktop(_) => "PingIdDesktop",
        EnrolmentStep::Ready(_) => "Ready",
        EnrolmentStep::Unknown(_) => "Unknown",
        other => panic!("{other:?} is not known here"),
    }
}

fn created(kind: &str, status: &str) -> EnrolmentStep {
    let reply = format!(r#"{{"id":"d-1","type":"{kind}","status":"{status}"}}"#);
    let response = Response::builder().status(201).body(Bytes::from(reply)).unwrap();
    CreateUserDevice::totp("u-1").read(response).unwrap()
}

/// What activates a device in this step, if anything does.
fn activation(step: &EnrolmentStep) -> Option<ActivateUserDevice> {
    Some(match step {
        EnrolmentStep::SentCode(entry) => entry.activate("1"),
        EnrolmentStep::TokenCode(entry) => entry.activate("1"),
        EnrolmentStep::ExtraCode(entry) => entry.activate("2"),
        EnrolmentStep::AuthenticatorApp(app) => app.activate("1"),
        EnrolmentStep::Passkey(passkey) => passkey.activate("https://a", "{}"),
        EnrolmentStep::PingIdDesktop(desktop) => desktop.activate("jwt"),
        _ => return None,
    })
}

/// Whatever a service may answer to an activation that was right.
fn activate(step: &EnrolmentStep, edges: &mut Edges) {
    let Some(activate) = activation(step) else {
        edges.insert(edge(name(step), OUTSIDE, ""));
        return;
    };
    let is_token = matches!(step, EnrolmentStep::TokenCode(_));
    let answers = [(200, r#"{"id":"d-1","status":"ACTIVE"}"#, "ACTIVE"), (400, EXTRA, "EXTRA_OTP_REQUIRED")];
    for (status, body, label) in answers.into_iter().filter(|(status, ..)| *status == 200 || is_token) {
        let response = Response::builder().status(status).body(Bytes::from(body)).unwrap();
        let next = activate.read(response).unwrap();
        if edges.insert(edge(name(step), name(&next), label)) {
            self::activate(&next, edges);
        }
    }
}

#[test]
fn an_enrolment_is_drawn_as_it_goes() {
    let mut edges = Edges::new();
    let kinds = ["SMS", "VOICE", "EMAIL", "WHATSAPP", "OATH_TOKEN", "TOTP", "FIDO2", "PINGID_DESKTOP_GEN2"];
    let rest = [("SMS", "ACTIVE", "ACTIVE"), ("SMS", "NEW", "a status of a later version")];
    let rest = rest.into_iter().chain([("NEW", "ACTIVATION_REQUIRED", "a type of a later version")]);
    for (kind, status, label) in kinds.into_iter().map(|kind| (kind, "ACTIVATION_REQUIRED", kind)).chain(rest) {
        let step = created(kind, status);
        edges.insert(edge(OUTSIDE, name(&step), label));
        activate(&step, &mut edges);
    }
    assert_drawn("An enrolment", &edges);
}
