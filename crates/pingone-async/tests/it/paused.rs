//! On a clock that a test has paused, time passes only by waiting, and every deadline is on it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use http::{Request, Response};
use pingone_async::{
    AccessToken, CallOptions, Client, Configuration, Credentials, DeviceAuthentication, Document, Environment,
    ErrorKind, NextStep, PendingPush, ReadDeviceAuthentication, Region, RetryPolicy, Transport, TransportError,
    WaitError, async_trait,
};
use tokio::time::Instant;

const PENDING: &str = r#"{"id":"a-1","status":"PUSH_CONFIRMATION_REQUIRED"}"#;

/// A service with one answer, which comes at once.
#[derive(Clone, Debug)]
struct Service {
    status: u16,
    requests: Arc<AtomicUsize>,
}

#[async_trait]
impl Transport for Service {
    async fn send(&self, _: Request<Bytes>, _: Duration) -> Result<Response<Bytes>, TransportError> {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        assert!(number < 1_000, "its clock stands still");
        Ok(Response::builder().status(self.status).body(Bytes::from_static(PENDING.as_bytes())).unwrap())
    }
}

fn client(status: u16, retry: RetryPolicy) -> (Client, Arc<AtomicUsize>) {
    let service = Service { status, requests: Arc::default() };
    let credentials = Credentials::access_token(AccessToken::new("t").unwrap());
    let configuration = Configuration::new(Environment::new(Region::Europe, "e-1"), credentials).retry(retry);
    let requests = Arc::clone(&service.requests);
    (Client::builder(configuration).transport(service).build().unwrap(), requests)
}

fn push() -> PendingPush {
    let begun = Document::<DeviceAuthentication>::from_json(PENDING).unwrap();
    let NextStep::Push(push) = begun.into_next_step() else { panic!("no push") };
    push
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_when_its_time_is_up() {
    // Each of these runtimes has a clock of its own; this one is ahead of those that come after it.
    tokio::time::advance(Duration::from_secs(3_600)).await;
    for _ in 0..2 {
        let (client, requests) = client(200, RetryPolicy::new());
        let begun = Instant::now();
        let end = client.wait(&push(), Duration::from_secs(60)).await;
        assert!(matches!(end, Err(WaitError::Expired { .. })), "{end:?}");
        let (took, reads) = (begun.elapsed(), requests.load(Ordering::Relaxed));
        assert!((Duration::from_secs(59)..=Duration::from_secs(61)).contains(&took), "{took:?}");
        assert!((20..60).contains(&reads), "{reads} reads, one every two seconds");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_ends_when_its_time_is_up() {
    let often = RetryPolicy::new().max_attempts(90).base(Duration::from_secs(60)).cap(Duration::from_secs(1));
    let (client, _) = client(503, often);
    let begun = Instant::now();
    let options = CallOptions::new().timeout(Duration::from_secs(20));
    let error = client.call(ReadDeviceAuthentication::new("a-1"), &options).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response);
    assert!((Duration::from_secs(18)..=Duration::from_secs(20)).contains(&begun.elapsed()), "{:?}", begun.elapsed());
    assert_eq!(error.elapsed(), begun.elapsed());
}
