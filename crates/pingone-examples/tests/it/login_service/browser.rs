//! A browser without a screen: it keeps the cookies, and goes where it is sent.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::connect_info::MockConnectInfo,
    http::{
        HeaderMap, Request, StatusCode,
        header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE},
    },
};
use pingone_async::{Client, Configuration, Credentials, Environment, RetryPolicy, WaitPolicy};
use pingone_emulator::{Data, Emulator};
use serde_json::json;
use tower::ServiceExt;

use super::app::{
    cookie::{Key, VISIT},
    origin::Origin,
    people::{People, TestPeople, Who},
    service::Service,
    settings::Settings,
    site::router,
    store::{Memory, Store},
    visit::{At, Attempt, LogIn, Visit},
};

pub(super) const KEY: &[u8] = b"0123456789abcdef0123456789abcdef";
pub(super) const HERE: &str = "https://log-in.example";
/// Of the example's own data.
const POLICY: &str = "b1a8d2c4-7e5f-4a3b-8c6d-9e0f1a2b3c4d";
/// The form of the first factor, for the emulator's first user.
pub(super) const ADA: &str = "name=ada&password=engine-1843";

/// A replica of the service before this emulator. `ada` is its first user.
pub(super) fn replica(emulator: &Emulator, key: &[u8]) -> Router {
    replica_with(emulator, key, Arc::new(Memory::default()))
}

/// One that shares its store with others.
pub(super) fn replica_with(emulator: &Emulator, key: &[u8], store: Arc<dyn Store>) -> Router {
    let people = ["grace", "linus"].map(|name| (name, "engine-1843", name.into()));
    let people = people.into_iter().chain([("ada", "engine-1843", emulator.service().user_id().into())]);
    site(emulator, key, store, Arc::new(TestPeople::new(people).unwrap()))
}

/// One with a directory of its own.
pub(super) fn replica_for(emulator: &Emulator, people: Arc<dyn People>) -> Router {
    site(emulator, KEY, Arc::new(Memory::default()), people)
}

/// The people and the devices of the example itself.
pub(super) fn emulator() -> Emulator {
    let data = include_str!("../../../examples/login_service/emulator.toml");
    Emulator::builder().data(Data::from_toml(data).unwrap()).start().unwrap()
}

pub(super) fn configuration(emulator: &Emulator) -> Configuration {
    let service = emulator.service();
    let environment = Environment::at(&emulator.auth_url(), service.environment_id()).unwrap();
    let credentials = Credentials::client_secret_basic(service.client_id(), service.client_secret());
    // So that no test waits for long.
    let often = WaitPolicy::new().interval(Duration::from_millis(20));
    Configuration::new(environment, credentials).wait(often).retry(RetryPolicy::never())
}

fn site(emulator: &Emulator, key: &[u8], store: Arc<dyn Store>, people: Arc<dyn People>) -> Router {
    let mut settings = Settings::new(Origin::new(HERE).unwrap(), Key::new(key));
    settings.hold = Duration::from_millis(300);
    if emulator.service().user_id() == "ada" {
        settings.policy = Some(POLICY.into());
    }
    settings.address_header = Some("x-real-ip".to_owned());
    router(Service {
        client: Client::new(configuration(emulator)).unwrap(),
        people,
        store,
        settings: Arc::new(settings),
        waits: Arc::default(),
    })
    .layer(MockConnectInfo(SocketAddr::from(([192, 0, 2, 1], 1))))
}

/// A cookie that says what it likes, signed with this key.
pub(super) fn signed(key: &[u8], user: &str, at: At) -> String {
    let who = Who { name: "ada".to_owned(), user: user.into() };
    let visit = Visit::LogIn(LogIn { attempt: Attempt::new(Some(who)).unwrap(), at });
    let header = VISIT.set(visit, &Key::new(key), &Origin::new(HERE).unwrap()).unwrap();
    header.split_once(';').unwrap().0.to_owned()
}

