use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

/// What the token endpoint of a [`Wire`] answers; nobody may ever see it.
const TOKEN: &str = r#"{"access_token":"canary","token_type":"Bearer","expires_in":3600}"#;

/// A server that gives out a token, and answers any other request with bytes of your choice: HTTP or not, whole or not.
#[derive(Debug)]
pub struct Wire {
    address: SocketAddr,
    requests: Arc<AtomicUsize>,
    stopped: Arc<AtomicBool>,
}

impl Wire {
    /// A server that answers each request but those for a token with `answer`, and closes the connection after
    /// `linger`.
    ///
    /// # Errors
    ///
    /// No port is free.
    pub fn start(answer: impl Into<Vec<u8>>, linger: Duration) -> io::Result<Self> {
        Self::sequence([answer.into()], linger)
    }

    /// The same with an answer for each request; the last one is for all further ones.
    ///
    /// # Errors
    ///
    /// No port is free.
    pub fn sequence(answers: impl Into<Vec<Vec<u8>>>, linger: Duration) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let (requests, stopped) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let (count, stop) = (Arc::clone(&requests), Arc::clone(&stopped));
        let answers: Arc<[Vec<u8>]> = answers.into().into();
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::Acquire) {
                    return;
                }
                let (answers, count) = (Arc::clone(&answers), Arc::clone(&count));
                // A client that hangs up in the middle is the client's affair.
                thread::spawn(move || stream.and_then(|stream| serve(stream, &answers, linger, &count)));
            }
        });
        Ok(Self { address, requests, stopped })
    }

    /// Reads one request, and answers it with `answer`.
    ///
    /// # Errors
    ///
    /// The client hung up.
    pub fn answer(mut stream: TcpStream, answer: &[u8]) -> io::Result<()> {
        read_request(&mut stream)?;
        stream.write_all(answer)?;
        stream.flush()
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many requests came, without those for a token.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::Acquire)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Release);
        // Wakes the listener, so that it sees this.
        drop(TcpStream::connect(self.address));
    }
}

fn serve(mut stream: TcpStream, answers: &[Vec<u8>], linger: Duration, count: &AtomicUsize) -> io::Result<()> {
    let head = read_request(&mut stream)?;
    if head.contains("/as/token ") {
        stream.write_all(&reply(200, "application/json", TOKEN))?;
    } else {
        let number = count.fetch_add(1, Ordering::AcqRel);
        if let Some(answer) = answers.get(number).or(answers.last()) {
            stream.write_all(answer)?;
        }
        stream.flush()?;
        thread::sleep(linger);
    }
    Ok(())
}

/// Reads a whole request, so that closing the connection is no reset. Returns its head.
fn read_request(stream: &mut TcpStream) -> io::Result<String> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let length = stream.read(&mut buffer)?;
        request.extend_from_slice(&buffer[..length]);
        let text = String::from_utf8_lossy(&request).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let announced = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= announced.unwrap_or(0) {
                return Ok(head.to_owned());
            }
        }
        if length == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

/// A whole response, with a correlation id, after which the connection is closed.
#[must_use]
pub fn reply(status: u16, content_type: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Whatever\r\ncontent-type: {content_type}\r\ncorrelation-id: c-1\r\n\
         content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}
