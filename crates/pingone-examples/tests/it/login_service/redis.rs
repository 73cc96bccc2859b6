//! Two replicas over one Redis, which each test starts for itself.

use std::{
    env, fs,
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use pingone_emulator::Emulator;

use super::{
    app::store::Redis,
    browser::{ADA, Browser, HERE, KEY, count, replica_with},
    program::{Program, cookie},
};

struct Server {
    child: Child,
    address: String,
    folder: PathBuf,
}

impl Server {
    /// `None` where it is not installed; CI has it.
    async fn start() -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = env::temp_dir().join(format!("login-service-redis-{port}"));
        fs::create_dir_all(&folder).unwrap();
        let mut program = Command::new("redis-server");
        program.args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--dir"]).arg(&folder);
        let child = match program.stdout(Stdio::null()).spawn() {
            Ok(child) => child,
            Err(error) => {
                assert!(env::var_os("CI").is_none(), "redis-server: {error}");
                eprintln!("not tried, as there is no redis-server: {error}");
                return None;
            }
        };
        let server = Self { child, address: format!("redis://127.0.0.1:{port}"), folder };
        let start = Instant::now();
        while Redis::connect(&server.address).await.is_err() {
            assert!(start.elapsed() < Duration::from_secs(20), "redis-server does not answer");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Some(server)
    }

    /// A browser before two replicas, each with a connection of its own.
    async fn browser(&self, emulator: &Emulator) -> Browser {
        let mut replicas = vec![];
        for _ in 0..2 {
            let store = Redis::connect(&self.address).await.unwrap();
            replicas.push(replica_with(emulator, KEY, Arc::new(store)));
        }
        Browser::new(replicas)
    }

    fn end(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_hold_over_both() {
    let Some(server) = Server::start().await else { return };
    let emulator = Emulator::start().unwrap();
    let mut browser = server.browser(&emulator).await;
    let mut starts = vec![];
    for _ in 0..60 {
        let mut one = browser.clone();
        browser.turn();
        starts.push(tokio::spawn(async move { one.post("/begin", ADA, Some(HERE)).await.status.as_u16() }));
    }
    let mut begun = 0;
    for start in starts {
        begun += usize::from(start.await.unwrap() == 303);
    }
    assert_eq!((begun, count(&emulator, "device_authentication.initialize")), (10, 10));
}

#[tokio::test]
async fn what_is_over_at_one_is_over_at_the_other() {
    let Some(server) = Server::start().await else { return };
    let emulator = Emulator::start().unwrap();
    let mut browser = server.browser(&emulator).await;
    browser.begin().await;
    let before = browser.visit().unwrap();
    emulator.service().approve_push(&Browser::push(&emulator)).unwrap();
    browser.get("/wait").await;
    let session = browser.visit().unwrap();
    browser.get("/").await.shows("Logged in");
    browser.submit("/leave", "").await;
    for cookie in [before, session] {
        for _ in 0..2 {
            let mut thief = browser.clone();
            thief.plant(&cookie);
            thief.get("/").await.shows("Not logged in").says("This log-in is over.");
            browser.turn();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_is_killed_and_the_other_finishes() {
    let Some(server) = Server::start().await else { return };
    let emulator = Emulator::start().unwrap();
    let key = "a key that both of them have, and no other";
    let redis = [("LOGIN_REDIS", &*server.address)];
    let [one, other] = [(); 2].map(|()| Program::start_with(&emulator, key, &redis));
    let cookie_of_one = cookie(&one.ask("POST /begin", "", ADA));
    drop(one);
    emulator.service().approve_push(&Browser::push(&emulator)).unwrap();
    let session = cookie(&other.ask("GET /wait", &cookie_of_one, ""));
    assert!(other.ask("GET /", &session, "").contains("<h1>Logged in</h1>"));
    assert!(other.ask("GET /", &cookie_of_one, "").contains("This log-in is over."));
}

#[tokio::test]
async fn without_redis_the_page_says_so_and_nobody_is_let_in() {
    let Some(mut server) = Server::start().await else { return };
    let emulator = Emulator::start().unwrap();
    let mut browser = server.browser(&emulator).await;
    browser.begin().await;
    emulator.service().approve_push(&Browser::push(&emulator)).unwrap();
    server.end();
    let asked = emulator.service().journal().len();
    for path in ["/", "/wait", "/devices"] {
        let page = browser.get(path).await;
        page.shows("One moment").says("Logging in is not possible at the moment.");
        assert_eq!(page.status, 503);
    }
    let mut another = browser.without_cookies();
    let page = another.begin().await;
    page.shows("Log in").says("Logging in is not possible at the moment.");
    assert_eq!((page.status.as_u16(), another.visit()), (503, None));
    assert_eq!(emulator.service().journal().len(), asked);
}
