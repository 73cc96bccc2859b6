//! The page for people: the users' phones and mailboxes. Its files are in the program, so that nothing has to be built,
//! installed or fetched from elsewhere, and it does nothing that the control paths do not offer to everybody.

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Response,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS},
};

use crate::request::Request;

const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Only the emulator's own files, no inline script, no frame around it, and no text that becomes markup.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
    trusted-types 'none'";

struct File {
    name: &'static str,
    media_type: &'static str,
    text: &'static str,
}

const INDEX: File =
    File { name: "index.html", media_type: "text/html; charset=utf-8", text: include_str!("index.html") };

/// What the page loads, from `/_emulator/page/…`.
const FILES: &[File] = &[
    File { name: "style.css", media_type: "text/css; charset=utf-8", text: include_str!("style.css") },
    File { name: "icons.svg", media_type: "image/svg+xml", text: include_str!("icons.svg") },
    script("main.js", include_str!("main.js")),
    script("api.js", include_str!("api.js")),
    script("dom.js", include_str!("dom.js")),
    script("connect.js", include_str!("connect.js")),
    script("pair.js", include_str!("pair.js")),
    script("phones.js", include_str!("phones.js")),
    script("record.js", include_str!("record.js")),
];

const fn script(name: &'static str, text: &'static str) -> File {
    File { name, media_type: "text/javascript; charset=utf-8", text }
}

/// The page or a file of it, if that is what the request to a control path asks for.
pub(crate) fn answer(request: &Request, path: &[&str]) -> Option<Response<Bytes>> {
    let file = match *path {
        _ if request.method() != Method::GET => None,
        // A program that accepts anything, or JSON, gets what a client needs to begin instead.
        [] if request.accepts(&["text/html"]) => Some(&INDEX),
        ["page", name] => FILES.iter().find(|file| file.name == name),
        _ => None,
    }?;
    let mut response = Response::new(Bytes::from_static(file.text.as_bytes()));
    *response.headers_mut() = HeaderMap::from_iter([
        (CONTENT_TYPE, HeaderValue::from_static(file.media_type)),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-origin")),
        // The next emulator on this port may be of another version.
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (VARY, HeaderValue::from_static("accept")),
    ]);
    Some(response)
}
