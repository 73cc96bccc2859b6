//! What reading a reply costs, as ratios to serde_json skipping everything: `cargo bench -p pingone-model`.
//!
//! The rows run interleaved, so that other work on the machine hits all alike; a ratio is the median over rounds. The
//! body is the reply of the reference's cancel page as documented, minified, and with `type` last in each device.

#![expect(clippy::disallowed_methods, reason = "a bench needs a clock")]

use std::{hint::black_box, time::Instant};

use bytes::Bytes;
use pingone_model::{DeviceAuthentication, Document, Glance};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::Value;

const REPLY: &str = include_str!("../fixtures/replies/device_authentication.cancel.json");
const ROUNDS: usize = 400;
const READS: usize = 20;

struct Row {
    name: &'static str,
    /// The most that it may cost, as a ratio to the floor on the documented body.
    goal: Option<f64>,
    read: fn(&Bytes),
}

const ROWS: &[Row] = &[
    Row {
        name: "floor: skip everything",
        goal: None,
        read: |body| drop(black_box(serde_json::from_slice::<IgnoredAny>(body))),
    },
    Row {
        name: "Document<DeviceAuthentication>",
        goal: Some(2.8),
        read: |body| drop(black_box(Document::<DeviceAuthentication>::from_json(body.clone()))),
    },
    Row { name: "Glance", goal: Some(1.1), read: |body| drop(black_box(Glance::from_json(body))) },
    Row {
        name: "the usual #[serde(tag)] structs",
        goal: None,
        read: |body| drop(black_box(serde_json::from_slice::<usual::Reply>(body))),
    },
    Row { name: "Value", goal: None, read: |body| drop(black_box(serde_json::from_slice::<Value>(body))) },
];

fn main() {
    for (name, body) in [("as documented", documented()), ("minified", minified()), ("type last", type_last())] {
        let body = Bytes::from(body);
        println!("\n{name}, {} bytes", body.len());
        println!("{:34} {:>9} {:>8} {:>6} {:>7}", "", "ns", "x floor", "goal", "allocs");
        for (row, (nanoseconds, ratio)) in ROWS.iter().zip(measure(&body)) {
            let allocations = allocation_counter::measure(|| (row.read)(&body)).count_total;
            let goal = row.goal.map_or_else(String::new, |goal| goal.to_string());
            println!("{:34} {nanoseconds:9.0} {ratio:8.2} {goal:>6} {allocations:7}", row.name);
        }
    }
}

/// Nanoseconds and ratio to the first row, for each row.
fn measure(body: &Bytes) -> Vec<(f64, f64)> {
    let mut rounds = vec![Vec::with_capacity(ROUNDS); ROWS.len()];
    for _ in 0..ROUNDS {
        for (row, times) in ROWS.iter().zip(&mut rounds) {
            let start = Instant::now();
            (0..READS).for_each(|_| (row.read)(black_box(body)));
            times.push(start.elapsed().as_nanos() as f64 / READS as f64);
        }
    }
    let floor = rounds[0].clone();
    let ratios = |times: &[f64]| times.iter().zip(&floor).map(|(time, floor)| time / floor).collect();
    rounds.iter().map(|times| (median(times.clone()), median(ratios(times)))).collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The fixture is indented by two, the page by four.
fn documented() -> String {
    let indented = |line: &str| format!("{}{line}\n", " ".repeat(line.len() - line.trim_start().len()));
    REPLY.lines().map(indented).collect()
}

fn minified() -> String {
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

/// The members of each device in alphabetical order, but for `type`, which comes last.
fn type_last() -> String {
    let mut reply: Value = serde_json::from_str(REPLY).unwrap_or_default();
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
    reply.to_string().replace("\"DEVICES\"", &format!("[{devices}]"))
}

/// What one writes first.
mod usual {
    #![allow(dead_code, reason = "it is read into, and dropped")]

    use super::Deserialize;

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub(super) struct Reply {
        id: String,
        status: String,
        environment: Reference,
        policy: Reference,
        selected_device: Reference,
        user: Reference,
        bypass_allowed: bool,
        user_bypass_enabled: bool,
        aggregate_fido2_devices: bool,
        created_at: String,
        updated_at: String,
        #[serde(rename = "_embedded")]
        embedded: Embedded,
        #[serde(rename = "_links")]
        links: std::collections::HashMap<String, Link>,
    }

    #[derive(Deserialize)]
    struct Reference {
        id: String,
    }

    #[derive(Deserialize)]
    struct Link {
        href: String,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Embedded {
        devices: Vec<Device>,
        blocked_devices: Vec<Device>,
    }

    #[derive(Deserialize)]
    #[serde(tag = "type", rename_all = "UPPERCASE")]
    enum Device {
        Mobile(Box<Mobile>),
        Fido2(Box<Fido2>),
        Email {
            id: String,
            status: String,
            #[serde(rename = "usableStatus")]
            usable_status: Ability,
            email: String,
        },
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Mobile {
        id: String,
        status: String,
        usable_status: Ability,
        nickname: Option<String>,
        device_integrity_state: Option<Integrity>,
        os: Os,
        api_version: String,
        locale: String,
        model: Model,
        application: Application,
        push_enabled: bool,
        manufacturer: String,
        sdk_version: String,
        rooted: bool,
        lock_enabled: bool,
        notification_provider: Option<String>,
        notification: String,
        background: String,
        allow_push_notification: Option<bool>,
        push_status: Ability,
        otp_enabled: bool,
        otp_status: Ability,
        push_fails: Vec<u64>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Fido2 {
        id: String,
        status: String,
        usable_status: Ability,
        attributes: Attributes,
        rp: Rp,
        credential_id: String,
        fido_registration_artifacts: Option<Artifacts>,
        backup: Option<Backup>,
        display_name: String,
    }

    #[derive(Deserialize)]
    struct Ability {
        status: String,
        reason: Option<String>,
    }

    #[derive(Deserialize)]
    struct Integrity {
        compromised: String,
        reason: String,
        timestamp: u64,
    }

    #[derive(Deserialize)]
    struct Os {
        version: String,
        #[serde(rename = "type")]
        kind: String,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Model {
        name: String,
        marketing_name: String,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Application {
        id: String,
        native_name: String,
        version: String,
        name: String,
        push_sandbox: bool,
        passcode_refresh_duration: Refresh,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Refresh {
        duration: u64,
        time_unit: String,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Attributes {
        previous_device_type: Option<String>,
        is_cross_platform: bool,
    }

    #[derive(Deserialize)]
    struct Rp {
        id: String,
        name: String,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Artifacts {
        attestation_type: String,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Backup {
        backup_eligibility: bool,
        backup_state: bool,
    }
}
