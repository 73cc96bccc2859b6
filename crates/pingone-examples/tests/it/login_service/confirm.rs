//! Somebody who is logged in confirms by a device once more.

use std::sync::{Arc, atomic::Ordering};

use pingone_emulator::{Fault, FaultKind};

use super::{
    app::cookie::now,
    browser::{ADA, Browser, HERE, KEY, count, emulator, replica, replica_with, signed_session},
    replay::Failing,
};

const INITIALIZE: &str = "device_authentication.initialize";

#[tokio::test]
async fn adding_and_removing_take_a_confirmation_of_just_now() {
    let emulator = emulator();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    let minutes_ago = |minutes: u64| now().as_secs() - 60 * minutes;
    for (by, began) in [("Device", minutes_ago(6)), ("Browser", minutes_ago(0)), ("Bypass", minutes_ago(0))] {
        browser.plant(&signed_session("ada", by, began));
        browser.get("/account").await.shows("Your devices");
        browser.get("/account/add").await.shows("Confirm that it is you");
        for (path, form) in [
            ("/account/add/app", ""),
            ("/account/add/passkey", ""),
            ("/account/add/address", "kind=email&address=eve%40example.com"),
            ("/account/activate", "device=ada-mail&code=1"),
            ("/account/activate/passkey", "device=ada-mail&credential=1"),
            ("/account/resend", "device=ada-mail"),
            ("/account/remove", "device=ada-mail"),
            ("/remember", "signals=x"),
        ] {
            browser.submit(path, form).await.shows("Confirm that it is you");
        }
    }
    for operation in ["create", "activate", "delete", "resend_code", "remember_browser"] {
        assert_eq!(count(&emulator, &format!("user_device.{operation}")), 0, "{operation}");
    }

    // By any device; the older session is over then.
    let session = browser.visit().unwrap();
    browser.submit("/account/confirm", "").await.shows("Look at your phone");
    browser.submit("/change", "").await.shows("Choose a device");
    browser.submit("/select", "device=ada-mail").await.shows("Enter the code");
    let code = emulator.service().codes().last().unwrap().code().to_owned();
    browser.submit("/code", &format!("code={code}")).await.shows("Logged in");
    browser.get("/account/add").await.shows("Add a device");
    let mut thief = browser.without_cookies();
    thief.plant(&session);
    thief.get("/account").await.shows("Not logged in");
}

/// A remembered browser takes the place of a device for longer than an administrator lets anybody in without one.
#[tokio::test]
async fn only_a_device_lets_a_browser_be_remembered() {
    let emulator = emulator();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    for by in ["Bypass", "Browser"] {
        browser.plant(&signed_session("linus", by, now().as_secs()));
        browser.get("/account/add").await.shows("Add a device");
        browser.submit("/remember", "signals=x").await.shows("Confirm that it is you");
    }
    assert_eq!(count(&emulator, "user_device.remember_browser"), 0);
}

#[tokio::test]
async fn nobody_is_logged_out_whom_no_device_can_be_asked_for() {
    let emulator = emulator();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.log_in(&emulator).await;
    let session = browser.visit().unwrap();
    for kind in [FaultKind::Status(500), FaultKind::ResetBefore, FaultKind::UnknownStatus] {
        emulator.service().inject(Fault::new(kind).operation(INITIALIZE).unwrap().times(1));
        let page = browser.submit("/account/confirm", "").await;
        page.shows("Confirm that it is you").says("Logging in is not possible at the moment.");
        assert_eq!((page.status.as_u16(), browser.visit().as_ref()), (503, Some(&session)));
    }
    let mut other = browser.without_cookies();
    for _ in 0..9 {
        other.post("/begin", ADA, Some(HERE)).await;
    }
    let asked = count(&emulator, INITIALIZE);
    let page = browser.submit("/account/confirm", "").await;
    page.shows("Confirm that it is you").says("Too many attempts.");
    assert_eq!((page.status.as_u16(), browser.visit().as_ref()), (429, Some(&session)));
    assert_eq!(count(&emulator, INITIALIZE), asked);
    browser.get("/account").await.shows("Your devices");
}

/// A device was asked for nothing, and what it says lets nobody in.
#[tokio::test]
async fn a_session_that_cannot_be_ended_becomes_no_log_in() {
    let (emulator, store) = (emulator(), Arc::new(Failing::default()));
    let mut browser = Browser::new([replica_with(&emulator, KEY, store.clone())]);
    browser.log_in(&emulator).await;
    let session = browser.visit().unwrap();
    store.is_full.store(true, Ordering::Relaxed);
    assert_eq!(browser.submit("/account/confirm", "").await.shows("One moment").status, 503);
    assert_eq!(browser.visit().as_ref(), Some(&session));
    browser.get("/account").await.shows("Your devices");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_session_becomes_one_log_in() {
    let emulator = emulator();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.log_in(&emulator).await;
    let tabs: Vec<_> = (0..5)
        .map(|_| {
            let mut browser = browser.clone();
            tokio::spawn(async move {
                let answer = browser.post("/account/confirm", "", Some(HERE)).await;
                answer.headers.contains_key("set-cookie")
            })
        })
        .collect();
    let mut begun = 0;
    for tab in tabs {
        begun += usize::from(tab.await.unwrap());
    }
    assert_eq!(begun, 1);
    browser.get("/account").await.shows("Not logged in").says("This log-in is over.");
}
