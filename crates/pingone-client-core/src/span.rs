//! What `tracing` is told about a call: one span, and an event for each thing that happens in it.

use pingone_model::OperationInfo;
use tracing::{
    Span, debug,
    field::{Empty, display},
    info_span,
};

use crate::CallEvent;

pub(crate) fn of(info: &OperationInfo) -> Span {
    info_span!(
        target: "pingone",
        "pingone.call",
        operation = info.name,
        attempts = Empty,
        status = Empty,
        correlation_id = Empty,
        error = Empty,
        maybe_applied = Empty,
    )
}

pub(crate) fn emit(span: &Span, event: &CallEvent<'_>) {
    match event {
        CallEvent::Attempt { operation, attempt, took, outcome, correlation_id } => {
            let (status, failure) = (outcome.ok().map(|status| status.as_u16()), outcome.err().map(display));
            debug!(target: "pingone", parent: span, operation, attempt, ?took, status, correlation_id, failure, "attempt");
        }
        CallEvent::Wait { operation, wait, asked } => {
            debug!(target: "pingone", parent: span, operation, ?wait, ?asked, "wait");
        }
        CallEvent::End { attempts, outcome, correlation_id, .. } => {
            span.record("attempts", attempts);
            if let Some(id) = correlation_id {
                span.record("correlation_id", id);
            }
            match outcome {
                Ok(status) => {
                    span.record("status", status.as_u16());
                }
                Err(error) => {
                    if let Some(status) = error.status() {
                        span.record("status", status.as_u16());
                    }
                    span.record("error", display(error)).record("maybe_applied", error.maybe_applied());
                }
            }
        }
    }
}
