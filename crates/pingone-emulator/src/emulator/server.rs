//! Carries bytes between a socket and the service.

use std::{
    io,
    sync::mpsc,
    thread::{self, JoinHandle},
    time::Duration,
};

use axum::{Router, body::Body, extract::State};
use bytes::{Bytes, BytesMut};
use http::StatusCode;
use http_body_util::BodyExt;
use tokio::{
    net::TcpListener,
    runtime::{self, Runtime},
    sync::watch,
};

use crate::service::{BODY_LIMIT, Service};

/// How long an exchange that has begun may go on after the stop.
const GRACE: Duration = Duration::from_millis(100);

/// Serves on a thread of its own until `stopped` has no sender any more.
pub(super) fn spawn(
    listener: std::net::TcpListener,
    service: Service,
    stopped: watch::Receiver<()>,
) -> io::Result<JoinHandle<()>> {
    let (report, reported) = mpsc::channel();
    let thread = thread::Builder::new().name("pingone-emulator".to_owned()).spawn(move || match prepare(listener) {
        Ok((runtime, listener)) => {
            let _ = report.send(Ok(()));
            runtime.block_on(serve(listener, service, stopped));
        }
        Err(error) => {
            let _ = report.send(Err(error));
        }
    })?;
    reported.recv().unwrap_or_else(|_| Err(io::Error::other("the server's thread has died")))?;
    Ok(thread)
}

/// The runtime is made where it will be dropped: inside another runtime, it must not be.
fn prepare(listener: std::net::TcpListener) -> io::Result<(Runtime, TcpListener)> {
    listener.set_nonblocking(true)?;
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let listener = runtime.block_on(async { TcpListener::from_std(listener) })?;
    Ok((runtime, listener))
}

async fn serve(listener: TcpListener, service: Service, mut stopped: watch::Receiver<()>) {
    let router = Router::new().fallback(answer).with_state(service);
    let mut stop = stopped.clone();
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        let _ = stop.changed().await;
    });
    let server = tokio::spawn(server.into_future());
    let _ = stopped.changed().await;
    let _ = tokio::time::timeout(GRACE, server).await;
}

async fn answer(State(service): State<Service>, request: http::Request<Body>) -> http::Response<Body> {
    let (head, body) = request.into_parts();
    match collect(body).await {
        Ok(body) => service.handle(http::Request::from_parts(head, body)).map(Body::from),
        // Half a request has no effect. Nobody is there to read this.
        Err(_) => {
            let mut response = http::Response::new(Body::empty());
            *response.status_mut() = StatusCode::BAD_REQUEST;
            response
        }
    }
}

/// Reads to the end, because a client that is cut short does not hear the answer, but keeps no more than it takes for
/// the service to see that it is too much.
async fn collect(mut body: Body) -> Result<Bytes, axum::Error> {
    let mut bytes = BytesMut::new();
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame?.into_data() {
            let room = (BODY_LIMIT + 1).saturating_sub(bytes.len());
            bytes.extend_from_slice(&data[..data.len().min(room)]);
        }
    }
    Ok(bytes.freeze())
}

#[cfg(test)]
mod tests {
    use http_body_util::Limited;

    use super::*;
    use crate::data::Data;

    fn run<T>(future: impl Future<Output = T>) -> T {
        runtime::Builder::new_current_thread().build().unwrap().block_on(future)
    }

    #[test]
    fn keeps_little_of_a_body_that_is_too_long() {
        let kept = run(collect(Body::from(vec![b' '; 3 * BODY_LIMIT]))).unwrap();
        assert_eq!(kept.len(), BODY_LIMIT + 1);
    }

    #[test]
    fn a_body_that_breaks_off_does_not_reach_the_service() {
        let service = Service::new(Data::built_in());
        let broken = Body::new(Limited::new(Body::from("more than one byte"), 1));
        let response = run(answer(State(service.clone()), http::Request::post("/e/as/token").body(broken).unwrap()));
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        assert!(service.journal().is_empty());
    }
}
