//! What somebody does with their devices who is logged in.

use pingone_async::{Client, user_device::CreateUserDevice};
use pingone_emulator::Emulator;

use super::{
    app::cookie::now,
    browser::{Answer, Browser, HERE, KEY, configuration, count, emulator, replica, signed_session},
};

async fn logged_in(emulator: &Emulator) -> Browser {
    let mut browser = Browser::new([replica(emulator, KEY)]);
    browser.log_in(emulator).await;
    browser
}

/// The value of a hidden field.
pub(super) fn hidden(page: &Answer, name: &str) -> String {
    let (_, rest) = page.text.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

/// Where the script of a page waits.
fn waiting(page: &Answer) -> String {
    page.text.split_once("data-wait=\"").unwrap().1.split_once('"').unwrap().0.to_owned()
}

/// The labels of the devices, in their order.
fn labels(page: &Answer) -> Vec<String> {
    let entries = page.text.split("<div class=\"device\">").skip(1);
    entries.map(|entry| entry.split_once("<span>").unwrap().1.split_once('<').unwrap().0.to_owned()).collect()
}

#[tokio::test]
async fn lists_devices_with_what_they_are_and_since_when() {
    let emulator = emulator();
    let mut browser = logged_in(&emulator).await;
    let page = browser.get("/account").await;
    page.shows("Your devices").says("Approve a request in the app").says("Used first.").says("Code by e-mail");
    assert_eq!(labels(&page), ["Ada's phone", "E-mail, ada@example.com"]);
}

#[tokio::test]
async fn adds_an_address_by_the_code_that_is_sent_there() {
    let emulator = emulator();
    let mut browser = logged_in(&emulator).await;
    browser.get("/account/add").await.shows("Add a device").says("A passkey").says("An authenticator app");
    let page = browser.submit("/account/add/address", "kind=email&address=%20ada%40example.org+").await;
    page.shows("Enter the code").says("ada@example.org");
    let device = hidden(&page, "device");
    let sent = || emulator.service().codes().last().unwrap().code().to_owned();
    let first = sent();
    for wrong in ["", "no+code"] {
        let page = browser.submit("/account/activate", &format!("device={device}&code={wrong}")).await;
        page.shows("Enter the code").says("That code is wrong.").says("aria-invalid=\"true\"");
    }
    browser.submit("/account/resend", &format!("device={device}")).await.shows("Enter the code");
    assert_ne!(first, sent());
    let page = browser.submit("/account/activate", &format!("device={device}&code={}", sent())).await;
    page.shows("Your devices").says("Your new device is ready.").says("E-mail, ada@example.org");
    assert!(!browser.get("/account").await.text.contains("Not finished"));
}

#[tokio::test]
async fn adds_a_number_in_each_way_that_codes_come_to_it() {
    for (kind, words) in
        [("text", "Code by text message"), ("call", "Code by phone call"), ("whatsapp", "Code by WhatsApp")]
    {
        let emulator = emulator();
        let mut browser = logged_in(&emulator).await;
        browser.get("/account/add").await.says(&format!("value=\"{kind}\""));
        let page = browser.submit("/account/add/address", &format!("kind={kind}&address=%2B1+413+555+0199")).await;
        page.shows("Enter the code").says("We sent a code to <strong>+1 413 555 0199</strong>");
        let code = emulator.service().codes().last().unwrap().code().to_owned();
        let form = format!("device={}&code={code}", hidden(&page, "device"));
        browser.submit("/account/activate", &form).await.says("Your new device is ready.").says(words);
    }
}

#[tokio::test]
async fn what_is_no_address_is_said_to_be_none() {
    let emulator = emulator();
    let mut browser = logged_in(&emulator).await;
    for form in
        ["kind=email&address=ada", "kind=text&address=12", "kind=call&address=", "kind=whatsapp&address=14135550199"]
    {
        let page = browser.submit("/account/add/address", form).await;
        page.shows("Add a device").says("role=\"alert\"");
        assert!(page.status.is_client_error(), "{form}: {}", page.status);
    }
}

#[tokio::test]
async fn one_more_than_the_user_can_have_is_said_to_be_too_many() {
    let emulator = emulator();
    let mut browser = logged_in(&emulator).await;
    let administrator = Client::new(configuration(&emulator)).unwrap();
    for number in 3..=5 {
        let mail = format!("ada{number}@example.com");
        administrator.send(CreateUserDevice::email("ada", &mail)).await.unwrap();
    }
    let page = browser.submit("/account/add/app", "").await;
    page.shows("Add a device").says("You already have 5 devices, which is the limit. Remove one first.");
    assert_eq!(page.status, 409);
}

#[tokio::test]
async fn to_send_a_code_twice_adds_a_device_once() {
    let emulator = emulator();
    let mut browser = logged_in(&emulator).await;
    let page = browser.submit("/account/add/address", "kind=email&address=ada%40example.org").await;
    let code = emulator.service().codes().last().unwrap().code().to_owned();
    let form = format!("device={}&code={code}", hidden(&page, "device"));
    browser.submit("/account/activate", &form).await.says("Your new device is ready.");
    let page = browser.submit("/account/activate", &form).await;
    page.says("That device is already active.");
    assert_eq!((page.status.as_u16(), labels(&browser.get("/account").await).len()), (409, 3));
}

#[tokio::test]
async fn adds_an_authenticator_app_whose_key_is_shown_once() {
    let emulator = emulator();
    let mut browser = logged_in(&emulator).await;
    let page = browser.submit("/account/add/app", "").await;
    page.shows("Scan with your app").says("<svg").says("QR code for an authenticator app");
    let (device, key) = (hidden(&page, "device"), page.text.split_once("class=\"secret\">").unwrap().1);
    let key = key.split_once('<').unwrap().0.to_owned();
    assert_eq!(page.headers["cache-control"], "no-store");
    let page = browser.submit("/account/activate", &format!("device={device}&code=000000")).await;
    page.shows("Enter the code").says("The app already has its key.");
    assert!(!page.text.contains(&key), "the key is shown once");
    let code = emulator.service().generated_code("ada", &device).unwrap();
    let page = browser.submit("/account/activate", &format!("device={device}&code={code}")).await;
    page.shows("Your devices").says("Authenticator app");
}

#[tokio::test]
async fn pairs_the_company_s_app_and_pushes_to_it() {
    let emulator = emulator();
    let mut browser = logged_in(&emulator).await;
    let page = browser.submit("/account/add/phone", "").await;
    page.shows("Pair the company’s app").says("<svg").says("minutes left").says("/wait.js");
    let key = page.text.split_once("class=\"secret\">").unwrap().1.split_once('<').unwrap().0.replace(' ', "");
    let paired = format!("/account/paired?key={}", hidden(&page, "key"));
    let waiting = waiting(&page);
    assert_eq!(browser.get(&waiting).await.status, 204, "no app has taken it yet");
    browser.get(&paired).await.shows("Pair the company’s app").says(&key[..4]);
    let device = emulator.service().pair_phone(&key).unwrap();
    assert_eq!(browser.get(&waiting).await.status, 200);
    assert_eq!(browser.get(&paired).await.headers["location"], "/account?done=added");
    assert_eq!(labels(&browser.get("/account").await).len(), 3);

    browser.submit("/leave", "").await;
    browser.begin().await;
    browser.submit("/change", "").await;
    browser.submit("/select", &format!("device={device}")).await.shows("Look at your phone");
    emulator.service().approve_push(&Browser::push(&emulator)).unwrap();
    browser.get("/wait").await;
    browser.get("/").await.shows("Logged in");
}

#[tokio::test]
async fn a_pairing_key_of_somebody_else_is_not_told_of() {
    let emulator = emulator();
    let mut browser = logged_in(&emulator).await;
    let page = browser.submit("/account/add/phone", "").await;
    let paired = format!("/account/paired?key={}", hidden(&page, "key"));
    let waiting = waiting(&page);
    browser.plant(&signed_session("grace", "Device", now().as_secs()));
    assert_eq!((browser.get(&paired).await.status.as_u16(), browser.get(&waiting).await.status.as_u16()), (404, 403));
    browser.plant(&signed_session("ada", "Device", now().as_secs()));
    assert_eq!((browser.get(&paired).await.status.as_u16(), browser.get(&waiting).await.status.as_u16()), (200, 204));
}

#[tokio::test]
async fn a_pairing_key_is_not_shown_again_without_a_confirmation_of_just_now() {
    let emulator = emulator();
    let mut browser = logged_in(&emulator).await;
    let page = browser.submit("/account/add/phone", "").await;
    let paired = format!("/account/paired?key={}", hidden(&page, "key"));
    browser.plant(&signed_session("ada", "Device", now().as_secs() - 6 * 60));
    browser.get(&paired).await.shows("Confirm that it is you");
}

/// What is waited for stands in the address, where the browser can write what it likes.
#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_waits_for_phones_by_one_cookie_cost_one_rhythm() {
    let emulator = emulator();
    let mut browser = logged_in(&emulator).await;
    let waiting = waiting(&browser.submit("/account/add/phone", "").await);
    assert_eq!(browser.get(&waiting).await.status, 204);
    let one = count(&emulator, "pairing_key.read");
    let (start, rest) = waiting.split_once("key-1:").unwrap();
    let (deadline, key) = rest.split_once(':').unwrap();
    let deadline: u64 = deadline.parse().unwrap();
    let waits: Vec<_> = (1..=100)
        .map(|more| {
            let (mut browser, path) = (browser.clone(), format!("{start}key-1:{}:{key}", deadline + more));
            tokio::spawn(async move { browser.get(&path).await.status.as_u16() })
        })
        .collect();
    for wait in waits {
        assert_eq!(wait.await.unwrap(), 204);
    }
    let all = count(&emulator, "pairing_key.read") - one;
    assert!(one > 2 && all <= 2 * one, "one wait reads {one} times, 100 read {all} times");
}

