//! The service on a socket.

mod access;
mod address;
mod builder;
mod connection;
mod delivery;
mod incoming;
mod server;
#[cfg_attr(not(feature = "tls"), path = "no_tls.rs")]
mod tls;

use std::{io, net::SocketAddr, thread::JoinHandle};

use tokio::sync::watch;

pub use self::builder::EmulatorBuilder;
use crate::service::Service;

/// The service on a port, on 127.0.0.1 unless configured otherwise, until it is dropped.
///
/// It runs on its own thread, so it can be started and dropped anywhere, even inside an async runtime.
#[derive(Debug)]
#[must_use = "it stops when it is dropped"]
pub struct Emulator {
    service: Service,
    address: SocketAddr,
    control_address: SocketAddr,
    authority: Option<String>,
    /// Dropping it stops the server.
    stop: Option<watch::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Starts the emulator with the [built-in data](crate::Data::built_in) on a free port; returns once it listens.
    ///
    /// # Errors
    ///
    /// When there is no free port, or no thread can be created.
    pub fn start() -> io::Result<Self> {
        Self::builder().start()
    }

    /// An emulator with other data, on a given port, or with fixed codes.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::default()
    }

    /// The base that takes the place of `https://auth.pingone.com`, such as `http://127.0.0.1:8420`. Of an emulator that
    /// listens on all addresses it is the one by which other machines reach this one.
    pub fn auth_url(&self) -> String {
        self.url(self.address)
    }

    fn url(&self, address: SocketAddr) -> String {
        format!("{}://{address}", if self.authority.is_some() { "https" } else { "http" })
    }

    /// The certificate, in PEM, of the authority that a client has to trust; `None` without TLS.
    pub fn ca_certificate(&self) -> Option<&str> {
        self.authority.as_deref()
    }

    /// The base URL of the control paths, which only this machine may use unless
    /// [others are allowed to](EmulatorBuilder::allow_remote_control), such as `http://127.0.0.1:8420/_emulator`.
    pub fn control_url(&self) -> String {
        format!("{}/_emulator", self.url(self.control_address))
    }

    /// The service itself: reads its codes and journal, answers pushes, moves the clock.
    pub fn service(&self) -> &Service {
        &self.service
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            // It returns nothing, and has already reported a panic.
            let _ = thread.join();
        }
    }
}
