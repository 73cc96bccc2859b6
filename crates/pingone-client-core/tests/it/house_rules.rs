//! The core knows no resource, but for the wait for a push and the change of device, which are about one.

use std::{collections::BTreeSet, fs, path::Path};

const MODEL: &str = include_str!("../../../pingone-model/src/device_authentication/mod.rs");

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric() && character != '_')
}

/// What the model's module exports, and what the resource itself is called.
fn names() -> BTreeSet<&'static str> {
    let exports = MODEL.split("pub use ").skip(1).filter_map(|export| export.split(';').next());
    let types = exports.flat_map(words).filter(|word| word.starts_with(|first: char| first.is_ascii_uppercase()));
    types.chain(["device_authentication", "deviceAuthentications"]).collect()
}

/// The lines that name a device authentication, comments apart, and types apart that the file has of its own.
fn named<'a>(source: &'a str, names: &BTreeSet<&str>) -> Vec<&'a str> {
    let is_own = |name: &str| ["struct", "enum"].iter().any(|kind| source.contains(&format!("{kind} {name} ")));
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.filter(|line| words(line).any(|word| names.contains(word) && !is_own(word))).collect()
}

fn assert_names_none(folder: &Path, names: &BTreeSet<&str>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("src/wait") || path.ends_with("src/change_device.rs") {
            continue;
        }
        if path.is_dir() {
            assert_names_none(&path, names);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let lines = named(&source, names);
        assert!(lines.is_empty(), "{} is for every resource, and names one: {lines:#?}", path.display());
    }
}

#[test]
fn only_waiting_and_changing_device_name_a_device_authentication() {
    let names = names();
    assert!(names.contains("NextStep") && names.contains("CancelDeviceAuthentication"), "{names:?}");
    assert_names_none(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &names);
}

#[test]
fn a_line_that_names_one_is_found() {
    let names = names();
    let source = "//! Sends [`CheckOtp`].\nuse pingone_model::{NextStep, Operation};\nlet name = \"device_authentication.read\";\n\
                  struct Failed { at: u8 }\n";
    let lines = ["use pingone_model::{NextStep, Operation};", "let name = \"device_authentication.read\";"];
    assert_eq!(named(source, &names), lines);
}
