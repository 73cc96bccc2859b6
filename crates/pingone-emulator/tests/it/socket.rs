//! The service on a socket, asked by a client that is nothing but a socket.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use pingone_emulator::{Data, Emulator};
use serde_json::{Value, json};

use crate::{
    support::{CANCEL, CHECK_OTP, FORM, JSON, SELECT_DEVICE, basic},
    wire::{self, connect},
};

/// Sends a request over a connection of its own; returns status and body.
fn exchange(emulator: &Emulator, request_line: &str, headers: &[(&str, &str)], body: &str) -> (u16, Value) {
    let raw = wire::send(emulator, request_line, headers, body);
    raw.end.as_ref().unwrap();
    (raw.status(), serde_json::from_str(raw.body()).unwrap())
}

#[test]
fn carries_a_whole_change_of_device() {
    let emulator = Emulator::builder().code("123456").start().unwrap();
    let service = emulator.service();
    let environment = service.environment_id();
    let basic = basic(service.client_id(), service.client_secret());
    let form = [("Content-Type", FORM), ("Authorization", &*basic)];
    let grant = "grant_type=client_credentials";
    let (status, token) = exchange(&emulator, &format!("POST /{environment}/as/token"), &form, grant);
    assert_eq!(status, 200);
    let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
    let post = |path: &str, media_type: &str, body: Value| {
        let headers = [("content-type", media_type), ("authorization", &*bearer)];
        exchange(&emulator, &format!("POST {path}"), &headers, &body.to_string())
    };

    let (status, started) =
        post(&format!("/{environment}/deviceAuthentications"), JSON, json!({ "user": { "id": service.user_id() } }));
    assert_eq!((status, &started["status"]), (201, &json!("PUSH_CONFIRMATION_REQUIRED")));
    let href = started["_links"]["self"]["href"].as_str().unwrap();
    let one = href.strip_prefix(&emulator.auth_url()).expect("links lead back to the emulator");
    for (media_type, body, expected) in [
        (CANCEL, json!({ "reason": "CHANGE_DEVICE" }), "DEVICE_SELECTION_REQUIRED"),
        (SELECT_DEVICE, json!({ "device": { "id": crate::support::EMAIL } }), "OTP_REQUIRED"),
        (CHECK_OTP, json!({ "otp": "123456" }), "COMPLETED"),
    ] {
        let (status, body) = post(one, media_type, body);
        assert_eq!((status, &body["status"]), (200, &json!(expected)));
    }

    assert_eq!(emulator.control_url(), format!("{}/_emulator", emulator.auth_url()));
    let (_, journal) = exchange(&emulator, "GET /_emulator/journal", &[], "");
    assert_eq!(journal["requests"].as_array().unwrap().len(), 5);
}

#[test]
fn a_huge_body_is_heard_out_and_refused() {
    let emulator = Emulator::start().unwrap();
    let path = format!("POST /{}/deviceAuthentications", emulator.service().environment_id());
    let (status, body) = exchange(&emulator, &path, &[("content-type", JSON)], &" ".repeat(10_000_000));
    assert_eq!((status, &body["code"]), (413, &json!("INVALID_REQUEST")));
}

#[test]
fn what_is_no_http_is_refused() {
    let emulator = Emulator::start().unwrap();
    let mut stream = connect(&emulator);
    stream.write_all(b"\x16\x03\x01 hello\r\n\r\n").unwrap();
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).unwrap();
    assert!(reply.is_empty() || reply.starts_with(b"HTTP/1.1 400"), "{reply:?}");
}

#[test]
fn stops_at_once_though_connections_are_open() {
    let emulator = Emulator::start().unwrap();
    let silent = connect(&emulator);
    let mut halting = connect(&emulator);
    halting.write_all(b"GET /_emulator/codes HTTP/1.1\r\nHost").unwrap();
    let mut idle = connect(&emulator);
    idle.write_all(b"GET /_emulator/codes HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut first_line = String::new();
    BufReader::new(&idle).read_line(&mut first_line).unwrap();
    assert_eq!(first_line, "HTTP/1.1 200 OK\r\n");

    let address = emulator.auth_url()["http://".len()..].to_owned();
    let start = Instant::now();
    drop(emulator);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert!(TcpStream::connect(address).is_err());
    drop((silent, halting, idle));
}

#[test]
fn starts_and_stops_inside_an_async_runtime() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let emulator = Emulator::start().unwrap();
        assert_eq!(exchange(&emulator, "GET /_emulator/codes", &[], "").0, 200);
    });
}

