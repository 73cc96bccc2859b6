//! Each documented reply, held member by member against what the emulator says in that situation: name, presence, kind of
//! value, order.

use std::{collections::BTreeSet, fs, path::Path};

use http::Method;
use pingone_emulator::{Data, Device, Policy, User, operations};
use serde_json::{Map, Value, json};

use crate::{
    household::{self, begin},
    support::{Caller, JSON, PHONE},
};

/// The replies that the documentation shows, as the model's fixtures have them.
const REPLIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../pingone-model/fixtures/replies");

/// A reply's name, and what the emulator says in that situation.
type Situation = (&'static str, fn() -> Value);

/// As the page shows it.
const AUTHENTICATION_CODE: &str = r#"{
    "application": { "id": "7d8797b7-a097-46a9-841f-88f531d1d99b" },
    "clientContext": { "header": "Authentication process", "body": "Do you want to approve this transaction?" },
    "lifeTime": { "duration": 2, "timeUnit": "MINUTES" },
    "userApproval": "NOT_REQUIRED"
}"#;

const SITUATIONS: &[Situation] = &[
    ("device_authentication.cancel", || {
        let caller = Caller::new();
        caller.cancel(&caller.start(PHONE)).body
    }),
    ("device_authentication.one_time_email", || {
        let device = json!({ "oneTime": { "type": "EMAIL", "email": "abc@example.com" } });
        begin(&household::of(household::policy(), []), json!({ "selectedDevice": device })).body
    }),
    ("device_authentication.read", || {
        let mail = Device::new("m", "EMAIL").member("email", json!("j****@example.com"));
        let caller = household::of(household::policy(), [mail]);
        caller.read(&begin(&caller, json!({})).id()).body
    }),
    ("device_authentication.failed", || {
        let caller = Caller::new();
        let id = caller.start(PHONE);
        caller.service.deny_push(&id).unwrap();
        caller.read(&id).body
    }),
    ("authentication_code.create", || Caller::new().post("/authenticationCodes", JSON, AUTHENTICATION_CODE).body),
    ("authentication_code.read", || {
        let caller = Caller::new();
        let created = caller.post("/authenticationCodes", JSON, AUTHENTICATION_CODE);
        caller.get(&format!("/authenticationCodes/{}", created.id())).body
    }),
    ("user.create", || {
        let body = json!({
            "email": "user01@example.com", "population": { "id": "fe09831e-bbf7-46f1-92e4-aafe10df56fd" },
            "username": "user01",
        });
        Caller::new().manage(Method::POST, "/users", JSON, body).body
    }),
    ("user.read", || directory(1).managed("/users/u1?expand=population").body),
    ("user.lock", || {
        let caller = directory(1);
        let lock = "application/vnd.pingidentity.account.lock+json";
        let mut user =
            caller.manage(Method::POST, "/users/u1", lock, json!({ "unlockAt": "2999-01-31T00:00:00Z" })).body;
        // As was seen, the user has an address and no name.
        user.as_object_mut().unwrap().shift_remove("name");
        user
    }),
    ("user.list.page_1", || page(1)),
    ("user.list.page_2", || page(2)),
    ("user.list.last_page", || page(3)),
    ("population.list", || {
        let mut data: Value = serde_json::from_str(Data::BUILT_IN_JSON).unwrap();
        data["populations"] = json!([{ "id": "a", "name": "Accounting" }, { "id": "e", "name": "Engineering" }]);
        Caller::of(Data::from_json(&data.to_string()).unwrap()).managed("/populations").body
    }),
    ("mfa_enabled.update", || {
        directory(1).manage(Method::PUT, "/users/u1/mfaEnabled", JSON, json!({ "mfaEnabled": true })).body
    }),
    ("bypass_mfa.read", || {
        let caller = directory(1);
        let until = json!({ "bypassMFAEnabledUntil": "2999-11-30T00:00:00.000Z" });
        caller.manage(Method::PUT, "/users/u1/bypassMFA", JSON, until);
        caller.managed("/users/u1/bypassMFA").body
    }),
    ("user_device.create.email", || create_device(json!({ "type": "EMAIL", "email": "user01@example.com" }))),
    ("user_device.create.test_mode", || {
        let status = "ACTIVATION_REQUIRED";
        create_device(json!({ "type": "SMS", "phone": "+14155550100", "testMode": true, "status": status }))
    }),
    ("user_device.create.totp", || create_device(json!({ "type": "TOTP" }))),
    ("user_device.create.fido2", || {
        create_device(json!({ "type": "FIDO2", "rp": { "id": "pingone.com", "name": "PingOne" } }))
    }),
    ("user_device.create.pingid_desktop", || {
        create_device(json!({ "type": "PINGID_DESKTOP_GEN2", "status": "ACTIVATION_REQUIRED" }))
    }),
    ("user_device.block", || {
        let sms = Device::new("sms", "SMS").member("phone", json!("+14155550100")).hidden("testMode", json!(true));
        let caller = household::of(household::policy(), [sms]);
        let block = "application/vnd.pingidentity.device.block+json";
        caller.manage(Method::POST, "/users/u/devices/sms", block, "").body
    }),
    ("user_device.update_nickname", || change_phone("nickname", json!({ "nickname": "My phone" }))),
    ("user_device.request_logs", || change_phone("logs", json!({ "status": "PENDING" }))),
    ("user_device.list", list_devices),
    ("pairing_key.create", || {
        let body = json!({ "applications": [{ "id": "7d8797b7-a097-46a9-841f-88f531d1d99b" }] });
        let policy =
            r#"{ "id": "p", "mobile": { "applications": [{ "id": "7d8797b7-a097-46a9-841f-88f531d1d99b" }] } }"#;
        let caller = household::of(Policy::from_json(policy).unwrap(), []);
        caller.manage(Method::POST, "/users/u/pairingKeys", JSON, body).body
    }),
    ("pairing_key.failed", || {
        let application = json!({ "id": "7d8797b7-a097-46a9-841f-88f531d1d99b", "pairingDisabled": true });
        let policy = json!({ "id": "p", "mobile": { "applications": [application] } }).to_string();
        let caller = household::of(Policy::from_json(&policy).unwrap(), []);
        let body =
            json!({ "applications": [{ "id": "7d8797b7-a097-46a9-841f-88f531d1d99b" }], "policy": { "id": "p" } });
        let key = caller.manage(Method::POST, "/users/u/pairingKeys", JSON, body).body;
        caller.service.pair_phone(key["code"].as_str().unwrap()).unwrap_err();
        caller.managed(&format!("/users/u/pairingKeys/{}", key["id"].as_str().unwrap())).body
    }),
];

