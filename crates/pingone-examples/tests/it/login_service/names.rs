//! Who guesses names learns nothing.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use pingone_async::UserId;
use pingone_emulator::Emulator;

use super::{
    app::{
        people::{People, TestPeople, Who},
        store::Unavailable,
    },
    browser::{ADA, Browser, KEY, replica, replica_for},
};

/// How often a directory is asked, and how.
struct Counted {
    people: TestPeople,
    checks: AtomicUsize,
    others: AtomicUsize,
}

#[async_trait]
impl People for Counted {
    async fn check(&self, name: &str, password: &str) -> Result<Option<Who>, Unavailable> {
        self.checks.fetch_add(1, Ordering::Relaxed);
        self.people.check(name, password).await
    }

    async fn find(&self, user: &UserId) -> Result<Option<Who>, Unavailable> {
        self.others.fetch_add(1, Ordering::Relaxed);
        self.people.find(user).await
    }
}

#[tokio::test]
async fn a_known_name_and_an_unknown_one_are_answered_alike() {
    let emulator = Emulator::start().unwrap();
    let people = TestPeople::new([("ada", "engine-1843", emulator.service().user_id().into())]).unwrap();
    let people = Arc::new(Counted { people, checks: AtomicUsize::new(0), others: AtomicUsize::new(0) });
    let site = replica_for(&emulator, people.clone());
    let mut answers = vec![];
    for name in ["ada", "eve"] {
        for password in ["wrong", "", "%00"] {
            let mut browser = Browser::new([site.clone()]);
            let before = people.checks.load(Ordering::Relaxed);
            let answer = browser.submit("/begin", &format!("name={name}&password={password}")).await;
            answer.shows("Log in").says("The name or the password is wrong.");
            assert_eq!(people.checks.load(Ordering::Relaxed), before + 1, "one look-up");
            // The page shows the name that was typed.
            let text = answer.text.replace(&format!("value=\"{name}\""), "");
            answers.push((answer.status, answer.headers, text, browser.visit()));
        }
    }
    assert_eq!(answers[0].0, 422);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!((people.others.load(Ordering::Relaxed), emulator.service().journal().len()), (0, 0));
}

/// Names are limited alike, too.
#[tokio::test]
async fn a_known_name_and_an_unknown_one_are_limited_alike() {
    let emulator = Emulator::start().unwrap();
    let site = replica(&emulator, KEY);
    let mut of = vec![];
    for name in ["ada", "eve"] {
        let mut browser = Browser::new([site.clone()]);
        let mut statuses = vec![];
        for _ in 0..12 {
            statuses.push(browser.submit("/begin", &format!("name={name}&password=wrong")).await.status.as_u16());
        }
        of.push(statuses);
    }
    assert_eq!(of[0], of[1]);
    assert_eq!(of[0].last(), Some(&429));
}

#[tokio::test]
async fn no_device_is_shown_before_the_first_factor() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    for path in ["/devices", "/wait"] {
        assert_eq!(browser.get(path).await.status, 303);
    }
    for form in ["name=ada&password=wrong", "name=ada&password="] {
        let page = browser.submit("/begin", form).await;
        assert!(!page.text.contains("SampleDevice1") && !page.text.contains("example.com"), "{}", page.text);
    }
    assert!(emulator.service().journal().is_empty());
    browser.submit("/begin", ADA).await.says("SampleDevice1");
}

#[tokio::test]
async fn a_name_that_would_like_to_be_markup_is_text() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    let page = browser.submit("/begin", "name=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&password=x").await;
    assert!(!page.text.contains("<script>"), "{}", page.text);
    page.says("value=\"&quot;&gt;&lt;script&gt;");
}