#[test]
fn listens_on_the_port_and_with_the_data_that_were_asked_for() {
    let emulator = Emulator::builder().data(Data::new("my-environment", "p")).start().unwrap();
    assert_eq!(emulator.service().environment_id(), "my-environment");
    assert_eq!((emulator.service().client_id(), emulator.service().user_id()), ("", ""));
    let port: u16 = emulator.auth_url().rsplit(':').next().unwrap().parse().unwrap();
    let taken = Emulator::builder().port(port).start().unwrap_err();
    assert_eq!(taken.kind(), std::io::ErrorKind::AddrInUse);
    drop(emulator);
    assert!(Emulator::builder().port(port).start().unwrap().auth_url().ends_with(&port.to_string()));
}

#[test]
fn the_control_paths_are_for_this_machine() {
    let emulator = Emulator::start().unwrap();
    let ask = |emulator: &Emulator, host: &str| {
        let mut stream = connect(emulator);
        write!(stream, "GET /_emulator/codes HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        reply["HTTP/1.1 ".len()..][..3].parse::<u16>().unwrap()
    };
    assert_eq!((ask(&emulator, "localhost"), ask(&emulator, "emulator.example")), (200, 403));
    let open = Emulator::builder().allow_remote_control().start().unwrap();
    assert_eq!(
        (ask(&open, "192.0.2.7"), ask(&open, "emulator.example")),
        (200, 403),
        "an address is good, a name is not"
    );
    let named = Emulator::builder().allow_remote_control().allow_host("emulator.example").start().unwrap();
    assert_eq!(ask(&named, "emulator.example"), 200);
}

#[test]
fn listens_on_another_address() {
    let emulator = Emulator::builder().host("127.0.0.2".parse().unwrap()).start().unwrap();
    assert!(emulator.auth_url().starts_with("http://127.0.0.2:"), "{}", emulator.auth_url());
    assert_eq!(exchange(&emulator, "GET /_emulator/codes", &[], "").0, 200);
}

#[cfg(feature = "tls")]
#[test]
fn speaks_https_to_clients_that_trust_its_authority() {
    use std::sync::Arc;

    use pingone_emulator::TokenKind;
    use tokio_rustls::rustls::{
        ClientConfig, ClientConnection, RootCertStore, StreamOwned,
        crypto::ring,
        pki_types::{CertificateDer, pem::PemObject},
    };

    let emulator = Emulator::builder().tls().start().unwrap();
    let address = emulator.auth_url().strip_prefix("https://").unwrap().to_owned();
    let begin = |roots: RootCertStore| {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let connection = ClientConnection::new(Arc::new(config), "127.0.0.1".try_into().unwrap()).unwrap();
        let mut stream = StreamOwned::new(connection, TcpStream::connect(&address).unwrap());
        let body = json!({ "user": { "id": emulator.service().user_id() } }).to_string();
        let bearer = emulator.service().issue_token(TokenKind::Worker);
        write!(
            stream,
            "POST /{}/deviceAuthentications HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Authorization: Bearer {bearer}\r\nContent-Type: {JSON}\r\nContent-Length: {}\r\n\r\n{body}",
            emulator.service().environment_id(),
            body.len(),
        )?;
        let mut reply = String::new();
        stream.read_to_string(&mut reply)?;
        Ok::<_, std::io::Error>(reply)
    };
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(emulator.ca_certificate().unwrap().as_bytes()).unwrap()).unwrap();
    let reply = begin(roots).unwrap();
    assert!(reply.starts_with("HTTP/1.1 201"), "{reply}");
    let location = format!("location: {}/", emulator.auth_url());
    assert!(reply.contains(&location), "links are https too: {reply}");
    assert!(begin(RootCertStore::empty()).is_err(), "nobody else trusts it");
}
