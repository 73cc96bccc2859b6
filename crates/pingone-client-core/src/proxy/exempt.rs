//! `NO_PROXY`: programs differ in how they read it, so only a narrow syntax is accepted.

use std::net::IpAddr;

use pingone_model::RequestError;

use super::{
    host::{Host, ip},
    is_name,
};

/// Whether `list`, the value of `variable`, contains `host`. An invalid entry is an error.
pub(super) fn is_exempt(variable: &'static str, list: &str, host: &Host) -> Result<bool, RequestError> {
    let unknown = RequestError::new(
        variable,
        "has an invalid entry: write host names, IP addresses or CIDR blocks, separated by commas",
    );
    let mut entries = list.split(|c: char| c == ',' || c.is_whitespace()).filter(|entry| !entry.is_empty());
    // Checks every entry, so that a wrong one is reported for any host.
    entries.try_fold(false, |is_exempt, entry| Ok(host.is_in(entry).ok_or(unknown)? || is_exempt))
}

impl Host {
    /// Whether `entry` matches this host; `None` if it is invalid.
    fn is_in(&self, entry: &str) -> Option<bool> {
        if entry == "*" {
            return Some(true);
        }
        if let Some((start, length)) = entry.split_once('/') {
            let block = Block { start: start.parse().ok()?, length: length.parse().ok()? };
            return block.is_block().then(|| self.ip.is_some_and(|ip| block.contains(ip)));
        }
        if let Some(address) = ip(entry) {
            return Some(self.ip == Some(address));
        }
        let (host, is_port) = match entry.rsplit_once(':') {
            Some((host, port)) => (host, port.parse::<u16>().ok()? == self.port),
            None => (entry, true),
        };
        let is_host = match ip(host) {
            Some(address) => self.ip == Some(address),
            None => self.is_below(host)?,
        };
        Some(is_host && is_port)
    }

    fn is_below(&self, name: &str) -> Option<bool> {
        let name = name.strip_prefix("*.").or(name.strip_prefix('.')).unwrap_or(name).trim_end_matches('.');
        if !is_name(name) {
            return None;
        }
        let rest = self.name.len().checked_sub(name.len()).and_then(|at| self.name.split_at_checked(at));
        Some(rest.is_some_and(|(below, end)| {
            end.eq_ignore_ascii_case(name) && (below.is_empty() || below.ends_with('.')) && self.ip.is_none()
        }))
    }
}

struct Block {
    start: IpAddr,
    length: u32,
}

impl Block {
    fn is_block(&self) -> bool {
        self.length <= if self.start.is_ipv4() { 32 } else { 128 }
    }

    fn contains(&self, ip: IpAddr) -> bool {
        let differ = match (self.start, ip) {
            (IpAddr::V4(start), IpAddr::V4(ip)) => (u32::from(start) ^ u32::from(ip)).leading_zeros(),
            (IpAddr::V6(start), IpAddr::V6(ip)) => (u128::from(start) ^ u128::from(ip)).leading_zeros(),
            _ => return false,
        };
        differ >= self.length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(uri: &str) -> Host {
        Host::of(&uri.parse().unwrap()).unwrap()
    }

    fn exempt(list: &str, service: &str) -> bool {
        is_exempt("NO_PROXY", list, &host(service)).unwrap()
    }

    #[test]
    fn an_entry_is_a_host_with_all_below_it_an_address_a_block_or_everything() {
        const NAME: &str = "https://auth.Service.test/x";
        const PORT: &str = "https://auth.service.test:8443/x";
        const V4: &str = "https://10.1.2.3/x";
        const V6: &str = "https://[fd00::1]/x";
        let all = [NAME, PORT, V4, V6];
        for (list, among) in [
            ("", &[][..]),
            ("*", &all),
            ("service.test", &[NAME, PORT]),
            ("AUTH.service.test.", &[NAME, PORT]),
            (".service.test", &[NAME, PORT]),
            ("*.service.test", &[NAME, PORT]),
            ("*.auth.service.test", &[NAME, PORT]),
            ("test", &[NAME, PORT]),
            ("vice.test,uth.service.test", &[]),
            ("x.auth.service.test", &[]),
            ("service.test:8443", &[PORT]),
            ("auth.service.test:443", &[NAME]),
            ("a, service.test", &[NAME, PORT]),
            (" a ,, b\tservice.test ", &[NAME, PORT]),
            ("10.1.2.3", &[V4]),
            ("10.1.2.3:443", &[V4]),
            ("10.1.2.3:8443", &[]),
            ("10.0.0.0/8", &[V4]),
            ("10.1.2.2/31,10.2.0.0/16", &[V4]),
            ("10.1.2.4/31", &[]),
            ("0.0.0.0/0", &[V4]),
            ("::/0", &[V6]),
            ("fd00::/8", &[V6]),
            ("fd00::1", &[V6]),
            ("[fd00::1]", &[V6]),
            ("[fd00::1]:443", &[V6]),
            ("[fd00::1]:8443", &[]),
            ("fd00::2/128", &[]),
        ] {
            for service in all {
                assert_eq!(exempt(list, service), among.contains(&service), "{list}: {service}");
            }
        }
    }

    #[test]
    fn an_entry_that_is_not_understood_is_an_error_even_behind_one_that_fits() {
        for entry in [
            "192.168.*",
            "192.168.",
            "10.",
            "10",
            "*test",
            "a*",
            ".",
            "*.",
            "10.0.0.0/33",
            "fd00::/129",
            "10.0.0.0/",
            "service.test/8",
            "a:b",
            "a:65536",
            "[fd00::1",
            "[a]",
            "<local>",
            "https://service.test",
            "sérvice.test",
        ] {
            let list = format!("*, {entry}");
            let error = is_exempt("no_proxy", &list, &host("https://a.test/")).unwrap_err();
            assert_eq!(error.argument(), "no_proxy", "{entry}");
        }
    }
}
