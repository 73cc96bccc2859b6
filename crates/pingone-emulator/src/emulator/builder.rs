use std::{
    fmt, io,
    net::{Ipv4Addr, TcpListener},
};

use tokio::sync::watch;

use super::{Emulator, server};
use crate::{data::Data, service::Service};

/// How an [`Emulator`] is to be started.
#[derive(Clone, Default)]
#[must_use]
pub struct EmulatorBuilder {
    data: Option<Data>,
    port: u16,
    code: Option<String>,
}

impl EmulatorBuilder {
    /// Takes `data` instead of the built-in data.
    pub fn data(mut self, data: Data) -> Self {
        self.data = Some(data);
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
    /// When the port is taken, or the system gives no thread.
    pub fn start(self) -> io::Result<Emulator> {
        let data = self.data.unwrap_or_else(Data::built_in);
        let service = Service::new(match self.code {
            Some(code) => data.code(code),
            None => data,
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port))?;
        let address = listener.local_addr()?;
        let (stop, stopped) = watch::channel(());
        let thread = server::spawn(listener, service.clone(), stopped)?;
        Ok(Emulator { service, address, stop: Some(stop), thread: Some(thread) })
    }
}

impl fmt::Debug for EmulatorBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmulatorBuilder").field("data", &self.data).field("port", &self.port).finish_non_exhaustive()
    }
}
