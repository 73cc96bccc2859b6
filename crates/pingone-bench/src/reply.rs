//! The reply that is read: that of the reference's cancel page, in three forms.

use serde_json::Value;

use crate::Failure;

const REPLY: &str = include_str!("../../pingone-model/fixtures/replies/device_authentication.cancel.json");

/// As documented: the fixture is indented by two, the page by four.
pub(crate) fn documented() -> String {
    let indented = |line: &str| format!("{}{line}\n", " ".repeat(line.len() - line.trim_start().len()));
    REPLY.lines().map(indented).collect()
}

/// As documented, of an authentication that stands at `status`.
pub(crate) fn at(status: &str) -> String {
    documented().replace("DEVICE_SELECTION_REQUIRED", status)
}

/// Without white space.
pub(crate) fn minified() -> String {
    let mut text = String::new();
    let mut in_string = false;
    // No string of this reply has an escape in it.
    for character in REPLY.chars() {
        in_string ^= character == '"';
        if in_string || !character.is_whitespace() {
            text.push(character);
        }
    }
    text
}

/// Minified, with the members of each device in alphabetical order, but for `type`, which comes last.
pub(crate) fn type_last() -> Result<String, Failure> {
    let mut reply: Value = serde_json::from_str(REPLY)?;
    let mut devices = reply["_embedded"]["devices"].take();
    let devices = devices.as_array_mut().into_iter().flatten().map(|device| {
        let kind = device["type"].take();
        device.as_object_mut().map(|members| members.remove("type"));
        let mut text = device.to_string();
        text.pop();
        format!("{text},\"type\":{kind}}}")
    });
    let devices = devices.collect::<Vec<_>>().join(",");
    reply["_embedded"]["devices"] = Value::from("DEVICES");
    Ok(reply.to_string().replace("\"DEVICES\"", &format!("[{devices}]")))
}
