//! What somebody sends who means no good, or a test that has gone wild.

use std::{
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::Duration,
};

use http::Method;
use pingone_emulator::{Emulator, Fault, FaultKind, TokenKind};
use serde_json::{Value, json};

use crate::{
    household,
    support::{Caller, FORM, PHONE},
    wire::{self, Raw, connect},
};

#[test]
fn a_token_request_with_very_many_parameters_is_refused() {
    let caller = Caller::new();
    let many: String = (0..259_000).map(|number| format!("{number:x}&")).collect();
    let body = &many.as_bytes()[..1024 * 1024];
    let reply = caller.send(Method::POST, "/as/token", Some(FORM), body);
    assert_eq!((reply.status, &reply.body["error"]), (400, &json!("invalid_request")));
    assert!(reply.body["error_description"].as_str().unwrap().contains("too many parameters"));
}

/// Short enough for a test, and long enough for a machine that is busy.
const PATIENCE: Duration = Duration::from_millis(300);

fn impatient() -> Emulator {
    Emulator::builder().idle_timeout(PATIENCE).start().unwrap()
}

/// What still comes until the connection ends. It has to.
fn rest(mut stream: TcpStream) -> String {
    let mut rest = Vec::new();
    if let Err(error) = stream.read_to_end(&mut rest) {
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "{error}");
    }
    String::from_utf8(rest).unwrap()
}

