//! What is read of the documented replies, and what is kept of the rest.

use std::collections::BTreeSet;

use pingone_fixtures::{AnyDocument, Reply, may_be_shown, replies};
use pingone_model::{
    Ability, AbilityStatus, DeviceAuthentication, DeviceId, DeviceStatus, DeviceType, Document, NextStep,
    OperatingSystem, OperatingSystemType, Status, TimeUnit,
};
use serde_json::{Value, json};

use crate::fixtures;

type Authentication = Document<DeviceAuthentication>;

fn value(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

#[test]
fn every_documented_reply_is_kept_verbatim_and_survives_being_stored() {
    for reply in replies() {
        assert!(!reply.documents.is_empty(), "{} has nothing that is read", reply.name);
        for document in &reply.documents {
            assert!(reply.text.contains(document.as_json()), "{}", reply.name);
            let stored = document.stored();
            assert_eq!(stored, value(document.as_json()), "{}", reply.name);
            assert_eq!(value(document.again(stored.to_string()).unwrap().as_json()), stored, "{}", reply.name);
        }
    }
}

/// What says nothing is shown by no accessor.
fn without_null(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, value)| !value.is_null());
            members.map(|(name, value)| (name, without_null(value))).collect()
        }
        Value::Array(elements) => elements.into_iter().map(without_null).collect(),
        other => other,
    }
}

fn remove(value: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match value.pointer_mut(parent).unwrap() {
        Value::Object(members) => drop(members.remove(&name.replace("~1", "/").replace("~0", "~"))),
        Value::Array(elements) => drop(elements.remove(name.parse().unwrap())),
        _ => panic!("{pointer} leads nowhere"),
    }
}

/// What its view does not know, and its row does not name; or the other way about.
fn complaints_about_unknown(reply: &Reply) -> Vec<String> {
    let (name, unknown): (_, BTreeSet<_>) =
        (reply.name, reply.documents.iter().flat_map(|document| document.unknown()).collect());
    let untold = unknown.iter().filter(|pointer| !reply.unknown.contains(&&***pointer)).map(|pointer| {
        format!(
            "{name} has {pointer}, which its view does not know: add it there; or, to leave it out, \
             `.unknown({pointer:?}, \"why\")` behind `.reply({name:?}, ..)` in crates/pingone-fixtures/src"
        )
    });
    let known = reply.unknown.iter().filter(|pointer| !unknown.contains(**pointer));
    untold.chain(known.map(|pointer| format!("{name}: its view knows {pointer}: delete its `.unknown(..)`"))).collect()
}

/// Whatever a documented reply says, an accessor shows, and nothing else; what none shows is named in its row.
#[test]
fn every_pointer_of_every_documented_reply_is_reached_through_an_accessor() {
    let complaints: Vec<_> = replies().iter().flat_map(complaints_about_unknown).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
    for reply in replies() {
        for document in &reply.documents {
            let mut said = value(document.as_json());
            // The last first, so that no index of an array changes.
            document.unknown().iter().rev().for_each(|pointer| remove(&mut said, pointer));
            assert_eq!(without_null(document.shown()), without_null(said), "{}", reply.name);
        }
    }
}

