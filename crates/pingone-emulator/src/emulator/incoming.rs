use std::{future, io, net::SocketAddr, time::Duration};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use tokio::{net::TcpListener, sync::mpsc};

use super::{
    connection::{Carrier, Connection, Line},
    tls::Tls,
};

/// How long to wait if the system has too many open connections.
const PAUSE: Duration = Duration::from_millis(50);

/// The peer of a connection.
#[derive(Clone, Debug)]
pub(super) struct Peer {
    pub(super) address: SocketAddr,
    pub(super) line: Line,
}

/// The connections that are ready for requests. A slow handshake does not block others.
pub(super) struct Incoming {
    ready: mpsc::Receiver<(Box<dyn Carrier>, Peer)>,
    address: SocketAddr,
}

impl Incoming {
    pub(super) fn new(listener: TcpListener, tls: Option<Tls>, idle_timeout: Duration) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (sender, ready) = mpsc::channel(16);
        tokio::spawn(accept(listener, tls, idle_timeout, sender));
        Ok(Self { ready, address })
    }
}

/// A peer with an IPv4 address has it also where both kinds are listened for.
fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

async fn accept(
    listener: TcpListener,
    tls: Option<Tls>,
    idle_timeout: Duration,
    ready: mpsc::Sender<(Box<dyn Carrier>, Peer)>,
) {
    loop {
        let Ok((stream, address)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let peer = Peer { address: canonical(address), line: Line::default() };
        let connection = Connection::new(stream, peer.line.clone(), idle_timeout);
        match tls.clone() {
            None => {
                let _ = ready.send((Box::new(connection), peer)).await;
            }
            Some(tls) => {
                let ready = ready.clone();
                tokio::spawn(async move {
                    // A client that does not trust the certificate ends here, and says so itself.
                    if let Ok(stream) = tls.accept(connection).await {
                        let _ = ready.send((stream, peer)).await;
                    }
                });
            }
        }
    }
}

impl Listener for Incoming {
    type Io = Box<dyn Carrier>;
    type Addr = Peer;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(ready) => ready,
            None => future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(Peer { address: self.address, line: Line::default() })
    }
}

impl Connected<IncomingStream<'_, Incoming>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Incoming>) -> Self {
        stream.remote_addr().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv4_peer_is_one_though_both_kinds_are_listened_for() {
        for (seen, is) in [
            ("[::ffff:127.0.0.1]:5000", "127.0.0.1:5000"),
            ("[::ffff:192.0.2.1]:5000", "192.0.2.1:5000"),
            ("[2001:db8::1]:5000", "[2001:db8::1]:5000"),
            ("127.0.0.1:5000", "127.0.0.1:5000"),
        ] {
            assert_eq!(canonical(seen.parse().unwrap()), is.parse().unwrap());
        }
    }
}
