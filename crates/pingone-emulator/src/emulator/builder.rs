use std::{
    fmt, io,
    net::{IpAddr, Ipv4Addr, TcpListener},
};

use tokio::sync::watch;

use super::{
    Emulator,
    server::{self, Server},
    tls::Tls,
};
use crate::{data::Data, service::Service};

/// How an [`Emulator`] is to be started.
#[derive(Clone)]
#[must_use]
pub struct EmulatorBuilder {
    data: Option<Data>,
    host: IpAddr,
    port: u16,
    code: Option<String>,
    allows_remote_control: bool,
    #[cfg(feature = "tls")]
    has_tls: bool,
}

impl Default for EmulatorBuilder {
    fn default() -> Self {
        Self {
            data: None,
            host: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            code: None,
            allows_remote_control: false,
            #[cfg(feature = "tls")]
            has_tls: false,
        }
    }
}

impl EmulatorBuilder {
    /// Takes `data` instead of the built-in data.
    pub fn data(mut self, data: Data) -> Self {
        self.data = Some(data);
        self
    }

    /// Listens on this address; 127.0.0.1 by default. Any other may be reached by other machines.
    pub fn host(mut self, host: IpAddr) -> Self {
        self.host = host;
        self
    }

    /// Lets other machines use the control paths too, which hand out codes and secrets.
    pub fn allow_remote_control(mut self) -> Self {
        self.allows_remote_control = true;
        self
    }

    /// Serves HTTPS, with a new [certificate authority](Emulator::ca_certificate).
    #[cfg(feature = "tls")]
    pub fn tls(mut self) -> Self {
        self.has_tls = true;
        self
    }

    /// Listens on this port; 0, the default, is any that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Makes every code that is sent this one.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Starts the emulator; returns once it listens.
    ///
    /// # Errors
    ///
    /// When the port is taken, or the system gives no thread, or no certificate can be made.
    pub fn start(self) -> io::Result<Emulator> {
        let data = self.data.clone().unwrap_or_else(Data::built_in);
        let service = Service::new(match &self.code {
            Some(code) => data.code(code),
            None => data,
        });
        let tls = self.make_tls()?;
        let authority = tls.as_ref().map(|tls| tls.authority().to_owned());
        let listener = TcpListener::bind((self.host, self.port))?;
        let address = listener.local_addr()?;
        let (stop, stopped) = watch::channel(());
        let allows_remote_control = self.allows_remote_control;
        let server = Server { service: service.clone(), tls, allows_remote_control };
        let thread = server::spawn(listener, server, stopped)?;
        Ok(Emulator { service, address, authority, stop: Some(stop), thread: Some(thread) })
    }

    #[cfg(feature = "tls")]
    fn make_tls(&self) -> io::Result<Option<Tls>> {
        self.has_tls.then(|| Tls::new(self.host)).transpose()
    }

    #[cfg(not(feature = "tls"))]
    #[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "it has the form of the other one")]
    fn make_tls(&self) -> io::Result<Option<Tls>> {
        Ok(None)
    }
}

impl fmt::Debug for EmulatorBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmulatorBuilder")
            .field("data", &self.data)
            .field("host", &self.host)
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}
