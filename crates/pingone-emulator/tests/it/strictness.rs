//! Verb, path, media type, token, and what nobody ought to send.

use std::collections::HashSet;

use bytes::Bytes;
use http::{Method, Request};
use pingone_emulator::JournalEntry;
use serde_json::json;

use crate::support::{CANCEL, CHECK_ASSERTION, CHECK_OTP, Caller, EMAIL, JSON, PHONE, SELECT_DEVICE};

#[test]
fn a_path_that_does_not_exist_ends_at_the_gateway() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    let environment = format!("/{}", caller.service.environment_id());
    for path in [
        "/".to_owned(),
        "//".to_owned(),
        environment.clone(),
        format!("{environment}/deviceAuthentications/"),
        format!("{environment}/deviceAuthentications/{id}/cancel"),
        format!("{environment}/deviceAuthentications/{id}/"),
        format!("{environment}//deviceAuthentications"),
        format!("/{environment}/deviceAuthentications"),
        format!("{environment}/as"),
        format!("/v1/environments{environment}/deviceAuthentications"),
    ] {
        let reply = caller.send_to(Method::POST, &path, Some(JSON), b"{}");
        assert_eq!(reply.status, 403, "{path}");
        let members: Vec<&String> = reply.body.as_object().unwrap().keys().collect();
        assert_eq!(members, ["message"], "{path}");
        assert!(reply.header("x-amzn-errortype").is_some() && reply.header("correlation-id").is_none(), "{path}");
    }
}

#[test]
fn a_method_that_a_resource_lacks_is_405() {
    let caller = Caller::new();
    let one = format!("/deviceAuthentications/{}", caller.start(PHONE));
    for (methods, path, allow) in [
        ([Method::GET, Method::PUT, Method::DELETE], "/deviceAuthentications", "POST"),
        ([Method::PUT, Method::PATCH, Method::DELETE], one.as_str(), "GET, POST"),
        ([Method::GET, Method::PUT, Method::DELETE], "/as/token", "POST"),
    ] {
        for method in methods {
            let reply = caller.send(method, path, Some(JSON), b"{}");
            assert_eq!(reply.complaint(), (405, "INVALID_REQUEST", "", ""), "{path}");
            assert_eq!(reply.header("allow"), Some(allow));
        }
    }
}

#[test]
fn a_media_type_that_names_no_operation_is_415() {
    let caller = Caller::new();
    let one = format!("/deviceAuthentications/{}", caller.start(PHONE));
    let body = json!({ "reason": "CHANGE_DEVICE" }).to_string();
    for (path, media_type) in [
        (one.as_str(), Some(JSON)),
        (&one, Some("text/plain")),
        (&one, Some("application/vnd.pingidentity.cancel.push.authentication")),
        (&one, Some("")),
        (&one, None),
        ("/deviceAuthentications", Some(CANCEL)),
        ("/deviceAuthentications", Some(SELECT_DEVICE)),
        ("/deviceAuthentications", None),
    ] {
        let reply = caller.send(Method::POST, path, media_type, body.as_bytes());
        assert_eq!(reply.complaint(), (415, "INVALID_REQUEST", "", ""), "{path} {media_type:?}");
    }
}

#[test]
fn parameters_of_a_media_type_have_no_meaning() {
    let caller = Caller::new();
    let one = format!("/deviceAuthentications/{}", caller.start(PHONE));
    let spelled_otherwise = "Application/VND.pingidentity.Cancel.push.authentication+JSON; charset=utf-8";
    let body = json!({ "reason": "CHANGE_DEVICE" });
    assert_eq!(caller.post(&one, spelled_otherwise, &body).step(), "DEVICE_SELECTION_REQUIRED");
}

#[test]
fn the_media_type_alone_chooses_the_operation() {
    let caller = Caller::new();
    let id = caller.start(EMAIL);
    // A body that every operation can read.
    let body = json!({
        "otp": caller.last_code(), "reason": "CHANGE_DEVICE", "device": { "id": PHONE },
        "origin": "https://pingone.com", "assertion": "{}",
    });
    assert_eq!(caller.act(&id, SELECT_DEVICE, body.clone()).step(), "PUSH_CONFIRMATION_REQUIRED");
    assert_eq!(caller.act(&id, CANCEL, body.clone()).step(), "DEVICE_SELECTION_REQUIRED");
    assert_eq!(caller.select(&id, EMAIL).step(), "OTP_REQUIRED");
    assert_eq!(caller.act(&id, CHECK_ASSERTION, body).complaint().2, "CONSTRAINT_VIOLATION");
    assert_eq!(caller.check(&id, &caller.last_code()).step(), "COMPLETED");
}