/// Creates a device of the user `u`.
fn create_device(body: Value) -> Value {
    household::of(household::policy(), []).manage(Method::POST, "/users/u/devices", JSON, body).body
}

/// What becomes of the phone `phone`.
fn change_phone(path: &str, body: Value) -> Value {
    let caller = household::of(household::policy(), [household::phone()]);
    caller.manage(Method::PUT, &format!("/users/u/devices/phone/{path}"), JSON, body).body
}

/// An address, a blocked and locked voice call, and a token that waits.
fn list_devices() -> Value {
    let token = Device::new("token", "OATH_TOKEN")
        .member("status", json!("ACTIVATION_REQUIRED"))
        .member("serialNumber", json!("23087347003972"));
    let voice = Device::new("voice", "VOICE").member("phone", json!("+14155550100")).member("extension", json!("313#"));
    let devices = [household::mail().member("nickname", json!("Work")), voice, token];
    let policy = household::policy().otp_failures(1, std::time::Duration::from_secs(60));
    let caller = household::of(policy, devices);
    let begun = begin(&caller, json!({ "selectedDevice": { "id": "voice" } })).id();
    caller.check(&begun, "no code");
    let block = "application/vnd.pingidentity.device.block+json";
    caller.manage(Method::POST, "/users/u/devices/voice", block, "");
    caller.manage(Method::GET, "/users/u/devices?expand=order", JSON, "").body
}

/// Whether the emulator has the resource that a reply is of, and so has to say something.
fn is_here(reply: &str) -> bool {
    operations().any(|operation| reply.split('.').next() == Some(operation.resource()))
}
/// So many users, each with a name and an e-mail address.
fn directory(number: usize) -> Caller {
    let data = Data::with_policy("e", household::policy()).client(household::client());
    let user = |number| {
        let name = json!({ "given": "Test", "family": "User" });
        User::new(format!("u{number}")).attribute("email", json!("u@example.com")).attribute("name", name)
    };
    Caller::of((1..=number).map(user).fold(data, Data::user))
}

