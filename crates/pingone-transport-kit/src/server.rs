//! A server that misbehaves as configured.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

/// A server on 127.0.0.1 that answers each request as configured: with HTTP or not, completely or not, or not at all.
///
/// ```
/// use std::io::Write;
///
/// use pingone_transport_kit::{Server, Then, reply};
///
/// let server = Server::start(|number, _, stream| {
///     if number == 0 {
///         return Ok(Then::Reset);
///     }
///     stream.write_all(&reply(200, "application/json", "{}"))?;
///     Ok(Then::Close)
/// })?;
/// assert!(server.url().starts_with("http://127.0.0.1:") && server.received().is_empty());
/// # Ok::<_, std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    is_stopped: Arc<AtomicBool>,
}

/// What becomes of a connection after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It waits for the next request.
    KeepAlive,
    /// It is closed cleanly.
    Close,
    /// It is reset.
    Reset,
}

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The first line.
    pub line: String,
    /// The headers, with their names in lower case, in the order of the wire.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body; with its frames, if it came in chunks.
    pub body: Vec<u8>,
}

impl Received {
    /// The values of a header.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.headers.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.as_slice())
    }

    /// A whole request at the start of `bytes`, and its length.
    fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
        let mut lines = bytes[..end - 4].split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
        let line = String::from_utf8_lossy(lines.next()?).into_owned();
        let header = |line: &[u8]| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            Some((String::from_utf8_lossy(&line[..colon]).to_lowercase(), line[colon + 1..].trim_ascii().to_vec()))
        };
        let mut request = Self { line, headers: lines.filter_map(header).collect(), body: Vec::new() };
        let rest = &bytes[end..];
        let length = if request.values("transfer-encoding").next().is_some() {
            rest.windows(5).position(|window| window == b"0\r\n\r\n")? + 5
        } else {
            let length = request.values("content-length").next().and_then(|value| std::str::from_utf8(value).ok());
            length.and_then(|length| length.parse().ok()).unwrap_or(0)
        };
        request.body = rest.get(..length)?.to_vec();
        Some((request, end + length))
    }
}

/// How often an idle server checks whether to stop.
const TICK: Duration = Duration::from_millis(20);

impl Server {
    /// Starts one. `answer` receives the number of earlier requests, and the request.
    ///
    /// # Errors
    ///
    /// No port is free.
    pub fn start(
        answer: impl Fn(usize, &Received, &mut TcpStream) -> io::Result<Then> + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let connection = Connection { received: Arc::default(), is_stopped: Arc::default(), answer: Arc::new(answer) };
        let server = Self {
            address,
            received: Arc::clone(&connection.received),
            is_stopped: Arc::clone(&connection.is_stopped),
        };
        thread::spawn(move || {
            for stream in listener.incoming() {
                if connection.is_stopped.load(Ordering::Acquire) {
                    return;
                }
                let connection = connection.clone();
                // A client may hang up in the middle.
                thread::spawn(move || stream.and_then(|stream| connection.serve(stream)));
            }
        });
        Ok(server)
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests that arrived.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_stopped.store(true, Ordering::Release);
        // Wakes the listener, so that it sees this.
        drop(TcpStream::connect(self.address));
    }
}

type Answer = dyn Fn(usize, &Received, &mut TcpStream) -> io::Result<Then> + Send + Sync;

#[derive(Clone)]
struct Connection {
    received: Arc<Mutex<Vec<Received>>>,
    is_stopped: Arc<AtomicBool>,
    answer: Arc<Answer>,
}

impl Connection {
    fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(TICK))?;
        while let Some((request, length)) = self.next(&stream)? {
            let number = {
                let mut received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
                received.push(request.clone());
                received.len() - 1
            };
            let then = (self.answer)(number, &request, &mut stream)?;
            stream.flush()?;
            if then == Then::Reset {
                // What was not read yet makes the system reset the connection.
                return Ok(());
            }
            io::copy(&mut Read::by_ref(&mut stream).take(length as u64), &mut io::sink())?;
            if then == Then::Close {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The next request once it is whole, still unread, and its length.
    fn next(&self, stream: &TcpStream) -> io::Result<Option<(Received, usize)>> {
        let (mut bytes, mut before) = (vec![0; 64 * 1024], 0);
        while !self.is_stopped.load(Ordering::Acquire) {
            match stream.peek(&mut bytes) {
                Ok(0) => return Ok(None),
                Ok(length) => {
                    if let Some(request) = Received::read(&bytes[..length]) {
                        return Ok(Some(request));
                    }
                    if length == before {
                        thread::sleep(Duration::from_millis(1));
                    }
                    before = length;
                }
                Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
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
