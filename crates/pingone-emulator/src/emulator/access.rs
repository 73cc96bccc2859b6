//! Who may use the control paths, which hand out codes and secrets, and answer for users.

use std::net::{IpAddr, SocketAddr};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, StatusCode,
    header::{HOST, ORIGIN},
    request::Parts,
    uri::Authority,
};
use serde_json::json;

use crate::answer::Answer;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Who may use the control paths: this machine, unless others may.
#[derive(Clone, Debug, Default)]
pub(super) struct Access {
    pub(super) allows_remote_control: bool,
    /// Host names that are accepted for the control paths, in addition to addresses and `localhost`.
    pub(super) allowed_hosts: Vec<String>,
}

impl Access {
    /// The refusal, if this request to a control path is not allowed.
    pub(super) fn refuse(&self, request: &Parts, peer: SocketAddr) -> Option<http::Response<Bytes>> {
        let rest = request.uri.path().strip_prefix("/_emulator")?;
        let is_control = rest.is_empty() || rest.starts_with('/');
        let message = if !is_control {
            return None;
        } else if !self.allows_remote_control && !peer.ip().is_loopback() {
            "the control paths answer only this machine; --allow-remote-control opens them"
        } else if !self.is_asked_by_a_good_name(request) {
            "the control paths do not answer to this host name; use an address, localhost or --allow-host"
        } else if !request.method.is_safe() && is_of_another_origin(&request.headers) {
            "a web page of another origin may not use the control paths"
        } else {
            return None;
        };
        Some(Answer::json(StatusCode::FORBIDDEN, json!({ "error": message })).into_response())
    }

    /// The `Host` counts too: the owner of a name can point it here, and then a page with
    /// that name has the same origin for a browser. Nobody owns an address, or `localhost`.
    fn is_asked_by_a_good_name(&self, request: &Parts) -> bool {
        let mut hosts = request.headers.get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        let named = host.to_str().ok().and_then(|host| host.parse::<Authority>().ok());
        named.is_some_and(|named| self.is_good(&named))
            && request.uri.authority().is_none_or(|named| self.is_good(named))
    }

    fn is_good(&self, authority: &Authority) -> bool {
        let host = authority.host().trim_matches(['[', ']']);
        let is_own_address = |address: IpAddr| self.allows_remote_control || address.to_canonical().is_loopback();
        host.eq_ignore_ascii_case("localhost")
            || host.parse().is_ok_and(is_own_address)
            || self.allowed_hosts.iter().any(|allowed| allowed.eq_ignore_ascii_case(host))
    }
}

/// Whether a browser sends this for a page of another origin, which could otherwise approve a push. Browsers
/// say so; other clients have no reason to. Reading needs no such check, because a page cannot see the reply.
fn is_of_another_origin(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get(SEC_FETCH_SITE) {
        return site != "same-origin" && site != "none";
    }
    // An older browser, or one that uses plain HTTP to a host other than this machine.
    headers.contains_key(ORIGIN) && origin_host(headers).is_none_or(|origin| Some(origin) != text(headers, &HOST))
}

fn origin_host(headers: &HeaderMap) -> Option<&str> {
    Some(text(headers, &ORIGIN)?.split_once("://")?.1)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;

    fn request(method: Method, path: &str, headers: &[(HeaderName, &str)]) -> Parts {
        let (mut parts, ()) = http::Request::builder().method(method).uri(path).body(()).unwrap().into_parts();
        for (name, value) in headers {
            parts.headers.append(name.clone(), value.parse().unwrap());
        }
        parts
    }

    fn remote(allows_remote_control: bool) -> Access {
        Access { allows_remote_control, allowed_hosts: vec!["emulator".to_owned()] }
    }

    fn status(path: &str, host: &str, peer: &str) -> Option<u16> {
        let request = request(Method::GET, path, &[(HOST, host)]);
        Some(remote(false).refuse(&request, peer.parse().unwrap())?.status().as_u16())
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
        let nameless = request(Method::GET, "/_emulator/codes", &[]);
        assert_eq!(remote(false).refuse(&nameless, "[::1]:1".parse().unwrap()).unwrap().status(), 403);
        assert_eq!(status("/_emulator/codes", "192.0.2.7:8420", "127.0.0.1:5000"), Some(403));
        assert_eq!(status("/_emulator/codes", "emulator:8420", "127.0.0.1:5000"), None, "it is named");
    }

    #[test]
    fn others_that_may_have_to_use_an_address_or_a_name_that_is_allowed() {
        let is_refused = |headers: &[(HeaderName, &str)], uri: &str| {
            let request = request(Method::GET, uri, headers);
            remote(true).refuse(&request, "192.0.2.1:5000".parse().unwrap()).is_some()
        };
        for host in ["192.0.2.7:8420", "[2001:db8::7]:8420", "localhost:8420", "emulator:8420", "Emulator"] {
            assert!(!is_refused(&[(HOST, host)], "/_emulator/codes"), "{host}");
        }
        for host in ["evil.example:8420", "emulator.evil.example", "192.0.2.7.evil.example", "", "2130706433.nip.io"] {
            assert!(is_refused(&[(HOST, host)], "/_emulator/codes"), "{host}");
        }
        assert!(is_refused(&[], "/_emulator/codes"));
        assert!(is_refused(&[(HOST, "localhost"), (HOST, "evil.example")], "/_emulator/codes"), "one or the other");
        assert!(is_refused(&[(HOST, "localhost")], "http://evil.example/_emulator/codes"));
    }

    #[test]
    fn anybody_may_use_the_service() {
        assert_eq!(status("/e/deviceAuthentications", "emulator.example", "192.0.2.1:5000"), None);
        assert_eq!(status("/_emulators", "emulator.example", "192.0.2.1:5000"), None);
    }

    #[test]
    fn a_page_of_another_origin_changes_nothing() {
        const HERE: (HeaderName, &str) = (HOST, "localhost:8420");
        let refused = |method: Method, headers: &[(HeaderName, &str)]| {
            let request = request(method, "/_emulator/pushes/a", &[&[HERE], headers].concat());
            // Remote control does not lift it: the page would still not be the emulator's own.
            [false, true].map(|is_open| remote(is_open).refuse(&request, "127.0.0.1:5000".parse().unwrap()).is_some())
        };
        for (refusal, headers) in [
            (false, &[][..]),
            (false, &[(SEC_FETCH_SITE, "same-origin"), (ORIGIN, "http://localhost:8420")]),
            (false, &[(SEC_FETCH_SITE, "none")]),
            (false, &[(ORIGIN, "http://localhost:8420")]),
            (true, &[(SEC_FETCH_SITE, "cross-site"), (ORIGIN, "https://evil.example")]),
            (true, &[(SEC_FETCH_SITE, "same-site"), (ORIGIN, "http://localhost:3000")]),
            (true, &[(SEC_FETCH_SITE, "cross-site")]),
            (true, &[(ORIGIN, "https://evil.example")]),
            (true, &[(ORIGIN, "http://localhost:3000")]),
            (true, &[(ORIGIN, "http://evil.example/localhost:8420")]),
            (true, &[(ORIGIN, "null")]),
        ] {
            for method in [Method::POST, Method::PUT, Method::DELETE] {
                assert_eq!(refused(method, headers), [refusal; 2], "{headers:?}");
            }
            assert_eq!(refused(Method::GET, headers), [false; 2], "a link may lead here: {headers:?}");
        }
    }
}