#[test]
fn a_reply_may_hold_what_its_view_does_not_know_if_its_row_says_so() {
    let mut reply = replies().remove(0);
    reply.documents = vec![changed(&*reply.documents[0], "", |object| object["new"] = json!({ "deep": 1 }))];
    let complaints = complaints_about_unknown(&reply).join("");
    assert!(complaints.contains(r#"`.unknown("/new", "why")` behind"#), "{complaints}");
    reply.unknown = vec!["/new"];
    assert_eq!(complaints_about_unknown(&reply), [""; 0]);
    reply.unknown.push("/id");
    assert!(complaints_about_unknown(&reply).join("").ends_with("knows /id: delete its `.unknown(..)`"));
}

#[test]
fn reply_snapshots() {
    for reply in replies() {
        let shown: Vec<_> = reply.documents.iter().map(|document| format!("{document:#?}")).collect();
        fixtures::assert_snapshot(&format!("reply.{}", reply.name), shown.join("\n"));
    }
}

/// The pointers of all values of a kind.
fn pointers(value: &Value, is_wanted: fn(&Value) -> bool) -> Vec<String> {
    fn collect(value: &Value, here: &str, is_wanted: fn(&Value) -> bool, all: &mut Vec<String>) {
        if is_wanted(value) {
            all.push(here.to_owned());
        }
        match value {
            Value::Object(members) => members.iter().for_each(|(name, value)| {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect(value, &format!("{here}/{name}"), is_wanted, all);
            }),
            Value::Array(elements) => elements.iter().enumerate().for_each(|(index, value)| {
                collect(value, &format!("{here}/{index}"), is_wanted, all);
            }),
            _ => {}
        }
    }
    let mut all = Vec::new();
    collect(value, "", is_wanted, &mut all);
    all
}

/// The document with `value` at this pointer instead.
fn changed(document: &dyn AnyDocument, pointer: &str, change: impl FnOnce(&mut Value)) -> Box<dyn AnyDocument> {
    let mut value = value(document.as_json());
    change(value.pointer_mut(pointer).unwrap());
    document.again(value.to_string()).unwrap()
}

#[test]
fn a_member_that_is_added_at_any_level_is_kept_and_told() {
    let added = json!({ "deep": [1] });
    for reply in replies() {
        for document in &reply.documents {
            let known = document.unknown();
            for place in pointers(&value(document.as_json()), Value::is_object) {
                let again = changed(&**document, &place, |object| object["brandNew"] = added.clone());
                let here = format!("{place}/brandNew");
                assert_eq!(again.stored().pointer(&here), Some(&added), "{}", reply.name);
                let told: Vec<_> = again.unknown().into_iter().filter(|pointer| !known.contains(pointer)).collect();
                let is_in_unknown = known.iter().any(|pointer| here.starts_with(&format!("{pointer}/")));
                let is_any_json = again.shown().pointer(&here) == Some(&added);
                if is_in_unknown || is_any_json {
                    assert!(told.is_empty(), "{} {here}: {told:?}", reply.name);
                } else if place.ends_with("/_links") {
                    // A relation of its own is no unknown member of the links, but has to be a link.
                    assert_eq!(told, [here + "/deep"], "{}", reply.name);
                } else {
                    assert_eq!(told, [here], "{}", reply.name);
                }
            }
        }
    }
}

/// What a text is, a view does not know; so `Debug` shows those alone that somebody has looked at.
#[test]
fn debug_shows_no_text_that_is_not_listed() {
    let mut complaints = BTreeSet::new();
    for reply in replies() {
        for document in &reply.documents {
            for place in pointers(&value(document.as_json()), Value::is_string) {
                let again = changed(&**document, &place, |text| *text = "canary".into());
                if !may_be_shown(&place) && format!("{again:?} {again:#?}").contains("canary") {
                    complaints.insert(format!(
                        "`Debug` of {} shows {place}: make it a `text` in its view; or, if it never is personal, add \
                         it to crates/pingone-fixtures/src/shown.rs",
                        reply.name
                    ));
                }
            }
        }
    }
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn each_documented_authentication_leads_to_its_step() {
    let steps = [("cancel", "DeviceSelection("), ("failed", "Failed("), ("one_time_email", "Otp("), ("read", "Otp(")];
    for (name, step) in steps {
        let reply = Authentication::from_json(fixtures::text("replies", &format!("device_authentication.{name}")));
        let shown = format!("{:?}", reply.unwrap().into_next_step());
        assert!(shown.starts_with(step), "{name}: {shown}");
    }
}

fn cancelled() -> Authentication {
    Authentication::from_json(fixtures::text("replies", "device_authentication.cancel")).unwrap()
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
        [reply.created_at(), reply.updated_at()].map(|time| time.unwrap().as_str()),
        ["2024-11-05T13:43:27.272Z", "2024-11-05T13:43:44.939Z"]
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