#[test]
fn a_header_that_comes_twice_is_missing() {
    let caller = Caller::new();
    let uri = format!("/{}/deviceAuthentications", caller.service.environment_id());
    let post = || Request::post(&uri).header("authorization", caller.authorization.as_deref().unwrap());
    let send = |request: http::request::Builder| {
        let body = json!({ "user": { "id": caller.service.user_id() } }).to_string();
        caller.service.handle(request.body(Bytes::from(body)).unwrap()).status().as_u16()
    };
    assert_eq!(send(post().header("content-type", JSON)), 201);
    assert_eq!(send(post().header("content-type", JSON).header("content-type", CANCEL)), 415);
    assert_eq!(send(post().header("authorization", "Bearer x").header("content-type", JSON)), 401);
}

#[test]
fn accept_has_no_meaning() {
    let caller = Caller::new();
    assert_eq!(get_accepting(&caller, "text/html"), 200);
    assert_eq!(get_accepting(&caller, "application/json"), 200);
}

/// The status of the answer to a *read* with this header `Accept`.
fn get_accepting(caller: &Caller, accept: &str) -> u16 {
    let id = caller.start(PHONE);
    let request = Request::get(format!("/{}/deviceAuthentications/{id}", caller.service.environment_id()))
        .header("authorization", caller.authorization.as_deref().unwrap())
        .header("accept", accept);
    caller.service.handle(request.body(Bytes::new()).unwrap()).status().as_u16()
}

#[test]
fn the_checks_stand_in_order() {
    let caller = Caller::new();
    let stranger = Caller { service: caller.service.clone(), authorization: None };
    let id = caller.start(EMAIL);
    let one = format!("/{}/deviceAuthentications/{id}", caller.service.environment_id());
    let huge = vec![b' '; 1024 * 1024 + 1];
    // Each request is also wrong in every respect of the rows below it.
    let cancel = json!({ "reason": "CHANGE_DEVICE" }).to_string();
    let replies = [
        (403, stranger.send_to(Method::PUT, "/none/nothing", Some("text/plain"), &huge)),
        (413, stranger.send_to(Method::PUT, "/none/deviceAuthentications/none", Some("text/plain"), &huge)),
        (401, stranger.send_to(Method::PUT, "/none/deviceAuthentications/none", Some("text/plain"), b"{")),
        (404, caller.send_to(Method::PUT, "/none/deviceAuthentications/none", Some("text/plain"), b"{")),
        (405, caller.send(Method::PUT, "/deviceAuthentications/none", Some("text/plain"), b"{")),
        (404, caller.send(Method::POST, "/deviceAuthentications/none", Some("text/plain"), b"{")),
        (415, caller.send_to(Method::POST, &one, Some("text/plain"), b"{")),
        (400, caller.send_to(Method::POST, &one, Some(CANCEL), b"{")),
    ];
    for (row, (status, reply)) in replies.iter().enumerate() {
        assert_eq!(reply.status, *status, "row {row}: {}", reply.body);
    }
    assert_eq!(replies[7].1.complaint().1, "INVALID_REQUEST");
    let wrong_status = caller.send_to(Method::POST, &one, Some(CANCEL), cancel.as_bytes());
    assert_eq!(wrong_status.complaint().1, "REQUEST_FAILED");
}

#[test]
fn another_environment_is_404() {
    let caller = Caller::new();
    let reply = caller.send_to(Method::GET, "/none/deviceAuthentications/none", None, b"");
    assert_eq!(reply.complaint(), (404, "NOT_FOUND", "", ""));
}

#[test]
fn without_a_token_nothing_is_revealed() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    let token = caller.authorization.clone().unwrap();
    for authorization in
        [None, Some(""), Some("Bearer"), Some("Bearer "), Some("Bearer x"), Some(&token["Bearer ".len()..])]
    {
        let stranger = Caller { service: caller.service.clone(), authorization: authorization.map(str::to_owned) };
        let complaint = (401, "ACCESS_FAILED", "INVALID_TOKEN", "");
        assert_eq!(stranger.read(&id).complaint(), complaint, "{authorization:?}");
        assert_eq!(stranger.read("none").complaint(), complaint);
        assert_eq!(stranger.cancel(&id).complaint(), complaint);
        assert_eq!(stranger.send_to(Method::PUT, "/none/deviceAuthentications", None, b"").complaint(), complaint);
    }
    assert_eq!(caller.read(&id).step(), "PUSH_CONFIRMATION_REQUIRED");
}

#[test]
fn what_is_not_there_is_404() {
    let caller = Caller::new();
    let not_found = (404, "NOT_FOUND", "", "");
    assert_eq!(caller.read("none").complaint(), not_found);
    assert_eq!(caller.cancel("none").complaint(), not_found);
    for path in ["/none/deviceAuthentications", "/none/deviceAuthentications/none", "/none/as/token"] {
        assert_eq!(caller.send_to(Method::POST, path, Some(JSON), b"{}").complaint(), not_found, "{path}");
    }
}

