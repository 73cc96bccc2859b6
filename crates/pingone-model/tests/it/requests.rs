use bytes::Bytes;
use http::Request;
use pingone_model::{
    CancelDeviceAuthentication, CancelReason, CheckAssertion, CheckOtp, CheckRememberedDevice, Compatibility,
    Environment, InitializeDeviceAuthentication, Notification, OneTimeDevice, Operation, OperationInfo,
    ReadDeviceAuthentication, Region, SelectDevice, TimeUnit,
    authentication_code::{CreateAuthenticationCode, DeleteAuthenticationCode, ReadAuthenticationCode, UserApproval},
    operations,
};
use serde_json::{Value, json};

use crate::fixtures;

const ENVIRONMENT: &str = "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6";
const AUTHENTICATION: &str = "004fd27a-c7e7-4e63-8644-0563e43dcd02";
const CODE: &str = "39743070-2f4c-4b26-a4ab-12287d0187dc";
const USER: &str = "8f8a6354-6153-4430-964e-e10d4e5deed3";
const POLICY: &str = "6ad97c12-cfa6-0f90-1332-0274be07e414";
const DEVICE: &str = "daba8c2b-5f01-42fa-91a5-ee91e58b0b26";
const APPLICATION: &str = "7d8797b7-a097-46a9-841f-88f531d1d99b";
const SESSION: &str = "1b2c3d4e-0000-4000-8000-000000000000";
const RELYING_PARTY: &str = "app.example.com";
const SIGNALS: &str = "output of the Signals SDK";
const JWT: &str = "eyJhbGciOiJSUzI1NiJ9.e30.c2ln";

/// What the browser gives, and what the page of the reference makes of it.
const CREDENTIAL: &str = r#"{"id":"-_8","rawId":"-_8","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"_w","signature":"MA","userHandle":"dQ"}}"#;
const ASSERTION: &str = r#"{"id":"-_8","rawId":"+/8=","response":{"authenticatorData":"/w==","clientDataJSON":"e30=","signature":"MA==","userHandle":"dQ=="},"type":"public-key"}"#;

/// The documentation's placeholders, filled in.
fn fill(text: &str) -> String {
    let assertion = Value::from(ASSERTION).to_string();
    [
        ("{{userID}}", USER),
        ("{{deviceID}}", DEVICE),
        ("{{mfaPolicyID}}", POLICY),
        ("{{sessionID}}", SESSION),
        ("{{appID}}", APPLICATION),
        ("{{rpID}}", RELYING_PARTY),
        ("{{signalsSdkOutput}}", SIGNALS),
        ("{{assertionFromBrowser}}", assertion.trim_matches('"')),
        ("{{assertionValue}}", JWT),
        ("{envID}", ENVIRONMENT),
        ("{deviceAuthID}", AUTHENTICATION),
        ("{authCodeID}", CODE),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (placeholder, value)| text.replace(placeholder, value))
}

type Built = (&'static str, &'static OperationInfo, Request<Bytes>);

fn built<O: Operation>(fixture: &'static str, operation: O) -> Built {
    (fixture, O::INFO, operation.request(&Environment::new(Region::NorthAmerica, ENVIRONMENT)).unwrap())
}

/// How each documented request is written with this crate.
fn requests() -> Vec<Built> {
    let initialize = || InitializeDeviceAuthentication::new(USER);
    let mut requests = vec![
        built(
            "authentication_code.create",
            CreateAuthenticationCode::new(APPLICATION)
                .client_context(
                    json!({ "header": "Authentication process", "body": "Do you want to approve this transaction?" }),
                )
                .life_time(2, TimeUnit::Minutes)
                .user_approval(UserApproval::NotRequired),
        ),
        built("authentication_code.delete", DeleteAuthenticationCode::new(CODE)),
        built("authentication_code.read", ReadAuthenticationCode::new(CODE)),
        built(
            "device_authentication.cancel",
            CancelDeviceAuthentication::new(AUTHENTICATION, CancelReason::ChangeDevice),
        ),
        built(
            "device_authentication.check_assertion.fido2",
            CheckAssertion::fido2(AUTHENTICATION, "https://app.pingone.com", CREDENTIAL)
                .compatibility(Compatibility::Full),
        ),
        built(
            "device_authentication.check_assertion.pingid_desktop",
            CheckAssertion::pingid_desktop(AUTHENTICATION, "https://app.pingone.eu", JWT),
        ),
        built("device_authentication.check_otp", CheckOtp::new(AUTHENTICATION, "555555")),
        built(
            "device_authentication.check_remembered_device",
            CheckRememberedDevice::new(USER, POLICY, "P1RM=abc", SIGNALS).device_session(SESSION),
        ),
        built(
            "device_authentication.initialize.custom_notification",
            initialize()
                .notification(Notification::new().template("transaction").locale("fr-CA").variable("account", "1234")),
        ),
        built(
            "device_authentication.initialize.one_time_email",
            initialize().one_time_device(OneTimeDevice::email("user@example.com")),
        ),
        built(
            "device_authentication.initialize.one_time_sms",
            initialize().one_time_device(OneTimeDevice::sms("+14135550150")),
        ),
        built(
            "device_authentication.initialize.one_time_sms_test_mode",
            initialize().one_time_device(OneTimeDevice::sms("+15550100000").test_mode()),
        ),
        built("device_authentication.initialize.pingid_desktop", initialize()),
        built("device_authentication.initialize.plain", initialize()),
        built(
            "device_authentication.initialize.usernameless_fido2",
            InitializeDeviceAuthentication::usernameless().relying_party(RELYING_PARTY),
        ),
        built("device_authentication.read", ReadDeviceAuthentication::new(AUTHENTICATION)),
        built(
            "device_authentication.select_device",
            SelectDevice::new(AUTHENTICATION, DEVICE).compatibility(Compatibility::Full),
        ),
    ];
    requests.sort_by_key(|(fixture, ..)| *fixture);
    requests
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
    for info in operations() {
        assert!(requests.iter().any(|(_, of, _)| of.name == info.name), "{} has no request fixture", info.name);
    }
}

#[test]
fn request_snapshots() {
    for (name, _, request) in requests() {
        let mut text = format!("{} {}\n", request.method(), request.uri());
        for (header, value) in request.headers() {
            let value = if value.is_sensitive() { "[hidden]" } else { value.to_str().unwrap() };
            text += &format!("{header}: {value}\n");
        }
        text += &format!("\n{}", std::str::from_utf8(request.body()).unwrap());
        // What is personal in the documentation's examples is personal in a snapshot.
        for (secret, name) in [
            ("555555", "[code]"),
            ("user@example.com", "[email]"),
            ("+14135550150", "[phone]"),
            ("+15550100000", "[phone]"),
            (JWT, "[assertion]"),
            (&ASSERTION.replace('"', "\\\""), "[assertion]"),
        ] {
            text = text.replace(secret, name);
        }
        fixtures::assert_snapshot(&format!("request.{name}"), text);
    }
}
