//! An administrator lets somebody in without a device for a while.

use std::time::{Duration, SystemTime};

use pingone_async::{Client, bypass_mfa::UpdateBypassMfa, mfa_enabled::UpdateMfaEnabled};

use super::browser::{Browser, KEY, configuration, count, emulator, replica};

#[tokio::test]
async fn lets_in_after_the_password_and_for_nothing_more() {
    let emulator = emulator();
    let administrator = Client::new(configuration(&emulator)).unwrap();
    let until = SystemTime::now() + Duration::from_secs(3600);
    administrator.send(UpdateBypassMfa::new("ada", until)).await.unwrap();

    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.submit("/begin", "name=ada&password=wrong").await.shows("Log in");
    let page = browser.begin().await;
    page.shows("Logged in").says("Your administrator lets you in without a device for now.");
    assert!(!page.text.contains("Remember this browser"), "{}", page.text);
    assert_eq!(count(&emulator, "device_authentication.initialize"), 0, "no phone rings, for it may be lost");
    browser.get("/account/add").await.shows("Confirm that it is you");
    browser.submit("/account/confirm", "").await.shows("Look at your phone");

    emulator.service().advance(Duration::from_secs(3601));
    let mut browser = browser.without_cookies();
    browser.begin().await.shows("Look at your phone");
}

/// PingOne completes their log-ins at once, and asks no device.
#[tokio::test]
async fn who_has_no_mfa_has_confirmed_nothing() {
    let emulator = emulator();
    emulator.service().switch_off("bypass-flags").unwrap();
    let administrator = Client::new(configuration(&emulator)).unwrap();
    administrator.send(UpdateMfaEnabled::new("ada", false)).await.unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await.shows("Logged in").says("without a device");
    browser.get("/account/add").await.shows("Confirm that it is you");
    browser.submit("/account/confirm", "").await.shows("Logged in");
    browser.get("/account/add").await.shows("Confirm that it is you");
}
