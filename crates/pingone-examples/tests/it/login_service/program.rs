//! The program itself: a log-in that begins in one process and ends in another.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, ChildStdout, Stdio},
};

use pingone_emulator::Emulator;

use super::browser::{ADA, Browser};
use crate::program::{example, variables};

pub(super) struct Program {
    child: Child,
    stdout: BufReader<ChildStdout>,
    address: String,
}

impl Program {
    pub(super) fn start(emulator: &Emulator, key: &str) -> Self {
        Self::start_with(emulator, key, &[])
    }

    pub(super) fn start_with(emulator: &Emulator, key: &str, more: &[(&str, &str)]) -> Self {
        let mut program = example("login_service");
        program.envs(more.iter().copied());
        program.envs(variables(emulator)).env("LOGIN_KEY", key).env("LOGIN_PASSWORD", "engine-1843").env("PORT", "0");
        let mut child = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("Log in as ada at ").unwrap();
        let address = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { child, stdout, address }
    }

    /// Sends a request by hand, and gives the whole response.
    pub(super) fn ask(&self, line: &str, cookie: &str, form: &str) -> String {
        let (address, length) = (&self.address, form.len());
        let mut stream = TcpStream::connect(address).unwrap();
        write!(
            stream,
            "{line} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nCookie: {cookie}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{form}"
        )
        .unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response
    }

    /// All that it has written after its first line.
    fn end(mut self) -> String {
        self.child.kill().unwrap();
        let mut written = String::new();
        self.stdout.read_to_string(&mut written).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut written).unwrap();
        written
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(super) fn cookie(response: &str) -> String {
    let header = response.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    header.split_once(';').unwrap().0.to_owned()
}

#[test]
fn begins_in_one_process_and_ends_in_another_with_the_same_key() {
    let emulator = Emulator::start().unwrap();
    let key = "a key that both of them have, and no other";
    let [one, other, stranger] = [key, key, &key.replace("both", "none")].map(|key| Program::start(&emulator, key));

    let cookie_of_one = cookie(&one.ask("POST /begin", "", ADA));
    emulator.service().approve_push(&Browser::push(&emulator)).unwrap();
    let refused = stranger.ask("GET /", &cookie_of_one, "");
    assert!(refused.starts_with("HTTP/1.1 403"), "{refused}");
    let first = one.end();
    let cookie_of_other = cookie(&other.ask("GET /wait", &cookie_of_one, ""));
    let done = other.ask("GET /", &cookie_of_other, "");
    assert!(done.contains("<h1>Logged in</h1>"), "{done}");

    for written in [first, other.end(), stranger.end()] {
        let (name, rest) = written.split_once("PingOne: environment ").unwrap();
        assert_eq!((name, rest.lines().count()), ("", 1), "nothing of any log-in is written: {written}");
        assert!(!written.contains(emulator.service().client_secret()));
    }
}

#[test]
fn a_setting_that_cannot_be_is_an_error_that_names_it() {
    for (name, value) in [("PORT", "x"), ("LOGIN_KEY", "too short")] {
        let output = example("login_service").env("PORT", "0").env(name, value).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr.lines().last().unwrap().starts_with(&format!("Error: {name}")), "{stderr}");
    }
}

/// All of them come from the proxy: if nobody says for whom, one who guesses keeps out everybody.
#[test]
fn behind_a_proxy_it_warns_if_it_is_not_told_where_browsers_come_from() {
    let emulator = Emulator::start().unwrap();
    let warns = |more: &[(&str, &str)]| {
        let key = "a key that nobody else has, for one process";
        Program::start_with(&emulator, key, more).end().contains("LOGIN_ADDRESS_HEADER is not set")
    };
    let origin = ("LOGIN_ORIGIN", "https://login.example.com");
    assert!(warns(&[origin]));
    assert!(!warns(&[origin, ("LOGIN_ADDRESS_HEADER", "x-real-ip")]) && !warns(&[]));
}
