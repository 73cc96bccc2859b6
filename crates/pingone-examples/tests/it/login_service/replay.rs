//! Cookies that were good once.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use pingone_emulator::Emulator;

use super::{
    app::store::{Memory, Store, Unavailable},
    browser::{Browser, KEY, count, replica, replica_with},
};

fn stolen(emulator: &Emulator, cookie: &str) -> Browser {
    let mut thief = Browser::new([replica(emulator, KEY)]);
    thief.plant(cookie);
    thief
}

/// Refused at the very replica that knows.
async fn is_over(browser: &Browser, cookie: &str) {
    let mut thief = browser.clone();
    thief.plant(cookie);
    for path in ["/", "/wait", "/devices"] {
        let page = thief.get(path).await;
        page.shows("Not logged in").says("This log-in is over.");
        assert_eq!(page.status, 403);
    }
    for path in ["/change", "/select", "/code", "/passkey"] {
        let page = thief.submit(path, "device=d&code=1&credential=x").await;
        page.shows("Not logged in");
    }
}

#[tokio::test]
async fn a_cookie_of_before_the_approval_does_not_log_in_after_it() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    let before = browser.visit().unwrap();
    emulator.service().approve_push(&Browser::push(&emulator)).unwrap();
    browser.get("/wait").await;
    browser.get("/").await.shows("Logged in");
    let asked = emulator.service().journal().len();
    is_over(&browser, &before).await;
    assert_eq!(emulator.service().journal().len(), asked, "nobody is asked about what is over");
    browser.get("/").await.shows("Logged in");
}

#[tokio::test]
async fn a_cookie_of_before_the_log_out_is_good_for_nothing_after_it() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    emulator.service().approve_push(&Browser::push(&emulator)).unwrap();
    browser.get("/wait").await;
    let session = browser.visit().unwrap();
    browser.submit("/leave", "").await.shows("Log in");
    is_over(&browser, &session).await;
}

/// Of this replica's own, until it fails.
#[derive(Default)]
pub(super) struct Failing {
    memory: Memory,
    is_down: AtomicBool,
    /// Whether it can be asked, but takes no mark.
    pub(super) is_full: AtomicBool,
}

impl Failing {
    fn up(&self) -> Result<&Memory, Unavailable> {
        if self.is_down.load(Ordering::Relaxed) { Err(Unavailable) } else { Ok(&self.memory) }
    }
}

#[async_trait]
impl Store for Failing {
    async fn count(&self, key: &str, window: Duration) -> Result<u64, Unavailable> {
        self.up()?.count(key, window).await
    }

    async fn mark(&self, key: &str, lifetime: Duration) -> Result<bool, Unavailable> {
        if self.is_full.load(Ordering::Relaxed) { Err(Unavailable) } else { self.up()?.mark(key, lifetime).await }
    }

    async fn is_marked(&self, key: &str) -> Result<bool, Unavailable> {
        self.up()?.is_marked(key).await
    }
}

#[tokio::test]
async fn nobody_is_told_to_be_logged_out_who_is_not() {
    let (emulator, store) = (Emulator::start().unwrap(), Arc::new(Failing::default()));
    let mut browser = Browser::new([replica_with(&emulator, KEY, store.clone())]);
    browser.log_in(&emulator).await;
    let session = browser.visit().unwrap();
    store.is_down.store(true, Ordering::Relaxed);
    assert_eq!(browser.submit("/leave", "").await.shows("One moment").status, 503);
    assert_eq!(browser.visit().as_ref(), Some(&session), "it can be tried again");
    store.is_down.store(false, Ordering::Relaxed);
    browser.submit("/leave", "").await.shows("Log in");
    is_over(&browser, &session).await;
}

#[tokio::test]
async fn a_log_in_that_another_one_has_replaced_does_not_go_on() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    let (first, push) = (browser.visit().unwrap(), Browser::push(&emulator));
    browser.begin().await;
    emulator.service().approve_push(&push).unwrap();
    is_over(&browser, &first).await;
    assert_eq!(count(&emulator, "device_authentication.initialize"), 2);
}

/// As the README says of replicas without a store that they share.
#[tokio::test]
async fn without_a_shared_store_what_is_over_is_over_at_one_replica() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    emulator.service().approve_push(&Browser::push(&emulator)).unwrap();
    browser.get("/wait").await;
    let session = browser.visit().unwrap();
    browser.submit("/leave", "").await;
    stolen(&emulator, &session).get("/").await.shows("Logged in");
}
