use std::{
    fmt,
    net::{Ipv4Addr, Ipv6Addr},
};

use http::{
    Uri,
    uri::{Authority, Scheme},
};
use percent_encoding::percent_decode_str;
use pingone_model::RequestError;

use super::{host::Host, is_name};

/// A proxy, and the hosts for which it is used.
#[derive(Clone)]
pub struct ProxyServer {
    address: Box<str>,
    hosts: Box<[Host]>,
}

/// The kinds of proxies that both clients know, with their usual ports.
const KINDS: [(&str, u16); 4] = [("http", 80), ("https", 443), ("socks5", 1080), ("socks5h", 1080)];

impl ProxyServer {
    /// `{scheme}://{host}:{port}`, with `{user}:{password}@` before the host if it has that: not for a log.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Whether a request to `service` goes through it: with TLS only, so that the proxy reads nothing of it. Any other
    /// is sent directly.
    #[must_use]
    pub fn is_before(&self, service: &Uri) -> bool {
        let is_ours = || Host::of(service).is_some_and(|host| self.hosts.contains(&host));
        service.scheme() == Some(&Scheme::HTTPS) && is_ours()
    }

    pub(super) fn before(self, hosts: impl IntoIterator<Item = Host>) -> Self {
        Self { hosts: hosts.into_iter().collect(), ..self }
    }

    /// `source` is the argument or the variable that `text` comes from.
    pub(super) fn parse(source: &'static str, text: &str) -> Result<Self, RequestError> {
        let invalid = RequestError::new(
            source,
            "is not a proxy address: write it as http://host:port or http://user:password@host:port, with user \
             and password percent-encoded",
        );
        let (scheme, rest) = text.trim().split_once("://").unwrap_or(("http", text.trim()));
        let kind = KINDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(scheme));
        let &(scheme, usual_port) =
            kind.ok_or(RequestError::new(source, "has an unsupported scheme: use http, https, socks5 or socks5h"))?;
        let authority: Authority = rest.strip_suffix('/').unwrap_or(rest).parse().map_err(|_| invalid)?;
        let (user, place) = match authority.as_str().rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, authority.as_str()),
        };
        let host = authority.host();
        let port = match place.strip_prefix(host) {
            Some("") => usual_port,
            Some(port) => port[1..].parse().ok().filter(|port| *port != 0).ok_or(invalid)?,
            None => return Err(invalid),
        };
        if !is_host(host) || user.is_some_and(|user| !is_user(user)) {
            return Err(invalid);
        }
        let user = match user {
            Some(_) if scheme.starts_with("socks") => {
                let problem = "has a user, which only http and https proxies support: leave it out";
                return Err(RequestError::new(source, problem));
            }
            Some(user) => format!("{user}@"),
            None => String::new(),
        };
        Ok(Self { address: format!("{scheme}://{user}{host}:{port}").into(), hosts: Box::default() })
    }
}

fn is_host(host: &str) -> bool {
    let in_brackets = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    match in_brackets {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => host.parse::<Ipv4Addr>().is_ok() || is_name(host),
    }
}

/// Whether it is `user` or `user:password`, and both are text when percent-decoded.
fn is_user(text: &str) -> bool {
    !text.is_empty() && !text.starts_with(':') && !text.contains('@') && percent_decode_str(text).decode_utf8().is_ok()
}

/// The address may contain a password.
impl fmt::Debug for ProxyServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProxyServer(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_made_whole() {
        for (text, address) in [
            ("proxy", "http://proxy:80"),
            (" proxy:3128 ", "http://proxy:3128"),
            ("http://proxy/", "http://proxy:80"),
            ("HTTPS://proxy.example.com", "https://proxy.example.com:443"),
            ("socks5://10.0.0.1", "socks5://10.0.0.1:1080"),
            ("socks5h://[fd00::1]:9", "socks5h://[fd00::1]:9"),
            ("user:p%40ss@3proxy:1", "http://user:p%40ss@3proxy:1"),
            ("https://user@proxy", "https://user@proxy:443"),
        ] {
            assert_eq!(ProxyServer::parse("proxy", text).unwrap().address(), address);
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "http://",
            "htp://proxy",
            "ftp://proxy",
            "socks://proxy",
            "socks4://proxy",
            "socks4a://proxy",
            "file:///proxy",
            "http:/proxy",
            "http//proxy",
            "http:proxy",
            "http://proxy:",
            "http://proxy:0",
            "http://proxy:65536",
            "http://proxy:port",
            "http://proxy/path",
            "http://proxy?query",
            "http://proxy#fragment",
            "http://a b",
            "http://pröxy",
            "http://pr%6fxy",
            "http://1.2.3",
            "http://1.2.3.4.5",
            "http://0x7f",
            "http://fd00::1",
            "http://[fd00",
            "http://[proxy]",
            "http://@proxy",
            "http://:password@proxy",
            "http://user:p@ss@proxy",
            "http://user:%ff@proxy",
            "socks5://user:password@proxy",
            "socks5h://user@proxy",
            "http://one,http://two",
        ] {
            let error = ProxyServer::parse("HTTPS_PROXY", text).unwrap_err();
            assert_eq!(error.argument(), "HTTPS_PROXY", "{text}");
        }
    }
}
