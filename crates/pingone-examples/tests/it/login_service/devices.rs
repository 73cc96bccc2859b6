//! Whatever the first device is, there is a way on.

use pingone_emulator::{Client, Data, Device, Emulator, Policy, TokenEndpointAuthMethod, User};
use serde_json::json;

use super::browser::{ADA, Browser, HERE, KEY, count, emulator, replica};

const KEY_OF_P256: &str = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#;

fn passkey(id: &str, relying_party: &str) -> Device {
    Device::new(id, "FIDO2")
        .member("rp", json!({ "id": relying_party }))
        .member("credentialId", json!("tPb8yfpRxX7cbW3gEVzRKSRwKxXCq5tl0dOByCvbviY"))
        .hidden("publicKey", serde_json::from_str(KEY_OF_P256).unwrap())
}

fn mail() -> Device {
    Device::new("mail", "EMAIL").member("email", json!("ada@example.com"))
}

fn with(policy: Policy, devices: impl IntoIterator<Item = Device>) -> Emulator {
    let client = Client::new("client", "secret", TokenEndpointAuthMethod::ClientSecretBasic);
    let user = devices.into_iter().fold(User::new("u-1"), User::device);
    let data = Data::with_policy("environment", policy).client(client).user(user);
    Emulator::builder().data(data).start().unwrap()
}

#[tokio::test]
async fn a_passkey_is_asked_for_by_a_button_and_can_be_passed_by() {
    let emulator = with(Policy::new("policy"), [passkey("here", "log-in.example"), mail()]);
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    let page = browser.begin().await;
    page.shows("Use your passkey").says("data-options=\"{").says("&quot;challenge&quot;").says("<noscript>");
    browser.get("/devices").await.shows("Choose a device").says("Fingerprint, face, PIN or security key");
    browser.submit("/select", "device=mail").await.shows("Enter the code");
}

#[tokio::test]
async fn what_is_no_passkey_s_answer_leads_nowhere_and_burns_nothing() {
    let emulator = with(Policy::new("policy"), [passkey("here", "log-in.example"), mail()]);
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    for credential in ["", "%7B%7D", "null"] {
        let page = browser.submit("/passkey", &format!("credential={credential}")).await;
        page.shows("Use your passkey").says("That is not valid. Check it, and try again.");
    }
}

#[tokio::test]
async fn a_passkey_of_another_site_is_said_to_be_one() {
    let emulator = with(Policy::new("policy"), [mail(), passkey("there", "other.example")]);
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await.shows("Enter the code");
    let page = browser.get("/devices").await;
    page.says("Passkey<small>Belongs to another site</small>");
    assert!(!page.text.contains("value=\"there\""));
}

#[tokio::test]
async fn many_passkeys_are_one_if_the_policy_wants_that() {
    let devices = || [mail(), passkey("one", "log-in.example"), passkey("two", "log-in.example")];
    for (aggregates, expected) in [(false, 2), (true, 1)] {
        let emulator = with(Policy::new("policy").aggregate_fido2_devices(aggregates), devices());
        let mut browser = Browser::new([replica(&emulator, KEY)]);
        browser.begin().await;
        let page = browser.get("/devices").await;
        assert_eq!(page.text.matches("Fingerprint, face, PIN or security key").count(), expected, "{}", page.text);
    }
}

#[tokio::test]
async fn pingid_desktop_is_told_of_honestly() {
    let desktop = Device::new("desktop", "PINGID_DESKTOP_GEN2")
        .member("rp", json!({ "id": "log-in.example" }))
        .hidden("publicKey", serde_json::from_str(KEY_OF_P256).unwrap());
    let emulator = with(Policy::new("policy"), [desktop, mail()]);
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    let page = browser.begin().await;
    page.shows("Choose another device").says("This page does not support it yet");
    page.says("PingID Desktop<small>This page does not support PingID Desktop</small>");
    browser.submit("/select", "device=mail").await.shows("Enter the code");
}

#[tokio::test]
async fn what_was_used_last_comes_first() {
    let emulator =
        with(Policy::new("policy"), [mail(), Device::new("sms", "SMS").member("phone", json!("+14135550144"))]);
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    let first =
        |text: &str| text.split_once("name=\"device\" value=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    assert_eq!(first(&browser.get("/devices").await.text), "mail");
    browser.submit("/select", "device=sms").await.says("We sent a code to <strong>*******44</strong> by text message.");
    let code = emulator.service().codes().last().unwrap().code().to_owned();
    browser.submit("/code", &format!("code={code}")).await.shows("Logged in");
    browser.submit("/leave", "").await;
    browser.submit("/begin", ADA).await.shows("Enter the code");
    assert_eq!(first(&browser.get("/devices").await.text), "sms");
}

/// Only a passkey can say who it is, and until then there is nobody whose device could be asked.
#[tokio::test]
async fn a_log_in_without_a_name_has_none_to_choose() {
    let emulator = emulator();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    assert_eq!(browser.post("/passkey/begin", "", Some(HERE)).await.status, 200);
    browser.submit("/select", "device=ada-mail").await.shows("Log in");
    assert_eq!((count(&emulator, "device_authentication.select_device"), emulator.service().codes().len()), (0, 0));
}
