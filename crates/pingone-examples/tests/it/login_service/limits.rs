//! Who guesses, and who would have a phone ring all night.

use std::time::{Duration, Instant};

use pingone_emulator::Emulator;

use super::{
    account::hidden,
    browser::{ADA, Browser, HERE, KEY, count, emulator, replica},
    log_in::{change_device, choose_mail},
};

const INITIALIZE: &str = "device_authentication.initialize";
const CHECK: &str = "device_authentication.check_otp";

/// As many browsers at the same time, each with the cookie of this one.
async fn at_once(browser: &Browser, forms: impl Iterator<Item = (&'static str, String)>) -> Vec<u16> {
    let tasks: Vec<_> = forms
        .map(|(path, form)| {
            let mut browser = browser.clone();
            tokio::spawn(async move { browser.post(path, &form, Some(HERE)).await.status.as_u16() })
        })
        .collect();
    let mut statuses = vec![];
    for task in tasks {
        statuses.push(task.await.unwrap());
    }
    statuses
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_codes_guessed_at_once_count_three() {
    let emulator = Emulator::builder().code("012345").start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    change_device(&mut browser).await;
    choose_mail(&mut browser).await;
    let guesses = (0..40).map(|guess| ("/code", format!("code={:06}", 900_000 + guess)));
    at_once(&browser, guesses).await;

    let journal = emulator.service().journal();
    let wrong = journal.iter().filter(|entry| entry.operation().is_some_and(|name| name == CHECK));
    let counted = wrong.filter(|entry| format!("{entry:?}").contains("INVALID_OTP")).count();
    assert_eq!(counted, 3);
    assert!(count(&emulator, CHECK) <= 20, "{} have reached PingOne", count(&emulator, CHECK));
    // The right one comes too late, whoever brings it.
    browser.submit("/code", "code=012345").await.shows("Not logged in");
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_starts_send_ten_pushes() {
    let emulator = Emulator::start().unwrap();
    let browser = Browser::new([replica(&emulator, KEY)]);
    let statuses = at_once(&browser, (0..60).map(|_| ("/begin", ADA.to_owned()))).await;
    let sent = |status| statuses.iter().filter(|other| **other == status).count();
    assert_eq!((sent(303), sent(429)), (10, 50));
    assert_eq!((count(&emulator, INITIALIZE), emulator.service().pending_pushes().len()), (10, 10));
}

/// As the README says of replicas without a store that they share.
#[tokio::test]
async fn without_a_shared_store_each_replica_has_limits_of_its_own() {
    let emulator = Emulator::start().unwrap();
    let browser = Browser::new([replica(&emulator, KEY), replica(&emulator, KEY)]);
    let mut other = browser.without_cookies();
    for start in 0..60 {
        other = if start % 2 == 0 { other.without_cookies() } else { other };
        other.post("/begin", ADA, Some(HERE)).await;
    }
    assert_eq!(count(&emulator, INITIALIZE), 20);
}

#[tokio::test]
async fn codes_sent_again_and_again_count_as_starts_do() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    change_device(&mut browser).await;
    choose_mail(&mut browser).await;
    let again = "device=daba8c2b-5f01-42fa-91a5-ee91e58b0b26&again=true";
    for _ in 0..8 {
        browser.submit("/select", again).await.says("We sent a new code to <strong>ad****@example.com</strong>");
    }
    let page = browser.submit("/select", again).await;
    page.shows("Enter the code").says("Too many attempts. Try again in 15 minutes.");
    assert_eq!((page.status.as_u16(), emulator.service().codes().len()), (429, 9));
}

#[tokio::test]
async fn guessed_passwords_are_counted_by_name_and_by_address() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    for (tries, status) in [(10, 422), (1, 429)] {
        for guess in 0..tries {
            let page = browser.submit("/begin", &format!("name=ADA&password={guess}")).await;
            page.shows("Log in");
            assert_eq!(page.status, status);
        }
    }
    // Another address does not help, nor another spelling; another name does, until the address is used up.
    browser.address = "192.0.2.8".to_owned();
    assert_eq!(browser.submit("/begin", ADA).await.status, 429);
    for guess in 0..99 {
        assert_eq!(browser.submit("/begin", &format!("name=n{guess}&password=x")).await.status, 422);
    }
    assert_eq!(browser.submit("/begin", "name=grace&password=engine-1843").await.status, 429);
    assert_eq!(count(&emulator, INITIALIZE), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_and_fifty_waits_by_one_cookie_cost_one_rhythm() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    let (before, start) = (count(&emulator, "device_authentication.read"), Instant::now());
    let waits: Vec<_> = (0..150)
        .map(|_| {
            let mut browser = browser.clone();
            tokio::spawn(async move { browser.get("/wait").await.status.as_u16() })
        })
        .collect();
    for wait in waits {
        assert_eq!(wait.await.unwrap(), 204);
    }
    let reads = count(&emulator, "device_authentication.read") - before;
    // One wait reads every 20 ms here, a quarter more or less; a slow machine reads less often.
    let most = start.elapsed().as_millis() / 15 + 5;
    assert!(reads > 0 && (reads as u128) < most, "{reads} reads, and {most} at most");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_all_who_wait_with_one_cookie_one_is_let_in() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    let waits: Vec<_> = (0..20)
        .map(|_| {
            let mut browser = browser.clone();
            tokio::spawn(async move {
                let answer = browser.get("/wait").await;
                (answer.status.as_u16(), answer.headers.contains_key("set-cookie"))
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(50)).await;
    emulator.service().approve_push(&Browser::push(&emulator)).unwrap();
    let mut answers = vec![];
    for wait in waits {
        answers.push(wait.await.unwrap());
    }
    assert!(answers.iter().all(|(status, _)| *status == 303), "{answers:?}");
    assert_eq!(answers.iter().filter(|(_, has_cookie)| *has_cookie).count(), 1);
}

/// Each of these asks PingOne; so does each way to load it again.
#[tokio::test]
async fn pages_that_are_loaded_again_and_again_are_limited_by_cookie() {
    let emulator = emulator();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    let mut loaded = 0;
    while browser.get("/").await.status == 200 {
        loaded += 1;
    }
    assert_eq!((loaded, count(&emulator, "device_authentication.read")), (299, 300));
    for path in ["/", "/devices", "/wait"] {
        let page = browser.get(path).await;
        page.shows("One moment").says("Too many attempts. Try again in 15 minutes.");
        assert_eq!(page.status, 429);
    }
    assert_eq!(count(&emulator, "device_authentication.read"), 300);

    // Whoever has another cookie goes on, and this one can be given back.
    browser.submit("/leave", "").await.shows("Log in");
    browser.log_in(&emulator).await;
    let page = browser.submit("/account/add/phone", "").await;
    let paired = format!("/account/paired?key={}", hidden(&page, "key"));
    let before = count(&emulator, "pairing_key.read");
    while browser.get(&paired).await.status == 200 {}
    let read = count(&emulator, "pairing_key.read") - before;
    assert!((280..300).contains(&read), "{read}");
    assert_eq!(browser.get("/account").await.status, 429);
}
