//! Where an environment is: its id, its region or domain, and the only place that joins paths.

use std::net::Ipv4Addr;

use http::{
    Uri,
    uri::{self, Authority, PathAndQuery, Scheme},
};

use crate::{EnvironmentId, Region, RequestError, shared::id};

/// A PingOne environment: its id and the address of its authorization service.
///
/// ```
/// use pingone_model::{Environment, Region};
///
/// let id = "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6";
/// let hosted = Environment::new(Region::Europe, id);
/// assert_eq!(
///     hosted.auth(&["deviceAuthentications"])?.to_string(),
///     "https://auth.pingone.eu/abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6/deviceAuthentications",
/// );
///
/// let branded = Environment::with_custom_domain("login.example.com", id)?;
/// assert_eq!(
///     branded.auth(&["deviceAuthentications"])?.to_string(),
///     "https://login.example.com/deviceAuthentications",
/// );
/// # Ok::<_, pingone_model::RequestError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    id: EnvironmentId,
    auth: Base,
}

impl Environment {
    /// An environment at PingOne's own addresses.
    #[must_use]
    pub fn new(region: Region, id: impl Into<EnvironmentId>) -> Self {
        let auth = Base {
            scheme: Scheme::HTTPS,
            authority: Authority::from_static(region.auth_host()),
            prefix: "".into(),
            names_environment: true,
        };
        Self { id: id.into(), auth }
    }

    /// An environment behind its own domain, such as `login.example.com`. The environment's id leaves the path.
    ///
    /// <https://developer.pingidentity.com/pingone-api/platform/custom-domains.html>
    ///
    /// # Errors
    ///
    /// `domain` is no host name, or is a host of PingOne's.
    pub fn with_custom_domain(domain: &str, id: impl Into<EnvironmentId>) -> Result<Self, RequestError> {
        const ARGUMENT: &str = "domain";
        let host = domain.strip_prefix("https://").unwrap_or(domain);
        let auth = Base::parse(ARGUMENT, &format!("https://{host}"), false)?;
        if is_pingone(auth.authority.host()) {
            return Err(RequestError::new(
                ARGUMENT,
                "is PingOne's own host: use Environment::new with the environment's region",
            ));
        }
        Ok(Self { id: id.into(), auth })
    }

    /// An environment at an address of your own, such as an emulator's; the environment's id stays in the path.
    ///
    /// # Errors
    ///
    /// `base` is no `https` address with at most a path, or `http` elsewhere than on loopback.
    pub fn at(base: &str, id: impl Into<EnvironmentId>) -> Result<Self, RequestError> {
        Ok(Self { id: id.into(), auth: Base::parse("base", base, true)? })
    }

    /// The environment's id.
    #[must_use]
    pub fn id(&self) -> &EnvironmentId {
        &self.id
    }

    /// The address below the environment's authorization service: `{authPath}/{envID}/{segments…}`. Every operation
    /// builds its address here, and so do operations of your own.
    ///
    /// # Errors
    ///
    /// The environment's id or a segment cannot stand in a path. Check an id with its `checked` first, which names it.
    pub fn auth(&self, segments: &[&str]) -> Result<Uri, RequestError> {
        self.auth.join(self.id.checked()?, segments)
    }

    /// Whether `uri` is at this environment's service: only there may its token go.
    #[must_use]
    pub fn owns(&self, uri: &Uri) -> bool {
        uri.scheme() == Some(&self.auth.scheme) && uri.authority() == Some(&self.auth.authority)
    }

    /// Whether the service is called over TLS: always, unless it is on this machine and says `http`.
    #[must_use]
    pub fn uses_tls(&self) -> bool {
        self.auth.scheme == Scheme::HTTPS
    }

    /// Whether the service is on this machine: no proxy stands between.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(self.auth.authority.host())
    }
}

/// `{scheme}://{authority}{prefix}`, and whether the environment's id follows.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Base {
    scheme: Scheme,
    authority: Authority,
    prefix: Box<str>,
    names_environment: bool,
}

