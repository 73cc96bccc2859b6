//! What the user does with a push, as seen by *read*.

use serde_json::json;

use crate::{
    devices::phone,
    entry::{Entry, entry},
    reply::{Reply, kind},
    session::Session,
    verdict::{Try, holds, not_applicable, same},
};

/// The longest time that a policy can give a push.
const LONGEST: u64 = 150;

pub(super) const ENTRIES: &[Entry] = &[
    entry("push-times-out", "a push that is not answered times out", |s| {
        let id = s.start(&[phone()])?;
        s.read(&id)?.is("200 PUSH_CONFIRMATION_REQUIRED")?;
        s.advance(LONGEST)?;
        s.read(&id)?.is("200 PUSH_CONFIRMATION_TIMED_OUT")
    }),
    entry("push-times-out", "a push that is approved in time completes", |s| {
        let id = s.start(&[phone()])?;
        s.control()?.answer_push(&id, "APPROVE", None)?.is("200")?;
        s.advance(LONGEST)?;
        s.read(&id)?.is("200 COMPLETED")
    }),
    entry("links-lead-to-itself", "what is completed can only be read", |s| {
        let id = s.start(&[phone()])?;
        s.control()?.answer_push(&id, "APPROVE", None)?.is("200")?;
        same("links", "self", s.read(&id)?.links())
    }),
    entry("denied-push-fails", "a denied push fails", |s| {
        let id = s.start(&[phone()])?;
        s.control()?.answer_push(&id, "DENY", None)?.is("200")?;
        s.read(&id)?.is("200 FAILED")
    }),
    entry("failure-codes", "an authentication that has failed has a code that says why", |s| {
        let id = s.start(&[phone()])?;
        s.control()?.answer_push(&id, "DENY", None)?.is("200")?;
        let reply = s.read(&id)?;
        if reply.text("/status") != "FAILED" {
            return not_applicable("a denied push has not failed");
        }
        holds(
            "error.code and error.message",
            !reply.text("/error/code").is_empty() && reply.at("/error/message").is_string(),
        )
    }),
    entry("push-limit", "pushes that are ignored in a row lock the phone", |s| {
        s.user_has(&[phone()])?;
        // A policy sets the limit, from 1 to 50.
        for _ in 0..50 {
            let begun = s.begin_with(json!({ "selectedDevice": { "id": "phone" } }))?;
            if begun.status != 201 {
                return begun.is("QUOTA_EXCEEDED");
            }
            s.control()?.answer_push(&begun.id(), "TIME_OUT", None)?.is("200")?;
        }
        s.begin_with(json!({ "selectedDevice": { "id": "phone" } }))?.is("QUOTA_EXCEEDED")
    }),
    entry("number-matching", "the number that is shown approves", |s| {
        let (begun, number) = with_number(s)?;
        s.control()?.answer_push(&begun.id(), "APPROVE", Some(number))?.is("200")?;
        s.read(&begun.id())?.is("200 COMPLETED")
    }),
    entry("number-matching", "another number lets nobody in", |s| {
        let (begun, number) = with_number(s)?;
        s.control()?.answer_push(&begun.id(), "APPROVE", Some(number + 1))?.is("200")?;
        s.read(&begun.id())?.is("FAILED or PUSH_CONFIRMATION_TIMED_OUT")
    }),
    entry("matching-number-is-number", "numberMatching.number is a number", |s| {
        same("numberMatching.number", "a number", kind(with_number(s)?.0.at("/numberMatching/number")))
    }),
];

/// Begins where numbers are matched; the number may come as text.
fn with_number(s: &Session<'_>) -> Try<(Reply, u64)> {
    s.user_has(&[phone()])?;
    let policy = s.strict_policy()?;
    let begun = s.begin_with(json!({ "policy": { "id": policy }, "selectedDevice": { "id": "phone" } }))?;
    begun.is("201 PUSH_CONFIRMATION_REQUIRED")?;
    let shown = begun.at("/numberMatching/number");
    let number = shown.as_u64().or_else(|| shown.as_str()?.parse().ok());
    holds("a number in numberMatching.number", number.is_some())?;
    Ok((begun, number.unwrap_or_default()))
}
