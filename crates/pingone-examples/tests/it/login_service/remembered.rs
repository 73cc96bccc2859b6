//! A browser that PingOne knows again.

use super::browser::{ADA, Browser, KEY, count, emulator, replica};

const CHECK: &str = "device_authentication.check_remembered_device";

#[tokio::test]
async fn takes_the_place_of_a_device_for_the_one_who_had_it_remembered() {
    let emulator = emulator();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    let page = browser.log_in(&emulator).await;
    page.says("Remember this browser").says("stand-in");
    browser.submit("/remember", "signals=a-browser").await.says("This browser is remembered.");
    browser.submit("/leave", "").await.shows("Log in");

    let with_signals = format!("{ADA}&signals=a-browser");
    let page = browser.submit("/begin", &with_signals).await;
    page.shows("Logged in").says("PingOne knows this browser again.");
    assert_eq!(count(&emulator, "device_authentication.initialize"), 1);
    browser.submit("/leave", "").await;

    // Without what a script finds out, for another user, and in another browser, a device is asked.
    browser.submit("/begin", ADA).await.shows("Look at your phone");
    browser.submit("/leave", "").await;
    let asked = count(&emulator, CHECK);
    browser.submit("/begin", "name=grace&password=engine-1843&signals=a-browser").await.shows("Look at your phone");
    assert_eq!(count(&emulator, CHECK), asked, "the cookie of somebody else is not even tried");
    let mut other = browser.without_cookies();
    other.submit("/begin", &with_signals).await.shows("Look at your phone");
    // Nor without the password.
    browser.submit("/leave", "").await;
    browser.submit("/begin", "name=ada&password=wrong&signals=a-browser").await.shows("Log in");
}