#[test]
fn a_connection_on_which_nothing_is_asked_ends() {
    let emulator = impatient();
    assert_eq!(rest(connect(&emulator)), "");
    let mut idle = connect(&emulator);
    idle.write_all(b"GET /_emulator/codes HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    assert!(rest(idle).starts_with("HTTP/1.1 200 OK"), "it was answered, and then nothing more was asked");
}

#[test]
fn half_a_request_ends() {
    let emulator = impatient();
    let mut half = connect(&emulator);
    half.write_all(b"POST /e/as/token HTTP/1.1\r\nHost: localhost\r\nContent-Le").unwrap();
    assert_eq!(rest(half), "");
    let mut half = connect(&emulator);
    half.write_all(b"POST /e/as/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\ngrant").unwrap();
    assert_eq!(rest(half), "");
    assert!(emulator.service().journal().is_empty(), "half a request has no effect");
}

#[test]
fn bytes_that_come_one_by_one_do_not_help() {
    let emulator = impatient();
    let mut slow = connect(&emulator);
    let sent = b"GET /_emulator/codes HTTP/1.1\r\nHost: localhost\r\n".iter().take_while(|&&byte| {
        thread::sleep(PATIENCE / 8);
        slow.write_all(&[byte]).is_ok()
    });
    assert!(sent.count() < 40, "the connection has ended in the midst of the head");
}

#[test]
fn an_answer_that_takes_longer_is_waited_for() {
    let emulator = impatient();
    emulator.service().inject(Fault::new(FaultKind::Delay(PATIENCE * 3)));
    let raw = wire::send(&emulator, "GET /e/deviceAuthentications/a", &[], "");
    assert_eq!(raw.status(), 401);
}

#[cfg(unix)]
#[test]
fn a_signal_ends_the_program_within_a_second_whatever_runs() {
    use std::{
        io::{BufRead, BufReader},
        process::{Command, Stdio},
        time::Instant,
    };

    let mut program = Command::new(env!("CARGO_BIN_EXE_pingone-emulator"))
        .args(["--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(program.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let announced: Value = serde_json::from_str(&line).unwrap();
    let address = announced["auth_url"].as_str().unwrap().strip_prefix("http://").unwrap().to_owned();
    let send = |text: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        stream
    };
    let fault = r#"{"kind": "delay", "milliseconds": 3600000}"#;
    let control = format!(
        "POST /_emulator/faults HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{fault}",
        fault.len()
    );
    let mut told = String::new();
    send(&control).read_to_string(&mut told).unwrap();
    assert!(told.starts_with("HTTP/1.1 200"), "{told}");
    let open = [
        send(&format!("GET /e/deviceAuthentications/a HTTP/1.1\r\nHost: {address}\r\n\r\n")),
        send("GET /_emulator/codes HT"),
        send("POST /e/as/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf"),
    ];
    let start = Instant::now();
    assert!(Command::new("kill").args(["-TERM", &program.id().to_string()]).status().unwrap().success());
    assert_eq!(program.wait().unwrap().code(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    drop(open);
}

/// What Chromium sends for `fetch("/_emulator/pushes/…", {method: "POST", body: '{"answer":"APPROVE"}'})` on a page of
/// `http://evil.example:8420`, whose name leads to the emulator by now. To the browser it is of the same origin; and as
/// the page came without TLS, there is no `Sec-Fetch-Site`.
fn rebound(emulator: &Emulator, request_line: &str, body: &str) -> Raw {
    let port = emulator.auth_url().rsplit(':').next().unwrap().to_owned();
    let mut stream = connect(emulator);
    let length = body.len();
    write!(
        stream,
        "{request_line} HTTP/1.1\r\n\
         Host: evil.example:{port}\r\n\
         Connection: close\r\n\
         Content-Length: {length}\r\n\
         User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36\r\n\
         Content-Type: text/plain;charset=UTF-8\r\n\
         Accept: */*\r\n\
         Origin: http://evil.example:{port}\r\n\
         Referer: http://evil.example:{port}/\r\n\
         Accept-Encoding: gzip, deflate\r\n\
         Accept-Language: en-US,en;q=0.9\r\n\r\n{body}"
    )
    .unwrap();
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes).map(drop);
    Raw { bytes, end }
}

#[test]
fn a_page_whose_name_leads_here_by_now_approves_nothing() {
    for builder in [Emulator::builder(), Emulator::builder().allow_remote_control()] {
        let emulator = builder.allow_host("my-container").start().unwrap();
        let service = emulator.service();
        let authorization = Some(format!("Bearer {}", service.issue_token(TokenKind::Worker)));
        let id = Caller { service: service.clone(), authorization }.start(PHONE);
        let approved = rebound(&emulator, &format!("POST /_emulator/pushes/{id}"), r#"{"answer":"APPROVE"}"#);
        assert_eq!((approved.status(), service.pending_pushes().len()), (403, 1), "{}", approved.text());
        assert!(approved.body().contains("--allow-host"), "{}", approved.body());
        for path in ["/_emulator/codes", "/_emulator/", "/_emulator/page/main.js"] {
            assert_eq!(rebound(&emulator, &format!("GET {path}"), "").status(), 403, "{path}");
        }
        assert_eq!(
            rebound(&emulator, "GET /e/deviceAuthentications/a", "").status(),
            401,
            "the service takes any name"
        );
    }
}

#[test]
fn all_addresses_are_announced_as_one_that_works() {
    let ask = |url: &str| {
        let (address, path) = url["http://".len()..].split_once('/').unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET /{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        reply["HTTP/1.1 ".len()..][..3].parse::<u16>().unwrap()
    };
    for is_remote in [false, true] {
        let builder = Emulator::builder().host("0.0.0.0".parse().unwrap());
        let emulator = if is_remote { builder.allow_remote_control() } else { builder }.start().unwrap();
        assert!(!emulator.auth_url().contains("0.0.0.0"), "{}", emulator.auth_url());
        assert_eq!(ask(&format!("{}/e/deviceAuthentications/a", emulator.auth_url())), 401);
        assert_eq!(ask(&format!("{}/codes", emulator.control_url())), 200);
        let is_same = emulator.control_url().starts_with(&emulator.auth_url());
        assert!(is_same || (!is_remote && emulator.control_url().contains("127.0.0.1")), "{}", emulator.control_url());
    }
}

#[test]
fn control_paths_take_only_so_much() {
    let caller = Caller::new();
    let send = |method: Method, path: &str, body: Value| {
        let reply = caller.send_to(method, &format!("/_emulator/{path}"), None, body.to_string().as_bytes());
        (reply.status, reply.body["error"].as_str().unwrap_or_default().to_owned())
    };
    for (fault, problem) in [
        (json!({ "kind": "oversized", "bytes": 4_294_967_295_u32 }), "bytes: must be at most 67108864"),
        (json!({ "kind": "drip", "milliseconds": 3_600_001 }), "milliseconds: must be at most 3600000"),
        (json!({ "kind": "delay", "milliseconds": 4_294_967_295_u32 }), "milliseconds: must be at most 3600000"),
    ] {
        assert_eq!(send(Method::POST, "faults", fault), (400, problem.to_owned()));
    }
    for number in 0..=1000 {
        let (status, problem) = send(Method::POST, "faults", json!({ "kind": "empty", "call": number }));
        let expected =
            if number < 1000 { (200, "") } else { (400, "there are 1000 faults already, which is the limit") };
        assert_eq!((status, &*problem), expected);
    }
    for number in 0..=16 {
        let (status, problem) = send(Method::PUT, &format!("snapshots/{number}"), json!({}));
        let expected =
            if number < 16 { (200, "") } else { (400, "there are 16 snapshots already, which is the limit") };
        assert_eq!((status, &*problem), expected);
    }
    assert_eq!(send(Method::PUT, "snapshots/3", json!({})).0, 200, "one that is there may be kept anew");
    for number in 0..=10_000 {
        let script = json!({ "answer": "APPROVE", "deviceId": number.to_string() });
        let (status, _) = send(Method::PUT, "push-script", script);
        assert_eq!(status, if number < 10_000 { 200 } else { 400 });
    }
    let script = json!({ "answer": "DENY", "deviceId": "3" });
    assert_eq!(send(Method::PUT, "push-script", script).0, 200, "one that is there may be another");
}

#[test]
fn a_policy_that_is_there_can_be_another_where_there_is_room_for_no_more() {
    let caller = household::of(household::policy(), []);
    let put = |path: String, body: &str| {
        let reply = caller.send_to(Method::PUT, &format!("/_emulator/{path}"), None, body.as_bytes());
        (reply.status, reply.body["error"].as_str().unwrap_or_default().to_owned())
    };
    let full = (400, "there are 1000 policies already, which is the limit".to_owned());
    let ok = (200, String::new());
    // The environment has one already.
    (1..999).for_each(|number| assert_eq!(put(format!("policies/{number}"), "{}"), ok));
    assert_eq!(put("fido2-policies/f".to_owned(), "{}"), ok);
    for kind in ["policies", "fido2-policies"] {
        assert_eq!(put(format!("{kind}/one-more"), "{}"), full);
    }
    assert_eq!(put("policies/1".to_owned(), "{}"), ok);
    assert_eq!(put("fido2-policies/f".to_owned(), "{}"), ok);
}
