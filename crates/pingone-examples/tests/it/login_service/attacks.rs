//! What somebody else may try.

use pingone_async::DeviceAuthenticationId;
use pingone_emulator::Emulator;

use super::{
    app::visit::At,
    browser::{Browser, KEY, count, replica, signed},
};

fn step(id: &str) -> At {
    At::step(&DeviceAuthenticationId::from(id))
}

#[tokio::test]
async fn a_forged_or_swapped_cookie_is_refused_before_anything_is_asked() {
    let emulator = Emulator::start().unwrap();
    let (mut one, mut other) = (Browser::new([replica(&emulator, KEY)]), Browser::new([replica(&emulator, KEY)]));
    one.begin().await;
    other.begin().await;
    let (one, other) = (one.visit().unwrap(), other.visit().unwrap());
    let parts = |cookie: &str| cookie.split_once('.').map(|(text, tag)| (text.to_owned(), tag.to_owned())).unwrap();
    let ((text, tag), (_, other_tag)) = (parts(&one), parts(&other));
    let forged = [
        format!("{text}.{other_tag}"),
        format!("{text}."),
        text.clone(),
        format!("{text}A.{tag}"),
        signed(b"another key", emulator.service().user_id(), step(&Browser::push(&emulator))),
        "__Host-visit=".to_owned(),
        "__Host-visit=.".to_owned(),
        "__Host-visit==.%".to_owned(),
    ];
    let asked = emulator.service().journal().len();
    for cookie in forged {
        for path in ["/", "/wait", "/devices"] {
            let mut browser = Browser::new([replica(&emulator, KEY)]);
            browser.plant(&cookie.clone());
            let page = browser.get(path).await;
            page.shows("Not logged in").says("Begin again");
            assert_eq!((page.status.as_u16(), &browser.visit()), (403, &None), "{cookie}");
        }
        for path in ["/change", "/select", "/code"] {
            let mut browser = Browser::new([replica(&emulator, KEY)]);
            browser.plant(&cookie.clone());
            assert_eq!(browser.submit(path, "device=d&code=1").await.status, 403, "{cookie}");
        }
    }
    assert_eq!(emulator.service().journal().len(), asked);
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.plant(&one);
    browser.get("/").await.shows("Look at your phone");
}

#[tokio::test]
async fn nobody_comes_in_by_the_approval_of_another_user() {
    let emulator = Emulator::start().unwrap();
    for path in ["/", "/devices"] {
        let mut victim = Browser::new([replica(&emulator, KEY)]);
        victim.begin().await;
        let push = Browser::push(&emulator);
        emulator.service().approve_push(&push).unwrap();
        let mut browser = Browser::new([replica(&emulator, KEY)]);
        browser.plant(&signed(KEY, "somebody-else", step(&push)));
        let page = browser.get(path).await;
        page.shows("Not logged in").says("Somebody else approved this log-in.");
        assert_eq!((page.status.as_u16(), &browser.visit()), (403, &None));
    }
}

#[tokio::test]
async fn a_form_from_elsewhere_is_refused() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    let elsewhere =
        [Some("https://evil.example"), Some("https://log-in.example:444"), Some("null"), Some("log-in.example"), None];
    for origin in elsewhere {
        let answer = browser.post("/begin", "name=ada", origin).await;
        assert_eq!((answer.status.as_u16(), &browser.visit()), (403, &None), "{origin:?}");
    }
    assert_eq!(count(&emulator, "device_authentication.initialize"), 0);

    browser.begin().await.shows("Look at your phone");
    let cookie = browser.visit();
    for origin in elsewhere {
        for path in ["/change", "/select", "/code", "/leave"] {
            assert_eq!(browser.post(path, "device=d&code=1", origin).await.status, 403, "{path} {origin:?}");
        }
    }
    assert_eq!((count(&emulator, "device_authentication.cancel"), browser.visit()), (0, cookie));
}

#[tokio::test]
async fn a_page_allows_nothing_from_elsewhere_and_is_not_kept() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    for path in ["/", "/style.css", "/wait.js", "/passkey.js"] {
        let headers = browser.get(path).await.headers;
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none';") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert!(policy.contains("form-action 'self'") && headers["x-frame-options"] == "DENY", "{policy}");
        assert_eq!(headers["strict-transport-security"], "max-age=31536000");
        for name in ["cross-origin-opener-policy", "cross-origin-resource-policy"] {
            assert_eq!(headers[name], "same-origin");
        }
        assert_eq!(
            (&headers["cache-control"], &headers["x-content-type-options"]),
            (&"no-store".parse().unwrap(), &"nosniff".parse().unwrap())
        );
    }
}
