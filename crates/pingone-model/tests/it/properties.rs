//! Whatever becomes of a documented reply, no reader breaks and nothing is lost.

use std::sync::LazyLock;

use pingone_fixtures::{AnyDocument, replies};
use pingone_model::{DeviceAuthentication, Document, NextStep, PlatformError, ResponseError};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fixtures;

/// What may happen to one value of a reply.
#[derive(Clone, Debug)]
enum Mutation {
    Drop,
    Rename(String),
    Retype(Value),
    Add(String, Value),
    Reword(String),
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9_f64).prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".{0,6}", inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

fn any_mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        Just(Mutation::Drop),
        ".{0,12}".prop_map(Mutation::Rename),
        any_value().prop_map(Mutation::Retype),
        (".{0,12}", any_value()).prop_map(|(name, value)| Mutation::Add(name, value)),
        "[A-Z_]{0,24}|.*".prop_map(Mutation::Reword),
    ]
}

/// Applies `mutation` to the value that is the `target`th to be reached.
fn mutate(value: &mut Value, target: &mut usize, mutation: &Mutation) {
    if let Value::Object(members) = value {
        for name in members.keys().cloned().collect::<Vec<_>>() {
            if *target == 0 {
                *target = usize::MAX;
                let was = members.remove(&name).unwrap();
                match mutation {
                    Mutation::Drop => {}
                    Mutation::Rename(name) => drop(members.insert(name.clone(), was)),
                    Mutation::Retype(value) => drop(members.insert(name, value.clone())),
                    Mutation::Reword(text) => drop(members.insert(name, json!(text))),
                    Mutation::Add(new, value) => {
                        members.insert(name, was);
                        members.insert(new.clone(), value.clone());
                    }
                }
                return;
            }
            *target = target.saturating_sub(1);
            mutate(members.get_mut(&name).unwrap(), target, mutation);
        }
    } else if let Value::Array(elements) = value {
        elements.iter_mut().for_each(|element| mutate(element, target, mutation));
    }
}

fn any_mutation_of(documented: Vec<(usize, Value)>) -> impl Strategy<Value = (usize, Value)> {
    let mutations = prop::collection::vec((0..150_usize, any_mutation()), 1..6);
    (prop::sample::select(documented), mutations).prop_map(|((index, mut value), mutations)| {
        for (mut target, mutation) in mutations {
            mutate(&mut value, &mut target, &mutation);
        }
        (index, value)
    })
}

/// The documents of all documented replies.
static DOCUMENTS: LazyLock<Vec<Box<dyn AnyDocument>>> =
    LazyLock::new(|| replies().into_iter().flat_map(|reply| reply.documents).collect());

/// One of them, by its place, and what became of it.
fn any_mutated_document() -> impl Strategy<Value = (usize, Value)> {
    let value = |document: &dyn AnyDocument| serde_json::from_str(document.as_json()).unwrap();
    any_mutation_of(DOCUMENTS.iter().enumerate().map(|(index, document)| (index, value(&**document))).collect())
}

fn any_mutated_file(folder: &str, prefix: &str) -> impl Strategy<Value = Value> {
    let files = fixtures::all(folder).into_iter().filter(|(name, _)| name.starts_with(prefix));
    let values = files.map(|(_, text)| serde_json::from_str(&text).unwrap()).enumerate().collect();
    any_mutation_of(values).prop_map(|(_, value)| value)
}

/// Every member that the view skipped is there in the body, where its pointer says.
fn assert_unknown_is_there(unknown: &[String], value: &Value) {
    for pointer in unknown {
        assert!(value.pointer(pointer).is_some(), "{pointer}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_reply_breaks_no_reader_and_loses_nothing((index, value) in any_mutated_document()) {
        let document = &DOCUMENTS[index];
        // A view may need members, and then not be read without them; but that is all.
        if let Ok(changed) = document.again(value.to_string()) {
            prop_assert_eq!(&changed.stored(), &value);
            prop_assert_eq!(&changed.again(changed.stored().to_string()).unwrap().stored(), &value);
            assert_unknown_is_there(&changed.unknown(), &value);
            let shown = format!("{changed:?}");
            prop_assert!(!shown.contains("example.com"), "{}", shown);
        }
    }

    #[test]
    fn a_changed_authentication_is_read_if_it_has_a_status(value in any_mutated_file("replies", "device_authentication.")) {
        let read = Document::<DeviceAuthentication>::from_json(value.to_string());
        prop_assert_eq!(read.is_ok(), value["status"].is_string());
        if let Ok(reply) = read {
            prop_assert_eq!(reply.status().as_str(), value["status"].as_str().unwrap());
            reply.for_each_unknown(|pointer| assert!(value.pointer(pointer).is_some(), "{pointer}"));
            let step = reply.into_next_step();
            prop_assert_eq!(matches!(step, NextStep::Completed(_)), value["status"] == "COMPLETED");
            let shown = format!("{step:?}");
            prop_assert!(!shown.contains("example.com"), "{}", shown);
        }
    }

    #[test]
    fn a_changed_error_breaks_no_reader_and_loses_nothing(value in any_mutated_file("errors", ""), status in 100_u16..1000) {
        let body = value.to_string();
        let response = http::Response::builder().status(status).body(body.clone().into()).unwrap();
        let error = ResponseError::refused(response);
        prop_assert_eq!(error.body(), &body);
        let _ = (error.problem(), error.to_string(), format!("{error:?}"));
        if let Ok(platform) = Document::<PlatformError>::from_json(body) {
            prop_assert_eq!(&serde_json::to_value(&platform).unwrap(), &value);
            platform.for_each_unknown(|pointer| assert!(value.pointer(pointer).is_some(), "{pointer}"));
        }
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let is_json = serde_json::from_slice::<Value>(&bytes).is_ok();
        let read = Document::<DeviceAuthentication>::from_json(bytes.clone());
        prop_assert!(is_json || read.is_err());
        let _ = ResponseError::refused(http::Response::new(bytes.into())).problem();
    }

    #[test]
    fn damaged_json_is_never_taken_for_a_reply(at in 0..5_184_usize, byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = fixtures::text("replies", "device_authentication.cancel").into_bytes();
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let strict = serde_json::from_slice::<serde::de::IgnoredAny>(&bytes).is_ok() && std::str::from_utf8(&bytes).is_ok();
        let read = Document::<DeviceAuthentication>::from_json(bytes);
        prop_assert!(strict || read.is_err());
    }
}
