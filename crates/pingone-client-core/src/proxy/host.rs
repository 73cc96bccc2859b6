use std::net::{IpAddr, Ipv6Addr};

use http::Uri;

/// A host that is called, with its port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Host {
    /// If it is called by its address.
    pub(super) ip: Option<IpAddr>,
    /// In lower case.
    pub(super) name: Box<str>,
    pub(super) port: u16,
}

impl Host {
    pub(super) fn of(uri: &Uri) -> Option<Self> {
        let host = uri.host()?;
        let usual = if uri.scheme_str() == Some("http") { 80 } else { 443 };
        let name = host.trim_end_matches('.').to_ascii_lowercase().into();
        Some(Self { ip: ip(host), name, port: uri.port_u16().unwrap_or(usual) })
    }

    pub(super) fn is_loopback(&self) -> bool {
        *self.name == *"localhost" || self.ip.is_some_and(|ip| ip.is_loopback())
    }
}

/// An address as in a URI, or on its own.
pub(super) fn ip(text: &str) -> Option<IpAddr> {
    match text.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => text.parse().ok(),
    }
}
