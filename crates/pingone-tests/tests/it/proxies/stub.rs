//! A proxy of every kind, and the service behind it: it does what the first byte on a connection asks for, layer by
//! layer, and keeps what it saw.

use std::{
    io::{self, Read, Write},
    net::{Ipv4Addr, Ipv6Addr, TcpListener},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{ServerConfig, ServerConnection, StreamOwned, crypto::ring, pki_types::PrivateKeyDer};

const TOKEN: &str = r#"{"access_token":"hunter3","token_type":"Bearer","expires_in":3600}"#;
const REPLY: &str = r#"{"status":"COMPLETED"}"#;

pub(super) struct Stub {
    pub(super) port: u16,
    /// The authority that its certificates are of, in PEM.
    pub(super) authority: String,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
pub(super) struct Seen {
    /// Where a proxy was asked to connect to.
    pub(super) targets: Vec<String>,
    /// How many requests came to the service.
    pub(super) requests: usize,
    /// All that came over the network.
    pub(super) bytes: Vec<u8>,
}

impl Stub {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (authority, tls) = certify();
        let seen = Arc::<Mutex<Seen>>::default();
        let kept = Arc::clone(&seen);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.unwrap();
                stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
                let (tls, seen) = (Arc::clone(&tls), Arc::clone(&kept));
                let stream = Overheard { stream, seen: Arc::clone(&seen) };
                // A client that hangs up is the client's affair.
                thread::spawn(move || drop(serve(Box::new(stream), &tls, &seen)));
            }
        });
        Self { port, authority, seen }
    }

    /// What came since it was last asked.
    pub(super) fn take(&self) -> Seen {
        std::mem::take(&mut self.seen.lock().unwrap())
    }
}

fn certify() -> (String, Arc<ServerConfig>) {
    let mut parameters = CertificateParams::new([]).unwrap();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let authority = parameters.self_signed(&key).unwrap().pem();
    let (own, issuer) = (KeyPair::generate().unwrap(), Issuer::new(parameters, key));
    let names = ["127.0.0.1", "0.0.0.0", "::", "localhost"].map(str::to_owned);
    let certificate = CertificateParams::new(names).unwrap().signed_by(&own, &issuer).unwrap();
    let key = PrivateKeyDer::Pkcs8(own.serialize_der().into());
    let config = ServerConfig::builder_with_provider(ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    (authority, Arc::new(config))
}

trait Stream: Read + Write + Send {}

impl<T: Read + Write + Send> Stream for T {}

/// Keeps what is read from the network.
struct Overheard<S> {
    stream: S,
    seen: Arc<Mutex<Seen>>,
}

impl<S: Read> Read for Overheard<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.stream.read(buffer)?;
        self.seen.lock().unwrap().bytes.extend_from_slice(&buffer[..length]);
        Ok(length)
    }
}

impl<S: Write> Write for Overheard<S> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.stream.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// A stream whose first byte was read already.
struct PutBack(Option<u8>, Box<dyn Stream>);

impl Read for PutBack {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match (self.0.take(), buffer.first_mut()) {
            (Some(byte), Some(first)) => {
                *first = byte;
                Ok(1)
            }
            (byte, _) => {
                self.0 = byte;
                self.1.read(buffer)
            }
        }
    }
}

impl Write for PutBack {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.1.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.1.flush()
    }
}

const TLS_HANDSHAKE: u8 = 0x16;
const SOCKS_5: u8 = 5;

fn serve(mut stream: Box<dyn Stream>, tls: &Arc<ServerConfig>, seen: &Mutex<Seen>) -> io::Result<()> {
    loop {
        let [first] = take(&mut stream)?;
        stream = Box::new(PutBack(Some(first), stream));
        match first {
            TLS_HANDSHAKE => {
                let connection = ServerConnection::new(Arc::clone(tls)).map_err(io::Error::other)?;
                stream = Box::new(StreamOwned::new(connection, stream));
            }
            SOCKS_5 => {
                let target = socks_target(&mut stream)?;
                seen.lock().unwrap().targets.push(target);
                stream.write_all(&[SOCKS_5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
                stream.flush()?;
            }
            _ => {
                let request = request(&mut stream)?;
                let Some(target) = request.strip_prefix("CONNECT ") else {
                    seen.lock().unwrap().requests += 1;
                    return answer(&mut stream, if request.contains("/as/token ") { TOKEN } else { REPLY });
                };
                let target = target.split(' ').next().unwrap_or_default().to_owned();
                seen.lock().unwrap().targets.push(target);
                stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n")?;
                stream.flush()?;
            }
        }
    }
}

fn take<const N: usize>(stream: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// RFC 1928, without authentication. Returns where to connect to.
fn socks_target(stream: &mut impl Stream) -> io::Result<String> {
    let [_, methods] = take(stream)?;
    for _ in 0..methods {
        let [_method] = take(stream)?;
    }
    stream.write_all(&[SOCKS_5, 0])?;
    let [_, _, _, kind] = take(stream)?;
    let host = match kind {
        1 => Ipv4Addr::from(take::<4>(stream)?).to_string(),
        4 => format!("[{}]", Ipv6Addr::from(take::<16>(stream)?)),
        _ => {
            let [length] = take(stream)?;
            let mut name = vec![0; length.into()];
            stream.read_exact(&mut name)?;
            String::from_utf8_lossy(&name).into_owned()
        }
    };
    let port = u16::from_be_bytes(take(stream)?);
    Ok(format!("{host}:{port}"))
}

/// The head of a request. Its body is read, too, so that closing the connection is no reset.
fn request(stream: &mut impl Read) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.extend(take::<1>(stream)?);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let length = head.to_lowercase().lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    stream.read_exact(&mut vec![0; length.unwrap_or(0)])?;
    Ok(head)
}

fn answer(stream: &mut impl Write, body: &str) -> io::Result<()> {
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n");
    write!(stream, "{head}connection: close\r\n\r\n{body}")?;
    stream.flush()
}