/// The same for a session.
pub(super) fn signed_session(user: &str, by: &str, began: u64) -> String {
    let who = json!({ "name": user, "user": user });
    let session = json!({ "id": "a-session", "who": who, "by": by, "began": began });
    let visit = Visit::Session(serde_json::from_value(session).unwrap());
    let header = VISIT.set(visit, &Key::new(KEY), &Origin::new(HERE).unwrap()).unwrap();
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

#[derive(Clone)]
pub(super) struct Browser {
    replicas: Vec<Router>,
    asked: usize,
    cookies: BTreeMap<String, String>,
    /// From where it comes.
    pub(super) address: String,
}

impl Browser {
    /// Before these replicas, which take turns.
    pub(super) fn new(replicas: impl IntoIterator<Item = Router>) -> Self {
        let address = "192.0.2.7".to_owned();
        Self { replicas: replicas.into_iter().collect(), asked: 0, cookies: BTreeMap::new(), address }
    }

    /// The cookie of the log-in or the session, as `name=value`.
    pub(super) fn visit(&self) -> Option<String> {
        self.cookies.get("__Host-visit").map(|value| format!("__Host-visit={value}"))
    }

    /// Somebody has put it there.
    pub(super) fn plant(&mut self, cookie: &str) {
        let (name, value) = cookie.split_once('=').unwrap();
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Goes to the next replica.
    #[cfg(feature = "redis")]
    pub(super) fn turn(&mut self) {
        self.asked += 1;
    }

    /// Another browser before the same replicas.
    pub(super) fn without_cookies(&self) -> Self {
        Self { cookies: BTreeMap::new(), ..self.clone() }
    }

    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form, and goes where that leads.
    pub(super) async fn submit(&mut self, path: &str, form: &str) -> Answer {
        let answer = self.post(path, form, Some(HERE)).await;
        match answer.headers.get(LOCATION) {
            Some(to) => {
                assert_eq!(answer.status, StatusCode::SEE_OTHER);
                let to = to.to_str().unwrap().to_owned();
                self.follow(&to).await
            }
            None => answer,
        }
    }

    async fn follow(&mut self, to: &str) -> Answer {
        let answer = self.get(to).await;
        match answer.headers.get(LOCATION) {
            Some(to) => self.get(to.to_str().unwrap()).await,
            None => answer,
        }
    }

    /// From the first factor to the page of the second.
    pub(super) async fn begin(&mut self) -> Answer {
        self.submit("/begin", ADA).await
    }

    pub(super) async fn post(&mut self, path: &str, form: &str, origin: Option<&str>) -> Answer {
        let mut request = Request::post(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(origin) = origin {
            request = request.header(ORIGIN, origin);
        }
        self.ask(request.body(Body::from(form.to_owned())).unwrap()).await
    }

    async fn ask(&mut self, mut request: Request<Body>) -> Answer {
        request.headers_mut().insert(HOST, HERE.trim_start_matches("https://").parse().unwrap());
        request.headers_mut().insert("x-real-ip", self.address.parse().unwrap());
        // Among others, as they come.
        let cookies = self.cookies.iter().map(|(name, value)| format!("; {name}={value}"));
        let cookies = format!("a=b{}; c=d", cookies.collect::<String>());
        request.headers_mut().insert(COOKIE, cookies.parse().unwrap());
        let replica = self.replicas[self.asked % self.replicas.len()].clone();
        self.asked += 1;
        let response = replica.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for header in parts.headers.get_all(SET_COOKIE) {
            self.keep(header.to_str().unwrap());
        }
        let text = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    fn keep(&mut self, header: &str) {
        assert!(header.ends_with("; Secure; HttpOnly; SameSite=Strict") && header.contains("; Path=/;"), "{header}");
        let (name, value) = header.split_once(';').unwrap().0.split_once('=').unwrap();
        assert!(name.starts_with("__Host-"), "{header}");
        if header.contains("Max-Age=0;") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// Logs in by the push to the user's phone.
    pub(super) async fn log_in(&mut self, emulator: &Emulator) -> Answer {
        self.begin().await.shows("Look at your phone");
        emulator.service().approve_push(&Self::push(emulator)).unwrap();
        self.get("/wait").await;
        let page = self.get("/").await;
        page.shows("Logged in");
        page
    }

    /// The push of the log-in that has begun last.
    pub(super) fn push(emulator: &Emulator) -> String {
        emulator.service().pending_pushes().last().unwrap().device_authentication_id().to_owned()
    }
}
