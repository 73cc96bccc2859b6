use pingone_model::{
    Ability, AbilityStatus, DeviceAuthentication, DeviceId, DeviceStatus, DeviceType, Document, NextStep,
    OperatingSystem, OperatingSystemType, Status, TimeUnit, authentication_code::AuthenticationCode,
};
use serde_json::Value;

use crate::fixtures;

type Authentication = Document<DeviceAuthentication>;

/// Reads, stores and reads again, and sees that nothing was lost and nothing unknown.
fn assert_kept_whole<T>(name: &str, text: &str, read: impl Fn(&str) -> Document<T>) -> Document<T> {
    let reply = read(text);
    assert_eq!(reply.as_json(), text, "{name}");
    let written = serde_json::to_string(&reply).unwrap();
    let as_value = |json: &str| serde_json::from_str::<Value>(json).unwrap();
    assert_eq!(as_value(&written), as_value(text), "{name}");
    assert_eq!(as_value(read(&written).as_json()), as_value(text), "{name}");
    reply
}

#[test]
fn every_documented_reply_is_read_and_written_back_equal_and_understood_whole() {
    for (name, text) in fixtures::all("replies") {
        let unknown = if name.starts_with("authentication_code") {
            assert_kept_whole(&name, &text, |json| Document::<AuthenticationCode>::from_json(json.to_owned()).unwrap())
                .unknown()
        } else {
            assert_kept_whole(&name, &text, |json| Authentication::from_json(json.to_owned()).unwrap()).unknown()
        };
        assert!(unknown.is_empty(), "{name}: {unknown:?}");
    }
}

#[test]
fn reply_snapshots() {
    for (name, text) in fixtures::all("replies") {
        let shown = if name.starts_with("authentication_code") {
            format!("{:#?}", Document::<AuthenticationCode>::from_json(text).unwrap())
        } else {
            format!("{:#?}", Authentication::from_json(text).unwrap().into_next_step())
        };
        fixtures::assert_snapshot(&format!("reply.{name}"), shown);
    }
}

/// Adds a member to every object of `value` in turn, and returns each result with the pointer of the addition.
fn additions(value: &Value) -> Vec<(String, Value)> {
    fn pointers(value: &Value, here: &str, all: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                all.push(here.to_owned());
                members.iter().for_each(|(name, value)| pointers(value, &format!("{here}/{name}"), all));
            }
            Value::Array(elements) => {
                elements.iter().enumerate().for_each(|(index, value)| pointers(value, &format!("{here}/{index}"), all));
            }
            _ => {}
        }
    }
    let mut all = Vec::new();
    pointers(value, "", &mut all);
    let add = |pointer: String| {
        let mut value = value.clone();
        value.pointer_mut(&pointer).unwrap()["brandNew"] = serde_json::json!({ "deep": [1] });
        (pointer + "/brandNew", value)
    };
    all.into_iter().map(add).collect()
}

#[test]
fn a_member_that_is_added_at_any_level_is_kept_and_told() {
    for (name, text) in fixtures::all("replies").into_iter().filter(|(name, _)| name.starts_with("device")) {
        let additions = additions(&serde_json::from_str(&text).unwrap());
        assert!(additions.len() > 4, "{name}");
        for (pointer, value) in additions {
            let reply = Authentication::from_json(value.to_string()).unwrap();
            // A relation of its own is no unknown member of the links, but has to be a link.
            let expected = match pointer.as_str() {
                "/_links/brandNew" => "/_links/brandNew/deep".to_owned(),
                _ => pointer,
            };
            assert_eq!(reply.unknown(), [expected], "{name}");
            assert_eq!(serde_json::to_value(&reply).unwrap(), value, "{name}");
        }
    }
}

fn cancelled() -> Authentication {
    let (_, text) =
        fixtures::all("replies").into_iter().find(|(name, _)| name == "device_authentication.cancel").unwrap();
    Authentication::from_json(text).unwrap()
}

#[test]
fn the_reference_s_cancel_reply_is_typed_at_its_top() {
    let reply = cancelled();
    let here = "https://auth.pingone.com/abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6/deviceAuthentications/004fd27a-c7e7-4e63-8644-0563e43dcd02";
    let links: Vec<_> =
        reply.links().unwrap().iter().map(|(relation, link)| (relation, link.href().unwrap())).collect();
    assert_eq!(links, [("self", here), ("device.select", here)]);
    assert_eq!(reply.links().unwrap().get("device.select").unwrap().href(), Some(here));
    assert_eq!(reply.id().unwrap().as_str(), "004fd27a-c7e7-4e63-8644-0563e43dcd02");
    assert_eq!(reply.environment().unwrap().id().unwrap().as_str(), "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");
    assert_eq!(*reply.status(), Status::DeviceSelectionRequired);
    assert_eq!(reply.policy().unwrap().id().unwrap().as_str(), "6ad97c12-cfa6-0f90-1332-0274be07e414");
    assert_eq!(reply.user().unwrap().id().unwrap().as_str(), "8f8a6354-6153-4430-964e-e10d4e5deed3");
    assert_eq!(reply.selected_device().unwrap().id(), reply.devices()[0].id());
    assert_eq!(
        (reply.bypass_allowed(), reply.aggregate_fido2_devices(), reply.user_bypass_enabled()),
        (Some(false), Some(false), Some(false))
    );
    assert_eq!(
        (reply.created_at(), reply.updated_at()),
        (Some("2024-11-05T13:43:27.272Z"), Some("2024-11-05T13:43:44.939Z"))
    );
    assert!(reply.embedded().unwrap().blocked_devices().is_empty());
    assert_eq!(reply.devices().len(), 5);
    for device in reply.devices() {
        assert_eq!(device.status(), Some(&DeviceStatus::Active));
        assert_eq!(device.usable_status().and_then(Ability::status), Some(&AbilityStatus::Enabled));
    }
}

