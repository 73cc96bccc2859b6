//! A client that is nothing but a socket.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

use pingone_emulator::Emulator;

/// What came back, as far as it came.
pub(crate) struct Raw {
    pub(crate) bytes: Vec<u8>,
    pub(crate) end: io::Result<()>,
}

impl Raw {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    pub(crate) fn status(&self) -> u16 {
        self.text()["HTTP/1.1 ".len()..][..3].parse().unwrap()
    }

    pub(crate) fn head(&self) -> &str {
        self.text().split_once("\r\n\r\n").unwrap().0
    }

    pub(crate) fn body(&self) -> &str {
        self.text().split_once("\r\n\r\n").unwrap().1
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head().lines().filter_map(|line| line.split_once(": "));
        lines.find(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

pub(crate) fn connect(emulator: &Emulator) -> TcpStream {
    let stream = TcpStream::connect(emulator.auth_url().strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream
}

/// Sends a request over a connection of its own and reads to the end.
pub(crate) fn send(emulator: &Emulator, request_line: &str, headers: &[(&str, &str)], body: &str) -> Raw {
    let mut stream = connect(emulator);
    let mut request =
        format!("{request_line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", &emulator.auth_url()[7..]);
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    stream.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes).map(drop);
    Raw { bytes, end }
}
