//! The page for people at `/_emulator/`: what it is made of. `cargo xtask browser` uses it.

use std::{
    collections::{BTreeSet, VecDeque},
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use pingone_emulator::{Data, Emulator, Service};

use crate::{support::Caller, wire};

fn get(path: &str, accept: Option<&str>) -> Response<Bytes> {
    let mut request = Request::get(path);
    if let Some(accept) = accept {
        request = request.header("accept", accept);
    }
    Service::new(Data::built_in()).handle(request.body(Bytes::new()).unwrap())
}

fn text(response: &Response<Bytes>) -> &str {
    std::str::from_utf8(response.body()).unwrap()
}

fn header<'a>(response: &'a Response<Bytes>, name: &str) -> &'a str {
    response.headers()[name].to_str().unwrap()
}

/// The page and every file that it or one of its files names.
fn files() -> Vec<(String, Response<Bytes>)> {
    let mut known = BTreeSet::from(["/_emulator/".to_owned()]);
    let mut waiting = VecDeque::from_iter(known.clone());
    let mut files = Vec::new();
    while let Some(path) = waiting.pop_front() {
        let response = get(&path, Some("text/html"));
        for quoted in text(&response).split(['"', '`']) {
            let name =
                quoted.split('#').next().unwrap().trim_start_matches("./").trim_start_matches("/_emulator/page/");
            let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'.');
            let is_file = is_name && [".js", ".css", ".svg"].iter().any(|ending| name.ends_with(ending));
            let path = format!("/_emulator/page/{name}");
            if is_file && known.insert(path.clone()) {
                waiting.push_back(path);
            }
        }
        files.push((path, response));
    }
    files
}

#[test]
fn a_browser_gets_the_page_and_a_program_gets_json() {
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for path in ["/_emulator/", "/_emulator"] {
        let page = get(path, Some(browser));
        assert_eq!((page.status(), header(&page, "content-type")), (StatusCode::OK, "text/html; charset=utf-8"));
        assert!(text(&page).starts_with("<!doctype html>"));
        for accept in [None, Some("*/*"), Some("application/json")] {
            let json = get(path, accept);
            assert_eq!((json.status(), header(&json, "content-type")), (StatusCode::OK, "application/json"));
            assert!(text(&json).contains("environmentId"));
            assert_eq!((header(&json, "vary"), header(&page, "vary")), ("accept", "accept"));
        }
    }
}

#[test]
fn every_file_is_there_and_may_do_nothing_but_what_it_needs() {
    let files = files();
    assert!(files.len() >= 8, "{:?}", files.iter().map(|(path, _)| path).collect::<Vec<_>>());
    for (path, file) in &files {
        assert_eq!(file.status(), StatusCode::OK, "{path}");
        let media_type = match path.rsplit('.').next().unwrap() {
            "js" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "svg" => "image/svg+xml",
            _ => "text/html; charset=utf-8",
        };
        let policy = header(file, "content-security-policy");
        assert_eq!(header(file, "content-type"), media_type, "{path}");
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'; require-trusted-types-for 'script'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(header(file, "x-content-type-options"), "nosniff");
        assert_eq!(header(file, "cross-origin-resource-policy"), "same-origin");
    }
}

#[test]
fn nothing_comes_from_elsewhere() {
    for (path, file) in files() {
        // The name of the vector format is no address that anybody asks for.
        let text = text(&file).replace("http://www.w3.org/2000/svg", "");
        for other in ["://", "\"//", "url(", "@import"] {
            assert!(!text.contains(other), "{path} has {other}");
        }
    }
}

#[test]
fn no_text_can_become_markup_or_code() {
    for (path, file) in files() {
        let text = text(&file);
        for sink in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "setHTML",
            "document.write",
            "DOMParser",
            "srcdoc",
            "createContextualFragment",
            "eval(",
            "Function(",
            "javascript:",
            " onclick=",
            " style=\"",
        ] {
            assert!(!text.contains(sink), "{path} has {sink}");
        }
        let inline = text.split("<script").skip(1).any(|script| !script.split('>').next().unwrap().contains(" src="));
        assert!(!inline, "{path} has a script inside");
    }
}

#[test]
fn there_are_no_other_files_and_nothing_can_be_done_to_them() {
    for path in ["/_emulator/page", "/_emulator/page/index.html", "/_emulator/page/mod.rs", "/_emulator/page/../codes"]
    {
        assert_eq!(get(path, Some("text/html")).status(), StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/_emulator/", "/_emulator/page/main.js"] {
        let request = Request::post(path).header("accept", "text/html").body(Bytes::new()).unwrap();
        let response = Service::new(Data::built_in()).handle(request);
        assert!(response.status().is_client_error(), "{path}: {}", response.status());
    }
}

#[test]
fn looking_leaves_no_trace_in_the_journal() {
    let caller = Caller::new();
    let before = caller.service.journal().len();
    for (path, _) in files() {
        caller.service.handle(Request::get(path).header("accept", "text/html").body(Bytes::new()).unwrap());
    }
    assert_eq!(caller.service.journal().len(), before);
}

#[test]
fn the_page_is_for_this_machine_and_its_buttons_for_nobody_elses_page() {
    let emulator = Emulator::start().unwrap();
    let address = emulator.auth_url()["http://".len()..].to_owned();
    let ask = |line: &str, headers: &[(&str, &str)]| wire::send(&emulator, line, headers, "{}").status();
    assert_eq!(ask("GET /_emulator/", &[("Accept", "text/html")]), 200);
    assert_eq!(ask("GET /_emulator/page/main.js", &[]), 200);

    let own = format!("http://{address}");
    assert_eq!(ask("POST /_emulator/reset", &[("Origin", &own), ("Sec-Fetch-Site", "same-origin")]), 200);
    assert_eq!(ask("POST /_emulator/reset", &[("Origin", "https://elsewhere.example")]), 403);
    let open = Emulator::builder().allow_remote_control().start().unwrap();
    let elsewhere = [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://elsewhere.example")];
    assert_eq!(wire::send(&open, "POST /_emulator/reset", &elsewhere, "{}").status(), 403);
}

#[test]
fn the_program_tells_people_where_the_page_is() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_pingone-emulator"))
        .args(["--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines: Vec<String> =
        BufReader::new(program.stderr.take().unwrap()).lines().take(2).map(Result::unwrap).collect();
    program.kill().unwrap();
    program.wait().unwrap();
    let base = lines[0].split("is on ").nth(1).unwrap().split(';').next().unwrap();
    assert_eq!(lines[1], format!("The users' phones: {base}/_emulator/"));
}
