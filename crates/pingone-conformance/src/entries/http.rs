//! What holds for every request.

use http::{Method, Request, request::Builder};
use serde_json::json;

use crate::{
    devices::phone,
    entry::{Entry, entry},
    session::{ALL, CANCEL, CHECK_ASSERTION, CHECK_OTP, JSON, SELECT_DEVICE},
    verdict::{holds, not_applicable, same},
};

pub(super) const ENTRIES: &[Entry] = &[
    entry("unknown-path-ends-at-gateway", "an operation has no path of its own", |s| {
        let id = s.begin_with_test_mail()?.id();
        s.post(&format!("{ALL}/{id}/cancel"), CANCEL, json!({ "reason": "CHANGE_DEVICE" }))?.is("403 only-message")
    }),
    entry("unknown-path-ends-at-gateway", "a version in the path leads nowhere", |s| {
        s.post(&format!("/v1{ALL}"), JSON, json!({}))?.is("403 only-message")
    }),
    entry("not-here-is-501", "what the emulator has not says so, without a token", |s| {
        s.control()?;
        let reply = s.send(Request::get(s.address("/flows/none")), "")?;
        reply.is("501")?;
        holds("the operation by its name", reply.text("/details/0/message").contains("flow.read"))
    }),
    entry("order-of-checks", "the token is looked at before the method", |s| {
        let request = Request::builder().method(Method::PUT).uri(s.address(ALL));
        s.send(request.header("content-type", "text/plain"), "{")?.is("401")
    }),
    entry("order-of-checks", "the method is looked at before the media type", |s| {
        s.send(s.request(Method::PUT, ALL).header("content-type", "text/plain"), "{")?.is("405")
    }),
    entry("order-of-checks", "the resource is looked at before the media type", |s| {
        s.act("00000000-0000-4000-8000-000000000000", "text/plain", json!({}))?.is("404")
    }),
    entry("order-of-checks", "the media type is looked at before the body", |s| {
        s.post(&format!("{ALL}/{}", s.begin_with_test_mail()?.id()), "text/plain", "{")?.is("415")
    }),
    entry("body-limit", "a body of more than a mebibyte is refused", |s| {
        s.control()?;
        s.post(ALL, JSON, " ".repeat(1024 * 1024 + 1))?.is("413")
    }),
    entry("token-is-required", "without a token nothing is told", |s| {
        let id = s.begin_with_test_mail()?.id();
        s.send(Request::get(s.address(&format!("{ALL}/{id}"))), "")?.is("401 INVALID_TOKEN")
    }),
    entry("token-is-required", "an unknown token is refused", |s| {
        s.use_token("unknown");
        s.initialize(json!({}))?.is("401 INVALID_TOKEN")
    }),
    entry("token-is-required", "a revoked token is refused", |s| {
        s.control()?.revoke_tokens()?;
        s.initialize(json!({}))?.is("401 INVALID_TOKEN")
    }),
    entry("unknown-environment-is-404", "another environment is not there", |s| {
        let bearer = s.request(Method::GET, ALL).uri(s.other_environment()?);
        s.send(bearer, "")?.is("404 NOT_FOUND")
    }),
    entry("preflight-needs-no-token", "a browser is told what a page may send", |s| {
        let reply = s.send(preflight(&s.address(ALL)), "")?;
        reply.is("200 or 204")?;
        let has =
            |header: &str, name: &str| reply.header(header).split(',').any(|one| one.trim().eq_ignore_ascii_case(name));
        holds("POST among the methods", has("access-control-allow-methods", "POST"))?;
        holds("Authorization among the headers", has("access-control-allow-headers", "Authorization"))?;
        holds("Content-Type among the headers", has("access-control-allow-headers", "Content-Type"))
    }),
    entry("preflight-is-204", "a preflight is answered with 204", |s| {
        s.send(preflight(&s.address(ALL)), "")?.is("204")
    }),
    entry("every-origin-is-trusted", "a page of any origin may read the answer", |s| {
        let id = s.begin_with_test_mail()?.id();
        let request = s.request(Method::GET, &format!("{ALL}/{id}")).header("origin", ORIGIN);
        let reply = s.send(request, "")?;
        let allowed = reply.header("access-control-allow-origin");
        holds("its origin, or every one", allowed == "*" || allowed == ORIGIN)?;
        let exposed = reply.header("access-control-expose-headers");
        holds("Correlation-Id among what it may read", exposed.to_ascii_lowercase().contains("correlation-id"))
    }),
    entry("accept-is-ignored", "an Accept that excludes HAL has no meaning", |s| {
        let id = s.begin_with_test_mail()?.id();
        let read = s.request(Method::GET, &format!("{ALL}/{id}"));
        s.send(read.header("accept", "application/json"), "")?.is("200 OTP_REQUIRED")
    }),
    entry("method-not-allowed-is-405", "the collection cannot be listed", |s| {
        let reply = s.send(s.request(Method::GET, ALL), "")?;
        reply.is("405")?;
        same("Allow", "POST", reply.header("allow"))
    }),
    entry("method-not-allowed-is-405", "an authentication cannot be deleted", |s| {
        let id = s.begin_with_test_mail()?.id();
        let reply = s.send(s.request(Method::DELETE, &format!("{ALL}/{id}")), "")?;
        reply.is("405")?;
        same("Allow", "GET, POST", reply.header("allow"))
    }),
    entry("media-type-chooses", "what the operation needs depends on the media type alone", |s| {
        let id = s.start(&[phone()])?;
        for (media_type, needed) in
            [(CANCEL, "reason"), (SELECT_DEVICE, "device.id"), (CHECK_OTP, "otp"), (CHECK_ASSERTION, "origin")]
        {
            s.act(&id, media_type, json!({}))?.is(&format!("400 REQUIRED_VALUE {needed}"))?;
        }
        Ok(())
    }),
    entry("media-type-chooses", "a media type may be written in capitals", |s| {
        let begun = s.begin_with_test_mail()?;
        let body = json!({ "otp": begun.test_code()? });
        s.act(&begun.id(), &CHECK_OTP.to_uppercase(), body)?.is("200 COMPLETED")
    }),
    entry("unknown-media-type-is-415", "cancel is no plain JSON", |s| {
        let id = s.start(&[phone()])?;
        s.act(&id, JSON, json!({ "reason": "CHANGE_DEVICE" }))?.is("415")?;
        s.read(&id)?.is("200 PUSH_CONFIRMATION_REQUIRED")
    }),
    entry("unknown-media-type-is-415", "an operation on one authentication is none on the collection", |s| {
        s.post(ALL, CHECK_OTP, json!({ "otp": "123456" }))?.is("415")
    }),
    entry("unknown-media-type-is-415", "a body without media type is refused", |s| {
        s.send(s.request(Method::POST, ALL), "{}")?.is("415")
    }),
    entry("media-type-parameters", "a charset behind the media type has no meaning", |s| {
        let begun = s.begin_with_test_mail()?;
        let media_type = format!("{CHECK_OTP}; charset=utf-8");
        s.act(&begun.id(), &media_type, json!({ "otp": begun.test_code()? }))?.is("200 COMPLETED")
    }),
    entry("header-twice-is-missing", "two media types are none", |s| {
        let twice = s.request(Method::POST, ALL).header("content-type", JSON).header("content-type", JSON);
        s.send(twice, "{}")?.is("415")
    }),
    entry("body-is-an-object", "a body that is not JSON is refused", |s| {
        s.post(ALL, JSON, "{")?.is("400 INVALID_REQUEST")
    }),
    entry("body-is-an-object", "an array is no body", |s| s.post(ALL, JSON, "[]")?.is("400 INVALID_REQUEST")),
    entry("unknown-members-are-tolerated", "a member that nobody knows has no meaning", |s| {
        let begun = s.begin_with_test_mail()?;
        let body = json!({ "otp": begun.test_code()?, "unknown": { "member": 1 } });
        s.act(&begun.id(), CHECK_OTP, body)?.is("200 COMPLETED")
    }),
    entry("external-ids", "the caller's own ids are kept", |s| {
        let control = s.control()?;
        let request = s.request(Method::GET, &format!("{ALL}/none"));
        let request =
            request.header("x-ping-external-transaction-id", "t 1").header("x-ping-external-session-id", "s-1");
        s.send(request, "")?;
        let asked = control.last_request()?;
        same("externalTransactionId", "t_1", asked["externalTransactionId"].as_str().unwrap_or_default())?;
        same("externalSessionId", "s-1", asked["externalSessionId"].as_str().unwrap_or_default())
    }),
    entry("null-is-absent", "null is a member that is left out", |s| {
        let id = s.begin_with_test_mail()?.id();
        s.act(&id, CHECK_OTP, json!({ "otp": null }))?.is("400 REQUIRED_VALUE otp")
    }),
    entry("text-is-text", "a number is no code", |s| {
        let id = s.begin_with_test_mail()?.id();
        s.act(&id, CHECK_OTP, json!({ "otp": 123_456 }))?.is("400 INVALID_VALUE otp")
    }),
    entry("text-is-text", "an object is no assertion", |s| {
        let id = s.begin_with_test_mail()?.id();
        let body = json!({ "origin": "https://example.com", "assertion": {} });
        s.act(&id, CHECK_ASSERTION, body)?.is("400 INVALID_VALUE assertion")
    }),
    entry("error-id-is-correlation-id", "an error repeats the Correlation-Id", |s| {
        let reply = s.initialize(json!({ "user": 1 }))?;
        holds("a Correlation-Id", !reply.header("correlation-id").is_empty())?;
        same("id", reply.header("correlation-id"), reply.text("/id"))
    }),
    entry("correlation-id", "every answer has one of its own", |s| {
        let begun = s.begin_with_test_mail()?;
        let read = s.read(&begun.id())?;
        holds("a Correlation-Id", !read.header("correlation-id").is_empty())?;
        holds("another one each time", begun.header("correlation-id") != read.header("correlation-id"))
    }),
    entry("correlation-id", "an answer that a fault strikes has one as well", |s| {
        let id = s.begin_with_test_mail()?.id();
        s.control()?.strike(&json!({ "kind": "status", "status": 500 }))?;
        let reply = s.read(&id)?;
        reply.is("500 UNEXPECTED_ERROR")?;
        holds("a Correlation-Id", !reply.header("correlation-id").is_empty())
    }),
    entry("answers-are-hal", "an authentication comes as HAL", |s| {
        same("Content-Type", "application/hal+json;charset=UTF-8", s.begin_with_test_mail()?.header("content-type"))
    }),
    entry("nothing-is-cached", "an answer may not be cached", |s| {
        let reply = s.begin_with_test_mail()?;
        let is_told = ["cache-control", "pragma"].iter().all(|name| reply.header(name).contains("no-cache"));
        holds("no-cache in Cache-Control and Pragma", is_told)
    }),
    entry("links-lead-to-itself", "every link of an authentication is its own address", |s| {
        let begun = s.begin_with_test_mail()?;
        let own = begun.text("/_links/self/href");
        holds("an address that ends in the id", own.ends_with(&format!("{ALL}/{}", begun.id())))?;
        let Some(links) = begun.at("/_links").as_object() else { return not_applicable("it has no links") };
        links.iter().try_for_each(|(name, link)| same(name, own, link["href"].as_str().unwrap_or_default()))
    }),
    entry("links-lead-to-itself", "what awaits a code names its operations", |s| {
        let links = s.begin_with_test_mail()?.links();
        same("links", "device.select otp.check self", links)
    }),
];

/// A page of another origin.
const ORIGIN: &str = "https://app.example";

/// What a browser asks before such a page may post.
fn preflight(address: &str) -> Builder {
    Request::options(address)
        .header("origin", ORIGIN)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization,content-type")
}
