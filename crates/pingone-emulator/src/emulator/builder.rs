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

/// How an [`Emulator`] is to be started.
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
    /// Takes `data` instead of the built-in data.
    pub fn data(mut self, data: Data) -> Self {
        self.data = Some(data);
        self
    }

    /// Listens on this address; 127.0.0.1 by default. Any other may be reached by other machines, and 0.0.0.0 or `::`
    /// are all that this machine has.
    pub fn host(mut self, host: IpAddr) -> Self {
        self.host = host;
        self
    }

    /// Lets other machines use the control paths too, which hand out codes and secrets.
    ///
    /// They have to be asked by an address, by `localhost`, or by a name that is [allowed](Self::allow_host).
    pub fn allow_remote_control(mut self) -> Self {
        self.access.allows_remote_control = true;
        self
    }

    /// Lets the control paths be asked by this name, such as that of a container.
    ///
    /// Any other name is refused: whoever owns it can have it lead here, and a web page of theirs could then approve a
    /// push.
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.access.allowed_hosts.push(host.into());
        self
    }

    /// Ends a connection on which nothing is asked for so long, or only half a request comes; a minute by default.
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
