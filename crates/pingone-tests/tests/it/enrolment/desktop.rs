//! PingID Desktop, which signs statements; what it says of itself is *assumed*.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use pingone_conformance::Authenticator;
use pingone_emulator::Policy;
use pingone_model::{
    DeviceStatus, NextStep, Problem,
    user_device::{CreateUserDevice, EnrolmentStep, PingIdDesktopRegistration},
};
use pingone_tests::Kind;
use serde_json::{Value, json};

use super::World;
use crate::browser::{ORIGIN, RP_ID};

fn registration(world: &World) -> PingIdDesktopRegistration {
    match world.send(CreateUserDevice::pingid_desktop(&world.user)) {
        EnrolmentStep::PingIdDesktop(registration) => registration,
        other => panic!("no desktop is awaited: {other:?}"),
    }
}

/// The challenge that the desktop reads in a statement of the service.
fn challenge(jwt: &str) -> Value {
    let claims = BASE64_URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice::<Value>(&claims).unwrap()["challenge"].clone()
}

fn statement(key: &Authenticator, challenge: &Value) -> String {
    let claims = json!({
        "challenge": challenge, "cnf": { "jwk": key.public_key() }, "credentialId": "AAAA", "unitId": "unit",
    });
    key.jwt(&claims).unwrap()
}

#[test]
fn it_is_registered_by_its_statement_and_logs_in_by_the_next() {
    for kind in Kind::BOTH {
        let world = World::with(kind, Policy::new("p-1").relying_party_id(RP_ID));
        let (key, waiting) = (Authenticator::new().unwrap(), registration(&world));
        let asked = challenge(waiting.options().unwrap());
        let wrong = world.refused(waiting.activate(&statement(&key, &json!("another"))));
        assert!(matches!(wrong.problem(), Problem::BadRequest), "{wrong}");
        assert_eq!(world.send(waiting.read()).status(), Some(&DeviceStatus::ActivationRequired));

        let activate = waiting.activate(&statement(&key, &asked));
        let EnrolmentStep::Ready(desktop) = world.send(&activate) else { panic!("not ready") };
        assert!(matches!(world.refused(&activate).problem(), Problem::OutOfStep));

        let NextStep::Assertion(request) = world.begin_with(desktop.id()).unwrap() else { panic!("none is awaited") };
        let options = request.authentication().ping_id_desktop_credential_request_options().unwrap();
        let signed = key.jwt(&json!({ "challenge": challenge(options), "origin": ORIGIN })).unwrap();
        let end = world.send(request.check_pingid_desktop(ORIGIN, &signed)).into_next_step();
        let NextStep::Completed(completed) = end else { panic!("not completed: {end:?}") };
        assert!(completed.is_for(&world.user));
    }
}
