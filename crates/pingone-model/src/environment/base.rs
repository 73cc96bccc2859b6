//! The base URL of one host.

use std::net::Ipv4Addr;

use bytes::Bytes;
use http::{
    Uri,
    uri::{self, Authority, PathAndQuery, Scheme},
};

use crate::{
    EnvironmentId, Host, Query, Region, RequestError,
    operation::{Segment, Segments},
    shared::id,
};

/// `{scheme}://{authority}{prefix}`, and whether the path contains the environment's id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Base {
    scheme: Scheme,
    authority: Authority,
    prefix: Box<str>,
    names_environment: bool,
}

/// What the API's paths begin with.
const VERSION: &str = "/v1";

impl Base {
    pub(super) fn hosted(region: Region, host: Host) -> Self {
        let authority = Authority::from_static(region.host(Some(host)));
        let base = Self { scheme: Scheme::HTTPS, authority, prefix: "".into(), names_environment: true };
        if host == Host::Api { base.versioned() } else { base }
    }

    pub(super) fn custom_domain(domain: &str) -> Result<Self, RequestError> {
        let wrong = |problem| RequestError::new("domain", problem);
        let name = domain.strip_prefix("https://").unwrap_or(domain);
        let name = name.strip_suffix('/').unwrap_or(name);
        if Region::of_host(name).is_some() {
            return Err(wrong("is PingOne's own host: use Environment::new with the environment's region"));
        }
        if !is_host_name(name) {
            return Err(wrong("is not a host name: write it as login.example.com"));
        }
        let authority = name.parse().map_err(|_| wrong("is not a host name: write it as login.example.com"))?;
        Ok(Self { scheme: Scheme::HTTPS, authority, prefix: "".into(), names_environment: false })
    }

    /// `id` must not be there already, for it is added to each address.
    pub(super) fn parse(argument: &'static str, text: &str, id: &EnvironmentId) -> Result<Self, RequestError> {
        let wrong = |problem| RequestError::new(argument, problem);
        let no_address = wrong("is not a URL: write it as https://host or https://host/path");
        let parts = text.parse::<Uri>().map_err(|_| no_address)?.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(no_address);
        };
        if authority.as_str().contains('@') {
            return Err(wrong("contains a user or a password: leave them out"));
        }
        if Region::of_host(authority.host()).is_some() {
            return Err(wrong("is PingOne's own host: use Environment::new with the environment's region"));
        }
        if scheme != Scheme::HTTPS && !(scheme == Scheme::HTTP && is_loopback(authority.host())) {
            return Err(wrong("is not https: only loopback may be called over plain http, since a token is sent"));
        }
        if authority.host().is_empty() || port(&scheme, &authority).is_none() {
            return Err(no_address);
        }
        let path = parts.path_and_query.as_ref();
        if path.is_some_and(|path| path.query().is_some()) {
            return Err(wrong("has a query: write it as https://host or https://host/path"));
        }
        let prefix = path.map_or("", PathAndQuery::path).trim_end_matches('/');
        for segment in prefix.split('/').skip(1) {
            id::checked(argument, segment).map_err(|_| no_address)?;
        }
        let last = prefix.rsplit('/').next().unwrap_or_default();
        if !last.is_empty() && last.eq_ignore_ascii_case(id.as_str()) {
            return Err(wrong("ends with the environment's id, which is added for you: leave it out"));
        }
        if last.eq_ignore_ascii_case("v1") {
            return Err(wrong("ends with /v1, which is added for you: leave it out"));
        }
        Ok(Self { scheme, authority, prefix: prefix.into(), names_environment: true })
    }

    pub(super) fn versioned(mut self) -> Self {
        self.prefix = format!("{}{VERSION}", self.prefix).into();
        self
    }

    /// As it was given.
    pub(super) fn unversioned(&self) -> String {
        let prefix = self.prefix.strip_suffix(VERSION).unwrap_or(&self.prefix);
        format!("{}://{}{prefix}", self.scheme, self.authority)
    }

    pub(super) fn uses_tls(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }

    pub(super) fn is_loopback(&self) -> bool {
        is_loopback(self.authority.host())
    }

    /// The same scheme, host and port; the default port may be explicit.
    pub(super) fn is_origin_of(&self, uri: &Uri) -> bool {
        let same = |authority: &Authority| {
            authority.host().eq_ignore_ascii_case(self.authority.host())
                && port(&self.scheme, authority) == port(&self.scheme, &self.authority)
                && !authority.as_str().contains('@')
        };
        uri.scheme() == Some(&self.scheme) && uri.authority().is_some_and(same)
    }

    pub(super) fn join(&self, segments: Segments<'_>, query: &Query) -> Result<Uri, RequestError> {
        let said = |segment: &Segment<'_>| self.names_environment || !segment.is_environment();
        // Exactly as long as it will be, so that it becomes `Bytes` without another allocation.
        let length: usize = segments.iter().filter(said).map(|segment| segment.as_str().len() + 1).sum();
        let question = if query.is_empty() { "" } else { "?" };
        let mut text = String::with_capacity(self.prefix.len() + length + question.len() + query.as_str().len());
        text.push_str(&self.prefix);
        for segment in segments.iter().filter(said) {
            text.push('/');
            text.push_str(segment.checked()?);
        }
        text.extend([question, query.as_str()]);
        if text.is_empty() {
            text.push('/');
        }
        let no_path = |_| RequestError::new("path", "is invalid: no URL can be built from it");
        let path = PathAndQuery::from_maybe_shared(Bytes::from(text)).map_err(no_path)?;
        let mut parts = uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(path);
        Uri::from_parts(parts).map_err(|_| RequestError::new("path", "is invalid: no URL can be built from it"))
    }
}

/// Also the default one; `None` if it is not a port.
fn port(scheme: &Scheme, authority: &Authority) -> Option<u16> {
    match authority.port_u16() {
        Some(port) => Some(port),
        None if authority.as_str().ends_with(authority.host()) => Some(if *scheme == Scheme::HTTPS { 443 } else { 80 }),
        None => None,
    }
}

fn is_loopback(host: &str) -> bool {
    host == "[::1]" || host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|ip: Ipv4Addr| ip.is_loopback())
}

/// RFC 1123: dotted labels of letters, digits and hyphens, the last of which is not a number.
fn is_host_name(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_number = |label: &str| label.bytes().all(|byte| byte.is_ascii_digit());
    name.len() <= 253 && name.split('.').all(is_label) && name.rsplit('.').next().is_some_and(|last| !is_number(last))
}
