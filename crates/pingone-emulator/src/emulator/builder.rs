use std::{
    fmt, io,
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
    time::Duration,
};

use tokio::sync::watch;

use super::{
    Emulator,
    access::Access,
    address,
    server::{self, Server},
    tls::Tls,
};
use crate::{data::Data, service::Service};

/// Builds and starts an [`Emulator`].
#[derive(Clone)]
#[must_use]
pub struct EmulatorBuilder {
    data: Option<Data>,
    host: IpAddr,
    port: u16,
    code: Option<String>,
    access: Access,
    idle_timeout: Duration,
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
            access: Access::default(),
            idle_timeout: Duration::from_secs(60),
            #[cfg(feature = "tls")]
            has_tls: false,
        }
    }
}

impl EmulatorBuilder {
    /// Uses `data` instead of the built-in data.
    pub fn data(mut self, data: Data) -> Self {
        self.data = Some(data);
        self
    }

    /// Listens on this address; 127.0.0.1 by default. Other machines may reach any other address; 0.0.0.0 or `::`
    /// means all addresses.
    pub fn host(mut self, host: IpAddr) -> Self {
        self.host = host;
        self
    }

    /// Lets other machines use the control paths, which hand out codes and secrets.
    ///
    /// The `Host` has to be an address, `localhost` or a name that is [allowed](Self::allow_host).
    pub fn allow_remote_control(mut self) -> Self {
        self.access.allows_remote_control = true;
        self
    }

    /// Accepts this host name for the control paths, such as that of a container.
    ///
    /// Any other name is refused: its owner could point it here, and their web page could then approve a
    /// push.
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.access.allowed_hosts.push(host.into());
        self
    }

    /// Closes a connection after this long without a complete request; a minute by default.
    pub fn idle_timeout(mut self, idle_timeout: Duration) -> Self {
        self.idle_timeout = idle_timeout;
        self
    }

    /// Serves HTTPS, with a new [certificate authority](Emulator::ca_certificate).
    #[cfg(feature = "tls")]
    pub fn tls(mut self) -> Self {
        self.has_tls = true;
        self
    }

    /// Listens on this port; 0, the default, picks a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Always sends this code.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Starts the emulator; returns once it listens.
    ///
    /// # Errors
    ///
    /// When the port is in use, or no thread or certificate can be created.
    pub fn start(self) -> io::Result<Emulator> {
        let data = self.data.clone().unwrap_or_else(Data::built_in);
        let service = Service::new(match &self.code {
            Some(code) => data.code(code),
            None => data,
        });
        let address = address::reachable(self.host);
        let tls = self.make_tls(address)?;
        let authority = tls.as_ref().map(|tls| tls.authority().to_owned());
        let listener = TcpListener::bind((self.host, self.port))?;
        let port = listener.local_addr()?.port();
        let control = if self.access.allows_remote_control { address } else { address::of_this_machine(self.host) };
        let [address, control_address] = [address, control].map(|address| SocketAddr::new(address, port));
        let (stop, stopped) = watch::channel(());
        let server = Server { service: service.clone(), tls, access: self.access, idle_timeout: self.idle_timeout };
        let thread = server::spawn(listener, server, stopped)?;
        Ok(Emulator { service, address, control_address, authority, stop: Some(stop), thread: Some(thread) })
    }

    #[cfg(feature = "tls")]
    fn make_tls(&self, address: IpAddr) -> io::Result<Option<Tls>> {
        self.has_tls.then(|| Tls::new(address)).transpose()
    }

    #[cfg(not(feature = "tls"))]
    #[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "it has the form of the other one")]
    fn make_tls(&self, _: IpAddr) -> io::Result<Option<Tls>> {
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
