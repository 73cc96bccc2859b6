//! Shows that reading and writing back loses nothing.
//!
//! `cargo run -p pingone-model --example roundtrip -- --help` says how to use it.

use std::{collections::BTreeSet, env, fs, process::ExitCode};

use bytes::Bytes;
use http::Response;
use pingone_model::{
    Device, DeviceAuthentication, Document, FromResponse, List, Page, PlatformError,
    authentication_code::AuthenticationCode,
    bypass_mfa::BypassMfa,
    mfa_enabled::MfaEnabled,
    pairing_key::PairingKey,
    population::{ListPopulations, Population},
    user::{ListUsers, User},
    user_device::ListUserDevices,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

type Failure = Box<dyn std::error::Error>;

/// Reads a body and writes it back.
type RoundTrip = fn(&[u8]) -> Result<Value, Failure>;

/// The module of each resource, its reply, and a page of them if it has a list.
const RESOURCES: &[(&str, RoundTrip, Option<RoundTrip>)] = &[
    ("device_authentication", one::<DeviceAuthentication>, None),
    ("authentication_code", one::<AuthenticationCode>, None),
    ("user", one::<User>, Some(|body| page(&ListUsers::new(), body))),
    ("user_device", one::<Device>, Some(|body| page(&ListUserDevices::new("u-1"), body))),
    ("pairing_key", one::<PairingKey>, None),
    ("population", one::<Population>, Some(|body| page(&ListPopulations::new(), body))),
    ("mfa_enabled", one::<MfaEnabled>, None),
    ("bypass_mfa", one::<BypassMfa>, None),
];

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    if arguments.iter().any(|argument| ["-h", "--help"].contains(&&**argument)) {
        println!("{}", usage());
        return ExitCode::SUCCESS;
    }
    let (round_trip, files) = match read_arguments(arguments.into_iter()) {
        Ok(arguments) => arguments,
        Err(problem) => {
            eprintln!("error: {problem}\n\n{}", usage());
            return ExitCode::from(2);
        }
    };
    let mut is_lossless = true;
    for file in files {
        match differences(&file, round_trip) {
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

fn usage() -> String {
    let names: Vec<_> = RESOURCES.iter().map(|(name, ..)| *name).collect();
    format!(
        "usage: roundtrip [--as NAME] [--list] FILE...
       roundtrip --error FILE...

Reads each FILE as a reply of the service, writes back what was read, and prints `lossless` or the JSON pointers of what
was lost or changed. Without --as, a reply is a device authentication.

  --as NAME  the reply is a resource of this name
  --list     the reply is a page of such resources
  --error    the reply is the body of a refusal

NAME is one of {}",
        names.join(", ")
    )
}

fn read_arguments(mut arguments: impl Iterator<Item = String>) -> Result<(RoundTrip, Vec<String>), String> {
    let (mut name, mut is_list, mut is_error, mut files) = (None, false, false, Vec::new());
    while let Some(argument) = arguments.next() {
        match &*argument {
            "--as" => name = Some(arguments.next().ok_or("--as lacks its NAME")?),
            "--list" => is_list = true,
            "--error" => is_error = true,
            option if option.starts_with('-') => return Err(format!("no option is called {option}")),
            _ => files.push(argument),
        }
    }
    if files.is_empty() {
        return Err("no FILE is given".to_owned());
    }
    if is_error {
        let is_alone = name.is_none() && !is_list;
        return if is_alone { Ok((one::<PlatformError>, files)) } else { Err("--error stands alone".to_owned()) };
    }
    let name = name.as_deref().unwrap_or("device_authentication");
    let resource = RESOURCES.iter().find(|(known, ..)| *known == name);
    let (_, one, page) = resource.ok_or_else(|| format!("no resource is called {name}"))?;
    let round_trip = if is_list { page.ok_or_else(|| format!("{name} has no list"))? } else { *one };
    Ok((round_trip, files))
}

fn one<T>(body: &[u8]) -> Result<Value, Failure>
where
    Document<T>: DeserializeOwned + Serialize,
{
    Ok(serde_json::to_value(serde_json::from_slice::<Document<T>>(body)?)?)
}

/// The page as it came, with its items written back.
fn page<L: List>(list: &L, body: &[u8]) -> Result<Value, Failure> {
    let page =
        Page::from_response(list, &Response::new(Bytes::copy_from_slice(body))).map_err(|error| error.to_string())?;
    let mut whole: Value = serde_json::from_str(page.as_json())?;
    let elements = whole["_embedded"][L::ITEMS].as_array_mut().into_iter().flatten();
    for (element, item) in elements.filter(|element| element.is_object()).zip(page.items()) {
        *element = serde_json::to_value(item)?;
    }
    Ok(whole)
}

fn differences(file: &str, round_trip: RoundTrip) -> Result<Vec<String>, Failure> {
    let before = fs::read(file)?;
    let mut all = Vec::new();
    compare(&serde_json::from_slice(&before)?, &round_trip(&before)?, "", &mut all);
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
