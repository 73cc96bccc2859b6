//! Requests that nobody ought to send, by the thousand: each gets an answer that the service documents.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use ciborium::Value as Cbor;
use http::{HeaderName, HeaderValue, Method, Request, Uri};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof},
    proptest,
    sample::select,
};
use serde_json::{Value, json};

use crate::support::{CANCEL, CHECK_ASSERTION, CHECK_OTP, CHECK_REMEMBERED, Caller, EMAIL, FORM, JSON, SELECT_DEVICE};

fn media_type() -> impl Strategy<Value = String> {
    let known = select(vec![JSON, FORM, SELECT_DEVICE, CHECK_OTP, CHECK_ASSERTION, CHECK_REMEMBERED, CANCEL]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => "[ -~]{0,40}"]
}

/// Values of every type at the names that the service knows.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        select(vec![EMAIL, "CHANGE_DEVICE", "BROWSER", "SMS", "+14135550150", "https://pingone.com"])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        let name = select(vec![
            "user",
            "id",
            "policy",
            "selectedDevice",
            "oneTime",
            "type",
            "phone",
            "email",
            "testMode",
            "device",
            "otp",
            "origin",
            "assertion",
            "reason",
            "payload",
            "value",
            "rp",
            "webAuthn",
            "challenge",
            "mobilePayload",
            "order",
            "status",
            "nickname",
            "attestation",
            "oathResync",
            "serialNumber",
            "applications",
            "notification",
        ]);
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((name, inner), 0..8).prop_map(|members| {
                members
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            }),
        ]
    })
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        3 => json().prop_map(|value| value.to_string().into_bytes()),
        1 => vec(any::<u8>(), 0..200),
        1 => (1_usize..5000).prop_map(|depth| [b"{\"user\":".repeat(depth), b"[".repeat(depth)].concat()),
    ]
}

const MANAGEMENT: &[&str] = &[
    JSON,
    "application/vnd.pingidentity.devices.reorder+json",
    "application/vnd.pingidentity.devices.order.remove+json",
    "application/vnd.pingidentity.device.activate+json",
    "application/vnd.pingidentity.device.sendActivationCode+json",
    "application/vnd.pingidentity.device.block+json",
    "application/vnd.pingidentity.device.unlock+json",
];

/// An attestation object whose authenticator data are any bytes, with a credential or without.
fn attested() -> impl Strategy<Value = Vec<u8>> {
    let format = select(vec!["none", "packed", "tpm", ""]);
    (format, vec(any::<u8>(), 0..200), any::<bool>()).prop_map(|(format, mut data, has_credential)| {
        if let Some(flags) = data.get_mut(32).filter(|_| has_credential) {
            *flags |= 0x41;
        }
        let object = Cbor::Map(vec![
            ("fmt".into(), format.into()),
            ("attStmt".into(), Cbor::Map(Vec::new())),
            ("authData".into(), Cbor::Bytes(data)),
        ]);
        let mut bytes = Vec::new();
        ciborium::into_writer(&object, &mut bytes).unwrap();
        bytes
    })
}

/// Whether the body is one of the three forms in which the service says no.
fn is_documented_error(body: &Value) -> bool {
    let members: Vec<&str> = body.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    let is_platform = ["id", "code", "message"].iter().all(|name| body[*name].is_string());
    is_platform || members == ["message"] || members == ["error", "error_description"] || members == ["error"]
}

