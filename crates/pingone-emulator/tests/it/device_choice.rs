//! With which device an authentication begins.

use pingone_emulator::{Data, Device, DeviceSelection, User};
use serde_json::json;

use crate::{
    household::{self, begin},
    support::Caller,
};

#[test]
fn the_policy_says_who_chooses() {
    use DeviceSelection::{AlwaysDisplayDevices, DefaultToFirst, PromptToSelect};
    for (selection, one_device, two_devices) in [
        (DefaultToFirst, "OTP_REQUIRED", "OTP_REQUIRED"),
        (PromptToSelect, "OTP_REQUIRED", "DEVICE_SELECTION_REQUIRED"),
        (AlwaysDisplayDevices, "DEVICE_SELECTION_REQUIRED", "DEVICE_SELECTION_REQUIRED"),
    ] {
        let policy = household::policy().device_selection(selection);
        let one = household::of(policy.clone(), [household::mail()]);
        assert_eq!(begin(&one, json!({})).step(), one_device, "{selection:?}");
        let two = household::of(policy, [household::mail(), household::phone()]);
        let reply = begin(&two, json!({}));
        assert_eq!(reply.step(), two_devices, "{selection:?}");
        if two_devices == "DEVICE_SELECTION_REQUIRED" {
            assert_eq!((reply.body.get("selectedDevice"), reply.links()), (None, vec!["device.select", "self"]));
            assert_eq!(two.select(&reply.id(), "phone").step(), "PUSH_CONFIRMATION_REQUIRED");
        }
    }
}

#[test]
fn a_request_can_name_another_policy() {
    let always = household::policy().device_selection(DeviceSelection::AlwaysDisplayDevices);
    let caller = Caller::of(household::data(household::policy(), [household::mail()]).policy(always));
    // Both have the id `p`, and the first one counts; so this one gets an id of its own.
    assert_eq!(begin(&caller, json!({ "policy": { "id": "p" } })).step(), "OTP_REQUIRED");
    let other = pingone_emulator::Policy::new("q").device_selection(DeviceSelection::AlwaysDisplayDevices);
    let caller = Caller::of(household::data(household::policy(), [household::mail()]).policy(other));
    let reply = begin(&caller, json!({ "policy": { "id": "q" } }));
    assert_eq!((reply.step(), &reply.body["policy"]["id"]), ("DEVICE_SELECTION_REQUIRED", &json!("q")));
}

#[test]
fn without_an_order_the_user_chooses() {
    let caller_of = |devices: Vec<Device>| {
        let user = devices.into_iter().fold(User::new("u").without_order(), User::device);
        Caller::of(Data::with_policy("e", household::policy()).client(household::client()).user(user))
    };
    let two = caller_of(vec![household::mail(), household::phone()]);
    assert_eq!(begin(&two, json!({})).step(), "DEVICE_SELECTION_REQUIRED");
    let one = caller_of(vec![household::mail()]);
    assert_eq!(begin(&one, json!({})).step(), "OTP_REQUIRED", "one device needs no order");
}

fn unusable() -> [Device; 3] {
    [
        Device::new("blocked", "SMS").hidden("blocked", json!(true)),
        Device::new("disabled", "SMS").member("usableStatus", json!({ "status": "DISABLED" })),
        Device::new("inactive", "SMS").member("status", json!("ACTIVATION_REQUIRED")),
    ]
}

#[test]
fn a_device_is_active_and_enabled_unless_the_data_say_otherwise() {
    let said = Device::new("said", "SMS")
        .member("nickname", json!("Mine"))
        .member("status", json!("ACTIVATION_REQUIRED"))
        .member("usableStatus", json!({ "status": "DISABLED" }));
    let caller = household::of(household::policy(), [household::mail(), said]);
    let devices = begin(&caller, json!({})).body["_embedded"]["devices"].to_string();
    let expected = [
        r#"{"id":"mail","type":"EMAIL","status":"ACTIVE","usableStatus":{"status":"ENABLED"},"email":"ad****@example.com"}"#,
        r#"{"id":"said","type":"SMS","status":"ACTIVATION_REQUIRED","usableStatus":{"status":"DISABLED"},"nickname":"Mine"}"#,
    ];
    assert_eq!(devices, format!("[{}]", expected.join(",")));
}

#[test]
fn what_cannot_be_used_cannot_be_chosen() {
    let caller = household::of(household::policy(), unusable());
    for device in ["blocked", "disabled", "inactive"] {
        let reply = begin(&caller, json!({ "selectedDevice": { "id": device } }));
        assert_eq!(reply.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "selectedDevice.id"), "{device}");
    }
    let unavailable = json!([{ "id": "blocked" }, { "id": "disabled" }, { "id": "inactive" }]);
    let detail = &begin(&caller, json!({})).body["details"][0];
    assert_eq!(detail["innerError"]["unavailableDevices"], unavailable);
    caller.service.switch_off("no-usable-device-is-400").unwrap();
    let reply = begin(&caller, json!({}));
    assert_eq!((reply.step(), &reply.body["error"]["code"]), ("FAILED", &json!("NO_USABLE_DEVICES")));
    assert_eq!(reply.body["error"]["unavailableDevices"], unavailable);
}

#[test]
fn a_default_that_cannot_be_used_gives_way() {
    let [blocked, ..] = unusable();
    let caller = household::of(household::policy(), [blocked, household::mail()]);
    assert_eq!(begin(&caller, json!({})).body["selectedDevice"], json!({ "id": "mail" }));
}

#[test]
fn blocked_devices_stand_apart() {
    let [blocked, ..] = unusable();
    let caller = household::of(household::policy(), [blocked, household::mail()]);
    let embedded = begin(&caller, json!({})).body["_embedded"].clone();
    let ids = |name: &str| {
        let devices = embedded[name].as_array().unwrap().clone();
        devices.iter().map(|device| device["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((ids("devices"), ids("blockedDevices")), (vec!["mail".to_owned()], vec!["blocked".to_owned()]));
    assert!(!embedded.to_string().contains("_emulator"), "what is hidden stays so: {embedded}");
}

#[test]
fn an_app_can_be_the_factor_itself() {
    let phone = household::phone().member("application", json!({ "id": "app" })).hidden("mobilePayload", json!("text"));
    let caller = household::of(household::policy(), [phone]);
    let with = |payload: &str, application: &str| {
        begin(&caller, json!({ "mobilePayload": payload, "application": { "id": application } }))
    };
    let reply = with("text", "app");
    assert_eq!((reply.status, reply.step(), &reply.body["selectedDevice"]["id"]), (201, "COMPLETED", &json!("phone")));
    for (payload, application) in [("other", "app"), ("text", "other")] {
        let complaint = (400, "INVALID_DATA", "INVALID_VALUE", "mobilePayload");
        assert_eq!(with(payload, application).complaint(), complaint);
    }
    let without_application = begin(&caller, json!({ "mobilePayload": "text" }));
    assert_eq!(without_application.complaint(), (400, "INVALID_DATA", "REQUIRED_VALUE", "application.id"));
}
