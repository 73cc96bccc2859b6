//! Who may use the control paths. They hand out codes and secrets.

use std::net::{IpAddr, SocketAddr};

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header::HOST, uri::Authority};
use serde_json::json;

use crate::answer::Answer;

/// The refusal, if the path is a control path that this peer may not use.
///
/// The host that the client has asked for counts too: a page in a browser on this machine could have had the name of
/// another host lead here.
pub(super) fn refuse(path: &str, headers: &HeaderMap, peer: SocketAddr) -> Option<http::Response<Bytes>> {
    let is_control = path.strip_prefix("/_emulator").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if !is_control || (peer.ip().is_loopback() && is_asked_by_loopback_name(headers)) {
        return None;
    }
    let message = "the control paths are for this machine; --allow-remote-control opens them";
    Some(Answer::json(StatusCode::FORBIDDEN, json!({ "error": message })).into_response())
}

fn is_asked_by_loopback_name(headers: &HeaderMap) -> bool {
    let authority = headers.get(HOST).and_then(|host| host.to_str().ok()?.parse::<Authority>().ok());
    authority.is_some_and(|authority| {
        let host = authority.host().trim_matches(['[', ']']);
        host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(path: &str, host: &str, peer: &str) -> Option<u16> {
        let headers = HeaderMap::from_iter([(HOST, host.parse().unwrap())]);
        Some(refuse(path, &headers, peer.parse().unwrap())?.status().as_u16())
    }

    #[test]
    fn only_this_machine_may_use_the_control_paths() {
        for host in ["127.0.0.1:8420", "localhost", "LOCALHOST:8420", "[::1]:8420"] {
            assert_eq!(status("/_emulator/codes", host, "127.0.0.1:5000"), None, "{host}");
        }
        assert_eq!(status("/_emulator/codes", "127.0.0.1", "192.0.2.1:5000"), Some(403));
        assert_eq!(status("/_emulator", "127.0.0.1", "192.0.2.1:5000"), Some(403));
        for host in ["evil.example", "127.0.0.1.evil.example", "", "no host"] {
            assert_eq!(status("/_emulator/codes", host, "127.0.0.1:5000"), Some(403), "{host}");
        }
        assert_eq!(refuse("/_emulator/codes", &HeaderMap::new(), "[::1]:1".parse().unwrap()).unwrap().status(), 403);
    }

    #[test]
    fn anybody_may_use_the_service() {
        assert_eq!(status("/e/deviceAuthentications", "emulator.example", "192.0.2.1:5000"), None);
        assert_eq!(status("/_emulators", "emulator.example", "192.0.2.1:5000"), None);
    }
}
