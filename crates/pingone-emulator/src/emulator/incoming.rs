use std::{future, io, net::SocketAddr, time::Duration};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use tokio::{net::TcpListener, sync::mpsc};

use super::{
    connection::{Carrier, Connection, Cut},
    tls::Tls,
};

/// How long to wait if the system has no connection to give, because too many are open.
const PAUSE: Duration = Duration::from_millis(50);

/// Who has connected.
#[derive(Clone, Debug)]
pub(super) struct Peer {
    pub(super) address: SocketAddr,
    pub(super) cut: Cut,
}

/// The connections that are ready for requests. A slow handshake holds nobody else up.
pub(super) struct Incoming {
    ready: mpsc::Receiver<(Box<dyn Carrier>, Peer)>,
    address: SocketAddr,
}

impl Incoming {
    pub(super) fn new(listener: TcpListener, tls: Option<Tls>) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (sender, ready) = mpsc::channel(16);
        tokio::spawn(accept(listener, tls, sender));
        Ok(Self { ready, address })
    }
}

async fn accept(listener: TcpListener, tls: Option<Tls>, ready: mpsc::Sender<(Box<dyn Carrier>, Peer)>) {
    loop {
        let Ok((stream, address)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let peer = Peer { address, cut: Cut::default() };
        let connection = Connection::new(stream, peer.cut.clone());
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
        Ok(Peer { address: self.address, cut: Cut::default() })
    }
}

impl Connected<IncomingStream<'_, Incoming>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Incoming>) -> Self {
        stream.remote_addr().clone()
    }
}
