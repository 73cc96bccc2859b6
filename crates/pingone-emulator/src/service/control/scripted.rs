//! Changing the emulator's state.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    Call,
    answers::{Problem, ok},
    observed,
};
use crate::{
    answer::Answer,
    fault::Fault,
    object::Object,
    resource::{
        authentication_code::{ClaimError, CodeAnswer},
        device_authentication::{PushAnswer, PushScript},
        token::TokenKind,
    },
};

/// Limits, so that a runaway test cannot fill the memory. A snapshot is as large as the state.
const MOST_FAULTS: usize = 1000;
const MOST_SCRIPTS: usize = 10_000;
const MOST_SNAPSHOTS: usize = 16;

/// The user's answer to a push: `{"answer": "APPROVE"}`, with the number that they pick if they have to.
pub(super) fn answer_push(call: &Call<'_>) -> Result<Answer, Problem> {
    let (id, body) = (call.parameter("deviceAuthenticationId"), call.body()?);
    let object = Object::new(String::new(), &body)?;
    object.has_only(&["answer", "number"])?;
    let answer = push_answer(&object)?;
    let number = object.number("number")?;
    call.service.answer_push(id, answer, number).map_err(|no_push| Problem::unknown(no_push.to_string()))?;
    Ok(ok(json!({ "deviceAuthenticationId": id, "answer": body["answer"] })))
}

/// The user's app takes a code, `{"userId": "…", "deviceId": "…"}`; the user answers, `{"answer": "APPROVE"}`; or both.
pub(super) fn take_authentication_code(call: &Call<'_>) -> Result<Answer, Problem> {
    let (id, body) = (call.parameter("authenticationCodeId"), call.body()?);
    let object = Object::new(String::new(), &body)?;
    object.has_only(&["userId", "deviceId", "answer"])?;
    let answer = match object.optional_text("answer")? {
        None => None,
        Some("APPROVE") => Some(CodeAnswer::Approve),
        Some("DENY") => Some(CodeAnswer::Deny),
        Some(_) => return Err(object.error("answer", "must be APPROVE or DENY").into()),
    };
    let unknown = |error: ClaimError| Problem::unknown(error.to_string());
    if answer.is_none() || object.has("userId") {
        let (user_id, device_id) = (object.text("userId")?, object.text("deviceId")?);
        call.service.claim_authentication_code(id, user_id, device_id).map_err(unknown)?;
    }
    if let Some(answer) = answer {
        call.service.answer_authentication_code(id, answer).map_err(unknown)?;
    }
    observed::authentication_codes(call)
}

fn push_answer(object: &Object<'_>) -> Result<PushAnswer, Problem> {
    match object.text("answer")? {
        "APPROVE" => Ok(PushAnswer::Approve),
        "DENY" => Ok(PushAnswer::Deny),
        "TIME_OUT" => Ok(PushAnswer::TimeOut),
        _ => Err(object.error("answer", "must be APPROVE, DENY or TIME_OUT").into()),
    }
}

/// Sets what users do with pushes from now on: `{"answer": "APPROVE", "reads": 3}` or `{"answer": "DENY", "seconds": 5}`.
pub(super) fn script_pushes(call: &Call<'_>) -> Result<Answer, Problem> {
    let body = call.body()?;
    let object = Object::new(String::new(), &body)?;
    object.has_only(&["answer", "reads", "seconds", "deviceId"])?;
    let mut script = PushScript::new(push_answer(&object)?);
    if let Some(number) = object.number("reads")? {
        script = script.at_read(number);
    }
    if let Some(time) = object.seconds("seconds")? {
        script = script.after(time);
    }
    match object.optional_text("deviceId")? {
        Some(device_id) => {
            let scripts = &mut call.service.state().stores.factors.scripts.of_device;
            if !scripts.contains_key(device_id) {
                Problem::check_room("scripts", scripts.len(), MOST_SCRIPTS)?;
            }
            scripts.insert(device_id.to_owned(), script);
        }
        None => call.service.script_pushes(script),
    }
    Ok(ok(body))
}

