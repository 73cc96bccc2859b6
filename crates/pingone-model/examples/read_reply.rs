//! Tries a reply from elsewhere: the next step, the devices, and what this version does not know of it.
//!
//! `cargo run -p pingone-model --example read_reply -- --help` says how to use it.

use std::{
    env, fs,
    io::{self, Read},
    process::ExitCode,
};

use pingone_model::{DeviceAuthentication, DeviceId, DeviceType, Document, NextStep};
use serde_json::json;

const USAGE: &str = "usage: read_reply [--json] [FILE]

Reads a device authentication from FILE, or from standard input, and prints its next step, its devices, and the JSON
pointers of what this version does not know of it.

  --json  prints that as one line of JSON";

fn main() -> ExitCode {
    if env::args().skip(1).any(|argument| ["-h", "--help"].contains(&&*argument)) {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let (json, files): (Vec<_>, Vec<_>) = env::args().skip(1).partition(|argument| argument == "--json");
    let reply = read(files.first().map(String::as_str)).and_then(|body| Ok(Document::from_json(body)?));
    match reply {
        Ok(reply) if json.is_empty() => print(&reply),
        Ok(reply) => print_json(&reply),
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn read(file: Option<&str>) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut body = Vec::new();
    match file {
        Some(file) => body = fs::read(file).map_err(|error| format!("{file}: {error}"))?,
        None => drop(io::stdin().read_to_end(&mut body)?),
    }
    Ok(body)
}

fn print(reply: &Document<DeviceAuthentication>) {
    println!("status     {}", reply.status());
    println!("next step  {}", next(reply));
    for device in reply.devices() {
        // `Display` escapes what a terminal would obey; a pointer is plain text.
        let id = device.id().map_or_else(|| "without an id".to_owned(), DeviceId::to_string);
        println!("device     {}  {id}", device.kind().map_or_else(|| "?".to_owned(), DeviceType::to_string));
    }
    reply.for_each_unknown(|pointer| println!("unknown    {}", pointer.escape_debug()));
}

fn print_json(reply: &Document<DeviceAuthentication>) {
    let devices: Vec<_> =
        reply.devices().iter().map(|device| json!({ "id": device.id(), "type": device.kind() })).collect();
    let status = reply.status();
    let mut unknown = Vec::new();
    reply.for_each_unknown(|pointer| unknown.push(pointer.to_owned()));
    println!("{}", json!({ "status": status, "next": next(reply), "devices": devices, "unknown": unknown }));
}

/// The step's name.
fn next(reply: &Document<DeviceAuthentication>) -> &'static str {
    match reply.clone().into_next_step() {
        NextStep::Push(_) => "push",
        NextStep::PushTimedOut(_) => "push_timed_out",
        NextStep::DeviceSelection(_) => "device_selection",
        NextStep::Otp(_) => "otp",
        NextStep::Assertion(_) => "assertion",
        NextStep::Completed(_) => "completed",
        NextStep::Failed(_) => "failed",
        // `Unknown`, and what later versions add.
        _ => "unknown",
    }
}
