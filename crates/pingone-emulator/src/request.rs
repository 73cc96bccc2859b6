//! A request, as the service looks at it.

use bytes::Bytes;
use http::{
    HeaderMap, Method,
    header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName},
    request::Parts,
    uri::Authority,
};

/// An address that leads nowhere, for links in the answer to a request that does not say whom it was sent to.
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

    pub(crate) fn body(&self) -> &Bytes {
        &self.body
    }

    /// The header `Content-Type` as it came.
    pub(crate) fn content_type(&self) -> Option<&str> {
        single(&self.head.headers, &CONTENT_TYPE)
    }

    /// The media type in lower case.
    ///
    /// Rule (assumed): parameters, such as a charset, are tolerated and have no meaning.
    pub(crate) fn media_type(&self) -> Option<String> {
        let essence = self.content_type()?.split(';').next()?;
        Some(essence.trim().to_ascii_lowercase())
    }

    /// What the header `Authorization` says after `scheme` and a space.
    pub(crate) fn authorization(&self, scheme: &str) -> Option<&str> {
        let (given, credentials) = single(&self.head.headers, &AUTHORIZATION)?.split_once(' ')?;
        given.eq_ignore_ascii_case(scheme).then(|| credentials.trim())
    }

    /// Scheme and authority under which the client knows the service, so that links lead back to where it asked.
    pub(crate) fn base(&self) -> String {
        let scheme = self.head.uri.scheme_str().unwrap_or("http");
        let host = || single(&self.head.headers, &HOST)?.parse().ok();
        let authority = self.head.uri.authority().cloned().or_else(host);
        let authority = authority.as_ref().map_or(UNKNOWN_AUTHORITY, Authority::as_str);
        // Whoever puts a password into an address shall not find it in every link.
        let authority = authority.rsplit('@').next().unwrap_or(authority);
        format!("{scheme}://{authority}")
    }
}

/// Rule (assumed): a header that comes twice counts as missing, because no two servers agree on which one counts.
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
        assert_eq!(request.media_type().as_deref(), Some("application/json"));
    }

    #[test]
    fn a_header_that_comes_twice_is_missing() {
        let request = request("/", &[("content-type", "text/plain"), ("content-type", "application/json")]);
        assert_eq!(request.media_type(), None);
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
        assert_eq!(request.authorization("Bearer"), Some("abc"));
        assert_eq!(request.authorization("Basic"), None);
    }
}