pub(super) fn clear_scripts(call: &Call<'_>) -> Result<Answer, Problem> {
    call.service.clear_push_scripts();
    Ok(ok(json!({})))
}

/// `{"advance": 60}` in seconds, `{"running": false}`.
pub(super) fn set_clock(call: &Call<'_>) -> Result<Answer, Problem> {
    let body = call.body()?;
    let object = Object::new(String::new(), &body)?;
    object.has_only(&["advance", "running"])?;
    match object.flag("running")? {
        Some(true) => call.service.resume(),
        Some(false) => call.service.freeze(),
        None => {}
    }
    call.service.advance(object.seconds("advance")?.unwrap_or(Duration::ZERO));
    observed::clock(call)
}

pub(super) fn add_fault(call: &Call<'_>) -> Result<Answer, Problem> {
    let fault = Fault::from_json(&call.body()?)?;
    Problem::check_room("faults", call.service.state().faults.len(), MOST_FAULTS)?;
    call.service.inject(fault);
    observed::faults(call)
}

pub(super) fn clear_faults(call: &Call<'_>) -> Result<Answer, Problem> {
    call.service.clear_faults();
    observed::faults(call)
}

/// `{"holds": false}`
pub(super) fn switch_rule(call: &Call<'_>) -> Result<Answer, Problem> {
    let (name, body) = (call.parameter("name"), call.body()?);
    let object = Object::new(String::new(), &body)?;
    object.has_only(&["holds"])?;
    let holds = object.flag("holds")?.ok_or_else(|| object.error("holds", "is missing; add it"))?;
    let switched = if holds { call.service.switch_on(name) } else { call.service.switch_off(name) };
    switched.map_err(|error| Problem::unknown(error.to_string()))?;
    Ok(ok(json!({ "name": name, "holds": holds })))
}

/// A token of any kind: `{"kind": "USER"}`.
pub(super) fn issue_token(call: &Call<'_>) -> Result<Answer, Problem> {
    let body = call.body()?;
    let object = Object::new(String::new(), &body)?;
    object.has_only(&["kind"])?;
    let kind = match object.text("kind")? {
        "WORKER" => TokenKind::Worker,
        "USER" => TokenKind::User,
        "OTHER_ENVIRONMENT" => TokenKind::OtherEnvironment,
        _ => return Err(object.error("kind", "must be WORKER, USER or OTHER_ENVIRONMENT").into()),
    };
    Ok(ok(json!({ "access_token": call.service.issue_token_at(&call.request.base(), kind) })))
}

/// `{"lifetime": 60}`, in seconds.
pub(super) fn set_token_lifetime(call: &Call<'_>) -> Result<Answer, Problem> {
    let body = call.body()?;
    let object = Object::new(String::new(), &body)?;
    object.has_only(&["lifetime"])?;
    let lifetime = object.seconds("lifetime")?.ok_or_else(|| object.error("lifetime", "is missing; add it"))?;
    call.service.set_token_lifetime(lifetime);
    observed::tokens(call)
}

pub(super) fn revoke_tokens(call: &Call<'_>) -> Result<Answer, Problem> {
    call.service.revoke_tokens();
    observed::tokens(call)
}

pub(super) fn reset(call: &Call<'_>) -> Result<Answer, Problem> {
    call.service.reset();
    Ok(ok(json!({})))
}

pub(super) fn save_snapshot(call: &Call<'_>) -> Result<Answer, Problem> {
    if !call.service.snapshots().contains_key(call.parameter("name")) {
        Problem::check_room("snapshots", call.service.snapshots().len(), MOST_SNAPSHOTS)?;
    }
    call.service.save_snapshot(call.parameter("name"));
    Ok(ok(json!({ "name": call.parameter("name") })))
}

pub(super) fn restore_snapshot(call: &Call<'_>) -> Result<Answer, Problem> {
    match call.service.restore_snapshot(call.parameter("name")) {
        true => Ok(ok(json!({ "name": Value::from(call.parameter("name")) }))),
        false => Err(Problem::unknown("there is no snapshot with this name")),
    }
}
