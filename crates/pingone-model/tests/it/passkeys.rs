//! Passkeys between the service's JSON and the browser's: nothing panics, and nothing that is documented is lost.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD},
};
use pingone_model::{
    CheckAssertion, CredentialCreationOptions, CredentialRequestOptions, Device, DeviceAuthentication, Document,
    Environment, Operation, Region, user_device::ActivateUserDevice,
};
use proptest::{collection::vec, prelude::*};
use serde_json::{Value, json};

const ORIGIN: &str = "https://app.example.com";

fn creation(options: &str) -> CredentialCreationOptions {
    let json = json!({ "publicKeyCredentialCreationOptions": options }).to_string();
    let device = Document::<Device>::from_json(json).unwrap();
    device.public_key_credential_creation_options().unwrap().clone()
}

fn request(options: &str) -> CredentialRequestOptions {
    let json = json!({ "status": "ASSERTION_REQUIRED", "publicKeyCredentialRequestOptions": options }).to_string();
    let authentication = Document::<DeviceAuthentication>::from_json(json).unwrap();
    authentication.public_key_credential_request_options().unwrap().clone()
}

/// As the service writes them.
fn signed(bytes: &[u8]) -> Value {
    bytes.iter().map(|byte| i8::from_be_bytes([*byte])).collect()
}

/// As browsers read them.
fn url_safe(bytes: &[u8]) -> Value {
    BASE64_URL_SAFE_NO_PAD.encode(bytes).into()
}

fn body(operation: &impl Operation) -> Value {
    let request = operation.request(&Environment::new(Region::Europe, "e-1")).unwrap();
    serde_json::from_slice(request.body()).unwrap()
}

/// Neither of the two panics, whatever comes.
fn send(origin: &str, credential: &str) {
    let environment = Environment::new(Region::Europe, "e-1");
    let _ = ActivateUserDevice::fido2("u-1", "d-1", origin, credential).request(&environment);
    let _ = CheckAssertion::fido2("a-1", origin, credential).request(&environment);
}

fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..80)
}

/// JSON that looks like options or credentials, and is wrong somewhere.
fn any_odd_json() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(vec![
        "challenge",
        "user",
        "id",
        "pubKeyCredParams",
        "alg",
        "excludeCredentials",
        "allowCredentials",
        "response",
        "clientDataJSON",
        "attestationObject",
        "rawId",
        "type",
        "clientExtensionResults",
        "x",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        vec(any::<i16>(), 0..8).prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        any_bytes().prop_map(|bytes| BASE64_URL_SAFE.encode(bytes).into()),
        Just(json!(BASE64_URL_SAFE_NO_PAD.encode(json!({ "origin": ORIGIN }).to_string()))),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((name.clone(), inner), 0..8)
                .prop_map(|members| members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_a_conversion_panic(text in any_bytes().prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()), origin in ".{0,20}") {
        let _ = (creation(&text).to_browser_json(), request(&text).to_browser_json());
        send(&origin, &text);
        send(ORIGIN, &text);
    }

    #[test]
    fn no_json_makes_a_conversion_panic(value in any_odd_json()) {
        let text = value.to_string();
        for browser in [creation(&text).to_browser_json(), request(&text).to_browser_json()].into_iter().flatten() {
            // What comes out is JSON, and has its challenge in text.
            let browser: Value = serde_json::from_str(&browser).unwrap();
            prop_assert!(browser["challenge"].is_string());
        }
        send(ORIGIN, &text);
    }

    #[test]
    fn creation_options_keep_all_that_is_documented(
        challenge in any_bytes(),
        user in any_bytes(),
        (name, display_name) in (".{0,20}", ".{0,20}"),
        algorithms in vec((any::<i32>(), any::<bool>()), 0..5),
        excluded in vec((any_bytes(), prop::option::of(vec("[a-z]{1,8}", 0..3))), 0..4),
        timeout in any::<u32>(),
        attachment in prop::option::of("platform|cross-platform"),
        extensions in any::<bool>(),
    ) {
        let options = |bytes: fn(&[u8]) -> Value, text_of_algorithms: bool, nulls: bool| {
            let algorithms: Vec<_> = algorithms.iter().map(|(algorithm, is_text)| {
                let algorithm = if *is_text && text_of_algorithms { json!(algorithm.to_string()) } else { json!(algorithm) };
                json!({ "type": "public-key", "alg": algorithm })
            }).collect();
            let excluded: Vec<_> = excluded.iter().map(|(id, transports)| {
                let mut credential = json!({ "type": "public-key", "id": bytes(id) });
                if nulls || transports.is_some() {
                    credential["transports"] = json!(transports);
                }
                credential
            }).collect();
            let mut selection = json!({ "residentKey": "required", "requireResidentKey": true, "userVerification": "required" });
            if nulls || attachment.is_some() {
                selection["authenticatorAttachment"] = json!(attachment);
            }
            json!({
                "rp": { "id": "app.example.com", "name": "App" },
                "user": { "id": bytes(&user), "displayName": display_name, "name": name },
                "challenge": bytes(&challenge),
                "pubKeyCredParams": algorithms,
                "timeout": timeout,
                "excludeCredentials": excluded,
                "authenticatorSelection": selection,
                "attestation": "direct",
                "extensions": { "credProps": extensions, "hmacCreateSecret": extensions },
            })
        };
        let browser = creation(&options(signed, true, true).to_string()).to_browser_json().unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&browser).unwrap(), options(url_safe, false, false));
        // What is standard already stays as it is.
        prop_assert_eq!(creation(&browser).to_browser_json().unwrap(), browser);
    }

    #[test]
    fn a_new_credential_keeps_all_that_is_documented(
        raw_id in any_bytes(),
        attestation_object in any_bytes(),
        more in ".{0,20}",
        rk in any::<bool>(),
        is_padded in any::<bool>(),
    ) {
        let encode = |bytes: &[u8]| if is_padded { BASE64_URL_SAFE.encode(bytes) } else { BASE64_URL_SAFE_NO_PAD.encode(bytes) };
        let client_data = json!({ "type": "webauthn.create", "challenge": more, "origin": ORIGIN, "crossOrigin": false }).to_string();
        let credential = json!({
            "id": encode(&raw_id), "rawId": encode(&raw_id), "type": "public-key", "authenticatorAttachment": "platform",
            "response": {
                "clientDataJSON": encode(client_data.as_bytes()), "attestationObject": encode(&attestation_object),
                "transports": ["internal"], "publicKeyAlgorithm": -7,
            },
            "clientExtensionResults": { "credProps": { "rk": rk } },
        });
        let sent = body(&ActivateUserDevice::fido2("u-1", "d-1", ORIGIN, &credential.to_string()));
        prop_assert_eq!(&sent["origin"], ORIGIN);
        let attestation: Value = serde_json::from_str(sent["attestation"].as_str().unwrap()).unwrap();
        prop_assert_eq!(attestation, json!({
            "id": credential["id"], "type": "public-key", "rawId": BASE64_STANDARD.encode(&raw_id),
            "response": {
                "clientDataJSON": BASE64_STANDARD.encode(&client_data),
                "attestationObject": BASE64_STANDARD.encode(&attestation_object),
            },
            "clientExtensionResults": { "credProps": { "rk": rk } },
        }));
    }
}
