//! What a device is enrolled with: addresses, codes, secrets, keys, and the cookie of a browser.

use std::time::Duration;

use bytes::Bytes;
use http::{Response, header};
use pingone_client_core::{Configuration, Credentials, RetryPolicy};
use pingone_model::{
    BrowserCookie, CheckRememberedDevice, Device, Document, Environment, Notification, Operation,
    pairing_key::{CreatePairingKey, PairingKey, PairingStep},
    user_device::{
        ActivateUserDevice, CreateUserDevice, EnrolmentStep, ListUserDevices, ReadUserDevice, RememberBrowser,
        UpdateDeviceNickname,
    },
};
use pingone_transport_kit::{CANARY, Shown, reply};
use serde_json::json;

use super::log::{library, log_of};
use crate::{EitherClient, Kind, Wire};

/// A device of this type with a canary wherever a person can be reached or a secret can be.
fn personal_device(kind: &str, status: &str) -> String {
    json!({
        "id": "d-1", "type": kind, "status": status, "nickname": CANARY, "phone": CANARY, "extension": CANARY,
        "email": CANARY, "serialNumber": CANARY, "secret": CANARY, "keyUri": format!("otpauth://totp/{CANARY}"),
        "test": { "otp": CANARY }, "publicKeyCredentialCreationOptions": format!("{{\"challenge\":\"{CANARY}\"}}"),
        "pingIdDesktopCredentialCreationOptions": CANARY, "payload": CANARY, "future": CANARY,
    })
    .to_string()
}

fn create() -> CreateUserDevice {
    let notification = Notification::new().variable("name", CANARY);
    CreateUserDevice::voice("u-1", CANARY).extension(CANARY).nickname(CANARY).notification(notification)
}

fn remember() -> RememberBrowser {
    RememberBrowser::new("u-1", "p-1", CANARY).session(CANARY)
}

/// A reply that sets the cookie by which a browser is known again.
fn remembered() -> Vec<u8> {
    let body = personal_device("BROWSER", "ACTIVE");
    let whole = String::from_utf8(reply(201, "application/json", &body)).unwrap();
    whole.replacen("\r\n", &format!("\r\nset-cookie: {CANARY}={CANARY}; Path=/; Secure\r\n"), 1).into_bytes()
}

/// Operations on devices, each step that may follow, and what a browser is remembered by.
pub fn nothing_shows_what_a_device_is_enrolled_with() {
    let mut shown = Shown::default();
    shown.debug(&create());
    shown.debug(&CreateUserDevice::email("u-1", CANARY));
    shown.debug(&CreateUserDevice::oath_token("u-1", CANARY));
    shown.debug(&ActivateUserDevice::otp("u-1", "d-1", CANARY));
    shown.debug(&ActivateUserDevice::fido2("u-1", "d-1", "https://a", CANARY));
    shown.debug(&ActivateUserDevice::pingid_desktop("u-1", "d-1", CANARY));
    shown.debug(&UpdateDeviceNickname::new("u-1", "d-1", CANARY));
    shown.debug(&remember());

    for kind in ["SMS", "EMAIL", "TOTP", "OATH_TOKEN", "FIDO2", "PINGID_DESKTOP_GEN2", "FUTURE"] {
        for status in ["ACTIVATION_REQUIRED", "ACTIVE"] {
            let device = Document::<Device>::from_json(personal_device(kind, status)).unwrap();
            shown.debug(&device);
            shown.debug(&EnrolmentStep::of("u-1", device));
        }
    }
    let response = Response::builder().header(header::SET_COOKIE, format!("{CANARY}={CANARY}; Path=/"));
    let response = response.body(Bytes::from(personal_device("BROWSER", "ACTIVE"))).unwrap();
    let browser = remember().read(response).unwrap();
    assert!(browser.cookie().unwrap().as_str().contains(CANARY), "it is there");
    shown.debug(&browser);
    shown.debug(&CheckRememberedDevice::new("u-1", "p-1", browser.cookie().unwrap(), CANARY).device_session(CANARY));
    shown.debug(&BrowserCookie::from(CANARY));

    let key = json!({ "id": "k-1", "status": "UNCLAIMED", "code": CANARY, "applications": [{ "id": "a-1" }] });
    let key = Document::<PairingKey>::from_json(key.to_string()).unwrap();
    assert!(key.code().is_some(), "it is there");
    shown.debug(&key);
    shown.debug(&PairingStep::of("u-1", key));
    shown.assert_clean(&["Voice", "AuthenticatorApp", "SentCode", "Passkey", "Ready", "Unknown", "k-1"]);
}

/// The same over the wire, in everything that is written to a log at the level TRACE.
pub fn no_log_shows_what_a_device_is_enrolled_with(kind: Kind) {
    let waiting = personal_device("VOICE", "ACTIVATION_REQUIRED");
    let wrong =
        json!({ "code": "INVALID_DATA", "details": [{ "code": "INVALID_OTP", "message": CANARY }] }).to_string();
    let key = json!({ "id": "k-1", "status": "UNCLAIMED", "code": CANARY }).to_string();
    let page = format!(r#"{{"_embedded":{{"devices":[{waiting}]}}}}"#);
    let answers = [
        reply(201, "application/json", &waiting),
        reply(400, "application/json", &wrong),
        reply(201, "application/json", &personal_device("TOTP", "ACTIVATION_REQUIRED")),
        remembered(),
        reply(200, "application/json", &page),
        reply(201, "application/json", &key),
        reply(200, "application/json", &json!({ "nickname": CANARY }).to_string()),
        reply(200, "application/json", &format!("{waiting}}}")),
        Vec::new(),
    ];
    let count = answers.len();
    let wire = Wire::sequence(answers, Duration::ZERO).unwrap();
    let environment = Environment::at(&wire.url(), "e-1").unwrap();
    let configuration = Configuration::new(environment, Credentials::client_secret_basic("id", CANARY));
    let client = EitherClient::new(kind, configuration.retry(RetryPolicy::never())).unwrap();
    let shown = log_of(|| {
        let EnrolmentStep::SentCode(entry) = client.send(create()).unwrap() else { panic!("no code is awaited") };
        client.send(entry.activate(CANARY)).unwrap_err();
        let EnrolmentStep::AuthenticatorApp(app) = client.send(CreateUserDevice::totp("u-1")).unwrap() else {
            panic!("no app is awaited")
        };
        assert!(app.key_uri().unwrap().contains(CANARY), "it is there");
        let browser = client.send(remember()).unwrap();
        assert!(browser.cookie().unwrap().as_str().contains(CANARY), "it is there");
        assert_eq!(client.items(ListUserDevices::new("u-1")).count(), 1);
        client.send(CreatePairingKey::new("u-1")).unwrap();
        client.send(UpdateDeviceNickname::new("u-1", "d-1", CANARY)).unwrap();
        client.send(ReadUserDevice::new("u-1", "d-1")).unwrap_err();
        client.send(CheckRememberedDevice::new("u-1", "p-1", browser.cookie().unwrap(), CANARY)).unwrap_err();
    });
    assert_eq!(wire.requests(), count);
    let checked = &wire.received()[count - 1];
    assert!(checked.values("cookie").any(|cookie| cookie == format!("{CANARY}={CANARY}").as_bytes()), "it is there");
    let operations =
        ["user_device.create", "user_device.activate", "user_device.remember_browser", "pairing_key.create"];
    shown.assert_clean(&[&operations[..], &["status=400", library(kind)]].concat());
}
