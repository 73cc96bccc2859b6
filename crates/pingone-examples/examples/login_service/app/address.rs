use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::request::Parts,
};

use super::service::Service;

/// Where a browser connects from, as the limits count it. For IPv6 that is the /64 network, which is what one customer
/// gets.
pub(crate) struct Address(String);

impl Address {
    fn new(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}")
            }
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromRequestParts<Service> for Address {
    type Rejection = Infallible;

    /// Behind a proxy, every connection comes from the proxy, so it has to pass the address in a header, and to
    /// overwrite that header if a browser sends it.
    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Infallible> {
        let told = service.settings.address_header.as_deref().and_then(|name| parts.headers.get(name));
        let told = told.and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let peer = || parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        Ok(told.or_else(peer).map_or(Self(String::new()), Self::new))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_customer_is_one_address() {
        let address = |text: &str| Address::new(text.parse().unwrap()).0;
        assert_eq!(address("192.0.2.7"), address("::ffff:192.0.2.7"));
        assert_eq!(address("2001:db8:0:1::1"), address("2001:db8:0:1:ffff::2"));
        assert_ne!(address("2001:db8:0:1::1"), address("2001:db8:0:2::1"));
    }
}