proptest! {
    #[test]
    fn every_request_gets_a_documented_answer(
        method in select(vec![Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS]),
        path in prop_oneof![
            4 => select(vec!["E/deviceAuthentications", "E/deviceAuthentications/ID", "E/as/token"]).prop_map(str::to_owned),
            1 => "(E/deviceAuthentications/)?[!-~]{0,30}",
            1 => "_emulator/[a-z/-]{0,20}",
        ],
        media_type in media_type(),
        twice in any::<bool>(),
        extra in ("[a-z-]{1,12}", vec(any::<u8>(), 0..20)),
        body in body(),
    ) {
        let caller = Caller::new();
        let id = caller.start(EMAIL);
        let path = format!("/{path}").replace('E', caller.service.environment_id()).replace("ID", &id);
        let Ok(uri) = path.parse::<Uri>() else { return Ok(()) };
        let mut request = Request::builder().method(method).uri(uri);
        for _ in 0..=usize::from(twice) {
            request = request.header("content-type", media_type.as_str());
        }
        if let (Ok(name), Ok(value)) = (extra.0.parse::<HeaderName>(), HeaderValue::from_bytes(&extra.1)) {
            request = request.header(name, value);
        }
        request = request.header("authorization", caller.authorization.as_deref().unwrap());
        let response = caller.service.handle(request.body(Bytes::from(body)).unwrap());
        let status = response.status().as_u16();
        if status == 204 {
            prop_assert!(response.body().is_empty());
            return Ok(());
        }
        let reply: Value = serde_json::from_slice(response.body()).unwrap();
        prop_assert!((200..300).contains(&status) || is_documented_error(&reply), "{status} {reply}");
        prop_assert!(status < 500, "{status} {reply}");
    }

    #[test]
    fn every_request_to_manage_devices_gets_a_documented_answer(
        method in select(vec![Method::GET, Method::POST, Method::PUT, Method::DELETE]),
        path in prop_oneof![
            4 => select(vec!["U/devices", "U/devices/D", "U/devices/D/nickname", "U/devices/D/logs", "U/pairingKeys"])
                .prop_map(str::to_owned),
            1 => "U/(devices|pairingKeys)/[!-~]{0,20}(\\?[!-~]{0,30})?",
        ],
        media_type in select(MANAGEMENT.to_vec()),
        body in body(),
    ) {
        let caller = Caller::new();
        let user = format!("/v1/environments/{}/users/{}", caller.service.environment_id(), caller.service.user_id());
        let Ok(uri) = path.replace('D', EMAIL).replace('U', &user).parse::<Uri>() else { return Ok(()) };
        let request = Request::builder().method(method).uri(uri).header("content-type", media_type);
        let request = request.header("authorization", caller.authorization.as_deref().unwrap());
        let response = caller.service.handle(request.body(Bytes::from(body)).unwrap());
        let status = response.status().as_u16();
        if status == 204 {
            prop_assert!(response.body().is_empty());
            return Ok(());
        }
        let reply: Value = serde_json::from_slice(response.body()).unwrap();
        prop_assert!((200..300).contains(&status) || is_documented_error(&reply), "{status} {reply}");
        prop_assert!(status < 500, "{status} {reply}");
    }

    #[test]
    fn no_bytes_of_a_registration_break_it(
        object in prop_oneof![vec(any::<u8>(), 0..300), attested()],
        client_data in prop_oneof![vec(any::<u8>(), 0..100), Just(b"{\"type\":\"webauthn.create\"}".to_vec())],
    ) {
        let caller = Caller::new();
        let devices = format!("/users/{}/devices", caller.service.user_id());
        let body = json!({ "type": "FIDO2", "rp": { "id": "pingone.com", "name": "PingOne" } });
        let id = caller.manage(Method::POST, &devices, JSON, body).id();
        let attestation = json!({
            "id": "AAAA", "rawId": "AAAA", "type": "public-key",
            "response": { "clientDataJSON": STANDARD.encode(client_data), "attestationObject": STANDARD.encode(object) },
        });
        let text = attestation.to_string();
        let activate = "application/vnd.pingidentity.device.activate+json";
        let body = json!({ "origin": "https://pingone.com", "attestation": text });
        let reply = caller.manage(Method::POST, &format!("{devices}/{id}"), activate, body);
        prop_assert_eq!(reply.complaint(), (400, "INVALID_DATA", "INVALID_VALUE", "attestation"));
        let passkeys = format!("/_emulator/users/{}/passkeys", caller.service.user_id());
        prop_assert_eq!(caller.send_to(Method::POST, &passkeys, None, text.as_bytes()).status, 400);
    }

    #[test]
    fn no_data_file_breaks_the_reader(text in prop_oneof![".{0,200}", json().prop_map(|value| value.to_string())]) {
        prop_assert!(pingone_emulator::Data::from_json(&text).is_err());
        prop_assert!(pingone_emulator::Data::from_toml(&text).is_err());
    }
}

#[test]
fn ten_megabytes_are_refused() {
    let caller = Caller::new();
    for media_type in [JSON, SELECT_DEVICE, FORM] {
        let reply = caller.post("/deviceAuthentications", media_type, "x".repeat(10_000_000));
        assert_eq!(reply.complaint(), (413, "INVALID_REQUEST", "", ""));
    }
}
