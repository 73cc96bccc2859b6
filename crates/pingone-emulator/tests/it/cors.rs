//! Web pages of other origins, which may use the service and not the control paths.

use bytes::Bytes;
use http::{Method, Request, Response};

use crate::support::{CANCEL, Caller, JSON, PHONE, SELECT_DEVICE};

const ORIGIN: &str = "https://app.example";

/// What a browser asks before it lets a page of another origin send this.
fn preflight(caller: &Caller, method: &Method, path: &str) -> Response<Bytes> {
    let request = Request::options(path)
        .header("origin", ORIGIN)
        .header("access-control-request-method", method.as_str())
        .header("access-control-request-headers", "authorization,content-type");
    caller.service.handle(request.body(Bytes::new()).unwrap())
}

fn header<'a>(response: &'a Response<Bytes>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

fn names(list: &str) -> Vec<String> {
    list.split(',').map(|name| name.trim().to_ascii_lowercase()).collect()
}

#[test]
fn a_browser_asks_first_and_without_a_token() {
    let caller = Caller::new();
    let environment = format!("/{}", caller.service.environment_id());
    let one = format!("{environment}/deviceAuthentications/{}", caller.start(PHONE));
    for (path, methods) in [
        (one, vec!["get", "post"]),
        (format!("{environment}/deviceAuthentications/none"), vec!["get", "post"]),
        (format!("{environment}/deviceAuthentications"), vec!["post"]),
        (format!("{environment}/as/token"), vec!["post"]),
    ] {
        let response = preflight(&caller, &Method::POST, &path);
        assert_eq!((response.status().as_u16(), response.body().len()), (204, 0), "{path}");
        assert_eq!(names(header(&response, "access-control-allow-methods")), methods, "{path}");
        let allowed = names(header(&response, "access-control-allow-headers"));
        assert_eq!(allowed.len(), 18);
        assert!(["authorization", "content-type"].iter().all(|name| allowed.iter().any(|other| other == name)));
        assert!(!allowed.iter().any(|name| name.starts_with("x-ping-external")), "they are not in the list");
        assert_eq!(header(&response, "access-control-allow-origin"), "*");
        assert!(!header(&response, "correlation-id").is_empty() && header(&response, "content-type").is_empty());
    }
    caller.service.switch_off("preflight-is-204").unwrap();
    let response = preflight(&caller, &Method::POST, &format!("{environment}/deviceAuthentications"));
    assert_eq!((response.status().as_u16(), response.body().len()), (200, 0));
}

#[test]
fn a_page_of_any_origin_may_ask() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    let one = format!("/deviceAuthentications/{id}");
    for reply in [
        caller.post("/deviceAuthentications", JSON, "{}"),
        caller.get(&one),
        caller.post(&one, CANCEL, r#"{"reason":"CHANGE_DEVICE"}"#),
        caller.post(&one, SELECT_DEVICE, "{"),
        caller.get("/deviceAuthentications/none"),
        Caller { service: caller.service.clone(), authorization: None }.get(&one),
    ] {
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"), "{}", reply.status);
        assert_eq!(reply.header("access-control-expose-headers"), Some("Correlation-Id"));
        assert_eq!(reply.header("access-control-allow-credentials"), None, "cookies are not trusted");
    }
}

#[test]
fn neither_control_paths_nor_unknown_ones_are_open_to_pages() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    for path in [format!("/_emulator/pushes/{id}"), "/_emulator/codes".to_owned(), "/_emulator/".to_owned()] {
        for method in [Method::OPTIONS, Method::GET] {
            let request = Request::builder().method(method).uri(&path).header("origin", ORIGIN);
            let response = caller.service.handle(request.body(Bytes::new()).unwrap());
            let is_open = |name: &http::HeaderName| name.as_str().starts_with("access-control");
            assert!(!response.headers().keys().any(is_open), "{path}");
        }
        assert!(!preflight(&caller, &Method::POST, &path).status().is_success(), "{path}");
    }
    let unknown = preflight(&caller, &Method::POST, "/nothing/here");
    assert_eq!((unknown.status().as_u16(), header(&unknown, "access-control-allow-origin")), (403, ""));
    assert_eq!(caller.service.pending_pushes().len(), 1);
}
