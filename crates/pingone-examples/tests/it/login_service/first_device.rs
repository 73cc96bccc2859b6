//! Somebody who has no device yet.

use pingone_emulator::{Data, Device, Emulator, User};
use serde_json::json;

use super::{
    account::hidden,
    app::cookie::now,
    browser::{Browser, KEY, count, emulator, replica, signed_session},
};

const LINUS: &str = "name=linus&password=engine-1843";

#[tokio::test]
async fn is_added_after_the_first_factor_and_then_logs_in() {
    let emulator = emulator();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.submit("/begin", LINUS).await.shows("Add your first device");
    let page = browser.submit("/account/add/address", "kind=email&address=linus%40example.com").await;
    let (device, sent) = (hidden(&page, "device"), || emulator.service().codes().last().unwrap().code().to_owned());
    let session = browser.visit().unwrap();
    let page = browser.submit("/account/activate", &format!("device={device}&code={}", sent())).await;
    page.shows("Your device is ready");
    assert_eq!(browser.visit(), None, "nobody is logged in by that");

    browser.submit("/begin", LINUS).await.shows("Enter the code");
    browser.submit("/code", &format!("code={}", sent())).await.shows("Logged in");
    // The session of before is good for nothing.
    browser.plant(&session);
    browser.get("/account/add").await.shows("Not logged in");
}

#[tokio::test]
async fn who_has_given_the_first_factor_alone_can_do_nothing_else() {
    let emulator = emulator();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.submit("/begin", LINUS).await;
    assert_eq!(browser.get("/").await.headers["location"], "/account/add");
    assert_eq!(browser.get("/account").await.headers["location"], "/account/add");
    for path in ["/account/name", "/account/order", "/account/confirm", "/remember"] {
        browser.submit(path, "device=d&nickname=n&to=up&signals=s").await.shows("Add your first device");
    }
    assert_eq!(count(&emulator, "user_device.update_nickname"), 0);
}

/// Two log-ins at the same time, and the first has enrolled a device.
#[tokio::test]
async fn is_no_way_around_a_device_that_is_there_by_now() {
    let emulator = emulator();
    for (path, form) in [
        ("/account/add/app", ""),
        ("/account/add/address", "kind=email&address=eve%40example.com"),
        ("/account/remove", "device=ada-mail"),
    ] {
        // A cookie of before, which is not over yet wherever this is asked first.
        let mut browser = Browser::new([replica(&emulator, KEY)]);
        browser.plant(&signed_session("ada", "FirstFactor", now().as_secs()));
        let page = browser.submit(path, form).await;
        page.shows("Your device is ready");
        assert_eq!(browser.visit(), None);
    }
    assert_eq!(count(&emulator, "user_device.create") + count(&emulator, "user_device.delete"), 0);
}

#[tokio::test]
async fn none_that_can_be_used_is_not_none_at_all() {
    let blocked = Device::new("grace-mail", "EMAIL").member("email", json!("grace@example.com"));
    let grace = User::new("grace").device(blocked.hidden("blocked", json!(true)));
    let emulator = Emulator::builder().data(Data::built_in().user(grace)).start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    let page = browser.submit("/begin", "name=grace&password=engine-1843").await;
    page.shows("Not logged in").says("None of your devices can be used at the moment.");
    assert_eq!(browser.visit(), None);
}

/// Such as somebody who has lost all of them: the password counts, and an open browser does not.
#[tokio::test]
async fn who_has_no_device_any_more_confirms_by_the_first_factor() {
    let emulator = emulator();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    for by in ["Bypass", "Browser"] {
        browser.plant(&signed_session("linus", by, now().as_secs()));
        browser.get("/account/add").await.shows("Add a device");
    }
    for by in ["Bypass", "Browser", "Device"] {
        browser.plant(&signed_session("linus", by, now().as_secs() - 6 * 60));
        browser.get("/account/add").await.shows("Confirm that it is you").says("Log in again");
    }
    browser.submit("/account/confirm", "").await.says("None of your devices can be used at the moment.");
    browser.submit("/account/add/app", "").await.says("Log in again");
    assert_eq!(count(&emulator, "user_device.create"), 0);
}
