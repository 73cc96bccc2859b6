//! What both clients and the libraries below them write to a log, at the level TRACE.

use std::{cell::RefCell, error::Error, io, sync::Once, time::Duration};

use pingone_client_core::{CallOptions, Configuration, Credentials, RetryPolicy, Trust};
use pingone_emulator::{Client, Data, Device, Emulator, TokenEndpointAuthMethod, User};
use pingone_model::{
    CheckAssertion, CheckOtp, Environment, Filter, InitializeDeviceAuthentication, NextStep, OneTimeDevice, Query,
};
use pingone_transport_kit::{CANARY, Shown, reply};
use serde_json::json;
use tracing_log::LogTracer;
use tracing_subscriber::{
    filter::{LevelFilter, Targets, dynamic_filter_fn},
    fmt::format::FmtSpan,
    layer::SubscriberExt,
};

use super::personal_reply;
use crate::{EitherClient, Kind, Wire, population::ListPopulations};

thread_local! {
    static WRITTEN: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    /// Nothing, until a test listens: the client sees on every thread what would be written there.
    static LEVELS: RefCell<Targets> = RefCell::default();
}

/// Everything but what ureq writes byte by byte: while that is on, the blocking client refuses to send.
pub(super) fn levels() -> Targets {
    Targets::new().with_default(LevelFilter::TRACE).with_target("ureq_proto", LevelFilter::DEBUG)
}

/// Keeps what is written on each thread apart, for that thread's test.
struct Log;

impl io::Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        WRITTEN.with_borrow_mut(|written| written.write(line))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is written on this thread while `work` is done: of spans and events, and of the records of `log`.
pub(super) fn log_of(work: impl FnOnce()) -> Shown {
    log_at(levels(), work)
}

/// The same at other levels.
///
/// The subscriber is the process's, for one of a thread can miss what another thread was the first to reach.
pub(super) fn log_at(levels: Targets, work: impl FnOnce()) -> Shown {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_span_events(FmtSpan::FULL);
        let levels = dynamic_filter_fn(|metadata, _| {
            LEVELS.with_borrow(|levels| levels.would_enable(metadata.target(), metadata.level()))
        });
        let subscriber = tracing_subscriber::registry().with(levels).with(layer.with_writer(|| Log));
        tracing::subscriber::set_global_default(subscriber).unwrap();
        LogTracer::init().unwrap();
    });
    LEVELS.set(levels);
    WRITTEN.take();
    work();
    LEVELS.take();
    let mut shown = Shown::default();
    shown.text(&String::from_utf8(WRITTEN.take()).unwrap());
    shown
}

/// What the library below a client writes if it writes at all.
pub(super) fn library(kind: Kind) -> &'static str {
    match kind {
        Kind::Async => "reqwest::connect",
        Kind::Blocking => "ureq",
    }
}

/// Everything that a service can answer, and all of it personal.
pub fn no_log_shows_what_went_over_the_wire(kind: Kind) {
    let personal = personal_reply();
    let answers = [
        reply(201, "application/json", &personal),
        reply(400, "application/json", &personal),
        reply(502, "text/html", &format!("<html>{CANARY}")),
        reply(200, "application/json", &format!("{personal}}}")),
        // The address itself is written by ureq, and `docs/errors.md` says so.
        b"HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec(),
        format!("HTTP/1.1 429 Later\r\nretry-after: {CANARY}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").into(),
        Vec::new(),
    ];
    let count = answers.len();
    let wire = Wire::sequence(answers, Duration::ZERO).unwrap();
    let environment = Environment::at(&wire.url(), "e-1").unwrap();
    let credentials = Credentials::client_secret_basic("id", CANARY);
    let configuration = Configuration::new(environment, credentials).retry(RetryPolicy::never());
    let shown = log_of(|| {
        let client = EitherClient::new(kind, configuration).unwrap();
        let initialize = InitializeDeviceAuthentication::new("u-1")
            .one_time_device(OneTimeDevice::email(CANARY))
            .mobile_payload("app-1", CANARY);
        let options = CallOptions::new().transaction_id(CANARY).session_id(CANARY);
        client.call(initialize, &options).unwrap();
        for _ in 2..count {
            client.send(CheckOtp::new("a-1", CANARY)).unwrap_err();
        }
        // Two letters more make Base64URL of it.
        let part = format!("{CANARY}AA");
        // {"origin":"https://app.example.com"}, or nothing would be sent.
        let client_data = "eyJvcmlnaW4iOiJodHRwczovL2FwcC5leGFtcGxlLmNvbSJ9";
        let signed = json!({ "clientDataJSON": client_data, "authenticatorData": part, "signature": part });
        let credential = json!({ "id": part, "rawId": part, "type": "public-key", "response": signed }).to_string();
        client.send(CheckAssertion::fido2("a-1", "https://app.example.com", &credential)).unwrap_err();
    });
    assert_eq!(wire.requests(), count);
    let expected =
        ["pingone.call", "device_authentication.check_otp", "status=502", "maybe_applied=true", library(kind)];
    shown.assert_clean(&expected);
}

