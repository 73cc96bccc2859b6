//! A request, as the service sees it.

use std::borrow::Cow;

use bytes::Bytes;
use http::{
    HeaderMap, Method,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, HOST, HeaderName},
    request::Parts,
    uri::Authority,
};

use crate::rules::{self, Rules};

/// A placeholder authority, for links in the reply to a request without a `Host`.
const UNKNOWN_AUTHORITY: &str = "emulator.invalid";

pub(crate) struct Request {
    head: Parts,
    body: Bytes,
}

impl Request {
    pub(crate) fn new(request: http::Request<Bytes>) -> Self {
        let (head, body) = request.into_parts();
        Self { head, body }
    }

    pub(crate) fn method(&self) -> &Method {
        &self.head.method
    }

    pub(crate) fn path(&self) -> &str {
        self.head.uri.path()
    }

    /// The query as it stands in the address.
    pub(crate) fn raw_query(&self) -> Option<&str> {
        self.head.uri.query()
    }

    /// The value of a parameter in the query.
    pub(crate) fn query(&self, name: &str) -> Option<Cow<'_, str>> {
        let query = self.head.uri.query()?.as_bytes();
        form_urlencoded::parse(query).find(|(given, _)| given == name).map(|(_, value)| value)
    }

    pub(crate) fn body(&self) -> &Bytes {
        &self.body
    }

    /// The header `Content-Type` as it came.
    pub(crate) fn content_type(&self) -> Option<&str> {
        single(&self.head.headers, &CONTENT_TYPE)
    }

    /// An id of the caller's own, for their tracing: as audit events show it.
    ///
    /// Rule: EXTERNAL_IDS.
    pub(crate) fn external_id(&self, name: &str) -> Option<String> {
        let value = String::from_utf8_lossy(self.head.headers.get(name)?.as_bytes()).into_owned();
        let is_allowed = |character: &char| character.is_alphanumeric() || "._-/@=#+".contains(*character);
        let kept = |character| if is_allowed(&character) { character } else { '_' };
        Some(value.chars().take(100).map(kept).collect::<String>()).filter(|id| !id.is_empty())
    }

    /// The media type in lower case.
    pub(crate) fn media_type(&self, rules: &Rules) -> Option<String> {
        let mut parts = self.header(&CONTENT_TYPE, rules)?.split(';');
        let essence = parts.next()?;
        let is_alone = parts.next().is_none() || rules.holds(&rules::MEDIA_TYPE_PARAMETERS);
        is_alone.then(|| essence.trim().to_ascii_lowercase())
    }

    /// What the header `Authorization` says after `scheme` and a space.
    pub(crate) fn authorization(&self, scheme: &str, rules: &Rules) -> Option<&str> {
        let (given, credentials) = self.header(&AUTHORIZATION, rules)?.split_once(' ')?;
        given.eq_ignore_ascii_case(scheme).then(|| credentials.trim())
    }

    /// Whether the header `Accept` allows JSON in HAL style.
    pub(crate) fn accepts_hal(&self) -> bool {
        !self.head.headers.contains_key(ACCEPT) || self.accepts(&["*/*", "application/*", "application/hal+json"])
    }

    /// Whether the header `Accept` names one of these.
    pub(crate) fn accepts(&self, media_types: &[&str]) -> bool {
        let names = |part: &str| {
            let given = part.split(';').next().unwrap_or_default().trim();
            media_types.iter().any(|media_type| given.eq_ignore_ascii_case(media_type))
        };
        let mut values = self.head.headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
        values.any(|value| value.split(',').any(names))
    }

    /// Whether the client sends this `name=value`.
    pub(crate) fn has_cookie(&self, cookie: &str) -> bool {
        let values = self.head.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        values.flat_map(|value| value.split(';')).any(|given| given.trim() == cookie)
    }

    fn header(&self, name: &HeaderName, rules: &Rules) -> Option<&str> {
        match rules.holds(&rules::HEADER_TWICE_IS_MISSING) {
            true => single(&self.head.headers, name),
            false => self.head.headers.get(name)?.to_str().ok(),
        }
    }

    /// Whether the client has asked one of these hosts, at whatever port.
    pub(crate) fn is_for(&self, hosts: &[String]) -> bool {
        let is_one = |authority: Authority| hosts.iter().any(|host| host.eq_ignore_ascii_case(authority.host()));
        !hosts.is_empty() && self.authority().is_some_and(is_one)
    }

    /// The authority that the client used.
    fn authority(&self) -> Option<Authority> {
        let host = || single(&self.head.headers, &HOST)?.parse().ok();
        self.head.uri.authority().cloned().or_else(host)
    }

    /// The scheme and authority that the client used, so that links lead back there.
    pub(crate) fn base(&self) -> String {
        let scheme = self.head.uri.scheme_str().unwrap_or("http");
        let authority = self.authority();
        let authority = authority.as_ref().map_or(UNKNOWN_AUTHORITY, Authority::as_str);
        // A password in the address must not appear in every link.
        let authority = authority.rsplit('@').next().unwrap_or(authority);
        format!("{scheme}://{authority}")
    }
}

/// The header, if there is exactly one: servers disagree on which one counts.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let (value, None) = (values.next()?, values.next()) else { return None };
    value.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(uri: &str, headers: &[(&str, &str)]) -> Request {
        let builder = headers.iter().fold(http::Request::builder().uri(uri), |builder, (n, v)| builder.header(*n, *v));
        Request::new(builder.body(Bytes::new()).unwrap())
    }

    #[test]
    fn media_type_ignores_case_and_parameters() {
        let request = request("/", &[("content-type", " Application/JSON ; charset=utf-8")]);
        assert_eq!(request.media_type(&Rules::default()).as_deref(), Some("application/json"));
    }

    #[test]
    fn a_header_that_comes_twice_is_missing() {
        let request = request("/", &[("content-type", "text/plain"), ("content-type", "application/json")]);
        assert_eq!(request.media_type(&Rules::default()), None);
    }

    #[test]
    fn links_lead_back_to_the_address_that_was_asked() {
        assert_eq!(request("/x", &[("host", "127.0.0.1:8420")]).base(), "http://127.0.0.1:8420");
        assert_eq!(request("https://me:secret@auth.test/x", &[("host", "other")]).base(), "https://auth.test");
        assert_eq!(request("/x", &[("host", "no host at all")]).base(), "http://emulator.invalid");
        assert_eq!(request("/x", &[]).base(), "http://emulator.invalid");
    }

    #[test]
    fn authorization_has_one_scheme() {
        let request = request("/", &[("authorization", "bearer  abc")]);
        assert_eq!(request.authorization("Bearer", &Rules::default()), Some("abc"));
        assert_eq!(request.authorization("Basic", &Rules::default()), None);
    }
}
