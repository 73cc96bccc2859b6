use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    thread::{self, JoinHandle},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime,
    sync::oneshot,
};

/// Stands before a server, and writes down what clients really send. A reset is passed on as one.
#[derive(Debug)]
pub struct Tap {
    address: SocketAddr,
    requests: Requests,
    /// Dropping it ends the relay.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

type Requests = Arc<Mutex<Vec<String>>>;

impl Tap {
    /// Relays to the server at `url`, which speaks HTTP without TLS.
    ///
    /// # Errors
    ///
    /// `url` has no address, or no port is free.
    pub fn before(url: &str) -> io::Result<Self> {
        let server: SocketAddr =
            url.trim_start_matches("http://").parse().map_err(|_| io::Error::other("this is no address"))?;
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
        let address = listener.local_addr()?;
        let requests = Requests::default();
        let (stop, stopped) = oneshot::channel();
        let journal = Arc::clone(&requests);
        let thread = thread::spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = accept(listener, server, journal) => {}
                    _ = stopped => {}
                }
            });
        });
        Ok(Self { address, requests, stop: Some(stop), thread: Some(thread) })
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests that came, each with those of its headers that are ours, sorted, and its body.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            // A panic in there has been reported already.
            let _ = thread.join();
        }
    }
}

async fn accept(listener: TcpListener, server: SocketAddr, requests: Requests) {
    while let Ok((client, _)) = listener.accept().await {
        // A connection that ends early is what the tests are about.
        tokio::spawn(relay(client, server, Arc::clone(&requests)));
    }
}

async fn relay(mut client: TcpStream, server: SocketAddr, requests: Requests) -> io::Result<()> {
    let mut server = TcpStream::connect(server).await?;
    let (mut up, mut down, mut heard) = ([0; 8 * 1024], [0; 64 * 1024], Vec::new());
    loop {
        tokio::select! {
            read = client.read(&mut up) => match read? {
                0 => return Ok(()),
                length => {
                    heard.extend_from_slice(&up[..length]);
                    while let Some(request) = take_request(&mut heard) {
                        requests.lock().unwrap_or_else(PoisonError::into_inner).push(request);
                    }
                    server.write_all(&up[..length]).await?;
                }
            },
            read = server.read(&mut down) => match read {
                Ok(0) => return Ok(()),
                Ok(length) => client.write_all(&down[..length]).await?,
                Err(_) => return client.set_zero_linger(),
            },
        }
    }
}

/// The first whole request in `bytes`, which it takes out.
fn take_request(bytes: &mut Vec<u8>) -> Option<String> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.trim_end().lines();
    let target = lines.next()?;
    let mut headers: Vec<_> = lines.map(|line| line.split_once(": ").unwrap_or((line, ""))).collect();
    headers.sort_unstable();
    let length: usize =
        headers.iter().find(|(name, _)| *name == "content-length").map_or(Some(0), |(_, value)| value.parse().ok())?;
    if bytes.len() < end + length {
        return None;
    }
    let mut text = format!("{}\n", target.trim_end_matches(" HTTP/1.1"));
    for (name, value) in headers {
        // These belong to the connection.
        if !["host", "content-length"].contains(&name) {
            text += &format!("{name}: {value}\n");
        }
    }
    text += &String::from_utf8_lossy(&bytes[end..end + length]);
    bytes.drain(..end + length);
    Some(text)
}
