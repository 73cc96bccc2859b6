//! What the emulator carries in a second, with few and with many pushes that wait; what it remembers of a million
//! flows; how long it takes to start. Prints; asserts nothing.

#![allow(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

use std::time::Instant;

use bytes::Bytes;
use http::Request;
use pingone_emulator::{Data, Emulator, Service, TokenKind};
use serde_json::Value;

const EMAIL: &str = "daba8c2b-5f01-42fa-91a5-ee91e58b0b26";

/// How often each number of pushes is looked at. Whatever else the machine does hits all of them.
const ROUNDS: usize = 51;

/// A client of a service whose time stands still, so that no push times out by itself.
struct Client {
    service: Service,
    bearer: String,
    all: String,
    user: String,
}

impl Client {
    fn new() -> Self {
        let service = Service::new(Data::built_in());
        service.freeze();
        let bearer = format!("Bearer {}", service.issue_token(TokenKind::Worker));
        let all = format!("/{}/deviceAuthentications", service.environment_id());
        let user = format!(r#"{{"user":{{"id":"{}"}}}}"#, service.user_id());
        Self { service, bearer, all, user }
    }

    fn ask(&self, request: http::request::Builder, body: String) -> Value {
        let request = request.header("authorization", &self.bearer);
        serde_json::from_slice(self.service.handle(request.body(Bytes::from(body)).unwrap()).body()).unwrap()
    }

    fn post(&self, path: &str, media_type: &str, body: String) -> Value {
        self.ask(Request::post(path).header("content-type", media_type), body)
    }

    fn begin(&self) -> String {
        let begun = self.post(&self.all, "application/json", self.user.clone());
        assert_eq!(begun["status"], "PUSH_CONFIRMATION_REQUIRED");
        begun["id"].as_str().unwrap().to_owned()
    }

    fn read(&self, id: &str) -> Value {
        self.ask(Request::get(format!("{}/{id}", self.all)), String::new())
    }

    /// A push that is answered, and the *read* that tells so.
    fn flow(&self) {
        let id = self.begin();
        self.service.approve_push(&id).unwrap();
        assert_eq!(self.read(&id)["status"], "COMPLETED");
    }

    /// A push that is taken back, and a code instead.
    fn change_device(&self) {
        let action = |name: &str| format!("application/vnd.pingidentity.{name}+json");
        let id = self.begin();
        let one = format!("{}/{id}", self.all);
        self.post(&one, &action("cancel.push.authentication"), r#"{"reason":"CHANGE_DEVICE"}"#.to_owned());
        self.post(&one, &action("device.select"), format!(r#"{{"device":{{"id":"{EMAIL}"}}}}"#));
        let code = self.service.last_code_for(&id).unwrap();
        let done = self.post(&one, &action("otp.check"), format!(r#"{{"otp":"{}"}}"#, code.code()));
        assert_eq!(done["status"], "COMPLETED");
    }
}

/// How often `what` is done in a second.
fn rate(count: u32, mut what: impl FnMut()) -> f64 {
    let start = Instant::now();
    (0..count).for_each(|_| what());
    f64::from(count) / start.elapsed().as_secs_f64()
}

/// The memory of this process, as Linux tells it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.map_or_else(|| "unknown".to_owned(), |line| line.trim().to_owned())
}

fn main() {
    let starts: Vec<f64> = (0..20)
        .map(|_| {
            let start = Instant::now();
            let emulator = Emulator::start().unwrap();
            let time = start.elapsed().as_secs_f64() * 1e3;
            drop(emulator);
            time
        })
        .collect();
    let slowest = starts.iter().copied().fold(0.0, f64::max);
    println!("start to listening: {:.2} ms on average, {slowest:.2} ms at most", starts.iter().sum::<f64>() / 20.0);

    println!("\nmemory after flows (a push that is approved, and a read), at most 100,000 of which are remembered:");
    let client = Client::new();
    let mut done = 0;
    for goal in [0, 100_000, 200_000, 500_000, 1_000_000] {
        while done < goal {
            client.flow();
            done += 1;
        }
        println!("  {goal:>9} flows: {}", memory());
    }
    drop(client);

    println!("\ninitialize, by the pushes that wait; the median of {ROUNDS} rounds in turn:");
    let clients = [0, 1_000, 50_000].map(|pending| {
        let client = Client::new();
        (0..pending).for_each(|_| drop(client.begin()));
        (pending, client)
    });
    let mut rates = [(); 3].map(|()| Vec::new());
    for _ in 0..ROUNDS {
        for ((_, client), rates) in clients.iter().zip(&mut rates) {
            let mut begun = Vec::new();
            rates.push(rate(200, || begun.push(client.begin())));
            begun.iter().for_each(|id| client.service.approve_push(id).unwrap());
        }
    }
    for ((pending, _), mut rates) in clients.iter().zip(rates) {
        rates.sort_by(f64::total_cmp);
        println!("  {pending:>6}: {:.0} a second", rates[ROUNDS / 2]);
    }
    let [.., (pending, client)] = &clients;
    let id = client.begin();
    println!("read, with {pending} pushes that wait: {:.0} a second", rate(10_000, || drop(client.read(&id))));

    let client = Client::new();
    println!("whole changes of device, of 4 requests: {:.0} a second", rate(10_000, || client.change_device()));
}
