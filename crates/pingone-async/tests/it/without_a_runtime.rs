//! A unit test over `FnTransport` needs an executor, and no runtime of tokio's.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use bytes::Bytes;
use pingone_async::{
    Client, Configuration, Credentials, DeviceChange, Environment, FnTransport, InitializeDeviceAuthentication,
    NextStep, Region, WaitError,
};

/// The simplest executor: it asks again and again.
fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

#[test]
fn calls_waits_and_changes_of_device_need_no_runtime() {
    const TOKEN: &str = r#"{"access_token": "t", "token_type": "Bearer", "expires_in": 3600}"#;
    const PENDING: &str = r#"{"id": "a-1", "status": "PUSH_CONFIRMATION_REQUIRED"}"#;
    const CANCELLED: &str = r#"{"id": "a-1", "status": "DEVICE_SELECTION_REQUIRED"}"#;

    let transport = FnTransport::new(|request| {
        let media_type = request.headers().get("content-type").map_or("", |value| value.to_str().unwrap());
        http::Response::new(Bytes::from_static(match media_type {
            "application/x-www-form-urlencoded" => TOKEN.as_bytes(),
            "application/vnd.pingidentity.cancel.push.authentication+json" => CANCELLED.as_bytes(),
            _ => PENDING.as_bytes(),
        }))
    });
    let credentials = Credentials::client_secret_basic("client", "secret");
    let configuration = Configuration::new(Environment::new(Region::Europe, "e-1"), credentials).max_in_flight(1);
    let client = Client::builder(configuration).transport(transport.clone()).build().unwrap();

    block_on(async {
        let begun = client.send(InitializeDeviceAuthentication::new("u-1")).await.unwrap();
        let NextStep::Push(push) = begun.into_next_step() else { panic!("no push") };
        let end = client.wait(&push, Duration::from_secs(60)).await;
        assert!(matches!(end, Err(WaitError::Expired { .. })), "{end:?}");
        assert!(transport.elapsed() >= Duration::from_secs(59), "{:?}", transport.elapsed());
        let change = client.change_device(push).await;
        assert!(matches!(change, Ok(DeviceChange::Cancelled(_))), "{change:?}");
    });
}
