//! Ways not to be logged in. None of them sends another push by itself.

use std::time::Duration;

use pingone_emulator::{Data, Emulator, Fault, FaultKind};
use serde_json::{Value, json};

use super::{
    app::visit::At,
    browser::{Browser, HERE, KEY, count, emulator, replica, signed},
    log_in::{change_device, choose_mail, sent_code},
};

#[tokio::test]
async fn a_denial_ends_it_and_nothing_begins_by_itself() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    emulator.service().deny_push(&Browser::push(&emulator)).unwrap();
    assert_eq!(browser.get("/wait").await.status, 303);
    let page = browser.get("/").await;
    page.shows("Not logged in").says("The log-in was not approved.");
    assert_eq!((page.status.as_u16(), &browser.visit()), (403, &None));
    browser.get("/").await.shows("Log in");
    assert_eq!(browser.get("/wait").await.status, 303);
    assert_eq!(count(&emulator, "device_authentication.initialize"), 1);
}

#[tokio::test]
async fn a_push_that_nobody_answers_leaves_the_choice_of_a_device() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    emulator.service().advance(Duration::from_secs(60));
    browser.get("/wait").await;
    browser.get("/").await.shows("No answer").says("Nobody answered").says(", once more");
    choose_mail(&mut browser).await;
    browser.submit("/code", &format!("code={}", sent_code(&emulator))).await.shows("Logged in");
}

#[tokio::test]
async fn an_answer_in_the_same_moment_as_the_change_of_device_counts() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    emulator.service().approve_push(&Browser::push(&emulator)).unwrap();
    browser.submit("/change", "").await.shows("Logged in");

    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    emulator.service().deny_push(&Browser::push(&emulator)).unwrap();
    browser.submit("/change", "").await.shows("Not logged in");
}

/// Gives two wrong codes to the mail's log-in, and an empty one, which uses up no try.
async fn give_two_wrong_codes(browser: &mut Browser) {
    change_device(browser).await;
    choose_mail(browser).await;
    for (code, tries) in
        [("000000", "2 tries are left."), ("+", "That code is wrong. Try again."), ("111111", "One try is left.")]
    {
        let page = browser.submit("/code", &format!("code={code}")).await;
        page.shows("Enter the code").says(tries);
        assert_eq!(page.status, 422);
    }
}

#[tokio::test]
async fn wrong_codes_are_counted_and_the_last_one_ends_it() {
    let emulator = Emulator::builder().code("123456").start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    give_two_wrong_codes(&mut browser).await;
    browser.submit("/code", "code=222222").await.shows("Not logged in").says("it was the last try.");
    assert_eq!(browser.visit(), None);
    change_device(&mut browser).await;
    choose_mail(&mut browser).await;
}

/// An environment whose policy locks an e-mail address for two minutes.
fn locks_addresses() -> Data {
    let mut data: Value = serde_json::from_str(Data::BUILT_IN_JSON).unwrap();
    let cool_down = json!({ "duration": 2, "timeUnit": "MINUTES" });
    data["policy"]["email"] = json!({ "enabled": true, "otp": { "failure": { "count": 3, "coolDown": cool_down } } });
    Data::from_json(&data.to_string()).unwrap().code("123456")
}

#[tokio::test]
async fn wrong_codes_are_counted_and_lock_the_device() {
    let emulator = Emulator::builder().data(locks_addresses()).start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    give_two_wrong_codes(&mut browser).await;
    browser.submit("/code", "code=222222").await.shows("Not logged in").says("this device is locked for 2 minutes.");
    assert_eq!(browser.visit(), None);

    change_device(&mut browser).await;
    let list = browser.submit("/select", "device=daba8c2b-5f01-42fa-91a5-ee91e58b0b26").await;
    list.shows("Choose a device").says("After too many tries this device is locked for 2 minutes.");
    let (offered, not_usable) = list.text.split_once("Not usable now").unwrap();
    assert!(!offered.contains("ad****@example.com"), "it is not offered: {offered}");
    assert!(not_usable.contains("ad****@example.com<small>Locked after too many tries"), "{not_usable}");
}

#[tokio::test]
async fn what_has_expired_begins_again() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    emulator.service().advance(Duration::from_secs(24 * 60 * 60));
    let page = browser.get("/").await;
    page.shows("Not logged in").says("This log-in has expired.");
    assert_eq!((page.status.as_u16(), &browser.visit()), (410, &None));
}

#[tokio::test]
async fn a_wait_that_is_over_is_not_gone_on_with() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    let wait = format!("1:1000:{}:3c325a86-283d-4fdf-bfda-239900d1ce8d", Browser::push(&emulator));
    browser.plant(&signed(KEY, emulator.service().user_id(), At::Push(wait.parse().unwrap())));
    let page = browser.get("/").await;
    page.shows("No answer").says("Use another device").says("Begin again");
    assert!(!page.text.contains("wait.js"), "{}", page.text);
    let reads = count(&emulator, "device_authentication.read");
    assert_eq!(browser.get("/wait").await.status, 303);
    assert_eq!(count(&emulator, "device_authentication.read"), reads);
    browser.submit("/change", "").await.shows("Choose a device");
}

#[tokio::test]
async fn a_service_that_fails_for_a_while_ends_nothing() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    let fail =
        |operation: &str| emulator.service().inject(Fault::new(FaultKind::Status(500)).operation(operation).unwrap());
    fail("device_authentication.read");
    let page = browser.get("/").await;
    page.shows("One moment").says("Try again later.");
    assert_eq!(page.status, 503);
    fail("device_authentication.cancel");
    browser.submit("/change", "").await.shows("One moment");
    emulator.service().clear_faults();
    fail("device_authentication.cancel");
    browser.submit("/change", "").await.shows("Look at your phone").says("The request is still on your phone.");
    emulator.service().clear_faults();
    browser.submit("/change", "").await.shows("Choose a device");
}

/// Such as in a tab that still shows the first page, while another one has logged in.
#[tokio::test]
async fn a_passkey_that_cannot_be_asked_for_ends_no_session() {
    let emulator = emulator();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.log_in(&emulator).await;
    let initialize = "device_authentication.initialize";
    emulator.service().inject(Fault::new(FaultKind::Status(500)).operation(initialize).unwrap().times(1));
    assert_eq!(browser.post("/passkey/begin", "", Some(HERE)).await.status, 503);
    browser.get("/").await.shows("Logged in");
}

#[tokio::test]
async fn a_push_whose_reply_was_lost_is_found_and_waited_for() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    change_device(&mut browser).await;
    emulator
        .service()
        .inject(Fault::new(FaultKind::ResetAfter).operation("device_authentication.select_device").unwrap().times(1));
    browser.submit("/select", "device=3c325a86-283d-4fdf-bfda-239900d1ce8d").await.shows("Look at your phone");
    emulator.service().approve_push(&Browser::push(&emulator)).unwrap();
    browser.get("/wait").await;
    browser.get("/").await.shows("Logged in");
    assert_eq!(count(&emulator, "device_authentication.select_device"), 1);
}

#[tokio::test]
async fn a_browser_that_goes_away_ends_the_wait() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    let gone = tokio::time::timeout(Duration::from_millis(100), browser.get("/wait")).await;
    assert!(gone.is_err(), "it is held for longer");
    let reads = count(&emulator, "device_authentication.read");
    assert!(reads > 1, "it has read: {reads}");
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(
        count(&emulator, "device_authentication.read") <= reads + 1,
        "but for what was on its way, nothing goes on"
    );
}