/// A page of five users, two at a time. The published ones show some members of a user only; *create* has them all.
fn page(number: usize) -> Value {
    let caller = directory(5);
    let mut page = caller.managed("/users?limit=2").body;
    for _ in 1..number {
        let next = page["_links"]["next"]["href"].as_str().unwrap();
        page = caller.managed(next.strip_prefix("http://127.0.0.1:8420/v1/environments/e").unwrap()).body;
    }
    for user in page["_embedded"]["users"].as_array_mut().unwrap() {
        let shown = ["_links", "id", "environment", "email", "username", "enabled", "createdAt", "updatedAt"];
        let own = user["_links"]["self"].clone();
        user["_links"] = json!({ "self": own });
        *user = shown.into_iter().map(|name| (name, user[name].clone())).collect();
    }
    page
}

/// Replies that are not published but put together, for a reason.
const NOT_PUBLISHED: &[&str] = &[
    // From the tables of the data model, so that each member is there once.
    "user.read.every_member",
    "population.list.every_member",
    // A page that is shorter than the others: this service's are not.
    "user.list.short_page",
];

const OF_2022: &str = "the reply is older than this member, which that of 2024 to cancel has";
const OF_2020: &str = "the reply is older than this member, which that of 2026 to create has";
const OF_2018: &str = "the items of the list are older than this member, which that of 2026 to create a population has";
const LIKE_CREATED: &str = "the item was put together; the published reply to a creation has no such member";
const LIKE_BLOCK: &str = "the item was put together; the published reply to block has this member";
const NEW: &str = "the reply was put together; the published one to a creation has neither lock nor block";
const ASSEMBLED: &str = "the reply was put together from the table of members, and has only some of them";

/// Every difference that was looked at, and why it stands.
const REVIEWED: &[(&str, &str, &str)] = &[
    ("device_authentication.one_time_email", "only here: bypassAllowed", OF_2022),
    ("device_authentication.one_time_email", "only here: aggregateFido2Devices", OF_2022),
    ("device_authentication.one_time_email", "only here: userBypassEnabled", OF_2022),
    ("device_authentication.read", "only here: _embedded.devices[0].usableStatus", OF_2022),
    ("device_authentication.read", "only here: _embedded.blockedDevices", OF_2022),
    ("device_authentication.read", "only here: bypassAllowed", OF_2022),
    ("device_authentication.read", "only here: aggregateFido2Devices", OF_2022),
    ("device_authentication.read", "only here: userBypassEnabled", OF_2022),
    ("user.read", "only documented: _embedded.password", "passwords are not here"),
    ("user.read", "only here: _links.memberOfGroups", OF_2020),
    ("user.read", "only here: account", OF_2020),
    ("user.read", "only here: identityProvider", OF_2020),
    ("user.read", "only here: verifyStatus", OF_2020),
    (
        "user.lock",
        "kind: account.unlockAt text a time",
        "the reply was put together, with the time as the request writes it; those of the service have milliseconds",
    ),
    ("population.list", "only here: _embedded.populations[0]._links.environment", OF_2018),
    ("population.list", "only here: _embedded.populations[0].updatedAt", OF_2018),
    ("population.list", "only here: _embedded.populations[0].default", OF_2018),
    ("population.list", "only here: _embedded.populations[1]._links.environment", OF_2018),
    ("population.list", "only here: _embedded.populations[1].updatedAt", OF_2018),
    ("population.list", "only here: _embedded.populations[1].default", OF_2018),
    ("device_authentication.failed", "only here: _embedded", ASSEMBLED),
    ("device_authentication.failed", "only here: policy", ASSEMBLED),
    ("device_authentication.failed", "only here: selectedDevice", ASSEMBLED),
    ("device_authentication.failed", "only here: bypassAllowed", ASSEMBLED),
    ("device_authentication.failed", "only here: aggregateFido2Devices", ASSEMBLED),
    ("device_authentication.failed", "only here: userBypassEnabled", ASSEMBLED),
    (
        "user_device.list",
        "order: _embedded.devices[0] [\"_links\", \"id\", \"environment\", \"user\", \"type\", \"lock\", \"block\", \"status\", \"createdAt\", \"updatedAt\", \"email\", \"nickname\"]",
        "the item was put together; the published one to block has lock and block before status",
    ),
    ("user_device.list", "only documented: _embedded.devices[1].testMode", LIKE_CREATED),
    ("user_device.list", "only documented: _embedded.devices[2].policy", LIKE_CREATED),
    ("user_device.list", "only here: _embedded.devices[2].lock", LIKE_BLOCK),
    ("user_device.list", "only here: _embedded.devices[2].block", LIKE_BLOCK),
    (
        "pairing_key.failed",
        "order:  [\"_links\", \"id\", \"environment\", \"code\", \"status\", \"applications\", \"policy\", \"user\", \"createdAt\", \"updatedAt\", \"expiresAt\", \"error\"]",
        "the reply was put together: nobody has seen where policy and error stand",
    ),
    ("user_device.create.test_mode", "only documented: lock", NEW),
    ("user_device.create.test_mode", "only documented: block", NEW),
];

