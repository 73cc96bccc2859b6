//! The page's own origin, and whether a form was sent from it.

use axum::http::{
    HeaderMap, Uri,
    header::{HOST, ORIGIN},
};

/// The origin of the page, such as `https://login.example.com`.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    text: String,
    host: String,
}

impl Origin {
    /// Only loopback may do without TLS: anybody on the way can read a cookie that is sent in clear text.
    pub(crate) fn new(text: &str) -> Result<Self, &'static str> {
        let uri: Uri = text.parse().map_err(|_| "is not an origin such as https://login.example.com")?;
        let (Some(scheme), Some(host)) = (uri.scheme_str(), uri.host()) else {
            return Err("is not an origin such as https://login.example.com");
        };
        if uri.path() != "/" || uri.query().is_some() || text.ends_with('/') || text.contains('@') {
            return Err("has more than scheme, host and port");
        }
        if let ("https", Some(443)) | ("http", Some(80)) = (scheme, uri.port_u16()) {
            return Err("names the default port, which browsers leave out");
        }
        if scheme != "https" && !(scheme == "http" && is_loopback(host)) {
            return Err("is not https: only loopback does without");
        }
        Ok(Self { text: text.to_ascii_lowercase(), host: host.to_ascii_lowercase() })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The host alone. Passkeys are bound to it.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// Whether this is a developer's own machine, without TLS.
    pub(crate) fn is_plain_loopback(&self) -> bool {
        self.text.starts_with("http://")
    }

    /// Whether this request was sent by one of our own pages.
    ///
    /// `SameSite` keeps the cookies from other sites. But beginning a log-in needs no cookie, and a sibling domain or
    /// another port is the same site. So the origin decides, which browsers send with every POST, even without scripts.
    /// A token in every form would do the same, but would have to be made, carried and compared.
    pub(crate) fn sent(&self, headers: &HeaderMap) -> bool {
        let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        let by_site = text("sec-fetch-site").map(|site| site == "same-origin");
        let by_origin = text(ORIGIN.as_str()).map(|origin| self.is(origin, text(HOST.as_str())));
        match (by_site, by_origin) {
            (None, None) => false,
            (site, origin) => site.unwrap_or(true) && origin.unwrap_or(true),
        }
    }

    /// A developer may also use `127.0.0.1`, but not a foreign name that resolves to this machine.
    fn is(&self, origin: &str, host: Option<&str>) -> bool {
        if !self.is_plain_loopback() {
            return origin.eq_ignore_ascii_case(&self.text);
        }
        let authority = origin.strip_prefix("http://");
        let name = authority.and_then(|authority| authority.parse::<Uri>().ok());
        authority == host && name.is_some_and(|uri| uri.host().is_some_and(is_loopback))
    }
}

fn is_loopback(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(origin: &str, headers: &[(&'static str, &str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        Origin::new(origin).unwrap().sent(&headers)
    }

    #[test]
    fn an_origin_without_tls_is_loopback_and_nothing_else() {
        for right in ["https://login.example.com", "https://login.example.com:8443", "http://localhost:8080"] {
            assert_eq!(Origin::new(right).unwrap().as_str(), right);
        }
        for wrong in [
            "https://a.example:443",
            "http://localhost:80",
            "http://login.example.com",
            "https://a.example/",
            "https://a.example/log-in",
            "a.example",
            "",
        ] {
            assert!(Origin::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_our_own_pages_send_forms() {
        const OURS: &str = "https://a.example";
        assert!(sent(OURS, &[("origin", OURS)]));
        assert!(sent(OURS, &[("sec-fetch-site", "same-origin")]));
        assert!(!sent(OURS, &[]));
        for other in ["https://b.a.example", "http://a.example", "https://a.example:444", "null", ""] {
            assert!(!sent(OURS, &[("origin", other), ("host", "a.example")]), "{other}");
        }
        for site in ["same-site", "cross-site", "none"] {
            assert!(!sent(OURS, &[("origin", OURS), ("sec-fetch-site", site)]), "{site}");
        }
    }

    #[test]
    fn on_loopback_a_name_that_leads_here_is_not_ours() {
        const OURS: &str = "http://localhost:8080";
        assert!(sent(OURS, &[("origin", OURS), ("host", "localhost:8080")]));
        assert!(sent(OURS, &[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")]));
        assert!(!sent(OURS, &[("origin", "http://evil.example:8080"), ("host", "evil.example:8080")]));
        assert!(!sent(OURS, &[("origin", "http://localhost:8081"), ("host", "localhost:8080")]));
    }
}
