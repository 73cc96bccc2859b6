//! Each documented reply, held member by member against what the emulator says in that situation: name, presence, kind of
//! value, order.

use std::{collections::BTreeSet, fs, path::Path};

use pingone_emulator::{Device, operations};
use serde_json::{Map, Value, json};

use crate::{
    household::{self, begin},
    support::{Caller, PHONE},
};

/// The replies that the documentation shows, as the model's fixtures have them.
const REPLIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../pingone-model/fixtures/replies");

/// A reply's name, and what the emulator says in that situation.
type Situation = (&'static str, fn() -> Value);

const SITUATIONS: &[Situation] = &[
    ("device_authentication.cancel", || {
        let caller = Caller::new();
        caller.cancel(&caller.start(PHONE)).body
    }),
    ("device_authentication.one_time_email", || {
        let device = json!({ "oneTime": { "type": "EMAIL", "email": "abc@example.com" } });
        begin(&household::of(household::policy(), []), json!({ "selectedDevice": device })).body
    }),
    ("device_authentication.read", || {
        let mail = Device::new("m", "EMAIL").member("email", json!("j****@example.com"));
        let caller = household::of(household::policy(), [mail]);
        caller.read(&begin(&caller, json!({})).id()).body
    }),
    ("device_authentication.failed", || {
        let caller = Caller::new();
        let id = caller.start(PHONE);
        caller.service.deny_push(&id).unwrap();
        caller.read(&id).body
    }),
];

/// Whether the emulator has the resource that a reply is of, and so has to say something.
fn is_here(reply: &str) -> bool {
    operations().any(|operation| reply.split('.').next() == Some(operation.resource()))
}

const OF_2022: &str = "the reply is older than this member, which that of 2024 to cancel has";
const ASSEMBLED: &str = "the reply was put together from the table of members, and has only some of them";

/// Every difference that was looked at, and why it stands.
const REVIEWED: &[(&str, &str, &str)] = &[
    ("device_authentication.one_time_email", "only here: bypassAllowed", OF_2022),
    ("device_authentication.one_time_email", "only here: aggregateFido2Devices", OF_2022),
    ("device_authentication.one_time_email", "only here: userBypassEnabled", OF_2022),
    ("device_authentication.read", "only here: _embedded.devices[0].usableStatus", OF_2022),
    ("device_authentication.read", "only here: _embedded.blockedDevices", OF_2022),
    ("device_authentication.read", "only here: bypassAllowed", OF_2022),
    ("device_authentication.read", "only here: aggregateFido2Devices", OF_2022),
    ("device_authentication.read", "only here: userBypassEnabled", OF_2022),
    ("device_authentication.failed", "only here: _embedded", ASSEMBLED),
    ("device_authentication.failed", "only here: policy", ASSEMBLED),
    ("device_authentication.failed", "only here: selectedDevice", ASSEMBLED),
    ("device_authentication.failed", "only here: bypassAllowed", ASSEMBLED),
    ("device_authentication.failed", "only here: aggregateFido2Devices", ASSEMBLED),
    ("device_authentication.failed", "only here: userBypassEnabled", ASSEMBLED),
];

fn documented(name: &str) -> Value {
    let path = Path::new(REPLIES).join(format!("{name}.json"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_i64() => "a whole number",
        Value::Number(_) => "a number",
        Value::String(text) if text.len() == 24 && text.parse::<jiff::Timestamp>().is_ok() => "a time",
        Value::String(text) if text.starts_with("http") => "an address",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// How `here` differs from what is documented.
fn compare(path: &str, documented: &Value, here: &Value, differences: &mut Vec<String>) {
    match (documented, here) {
        (Value::Object(documented), Value::Object(here)) => compare_members(path, documented, here, differences),
        (Value::Array(documented), Value::Array(here)) => {
            if documented.len() != here.len() {
                differences.push(format!("length: {path} {} {}", documented.len(), here.len()));
            }
            for (index, (documented, here)) in documented.iter().zip(here).enumerate() {
                compare(&format!("{path}[{index}]"), documented, here, differences);
            }
        }
        _ if kind(documented) != kind(here) => {
            differences.push(format!("kind: {path} {} {}", kind(documented), kind(here)));
        }
        _ => {}
    }
}

fn compare_members(path: &str, documented: &Map<String, Value>, here: &Map<String, Value>, all: &mut Vec<String>) {
    let at = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let missing = documented.keys().filter(|name| !here.contains_key(*name));
    all.extend(missing.map(|name| format!("only documented: {}", at(name))));
    let added = here.keys().filter(|name| !documented.contains_key(*name));
    all.extend(added.map(|name| format!("only here: {}", at(name))));
    let shared: Vec<&String> = documented.keys().filter(|name| here.contains_key(*name)).collect();
    let order: Vec<&String> = here.keys().filter(|name| documented.contains_key(*name)).collect();
    if shared != order {
        all.push(format!("order: {path} {order:?}"));
    }
    for name in shared {
        compare(&at(name), &documented[name], &here[name], all);
    }
}

#[test]
fn every_reply_has_a_situation() {
    let files = fs::read_dir(REPLIES).unwrap().map(|entry| entry.unwrap().path());
    let files: BTreeSet<String> = files.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    let expected: BTreeSet<String> = files.into_iter().filter(|name| is_here(name)).collect();
    assert_eq!(expected, SITUATIONS.iter().map(|(name, _)| (*name).to_owned()).collect());
}

#[test]
fn every_difference_was_reviewed_and_every_reviewed_one_is_there() {
    for (name, emulated) in SITUATIONS {
        let mut differences = Vec::new();
        compare("", &documented(name), &emulated(), &mut differences);
        let reviewed = REVIEWED.iter().filter(|(of, ..)| of == name).map(|(_, difference, _)| (*difference).to_owned());
        assert_eq!(
            differences.into_iter().collect::<BTreeSet<_>>(),
            reviewed.collect(),
            "{name}: seen on the left, reviewed on the right"
        );
    }
    let is_known = |name: &str| SITUATIONS.iter().any(|(other, _)| *other == name);
    assert!(REVIEWED.iter().all(|(name, _, reason)| is_known(name) && !reason.is_empty()));
}

#[test]
fn a_comparison_sees_name_presence_kind_and_order() {
    let documented = json!({ "id": "a", "at": "2024-11-05T13:43:27.272Z", "list": [{ "n": 1 }], "flag": true });
    let differences = |here: Value| {
        let mut differences = Vec::new();
        compare("", &documented, &here, &mut differences);
        differences
    };
    assert_eq!(differences(documented.clone()), [""; 0]);
    let here = json!({ "at": "soon", "id": "b", "list": [{ "n": "1" }, {}], "flags": true });
    assert_eq!(
        differences(here),
        [
            "only documented: flag",
            "only here: flags",
            "order:  [\"at\", \"id\", \"list\"]",
            "kind: at a time text",
            "length: list 1 2",
            "kind: list[0].n a whole number text",
        ]
    );
}
