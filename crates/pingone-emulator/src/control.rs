//! `/_emulator/…`: what a test in any language asks of the emulator itself. No token is needed, and nothing here stands
//! in the journal.

use http::{Method, StatusCode, header::ALLOW};
use serde_json::{Value, json};

use crate::{
    answer::Answer,
    body::Body,
    device_authentication::{PendingPush, PushAnswer, answer_push, pending_pushes},
    journal::JournalEntry,
    outbox::SentCode,
    request::Request,
    state::State,
};

pub(crate) fn answer(state: &mut State, request: &Request, path: &[&str]) -> Answer {
    let (method, get, post) = (request.method(), &Method::GET, &Method::POST);
    match path {
        ["journal"] if method == get => journal(state),
        ["codes"] if method == get => codes(state),
        ["pushes"] if method == get => pushes(state),
        ["pushes", id] if method == post => push(state, request, id),
        ["journal" | "codes" | "pushes"] => wrong_method("GET"),
        ["pushes", _] => wrong_method("POST"),
        _ => error(StatusCode::NOT_FOUND, "try journal, codes, pushes or pushes/{deviceAuthenticationID}"),
    }
}

fn journal(state: &State) -> Answer {
    let entry = |entry: &JournalEntry| {
        json!({
            "method": entry.method(),
            "path": entry.path(),
            "contentType": entry.content_type(),
            "status": entry.status(),
        })
    };
    ok(json!({ "requests": state.journal.iter().map(entry).collect::<Value>() }))
}

fn codes(state: &State) -> Answer {
    let code = |sent: &SentCode| {
        json!({
            "deviceAuthenticationId": sent.device_authentication_id(),
            "deviceId": sent.device_id(),
            "deviceType": sent.device_type(),
            "code": sent.code(),
        })
    };
    ok(json!({ "codes": state.factors.outbox.sent().iter().map(code).collect::<Value>() }))
}

fn pushes(state: &State) -> Answer {
    let push = |push: &PendingPush| json!({ "deviceAuthenticationId": push.device_authentication_id(), "deviceId": push.device_id() });
    ok(json!({ "pushes": pending_pushes(state).iter().map(push).collect::<Value>() }))
}

/// The user's answer to a push: `{"answer": "APPROVE"}` or `{"answer": "DENY"}`.
fn push(state: &mut State, request: &Request, id: &str) -> Answer {
    let body = Body::read(request.body());
    let given = body.as_ref().ok().and_then(|body| body.required_text("answer").ok());
    let answer = match given {
        Some("APPROVE") => PushAnswer::Approve,
        Some("DENY") => PushAnswer::Deny,
        _ => {
            return error(
                StatusCode::BAD_REQUEST,
                "the body must be {\"answer\": \"APPROVE\"} or {\"answer\": \"DENY\"}",
            );
        }
    };
    match answer_push(state, id, answer) {
        Ok(()) => ok(json!({ "deviceAuthenticationId": id, "answer": given })),
        Err(no_push) => error(StatusCode::NOT_FOUND, &no_push.to_string()),
    }
}

fn ok(body: Value) -> Answer {
    Answer::json(StatusCode::OK, body)
}

fn wrong_method(allowed: &str) -> Answer {
    error(StatusCode::METHOD_NOT_ALLOWED, &format!("the method must be {allowed}")).header(ALLOW, allowed)
}

fn error(status: StatusCode, message: &str) -> Answer {
    Answer::json(status, json!({ "error": message }))
}
