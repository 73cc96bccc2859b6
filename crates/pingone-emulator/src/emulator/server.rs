//! Carries bytes between a socket and the service.

use std::{
    io,
    sync::{Arc, mpsc},
    thread::{self, JoinHandle},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, State},
};
use bytes::{Bytes, BytesMut};
use http::{
    StatusCode, Uri,
    header::HOST,
    uri::{Authority, PathAndQuery, Scheme},
};
use http_body_util::BodyExt;
use tokio::{
    net::TcpListener,
    runtime::{self, Runtime},
    sync::watch,
    time::timeout,
};

use super::{
    access::Access,
    delivery::deliver,
    incoming::{Incoming, Peer},
    tls::Tls,
};
use crate::service::{BODY_LIMIT, Service};

/// How long an exchange in progress may continue after the stop.
const GRACE: Duration = Duration::from_millis(100);

/// What is served, and how.
pub(super) struct Server {
    pub(super) service: Service,
    pub(super) tls: Option<Tls>,
    pub(super) access: Access,
    pub(super) idle_timeout: Duration,
}

/// What the answer to each request needs.
#[derive(Clone)]
struct Setting {
    service: Service,
    has_tls: bool,
    access: Arc<Access>,
    idle_timeout: Duration,
}

/// Serves on a thread of its own until the sender of `stopped` is dropped.
pub(super) fn spawn(
    listener: std::net::TcpListener,
    server: Server,
    stopped: watch::Receiver<()>,
) -> io::Result<JoinHandle<()>> {
    let (report, reported) = mpsc::channel();
    let thread = thread::Builder::new().name("pingone-emulator".to_owned()).spawn(move || match prepare(listener) {
        Ok((runtime, listener)) => {
            let _ = report.send(Ok(()));
            // Only a listener without an address could fail, and this one has one.
            let _ = runtime.block_on(serve(listener, server, stopped));
        }
        Err(error) => {
            let _ = report.send(Err(error));
        }
    })?;
    reported.recv().unwrap_or_else(|_| Err(io::Error::other("the server's thread has died")))?;
    Ok(thread)
}

/// The runtime is created where it will be dropped, because it must not be dropped inside another runtime.
fn prepare(listener: std::net::TcpListener) -> io::Result<(Runtime, TcpListener)> {
    listener.set_nonblocking(true)?;
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let listener = runtime.block_on(async { TcpListener::from_std(listener) })?;
    Ok((runtime, listener))
}

async fn serve(listener: TcpListener, server: Server, mut stopped: watch::Receiver<()>) -> io::Result<()> {
    let Server { service, tls, access, idle_timeout } = server;
    let setting = Setting { service, has_tls: tls.is_some(), access: Arc::new(access), idle_timeout };
    let incoming = Incoming::new(listener, tls, idle_timeout)?;
    let router = Router::new().fallback(answer).with_state(setting);
    let mut stop = stopped.clone();
    let server = axum::serve(incoming, router.into_make_service_with_connect_info::<Peer>()).with_graceful_shutdown(
        async move {
            let _ = stop.changed().await;
        },
    );
    let server = tokio::spawn(server.into_future());
    let _ = stopped.changed().await;
    let _ = tokio::time::timeout(GRACE, server).await;
    Ok(())
}

async fn answer(
    State(setting): State<Setting>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    request: http::Request<Body>,
) -> http::Response<Body> {
    let _busy = peer.line.busy();
    let (mut head, body) = request.into_parts();
    let Ok(Ok(body)) = timeout(setting.idle_timeout, collect(body)).await else {
        // Half a request has no effect, and nobody reads this reply.
        peer.line.cut();
        let mut response = http::Response::new(Body::empty());
        *response.status_mut() = StatusCode::BAD_REQUEST;
        return response;
    };
    if let Some(refusal) = setting.access.refuse(&head, peer.address) {
        return refusal.map(Body::from);
    }
    if setting.has_tls {
        let host = head.headers.get(HOST).and_then(|host| host.to_str().ok()?.parse().ok());
        head.uri = over_tls(head.uri, host);
    }
    deliver(setting.service.exchange(http::Request::from_parts(head, body)), &peer.line).await
}

/// The address with what only the connection knows, so that links lead back to it.
fn over_tls(uri: Uri, host: Option<Authority>) -> Uri {
    let mut parts = uri.clone().into_parts();
    parts.scheme = Some(Scheme::HTTPS);
    parts.authority = parts.authority.or(host);
    parts.path_and_query = parts.path_and_query.or(Some(PathAndQuery::from_static("/")));
    Uri::from_parts(parts).unwrap_or(uri)
}

/// Reads to the end, because a client that is cut off does not read the reply, but keeps only as much as
/// the service needs to see that it is too much.
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
        runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
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
        let (access, idle_timeout) = (Arc::default(), Duration::from_secs(60));
        let setting = Setting { service: service.clone(), has_tls: false, access, idle_timeout };
        let peer = Peer { address: ([127, 0, 0, 1], 5000).into(), line: Default::default() };
        let request = http::Request::post("/e/as/token").body(broken).unwrap();
        let response = run(answer(State(setting), ConnectInfo(peer), request));
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        assert!(service.journal().is_empty());
    }

    #[test]
    fn links_are_https_over_tls() {
        let uri = over_tls("/e/x?y".parse().unwrap(), Some("localhost:8420".parse().unwrap()));
        assert_eq!(uri, "https://localhost:8420/e/x?y");
        assert_eq!(over_tls("/e".parse().unwrap(), None), "/e", "without a host there is no such address");
    }
}
