//! The address to announce for an emulator that listens on all addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};

/// Addresses for documentation, which nobody has: no packet is sent, the system only says from where it would be.
const ELSEWHERE: [(IpAddr, IpAddr); 2] = [
    (IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1))),
    (IpAddr::V6(Ipv6Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1))),
];

/// `host`, or the address of this machine by which others reach it if `host` is all of its addresses.
pub(super) fn reachable(host: IpAddr) -> IpAddr {
    if !host.is_unspecified() {
        return host;
    }
    let ways = ELSEWHERE.iter().filter(|(from, _)| from.is_ipv4() == host.is_ipv4());
    ways.copied().find_map(|(from, to)| outward(from, to)).unwrap_or_else(|| of_this_machine(host))
}

/// `host`, or the loopback address if `host` is all addresses.
pub(super) fn of_this_machine(host: IpAddr) -> IpAddr {
    match host {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
        host => host,
    }
}

/// The address from which a packet would be sent `to` there; `None` if there is no way.
fn outward(from: IpAddr, to: IpAddr) -> Option<IpAddr> {
    let socket = UdpSocket::bind((from, 0)).ok()?;
    socket.connect((to, 9)).ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|address| !address.is_unspecified())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_addresses_are_none_to_ask() {
        for host in ["0.0.0.0", "::"] {
            let host: IpAddr = host.parse().unwrap();
            assert!(!reachable(host).is_unspecified() && of_this_machine(host).is_loopback());
        }
        let named: IpAddr = "192.0.2.7".parse().unwrap();
        assert_eq!((reachable(named), of_this_machine(named)), (named, named));
    }
}
