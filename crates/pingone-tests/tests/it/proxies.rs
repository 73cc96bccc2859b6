//! Proxies come from the environment unless told otherwise, and never stand before an environment on loopback.

use std::{
    io::{Read, Write},
    net::TcpListener,
    process::Command,
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use pingone_tests::{Wire, reply};

/// The first byte of one.
const TLS_HANDSHAKE: u8 = 0x16;

/// A server that refuses whatever comes, and tells it.
fn trap() -> (String, Receiver<String>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (tell, told) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = Vec::new();
            // The head of an HTTP request, or the beginning of a TLS handshake.
            while !request.ends_with(b"\r\n\r\n") && request.first() != Some(&TLS_HANDSHAKE) {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                request.extend(byte);
            }
            tell.send(String::from_utf8(request).unwrap()).unwrap();
            drop(stream.write_all(b"HTTP/1.1 502 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"));
        }
    });
    (address, told)
}

/// What both clients say, in a process whose environment names `proxy`.
fn run(proxy: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_through_proxy"));
    for name in ["NO_PROXY", "no_proxy", "http_proxy", "https_proxy", "all_proxy", "ALL_PROXY", "HTTP_PROXY"] {
        command.env_remove(name);
    }
    let proxy = format!("http://{proxy}");
    let output = command.env("HTTPS_PROXY", &proxy).env("HTTP_PROXY", &proxy).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const WAIT: Duration = Duration::from_secs(5);

#[test]
fn the_proxy_of_the_environment_is_used() {
    let (proxy, told) = trap();
    run(&proxy, &["https://login.example.com"]);
    for _ in 0..2 {
        let request = told.recv_timeout(WAIT).unwrap();
        assert!(request.starts_with("CONNECT login.example.com:443 HTTP/1.1\r\n"), "{request}");
        assert!(!request.to_lowercase().contains("\nauthorization:"), "{request}");
    }
}

#[test]
fn a_proxy_of_one_s_own_goes_before_it() {
    let ((environment, of_environment), (own, of_own)) = (trap(), trap());
    run(&environment, &["https://login.example.com", &format!("http://{own}")]);
    for _ in 0..2 {
        assert!(of_own.recv_timeout(WAIT).unwrap().starts_with("CONNECT login.example.com:443 "));
    }
    assert!(of_environment.try_recv().is_err());
}

#[test]
fn without_a_proxy_the_service_is_called_directly() {
    let ((proxy, of_proxy), (service, of_service)) = (trap(), trap());
    // This machine, by an address that is not counted as loopback.
    let port = service.rsplit_once(':').unwrap().1;
    run(&proxy, &[&format!("https://0.0.0.0:{port}"), "none"]);
    for _ in 0..2 {
        let hello = of_service.recv_timeout(WAIT).unwrap();
        assert_eq!(hello.as_bytes(), [TLS_HANDSHAKE], "nothing in clear");
    }
    assert!(of_proxy.try_recv().is_err());
}

#[test]
fn loopback_is_always_called_directly() {
    let (proxy, told) = trap();
    let wire = Wire::start(reply(200, "application/json", r#"{"status":"COMPLETED"}"#), Duration::ZERO).unwrap();
    for arguments in [&[&*wire.url()][..], &[&*wire.url(), &*format!("http://{proxy}")][..]] {
        assert_eq!(run(&proxy, arguments), "async: COMPLETED\nblocking: COMPLETED\n");
    }
    assert!(told.try_recv().is_err());
}
