//! Shows that reading and writing back loses nothing.
//!
//! `cargo run -p pingone-model --example roundtrip -- [--error] FILE...` reads each file as a device authentication, or
//! as an error body, writes it back, and prints `lossless` or the JSON pointers of what was lost or changed.

use std::{collections::BTreeSet, env, fs, process::ExitCode};

use pingone_model::{DeviceAuthentication, Document, PlatformError};
use serde_json::Value;

fn main() -> ExitCode {
    let (errors, files): (Vec<_>, Vec<_>) = env::args().skip(1).partition(|argument| argument == "--error");
    if files.is_empty() {
        eprintln!("usage: roundtrip [--error] FILE...");
        return ExitCode::from(2);
    }
    let mut is_lossless = true;
    for file in files {
        match differences(&file, !errors.is_empty()) {
            Ok(differences) if differences.is_empty() => println!("{file}: lossless"),
            Ok(differences) => {
                is_lossless = false;
                println!("{file}: {}", differences.join(" "));
            }
            Err(error) => {
                is_lossless = false;
                eprintln!("{file}: {error}");
            }
        }
    }
    if is_lossless { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn differences(file: &str, is_error: bool) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let before = fs::read(file)?;
    let after = if is_error {
        serde_json::to_vec(&Document::<PlatformError>::from_json(before.clone())?)?
    } else {
        serde_json::to_vec(&Document::<DeviceAuthentication>::from_json(before.clone())?)?
    };
    let mut all = Vec::new();
    compare(&serde_json::from_slice(&before)?, &serde_json::from_slice(&after)?, "", &mut all);
    Ok(all)
}

fn compare(before: &Value, after: &Value, here: &str, all: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for name in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
                let there = format!("{here}/{}", name.replace('~', "~0").replace('/', "~1"));
                match (before.get(name), after.get(name)) {
                    (Some(before), Some(after)) => compare(before, after, &there, all),
                    _ => all.push(there),
                }
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                compare(before, after, &format!("{here}/{index}"), all);
            }
        }
        _ if before == after => {}
        _ => all.push(here.to_owned()),
    }
}
