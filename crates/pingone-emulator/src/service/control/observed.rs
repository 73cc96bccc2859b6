//! What the emulator shows of its state.

use http::header::VARY;
use serde_json::{Value, json};

use super::{
    Call,
    answers::{Problem, ok},
};
use crate::{
    answer::Answer,
    clock::iso,
    journal::JournalEntry,
    operation::Operation,
    resource::{
        self, authentication_code,
        device_authentication::{PendingPush, overview},
        outbox::SentCode,
        token::Client,
    },
    rules::Rule,
};

pub(super) const OPENAPI: &str = include_str!("openapi.json");

pub(super) fn about(call: &Call<'_>) -> Result<Answer, Problem> {
    let service = call.service;
    Ok(ok(json!({
        "version": env!("CARGO_PKG_VERSION"),
        "environmentId": service.environment_id(),
        "clientId": service.client_id(),
        "clientSecret": service.client_secret(),
        "userId": service.user_id(),
    }))
    // A browser gets the page.
    .header(VARY, "accept"))
}

pub(super) fn clients(call: &Call<'_>) -> Result<Answer, Problem> {
    let client = |client: &Client| {
        json!({
            "client_id": client.client_id(),
            "client_secret": client.client_secret(),
            "token_endpoint_auth_method": client.token_endpoint_auth_method().name(),
        })
    };
    let state = call.service.state();
    Ok(ok(json!({ "clients": state.stores.tokens.clients().iter().map(client).collect::<Value>() })))
}

pub(super) fn openapi(_: &Call<'_>) -> Result<Answer, Problem> {
    // A test reads it, so this error cannot happen.
    serde_json::from_str(OPENAPI).map(ok).map_err(|error| Problem::bad(error.to_string()))
}

pub(super) fn journal(call: &Call<'_>) -> Result<Answer, Problem> {
    let entry = |entry: &JournalEntry| {
        json!({
            "at": iso(entry.at()),
            "method": entry.method(),
            "path": entry.path(),
            "contentType": entry.content_type(),
            "status": entry.status(),
            "operation": entry.operation().map(Operation::name),
            "fault": entry.fault(),
            "error": entry.error_code(),
            "detail": entry.detail_code(),
            "target": entry.target(),
            "message": entry.message(),
            "externalTransactionId": entry.external_transaction_id(),
            "externalSessionId": entry.external_session_id(),
            "warnings": entry.warnings(),
        })
    };
    let (state, last) = (call.service.state(), call.last()?);
    Ok(ok(json!({ "requests": state.journal.newest(last).map(entry).collect::<Value>() })))
}

pub(super) fn clear_journal(call: &Call<'_>) -> Result<Answer, Problem> {
    call.service.state().journal.clear();
    journal(call)
}

pub(super) fn codes(call: &Call<'_>) -> Result<Answer, Problem> {
    let code = |sent: &SentCode| {
        let mut json = json!({
            "userId": sent.user_id(),
            "deviceId": sent.device_id(),
            "deviceType": sent.device_type(),
            "code": sent.code(),
            "sentAt": iso(sent.sent_at()),
        });
        if let Some(id) = sent.device_authentication_id() {
            json["deviceAuthenticationId"] = id.into();
        }
        if let Some(notification) = sent.notification() {
            json["notification"] = notification.clone();
        }
        json
    };
    let (state, last) = (call.service.state(), call.last()?);
    Ok(ok(json!({ "codes": state.stores.factors.outbox.sent().newest(last).map(code).collect::<Value>() })))
}

pub(super) fn device_authentications(call: &Call<'_>) -> Result<Answer, Problem> {
    let last = call.last()?;
    let mut state = call.service.state();
    let (stores, conditions) = state.parts();
    Ok(ok(json!({ "deviceAuthentications": overview(stores, conditions, last) })))
}

/// The codes that log-in pages show, for apps to scan.
pub(super) fn authentication_codes(call: &Call<'_>) -> Result<Answer, Problem> {
    let last = call.last()?;
    let mut state = call.service.state();
    let (stores, conditions) = state.parts();
    Ok(ok(json!({ "authenticationCodes": authentication_code::overview(stores, conditions, last) })))
}

pub(super) fn pushes(call: &Call<'_>) -> Result<Answer, Problem> {
    let push = |push: &PendingPush| {
        let mut json = json!({
            "deviceAuthenticationId": push.device_authentication_id(),
            "userId": push.user_id(),
            "deviceId": push.device_id(),
            "timesOutAt": iso(push.times_out_at()),
        });
        if let Some(number) = push.number() {
            json["number"] = number.into();
        }
        if let Some(notification) = push.notification() {
            json["notification"] = notification.clone();
        }
        json
    };
    Ok(ok(json!({ "pushes": call.service.pending_pushes().iter().map(push).collect::<Value>() })))
}

pub(super) fn clock(call: &Call<'_>) -> Result<Answer, Problem> {
    let state = call.service.state();
    Ok(ok(json!({ "now": iso(state.clock.now()), "running": state.clock.is_running() })))
}

pub(super) fn faults(call: &Call<'_>) -> Result<Answer, Problem> {
    Ok(ok(json!({ "faults": call.service.state().faults.to_json() })))
}

pub(super) fn rules(call: &Call<'_>) -> Result<Answer, Problem> {
    let state = call.service.state();
    let rule = |rule: &Rule| {
        let mut json = rule.to_json();
        json["holds"] = state.rules.holds(rule).into();
        json
    };
    Ok(ok(json!({ "rules": resource::rules().map(rule).collect::<Value>() })))
}

pub(super) fn tokens(call: &Call<'_>) -> Result<Answer, Problem> {
    let tokens = &call.service.state().stores.tokens;
    let (counters, lifetime) = (tokens.counters, tokens.lifetime.as_secs());
    Ok(ok(json!({ "issued": counters.issued, "refused": counters.refused, "lifetime": lifetime })))
}
