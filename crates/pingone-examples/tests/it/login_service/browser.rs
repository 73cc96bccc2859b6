//! A browser without a screen: it keeps the cookie, and goes where it is sent.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{
        HeaderMap, Request, StatusCode,
        header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE},
    },
};
use pingone_async::{Client, Configuration, Credentials, Environment, RetryPolicy, WaitPolicy};
use pingone_emulator::Emulator;
use tower::ServiceExt;

use super::{
    service::Service,
    site::router,
    state::{At, Key, LogIn, Who},
};

pub(super) const KEY: &[u8] = b"0123456789abcdef0123456789abcdef";
const HERE: &str = "log-in.example";

/// A replica of the service before this emulator. `ada` is its first user.
pub(super) fn replica(emulator: &Emulator, key: &[u8]) -> Router {
    let service = emulator.service();
    let environment = Environment::at(&emulator.auth_url(), service.environment_id()).unwrap();
    let credentials = Credentials::client_secret_basic(service.client_id(), service.client_secret());
    // So that no test waits for long.
    let often = WaitPolicy::new().interval(Duration::from_millis(20));
    router(Service {
        client: Client::new(Configuration::new(environment, credentials).wait(often).retry(RetryPolicy::never()))
            .unwrap(),
        users: Arc::new(BTreeMap::from([("ada".to_owned(), service.user_id().into())])),
        key: Arc::new(Key::new(key)),
        hold: Duration::from_millis(300),
    })
}

/// A cookie that says what it likes, signed with this key.
pub(super) fn signed(key: &[u8], user: &str, at: At) -> String {
    let who = Who { name: "ada".to_owned(), user: user.into() };
    let header = Key::new(key).cookie(LogIn { who, at }).unwrap();
    header.split_once(';').unwrap().0.to_owned()
}

/// How often that was asked of PingOne.
pub(super) fn count(emulator: &Emulator, operation: &str) -> usize {
    emulator.service().journal().iter().filter(|entry| entry.operation().is_some_and(|done| done == operation)).count()
}

pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
}

impl Answer {
    /// That the page has this heading.
    #[track_caller]
    pub(super) fn shows(&self, heading: &str) -> &Self {
        self.says(&format!("<h1>{heading}</h1>"))
    }

    #[track_caller]
    pub(super) fn says(&self, text: &str) -> &Self {
        assert!(self.text.contains(text), "no {text:?}: {} {}", self.status, self.text);
        self
    }
}

pub(super) struct Browser {
    replicas: Vec<Router>,
    asked: usize,
    pub(super) cookie: Option<String>,
}

impl Browser {
    /// Before these replicas, which take turns.
    pub(super) fn new(replicas: impl IntoIterator<Item = Router>) -> Self {
        Self { replicas: replicas.into_iter().collect(), asked: 0, cookie: None }
    }

    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form, and goes where that leads.
    pub(super) async fn submit(&mut self, path: &str, form: &str) -> Answer {
        let answer = self.post(path, form, Some(&format!("https://{HERE}"))).await;
        match answer.headers.get(LOCATION) {
            Some(to) => {
                assert_eq!((answer.status, to.to_str().unwrap()), (StatusCode::SEE_OTHER, "/"));
                self.get("/").await
            }
            None => answer,
        }
    }

    pub(super) async fn post(&mut self, path: &str, form: &str, origin: Option<&str>) -> Answer {
        let mut request = Request::post(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(origin) = origin {
            request = request.header(ORIGIN, origin);
        }
        self.ask(request.body(Body::from(form.to_owned())).unwrap()).await
    }

    async fn ask(&mut self, mut request: Request<Body>) -> Answer {
        request.headers_mut().insert(HOST, HERE.parse().unwrap());
        if let Some(cookie) = &self.cookie {
            // Among others, as it comes.
            request.headers_mut().insert(COOKIE, format!("a=b; {cookie}; c=d").parse().unwrap());
        }
        let replica = self.replicas[self.asked % self.replicas.len()].clone();
        self.asked += 1;
        let response = replica.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for header in parts.headers.get_all(SET_COOKIE) {
            let header = header.to_str().unwrap();
            assert!(header.ends_with("; HttpOnly; SameSite=Strict"), "{header}");
            let is_kept = !header.contains("Max-Age=0;");
            self.cookie = is_kept.then(|| header.split_once(';').unwrap().0.to_owned());
        }
        let text = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    /// The push of the log-in that has begun last.
    pub(super) fn push(emulator: &Emulator) -> String {
        emulator.service().pending_pushes().last().unwrap().device_authentication_id().to_owned()
    }
}