/// The browser makes the passkey; `cargo xtask browser` does that.
#[tokio::test]
async fn hands_the_browser_what_a_passkey_is_made_by() {
    let emulator = emulator();
    let mut browser = logged_in(&emulator).await;
    let page = browser.submit("/account/add/passkey", "").await;
    page.shows("Add a passkey").says("data-create=\"{").says("&quot;challenge&quot;:").says("log-in.example");
    let device = hidden(&page, "device");
    let page = browser.submit("/account/activate/passkey", &format!("device={device}&credential=%7B%7D")).await;
    page.shows("Add a device").says("That is not valid.");
    browser.get("/account").await.says("Not finished");
    browser.submit("/account/remove", &format!("device={device}")).await.says("The device is removed.");
}

#[tokio::test]
async fn names_orders_and_removes() {
    let emulator = emulator();
    let mut browser = logged_in(&emulator).await;
    let page = browser.submit("/account/name", "device=ada-mail&nickname=+%3Cb%3EWork+").await;
    page.says("The name is changed.").says("&lt;b&gt;Work");
    assert!(!page.text.contains("<b>"));
    let page = browser.submit("/account/order", "device=ada-mail&to=up").await;
    page.says("The order is changed.");
    assert_eq!(labels(&page), ["&lt;b&gt;Work", "Ada's phone"]);
    // It is the first already, and somebody else may have removed the other: there is nothing to send.
    for form in ["device=ada-mail&to=up", "device=ada-phone&to=down", "device=gone&to=down"] {
        let page = browser.submit("/account/order", form).await;
        assert!(!page.text.contains("The order is changed."), "{form}");
        assert_eq!(labels(&page)[1], "Ada's phone");
    }
    assert_eq!(count(&emulator, "user_device.set_order"), 1);
    let page = browser.submit("/account/remove", "device=ada-phone").await;
    page.says("The device is removed.");
    assert_eq!(labels(&page), ["&lt;b&gt;Work"]);
    browser.submit("/leave", "").await;
    browser.begin().await.shows("Enter the code");
}

#[tokio::test]
async fn nobody_else_s_devices_can_be_touched() {
    let emulator = emulator();
    let mut browser = logged_in(&emulator).await;
    for (path, form) in [
        ("/account/remove", "device=grace-mail"),
        ("/account/name", "device=grace-mail&nickname=mine"),
        ("/account/activate", "device=grace-mail&code=1"),
    ] {
        let answer = browser.post(path, form, Some(HERE)).await;
        assert!(answer.status.is_client_error(), "{path}: {} {}", answer.status, answer.text);
    }
    assert_eq!(count(&emulator, "user_device.delete"), 1, "it was asked, and refused");
}

#[tokio::test]
async fn without_a_session_there_is_nothing_to_see() {
    let emulator = emulator();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    for path in ["/account", "/account/add"] {
        assert_eq!(browser.get(path).await.headers["location"], "/");
    }
    for path in ["/account/confirm", "/account/add/app", "/account/add/passkey"] {
        assert_eq!(browser.post(path, "", Some(HERE)).await.headers["location"], "/");
        assert_eq!(browser.post(path, "", Some("https://evil.example")).await.status, 403);
    }
}
