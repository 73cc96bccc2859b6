//! Replies as a later version of the service might send them.

use bytes::Bytes;
use serde_json::{Value, json};

use super::FaultKind;

/// Text that colours a terminal, rings its bell and reverses what follows.
const HOSTILE: &str = "\u{1b}[31mphone\u{7}\r\n\u{202e}\u{0}";

/// The body with what the fault brings into it; `None` if it is not a JSON object.
pub(super) fn drift(fault: &FaultKind, body: &Bytes) -> Option<Bytes> {
    let mut body: Value = serde_json::from_slice(body).ok()?;
    let members = body.as_object_mut()?;
    let unknown = json!({ "id": 1, "values": [null, true] });
    match fault {
        FaultKind::UnknownStatus => {
            members.insert("status".to_owned(), json!("THOUGHT_CONFIRMATION_REQUIRED"));
        }
        FaultKind::UnknownMember => {
            members.insert("unheardOf".to_owned(), unknown.clone());
        }
        FaultKind::Nulls => {
            let optional = members.iter_mut().filter(|(name, _)| !["id", "status"].contains(&name.as_str()));
            optional.for_each(|(_, value)| *value = Value::Null);
        }
        _ => {}
    }
    let devices = body.pointer_mut("/_embedded/devices").and_then(Value::as_array_mut);
    for device in devices.into_iter().flatten() {
        match fault {
            FaultKind::UnknownType => device["type"] = json!("IMPLANT"),
            FaultKind::UnknownMember => device["unheardOf"] = unknown.clone(),
            FaultKind::ControlCharacters => device["nickname"] = json!(HOSTILE),
            _ => {}
        }
    }
    Some(Bytes::from(body.to_string()))
}
