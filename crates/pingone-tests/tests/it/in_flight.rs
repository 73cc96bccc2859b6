//! The limit of requests in flight: never more at the service, everyone gets their turn, and nobody waits in vain.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use axum::{Router, http::header, routing::post};
use pingone_client_core::{AccessToken, CallOptions, Configuration, Credentials, Error, ErrorKind};
use pingone_model::{CancelDeviceAuthentication, CancelReason, Environment};
use tokio::{
    net::TcpListener,
    runtime::{Builder, Runtime},
    sync::Semaphore,
    task::{JoinSet, yield_now},
    time::sleep,
};

const LIMIT: usize = 3;
const CALLERS: usize = 24;

/// A service that holds what it is sent until it may answer, and knows how much it had in hand at once.
struct Service {
    runtime: Runtime,
    hands: Arc<Hands>,
    url: String,
}

struct Hands {
    full: AtomicUsize,
    most: AtomicUsize,
    seen: AtomicUsize,
    /// How many it may answer.
    answers: Semaphore,
}

impl Service {
    fn start() -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let [full, most, seen] = [const { AtomicUsize::new(0) }; 3];
        let hands = Arc::new(Hands { full, most, seen, answers: Semaphore::new(0) });
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let held = Arc::clone(&hands);
        let json = |body: &'static str| ([(header::CONTENT_TYPE, "application/json")], body);
        let router = Router::new()
            .route("/e-1/as/token", post(move || async move { json(r#"{"access_token":"t","expires_in":3600}"#) }))
            .fallback(move || {
                let held = Arc::clone(&held);
                async move {
                    held.hold().await;
                    json(r#"{"status":"DEVICE_SELECTION_REQUIRED"}"#)
                }
            });
        runtime.spawn(async { axum::serve(listener, router).await });
        Self { runtime, hands, url }
    }

    fn configuration(&self, limit: usize) -> Configuration {
        let environment = Environment::at(&self.url, "e-1").unwrap();
        Configuration::new(environment, Credentials::client_secret_basic("id", "secret")).max_in_flight(limit)
    }

    /// Returns once it has so many in hand.
    fn wait_for(&self, count: usize) {
        while self.hands.full.load(Ordering::SeqCst) < count {
            thread::yield_now();
        }
    }

    fn answer(&self, count: usize) {
        self.hands.answers.add_permits(count);
    }

    fn most(&self) -> usize {
        self.hands.most.load(Ordering::SeqCst)
    }

    fn seen(&self) -> usize {
        self.hands.seen.load(Ordering::SeqCst)
    }
}

impl Hands {
    async fn hold(&self) {
        self.seen.fetch_add(1, Ordering::SeqCst);
        self.most.fetch_max(self.full.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        self.answers.acquire().await.unwrap().forget();
        // Time for one too many to arrive.
        sleep(Duration::from_millis(1)).await;
        self.full.fetch_sub(1, Ordering::SeqCst);
    }
}

fn cancel() -> CancelDeviceAuthentication {
    CancelDeviceAuthentication::new("a-1", CancelReason::ChangeDevice)
}

fn is_too_late(error: &Error) -> bool {
    error.kind() == ErrorKind::DeadlineExceeded && error.attempts() == 0 && !error.maybe_applied()
}

fn soon() -> CallOptions {
    CallOptions::new().timeout(Duration::from_millis(50))
}

#[test]
fn threads_take_turns() {
    let service = Service::start();
    let client = pingone_blocking::Client::new(service.configuration(LIMIT)).unwrap();
    thread::scope(|scope| {
        let calls: Vec<_> = (0..CALLERS).map(|_| scope.spawn(|| client.send(cancel()))).collect();
        service.wait_for(LIMIT);
        assert!(is_too_late(&client.call(cancel(), &soon()).unwrap_err()));
        service.answer(CALLERS);
        assert!(calls.into_iter().all(|call| call.join().unwrap().is_ok()));
    });
    assert_eq!((service.most(), service.seen()), (LIMIT, CALLERS));
}

#[test]
fn tasks_take_turns() {
    let service = Service::start();
    let client = pingone_async::Client::new(service.configuration(LIMIT)).unwrap();
    service.runtime.block_on(async {
        let mut calls = JoinSet::new();
        (0..CALLERS).for_each(|_| drop(calls.spawn(client.send(cancel()))));
        while service.hands.full.load(Ordering::SeqCst) < LIMIT {
            yield_now().await;
        }
        assert!(is_too_late(&client.call(cancel(), &soon()).await.unwrap_err()));
        service.answer(CALLERS);
        while let Some(call) = calls.join_next().await {
            call.unwrap().unwrap();
        }
    });
    assert_eq!((service.most(), service.seen()), (LIMIT, CALLERS));
}

#[test]
fn a_dropped_waiter_leaves_its_place_and_the_queue() {
    let service = Service::start();
    let mut configuration = service.configuration(1);
    configuration.credentials = Credentials::access_token(AccessToken::new("t").unwrap());
    let client = pingone_async::Client::new(configuration).unwrap();
    service.runtime.block_on(async {
        let in_flight = tokio::spawn(client.send(cancel()));
        while service.hands.full.load(Ordering::SeqCst) < 1 {
            yield_now().await;
        }
        let waiting = tokio::spawn(client.send(cancel()));
        let last = tokio::spawn(client.send(cancel()));
        yield_now().await;
        waiting.abort();
        in_flight.abort();
        assert!(waiting.await.unwrap_err().is_cancelled() && in_flight.await.unwrap_err().is_cancelled());
        service.answer(CALLERS);
        last.await.unwrap().unwrap();
    });
}

#[test]
fn a_limit_of_nothing_is_refused() {
    let service = Service::start();
    let error = pingone_blocking::Client::new(service.configuration(0)).unwrap_err();
    assert!(error.to_string().contains("max_in_flight"), "{error}");
    assert!(pingone_async::Client::new(service.configuration(0)).is_err());
}