impl Base {
    fn parse(argument: &'static str, text: &str, names_environment: bool) -> Result<Self, RequestError> {
        let wrong = |problem| RequestError::new(argument, problem);
        let no_address = wrong("is no address: write it as https://host or https://host/path");
        let parts = text.parse::<Uri>().map_err(|_| no_address)?.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(no_address);
        };
        if authority.as_str().contains('@') {
            return Err(wrong("has a user or a password in it: pass credentials as such"));
        }
        if scheme != Scheme::HTTPS && !(scheme == Scheme::HTTP && is_loopback(authority.host())) {
            return Err(wrong("is not https: a token travels there, and only loopback may do without"));
        }
        let path = parts.path_and_query.as_ref();
        if path.is_some_and(|path| path.query().is_some()) {
            return Err(wrong("has a query: write it as https://host or https://host/path"));
        }
        let prefix = path.map_or("", PathAndQuery::path).trim_end_matches('/');
        for segment in prefix.split('/').skip(1) {
            id::checked(argument, segment).map_err(|_| no_address)?;
        }
        Ok(Self { scheme, authority, prefix: prefix.into(), names_environment })
    }

    /// `environment` has been checked; it is one that can be named.
    fn join(&self, environment: &str, segments: &[&str]) -> Result<Uri, RequestError> {
        let [slash, environment] = if self.names_environment { ["/", environment] } else { [""; 2] };
        let length = segments.iter().map(|segment| segment.len() + 1).sum::<usize>();
        // Exactly as long as it will be, so that it becomes `Bytes` without another allocation.
        let length = self.prefix.len() + slash.len() + environment.len() + length;
        let mut path = String::with_capacity(length);
        path.extend([&*self.prefix, slash, environment]);
        for segment in segments {
            path.push('/');
            path.push_str(id::checked("path segment", segment)?);
        }
        let no_path = |_| RequestError::new("path segment", "gives no path");
        let path = PathAndQuery::from_maybe_shared(bytes::Bytes::from(path)).map_err(no_path)?;
        let mut parts = uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(path);
        Uri::from_parts(parts).map_err(|_| RequestError::new("path segment", "gives no address"))
    }
}

fn is_loopback(host: &str) -> bool {
    host == "[::1]" || host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|ip: Ipv4Addr| ip.is_loopback())
}

fn is_pingone(host: &str) -> bool {
    Region::ALL.iter().any(|region| {
        let root = region.auth_host().trim_start_matches("auth");
        host.to_ascii_lowercase().ends_with(root)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6";

    fn one(environment: &Environment) -> String {
        environment.auth(&["deviceAuthentications", "a-1"]).unwrap().to_string()
    }

    #[test]
    fn a_custom_domain_takes_the_environment_id_out_of_the_path() {
        for domain in ["login.example.com", "https://login.example.com", "https://login.example.com/"] {
            let environment = Environment::with_custom_domain(domain, ID).unwrap();
            assert_eq!(one(&environment), "https://login.example.com/deviceAuthentications/a-1");
        }
        for bad in [
            "",
            "http://login.example.com",
            "auth.pingone.eu",
            "https://AUTH.pingone.com",
            "a b",
            "login.example.com?x",
        ] {
            assert_eq!(Environment::with_custom_domain(bad, ID).unwrap_err().argument(), "domain", "{bad:?}");
        }
    }

    #[test]
    fn a_base_of_ones_own_keeps_the_environment_id_and_its_path() {
        for (base, start) in [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://localhost:8080/", "http://localhost:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("https://gateway.example.com/pingone/", "https://gateway.example.com/pingone"),
        ] {
            let environment = Environment::at(base, ID).unwrap();
            assert_eq!(one(&environment), format!("{start}/{ID}/deviceAuthentications/a-1"));
        }
    }

    #[test]
    fn a_base_that_is_no_https_address_is_named() {
        for bad in [
            "",
            "pingone",
            "/",
            "127.0.0.1:8080",
            "http://auth.pingone.eu",
            "http://127.0.0.1.example.com",
            "http://10.0.0.1",
            "ftp://127.0.0.1",
            "https://",
            "https://user:secret@host",
            "https://host/?q=1",
            "https://host/../x",
            "https://host//x",
        ] {
            let error = Environment::at(bad, ID).unwrap_err();
            assert_eq!(error.argument(), "base", "{bad:?}");
            assert!(!error.to_string().contains("secret"));
        }
    }

    #[test]
    fn no_segment_can_leave_the_path() {
        let environment = Environment::new(Region::Europe, ID);
        for bad in ["", ".", "..", "a/b", "a?b", "%2e%2e", "a;b"] {
            assert!(environment.auth(&["deviceAuthentications", bad]).is_err(), "{bad:?}");
        }
        let nameless = Environment::new(Region::Europe, "");
        assert_eq!(nameless.auth(&["x"]).unwrap_err().argument(), "environment_id");
        let branded = Environment::with_custom_domain("login.example.com", "..").unwrap();
        assert_eq!(branded.auth(&["x"]).unwrap_err().argument(), "environment_id");
    }

    #[test]
    fn it_owns_its_own_host_alone() {
        let environment = Environment::new(Region::Europe, ID);
        assert!(environment.owns(&"https://AUTH.pingone.eu/x".parse().unwrap()));
        for other in ["http://auth.pingone.eu/x", "https://auth.pingone.eu:444/x", "https://auth.pingone.com/x", "/x"] {
            assert!(!environment.owns(&other.parse().unwrap()), "{other}");
        }
        assert!(environment.uses_tls() && !environment.is_loopback());
        let local = Environment::at("http://127.9.9.9", ID).unwrap();
        assert!(!local.uses_tls() && local.is_loopback());
    }
}
