use bytes::Bytes;
use http::Request;
use pingone_model::{
    CancelDeviceAuthentication, CancelReason, CheckOtp, Compatibility, Environment, InitializeDeviceAuthentication,
    OPERATIONS, Operation, OperationInfo, ReadDeviceAuthentication, Region, SelectDevice,
};
use serde_json::Value;

use crate::fixtures;

const ENVIRONMENT: &str = "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6";
const AUTHENTICATION: &str = "004fd27a-c7e7-4e63-8644-0563e43dcd02";
const USER: &str = "8f8a6354-6153-4430-964e-e10d4e5deed3";
const DEVICE: &str = "daba8c2b-5f01-42fa-91a5-ee91e58b0b26";

/// The documentation's placeholders, filled in.
fn fill(text: &str) -> String {
    text.replace("{{userID}}", USER)
        .replace("{{deviceID}}", DEVICE)
        .replace("{envID}", ENVIRONMENT)
        .replace("{deviceAuthID}", AUTHENTICATION)
}

type Built = (&'static str, &'static OperationInfo, Request<Bytes>);

fn built<O: Operation>(fixture: &'static str, operation: O) -> Built {
    (fixture, O::INFO, operation.request(&Environment::new(Region::NorthAmerica, ENVIRONMENT)).unwrap())
}

/// How each documented request is written with this crate.
fn requests() -> Vec<Built> {
    vec![
        built(
            "device_authentication.cancel",
            CancelDeviceAuthentication::new(AUTHENTICATION, CancelReason::ChangeDevice),
        ),
        built("device_authentication.check_otp", CheckOtp::new(AUTHENTICATION, "555555")),
        built("device_authentication.initialize", InitializeDeviceAuthentication::new(USER)),
        built("device_authentication.read", ReadDeviceAuthentication::new(AUTHENTICATION)),
        built(
            "device_authentication.select_device",
            SelectDevice::new(AUTHENTICATION, DEVICE).compatibility(Compatibility::Full),
        ),
    ]
}

#[test]
fn each_builder_yields_the_documented_request() {
    let documented = fixtures::all("requests");
    let requests = requests();
    assert_eq!(
        requests.iter().map(|(fixture, ..)| *fixture).collect::<Vec<_>>(),
        documented.iter().map(|(name, _)| name).collect::<Vec<_>>()
    );
    for ((name, info, request), (_, text)) in requests.iter().zip(&documented) {
        let fixture: Value = serde_json::from_str(&fill(text)).unwrap();
        assert_eq!(fixture["operation"], info.name, "{name}");
        assert!(info.pages.contains(&fixture["page"].as_str().unwrap()), "{name}");
        assert_eq!(fixture["method"], request.method().as_str(), "{name}");
        assert_eq!(request.uri().path(), fixture["path"].as_str().unwrap(), "{name}");
        assert_eq!(request.uri().host(), Some("auth.pingone.com"), "{name}");
        let media_type = request.headers().get("content-type").map(|value| value.to_str().unwrap());
        assert_eq!(fixture.get("mediaType").and_then(Value::as_str), media_type, "{name}");
        match fixture.get("body") {
            Some(body) => assert_eq!(&serde_json::from_slice::<Value>(request.body()).unwrap(), body, "{name}"),
            None => assert!(request.body().is_empty(), "{name}"),
        }
    }
}

#[test]
fn every_operation_has_a_documented_request() {
    let requests = requests();
    for info in OPERATIONS {
        assert!(requests.iter().any(|(_, of, _)| of.name == info.name), "{} has no request fixture", info.name);
        assert!(info.path.starts_with("/{envID}/"), "{}", info.name);
    }
}

#[test]
fn request_snapshots() {
    for (name, _, request) in requests() {
        let mut text = format!("{} {}\n", request.method(), request.uri());
        for (header, value) in request.headers() {
            text += &format!("{header}: {}\n", value.to_str().unwrap());
        }
        text += &format!("\n{}", std::str::from_utf8(request.body()).unwrap());
        fixtures::assert_snapshot(&format!("request.{name}"), text);
    }
}
