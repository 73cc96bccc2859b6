use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use tokio::runtime;

/// What the token endpoint of a [`Wire`] answers; nobody may ever see it.
const TOKEN: &str = r#"{"access_token":"canary","token_type":"Bearer","expires_in":3600}"#;

/// A server that gives out a token, and answers any other request as you choose: HTTP or not, whole or not.
#[derive(Debug)]
pub struct Wire {
    address: SocketAddr,
    heard: Arc<Mutex<Heard>>,
    stopped: Arc<AtomicBool>,
}

/// What a [`Wire`] answers.
#[derive(Clone, Debug)]
pub enum Answer {
    /// These bytes, and then the end of the connection.
    Bytes(Vec<u8>),
    /// A reset, once the request is read.
    Reset,
}

impl From<Vec<u8>> for Answer {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

/// The heads of the requests that came.
#[derive(Debug, Default)]
struct Heard {
    tokens: Vec<String>,
    others: Vec<String>,
}

#[derive(Debug)]
struct Script {
    answers: Vec<Answer>,
    linger: Duration,
    /// What a request for a token is answered; without it, such a request is like any other.
    token: Option<Vec<u8>>,
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
    pub fn sequence(answers: impl IntoIterator<Item = impl Into<Answer>>, linger: Duration) -> io::Result<Self> {
        let answers = answers.into_iter().map(Into::into).collect();
        Self::run(Script { answers, linger, token: Some(reply(200, "application/json", TOKEN)) })
    }

    /// A server that answers each request with `answer`, those for a token too.
    ///
    /// # Errors
    ///
    /// No port is free.
    pub fn without_tokens(answer: impl Into<Answer>) -> io::Result<Self> {
        Self::run(Script { answers: vec![answer.into()], linger: Duration::ZERO, token: None })
    }

    fn run(script: Script) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let (heard, stopped) = (Arc::<Mutex<Heard>>::default(), Arc::new(AtomicBool::new(false)));
        let (journal, stop, script) = (Arc::clone(&heard), Arc::clone(&stopped), Arc::new(script));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::Acquire) {
                    return;
                }
                let (script, journal) = (Arc::clone(&script), Arc::clone(&journal));
                // A client that hangs up in the middle is the client's affair.
                thread::spawn(move || stream.and_then(|stream| serve(stream, &script, &journal)));
            }
        });
        Ok(Self { address, heard, stopped })
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
        self.heads().len()
    }

    /// What the requests began with, without those for a token: the request line and the headers.
    #[must_use]
    pub fn heads(&self) -> Vec<String> {
        lock(&self.heard).others.clone()
    }

    /// The same of the requests for a token.
    #[must_use]
    pub fn token_heads(&self) -> Vec<String> {
        lock(&self.heard).tokens.clone()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Release);
        // Wakes the listener, so that it sees this.
        drop(TcpStream::connect(self.address));
    }
}

fn lock(heard: &Mutex<Heard>) -> MutexGuard<'_, Heard> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(mut stream: TcpStream, script: &Script, heard: &Mutex<Heard>) -> io::Result<()> {
    let head = read_request(&mut stream)?;
    if head.contains("/as/token ") {
        lock(heard).tokens.push(head);
        if let Some(token) = &script.token {
            return stream.write_all(token);
        }
    } else {
        lock(heard).others.push(head);
    }
    let number = lock(heard).others.len().saturating_sub(1);
    match script.answers.get(number).or(script.answers.last()) {
        Some(Answer::Reset) => return reset(stream),
        Some(Answer::Bytes(answer)) => stream.write_all(answer)?,
        None => {}
    }
    stream.flush()?;
    thread::sleep(script.linger);
    Ok(())
}

/// The standard library cannot do this on its own.
fn reset(stream: TcpStream) -> io::Result<()> {
    let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
    let _inside = runtime.enter();
    stream.set_nonblocking(true)?;
    tokio::net::TcpStream::from_std(stream)?.set_zero_linger()
}

/// Reads a whole request, so that closing the connection is no reset. Returns its head.
fn read_request(stream: &mut TcpStream) -> io::Result<String> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let length = stream.read(&mut buffer)?;
        request.extend_from_slice(&buffer[..length]);
        let text = String::from_utf8_lossy(&request);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = |line: &str| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok();
            let announced = head.lines().find_map(length);
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