#[test]
fn odd_ids_are_only_unknown() {
    let caller = Caller::new();
    for id in ["%", "%2F", "%2e%2e", ".", "..", "%00", "%ff%fe", "a;b=c", "'\"", &"a".repeat(10_000)] {
        let path = format!("/{}/deviceAuthentications/{id}", caller.service.environment_id());
        let Ok(uri) = path.parse::<http::Uri>() else { continue };
        let reply = caller.send_to(Method::GET, uri.path(), None, b"");
        assert_eq!(reply.complaint(), (404, "NOT_FOUND", "", ""), "{id:.20}");
    }
}

#[test]
fn a_body_that_is_not_a_json_object_is_400() {
    let caller = Caller::new();
    let id = caller.start(EMAIL);
    let deep = format!("{{\"otp\": {}", "[".repeat(100_000));
    let bodies: [&[u8]; 8] = [b"", b"{", b"null", b"[]", b"\"\"", b"{\"otp\": \"\xff\"}", b"\0", deep.as_bytes()];
    for body in bodies {
        for media_type in [SELECT_DEVICE, CHECK_OTP, CANCEL] {
            let reply = caller.send(Method::POST, &format!("/deviceAuthentications/{id}"), Some(media_type), body);
            assert_eq!(reply.complaint(), (400, "INVALID_REQUEST", "", ""));
        }
        let reply = caller.send(Method::POST, "/deviceAuthentications", Some(JSON), body);
        assert_eq!(reply.complaint(), (400, "INVALID_REQUEST", "", ""));
    }
    assert_eq!(caller.check(&id, &caller.last_code()).step(), "COMPLETED", "none of them was a try");
}

#[test]
fn a_body_of_more_than_a_mebibyte_is_413() {
    let caller = Caller::new();
    let mut body = json!({ "user": { "id": caller.service.user_id() } }).to_string();
    body.push_str(&" ".repeat(1024 * 1024 - body.len()));
    assert_eq!(caller.post("/deviceAuthentications", JSON, &body).status, 201);
    body.push(' ');
    assert_eq!(caller.post("/deviceAuthentications", JSON, &body).complaint(), (413, "INVALID_REQUEST", "", ""));
}

#[test]
fn every_answer_has_a_correlation_id_that_an_error_repeats() {
    let caller = Caller::new();
    let id = caller.start(PHONE);
    let replies = [caller.read(&id), caller.read("none"), caller.check(&id, "1"), caller.cancel(&id)];
    let mut ids = HashSet::new();
    for reply in &replies {
        let correlation_id = reply.header("correlation-id").unwrap();
        let is_error = reply.status >= 400;
        assert_eq!(reply.body["id"] == correlation_id, is_error);
        let content_type = if is_error { "application/json" } else { "application/hal+json;charset=UTF-8" };
        assert_eq!(reply.header("content-type"), Some(content_type));
        assert_eq!(
            (reply.header("cache-control"), reply.header("pragma")),
            (Some("no-cache, no-store"), Some("no-cache"))
        );
        ids.insert(correlation_id);
    }
    assert_eq!(ids.len(), replies.len());
}

#[test]
fn the_journal_has_every_request() {
    let caller = Caller::new();
    let environment = format!("/{}", caller.service.environment_id());
    let id = caller.start(PHONE);
    caller.act(&id, JSON, json!({ "reason": "CHANGE_DEVICE" }));
    caller.cancel(&id);
    caller.send_to(Method::GET, &format!("{environment}/users?email=a@b"), None, b"");

    let one = format!("{environment}/deviceAuthentications/{id}");
    let expected = [
        ("POST", format!("{environment}/as/token"), Some("application/x-www-form-urlencoded"), 200),
        ("POST", format!("{environment}/deviceAuthentications"), Some(JSON), 201),
        ("POST", one.clone(), Some(JSON), 415),
        ("POST", one, Some(CANCEL), 200),
        ("GET", format!("{environment}/users"), None, 403),
    ];
    let tell = |entry: &JournalEntry| {
        let content_type = entry.content_type().map(str::to_owned);
        (entry.method().to_owned(), entry.path().to_owned(), content_type, entry.status())
    };
    let journal: Vec<_> = caller.service.journal().iter().map(tell).collect();
    let expected = expected
        .map(|(method, path, media_type, status)| (method.to_owned(), path, media_type.map(str::to_owned), status));
    assert_eq!(journal, expected);
}

#[test]
fn debug_shows_no_secret() {
    let caller = Caller::new();
    caller.start(EMAIL);
    let data = pingone_emulator::Data::built_in().code(caller.last_code());
    let code = json!({ "code": caller.last_code() }).to_string();
    let exchange = caller.service.exchange(Request::get("/_emulator/codes").body(Bytes::from(code)).unwrap());
    let debug = format!("{:?} {:?} {data:?} {exchange:?}", caller.service, caller.service.codes());
    for secret in [caller.service.client_secret(), &caller.last_code(), "ad****@example.com"] {
        assert!(!debug.contains(secret), "{debug}");
    }
    assert!(debug.contains(EMAIL), "{debug}");
}
