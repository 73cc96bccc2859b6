//! `selectedDevice.oneTime`, and devices for tests.

use serde_json::{Value, json};

use crate::{
    household::{self, begin},
    support::{Caller, Reply},
};

fn one_time(caller: &Caller, one_time: Value) -> Reply {
    begin(caller, json!({ "selectedDevice": { "oneTime": one_time } }))
}

fn caller() -> Caller {
    household::of(household::policy(), [household::phone()])
}

#[test]
fn a_number_may_be_written_as_people_do() {
    let caller = household::of(household::policy(), []);
    let begin = |device_type: &str, phone: &str| {
        let device = json!({ "oneTime": { "type": device_type, "phone": phone } });
        begin(&caller, json!({ "selectedDevice": device }))
    };
    for device_type in ["SMS", "VOICE", "WHATSAPP"] {
        for phone in ["+15125551234", "+1.5125551234", "+1.512.555.1234", "+1 (512) 555-1234"] {
            let reply = begin(device_type, phone);
            assert_eq!(reply.body["selectedDevice"]["oneTime"]["phone"], "*******34", "{device_type} {phone}");
        }
    }
    for phone in ["15125551234", "1-512-555-1234"] {
        assert_eq!(begin("VOICE", phone).status, 201, "{phone}");
        assert_eq!(begin("WHATSAPP", phone).complaint().3, "selectedDevice.oneTime.phone", "{phone}");
    }
    assert_eq!(begin("SMS", "(512) 555-1234").complaint().3, "selectedDevice.oneTime.phone", "of which country?");
}

#[test]
fn is_shown_masked_and_without_an_id() {
    let caller = caller();
    let reply = one_time(&caller, json!({ "type": "EMAIL", "email": "abcdef@example.com" }));
    let masked = json!({ "type": "EMAIL", "email": "ab****@example.com" });
    assert_eq!(
        (reply.status, reply.step(), reply.links()),
        (201, "OTP_REQUIRED", vec!["device.select", "otp.check", "self"])
    );
    assert_eq!(reply.body["selectedDevice"], json!({ "oneTime": masked }));
    assert_eq!(reply.body["_embedded"], json!({ "devices": [masked] }));
    assert_eq!(caller.service.codes()[0].device_id(), "abcdef@example.com");
    assert_eq!(caller.check(&reply.id(), &caller.last_code()).step(), "COMPLETED");
}

#[test]
fn each_type_has_its_address() {
    let caller = caller();
    for device_type in ["SMS", "VOICE", "WHATSAPP"] {
        let reply = one_time(&caller, json!({ "type": device_type, "phone": "+14135550150" }));
        assert_eq!(
            (reply.step(), &reply.body["selectedDevice"]["oneTime"]["phone"]),
            ("OTP_REQUIRED", &json!("*******50"))
        );
    }
    for (device, detail, target) in [
        (json!({}), "REQUIRED_VALUE", "selectedDevice.oneTime.type"),
        (json!({ "type": "FIDO2" }), "INVALID_VALUE", "selectedDevice.oneTime.type"),
        (json!({ "type": "SMS", "email": "a@b" }), "REQUIRED_VALUE", "selectedDevice.oneTime.phone"),
        (json!({ "type": "SMS", "phone": "4135550150" }), "INVALID_VALUE", "selectedDevice.oneTime.phone"),
        (json!({ "type": "EMAIL", "email": "nobody" }), "INVALID_VALUE", "selectedDevice.oneTime.email"),
        (
            json!({ "type": "SMS", "phone": "+14135550150", "testMode": "yes" }),
            "INVALID_VALUE",
            "selectedDevice.oneTime.testMode",
        ),
    ] {
        assert_eq!(one_time(&caller, device).complaint(), (400, "INVALID_DATA", detail, target));
    }
}

#[test]
fn a_test_device_gets_its_code_in_the_answer() {
    let paired = household::mail().hidden("testMode", json!(true));
    let caller = household::of(household::policy(), [paired]);
    let one_time = one_time(&caller, json!({ "type": "SMS", "phone": "+15550100000", "testMode": true }));
    for reply in [one_time, begin(&caller, json!({}))] {
        let code = reply.body["test"]["otp"].as_str().unwrap();
        let completed = caller.check(&reply.id(), code);
        assert_eq!((completed.step(), completed.body.get("test")), ("COMPLETED", None));
    }
    assert!(caller.service.codes().is_empty(), "nothing was sent");
}

#[test]
fn a_code_has_the_length_of_the_policy() {
    for (policy, length) in [(household::policy(), 6), (household::policy().otp_length(10), 10)] {
        let caller = household::of(policy, [household::mail()]);
        begin(&caller, json!({}));
        assert_eq!(caller.last_code().len(), length);
    }
}