#[test]
fn the_reference_s_mobile_devices_are_typed_whole() {
    let reply = cancelled();
    let [first, _, second, ..] = reply.devices() else { panic!("too few devices") };
    for mobile in [first, second] {
        assert_eq!(mobile.kind(), Some(&DeviceType::Mobile));
        assert_eq!(mobile.os().and_then(OperatingSystem::kind), Some(&OperatingSystemType::Android));
        let model = mobile.model().unwrap();
        assert_eq!((model.name(), model.marketing_name()), (Some("IN2023"), Some("IN2023")));
        assert_eq!((mobile.locale(), mobile.manufacturer()), (Some("en-IL"), Some("OnePlus")));
        let application = mobile.application().unwrap();
        assert_eq!(application.push_sandbox(), Some(false));
        let refresh = application.passcode_refresh_duration().unwrap();
        assert_eq!((refresh.duration(), refresh.time_unit()), (Some(30), Some(&TimeUnit::Seconds)));
        assert_eq!(
            (mobile.push_enabled(), mobile.rooted(), mobile.lock_enabled()),
            (Some(true), Some(false), Some(true))
        );
        assert_eq!(mobile.notification(), Some("enabled"));
        assert_eq!(mobile.push_status().and_then(Ability::status), Some(&AbilityStatus::Enabled));
        assert_eq!(mobile.otp_enabled(), Some(false));
        assert_eq!(mobile.otp_status().and_then(Ability::status), Some(&AbilityStatus::Disabled));
    }

    assert_eq!(first.id().map(DeviceId::as_str), Some("3c325a86-283d-4fdf-bfda-239900d1ce8d"));
    assert_eq!(first.nickname(), Some("SampleDevice1"));
    assert_eq!(first.os().unwrap().version(), Some("11"));
    assert_eq!((first.api_version(), first.sdk_version()), (Some("1.0"), Some("1.2.0(5509)")));
    let application = first.application().unwrap();
    assert_eq!(application.id().unwrap().as_str(), "edb09bb3-fc85-438b-a025-25a444e276e6");
    assert_eq!(
        (application.name(), application.native_name(), application.version()),
        (Some("SampleAuth"), Some("SampleAuth"), Some("1.0.0"))
    );
    assert_eq!(first.background(), Some("unknown"));
    assert_eq!(first.otp_status().unwrap().reason(), Some("OTP_NOT_SUPPORTED_BY_SDK_VERSION"));
    assert_eq!(first.push_fails(), [1_730_814_224_932]);
    assert!(first.notification_provider().is_none() && first.allow_push_notification().is_none());

    assert_eq!(second.id().map(DeviceId::as_str), Some("259e5a50-46bb-4696-883b-ea14bb36bdf9"));
    let integrity = second.device_integrity_state().unwrap();
    assert_eq!(
        (integrity.compromised(), integrity.reason(), integrity.timestamp()),
        (Some("UNKNOWN"), Some("PLAY_MISSING_CONFIGURATION"), Some(1_686_050_056_879))
    );
    assert_eq!((second.notification_provider(), second.allow_push_notification()), (Some("FCM"), Some(true)));
    assert_eq!(second.application().unwrap().name(), Some("NativeAppForInternalApp"));
    assert_eq!(second.otp_status().unwrap().reason(), Some("OTP_NOT_SUPPORTED"));
    assert!(second.push_fails().is_empty());
}

#[test]
fn the_reference_s_passkeys_and_e_mail_are_typed_whole() {
    let reply = cancelled();
    let [_, first, _, second, email] = reply.devices() else { panic!("not five devices") };
    for passkey in [first, second] {
        assert_eq!(passkey.kind(), Some(&DeviceType::Fido2));
        let rp = passkey.rp().unwrap();
        assert_eq!((rp.id(), rp.name()), (Some("pingone.com"), Some("PingOne")));
        assert_eq!(passkey.attributes().unwrap().is_cross_platform(), Some(false));
        assert_eq!(passkey.display_name(), Some("fidoPolicy.deviceDisplayName01"));
    }
    assert_eq!(first.attributes().unwrap().previous_device_type(), Some(&DeviceType::Platform));
    assert!(first.credential_id().unwrap().starts_with("AejegVUIW1"));
    assert_eq!(second.credential_id(), Some("tPb8yfpRxX7cbW3gEVzRKSRwKxXCq5tl0dOByCvbviY"));
    assert_eq!(second.fido_registration_artifacts().unwrap().attestation_type(), Some("NONE"));
    let backup = second.backup().unwrap();
    assert_eq!((backup.backup_eligibility(), backup.backup_state()), (Some(false), Some(false)));

    assert_eq!(email.kind(), Some(&DeviceType::Email));
    assert_eq!(email.email(), Some("ad****@example.com"));
}

#[test]
fn personal_text_is_in_no_debug_output() {
    let reply = cancelled();
    let shown = format!("{reply:?} {:?}", reply.clone().into_next_step());
    for personal in ["example.com", "SampleDevice1"] {
        assert!(!shown.contains(personal), "{personal}");
    }
}

#[test]
fn after_a_cancel_every_device_can_be_selected() {
    let NextStep::DeviceSelection(selection) = cancelled().into_next_step() else { panic!("no selection") };
    assert_eq!(selection.devices().count(), 5);
}
