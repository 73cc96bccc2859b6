//! The reply as one types it first: derived structs, and an enum of devices by their `type`.

#![expect(dead_code, reason = "it is read into, and dropped")]

use std::collections::HashMap;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Reply {
    id: String,
    pub(crate) status: String,
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
    links: HashMap<String, Link>,
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