/// A log-in through TLS, whose library has a log of its own.
pub fn no_log_shows_what_went_through_tls(kind: Kind) {
    let data =
        Data::new("e-1", "p-1").client(Client::new("c-1", CANARY, TokenEndpointAuthMethod::ClientSecretPost)).user(
            User::new("u-1").device(
                Device::new("d-1", "EMAIL")
                    .member("email", json!(format!("{CANARY}@example.com")))
                    .member("nickname", json!(CANARY)),
            ),
        );
    let emulator = Emulator::builder().tls().data(data).start().unwrap();
    let environment = Environment::at(&emulator.auth_url(), "e-1").unwrap();
    let trust = Trust::Certificates(emulator.ca_certificate().unwrap().to_owned());
    let configuration = Configuration::new(environment, Credentials::client_secret_post("c-1", CANARY)).trust(trust);
    let shown = log_of(|| {
        let client = EitherClient::new(kind, configuration).unwrap();
        let begun = client.send(InitializeDeviceAuthentication::new("u-1")).unwrap();
        assert!(begun.as_json().contains(CANARY), "the nickname is there");
        let NextStep::Otp(entry) = begun.into_next_step() else { panic!("no code is awaited") };
        let code = emulator.service().codes().last().unwrap().code().to_owned();
        let end = client.send(entry.check(&code)).unwrap().into_next_step();
        assert!(matches!(end, NextStep::Completed(_)), "{end:?}");
    });
    shown.assert_clean(&["pingone.call", "device_authentication.check_otp", "status=200", "rustls"]);
}

/// A list that is filtered by something personal, over pages whose links repeat that.
pub fn no_log_shows_what_a_list_is_filtered_by(kind: Kind) {
    let next = json!({ "next": { "href": format!("https://elsewhere.example/p?filter={CANARY}&cursor={CANARY}") } });
    let page = json!({ "_embedded": { "populations": [{ "name": CANARY }] }, "_links": next }).to_string();
    let answers = [
        reply(200, "application/json", &page),
        reply(400, "application/json", &json!({ "code": "INVALID_FILTER", "message": CANARY }).to_string()),
        Vec::new(),
    ];
    let wire = Wire::sequence(answers, Duration::ZERO).unwrap();
    let environment = Environment::at(&wire.url(), "e-1").unwrap();
    let configuration = Configuration::new(environment, Credentials::client_secret_basic("id", CANARY));
    let client = EitherClient::new(kind, configuration.retry(RetryPolicy::never())).unwrap();
    let list = || ListPopulations { query: Query::NONE.filter(&Filter::eq("name", CANARY)) };
    let work = || {
        let ends: Vec<_> = client.items(list()).map(|item| item.is_ok()).collect();
        assert_eq!(ends, [true, false]);
        client.send(list()).unwrap_err();
    };

    let levels = match kind {
        Kind::Async => levels(),
        Kind::Blocking => {
            // One level more, and ureq would write addresses whole. So nothing is sent, and the error says why.
            let shown = log_of(|| {
                let error = client.send(list()).unwrap_err();
                let reason = error.source().unwrap().to_string();
                assert!(reason.contains("set the level of the target `ureq` to DEBUG"), "{reason}");
            });
            assert_eq!(wire.requests(), 0, "it is not sent");
            shown.assert_clean(&["pingone.call", "population.list"]);
            levels().with_target("ureq", LevelFilter::DEBUG)
        }
    };
    log_at(levels, work).assert_clean(&["pingone.call", "population.list", "status=400", library(kind)]);
    let filter = format!("?filter=name%20eq%20%22{CANARY}%22 ");
    let line = &wire.received()[0].line;
    assert!(line.contains(&filter), "it is there: {line}");
    assert_eq!(wire.requests(), 3);
}