fn documented(name: &str) -> Value {
    let path = Path::new(REPLIES).join(format!("{name}.json"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_i64() => "a whole number",
        Value::Number(_) => "a number",
        Value::String(text) if text.len() == 24 && text.parse::<jiff::Timestamp>().is_ok() => "a time",
        Value::String(text) if text.starts_with("http") => "an address",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// How `here` differs from what is documented.
fn compare(path: &str, documented: &Value, here: &Value, differences: &mut Vec<String>) {
    match (documented, here) {
        (Value::Object(documented), Value::Object(here)) => compare_members(path, documented, here, differences),
        (Value::Array(documented), Value::Array(here)) => {
            if documented.len() != here.len() {
                differences.push(format!("length: {path} {} {}", documented.len(), here.len()));
            }
            for (index, (documented, here)) in documented.iter().zip(here).enumerate() {
                compare(&format!("{path}[{index}]"), documented, here, differences);
            }
        }
        _ if kind(documented) != kind(here) => {
            differences.push(format!("kind: {path} {} {}", kind(documented), kind(here)));
        }
        _ => {}
    }
}

fn compare_members(path: &str, documented: &Map<String, Value>, here: &Map<String, Value>, all: &mut Vec<String>) {
    let at = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let missing = documented.keys().filter(|name| !here.contains_key(*name));
    all.extend(missing.map(|name| format!("only documented: {}", at(name))));
    let added = here.keys().filter(|name| !documented.contains_key(*name));
    all.extend(added.map(|name| format!("only here: {}", at(name))));
    let shared: Vec<&String> = documented.keys().filter(|name| here.contains_key(*name)).collect();
    let order: Vec<&String> = here.keys().filter(|name| documented.contains_key(*name)).collect();
    if shared != order {
        all.push(format!("order: {path} {order:?}"));
    }
    for name in shared {
        compare(&at(name), &documented[name], &here[name], all);
    }
}

#[test]
fn every_reply_has_a_situation() {
    let files = fs::read_dir(REPLIES).unwrap().map(|entry| entry.unwrap().path());
    let files: BTreeSet<String> = files.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    let is_published = |name: &String| is_here(name) && !NOT_PUBLISHED.contains(&name.as_str());
    let expected: BTreeSet<String> = files.iter().filter(|name| is_published(name)).cloned().collect();
    assert_eq!(expected, SITUATIONS.iter().map(|(name, _)| (*name).to_owned()).collect());
    assert!(NOT_PUBLISHED.iter().all(|name| files.contains(*name)));
}

#[test]
fn every_difference_was_reviewed_and_every_reviewed_one_is_there() {
    for (name, emulated) in SITUATIONS {
        let mut differences = Vec::new();
        compare("", &documented(name), &emulated(), &mut differences);
        let reviewed = REVIEWED.iter().filter(|(of, ..)| of == name).map(|(_, difference, _)| (*difference).to_owned());
        assert_eq!(
            differences.into_iter().collect::<BTreeSet<_>>(),
            reviewed.collect(),
            "{name}: seen on the left, reviewed on the right"
        );
    }
    let is_known = |name: &str| SITUATIONS.iter().any(|(other, _)| *other == name);
    assert!(REVIEWED.iter().all(|(name, _, reason)| is_known(name) && !reason.is_empty()));
}

#[test]
fn a_comparison_sees_name_presence_kind_and_order() {
    let documented = json!({ "id": "a", "at": "2024-11-05T13:43:27.272Z", "list": [{ "n": 1 }], "flag": true });
    let differences = |here: Value| {
        let mut differences = Vec::new();
        compare("", &documented, &here, &mut differences);
        differences
    };
    assert_eq!(differences(documented.clone()), [""; 0]);
    let here = json!({ "at": "soon", "id": "b", "list": [{ "n": "1" }, {}], "flags": true });
    assert_eq!(
        differences(here),
        [
            "only documented: flag",
            "only here: flags",
            "order:  [\"at\", \"id\", \"list\"]",
            "kind: at a time text",
            "length: list 1 2",
            "kind: list[0].n a whole number text",
        ]
    );
}
