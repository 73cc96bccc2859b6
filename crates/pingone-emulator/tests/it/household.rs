//! A user with a device for each test, and one of each type.

use pingone_conformance::Authenticator;
use pingone_emulator::{Client, Data, Device, Policy, TokenEndpointAuthMethod, User};
use serde_json::{Value, json};

use crate::support::{Caller, Reply};

/// The relying party of a passkey, and the page where it signs.
pub(crate) const RP_ID: &str = Authenticator::RP_ID;
pub(crate) const ORIGIN: &str = Authenticator::ORIGIN;

/// The Base32 of `12345678901234567890`, the secret of the examples in RFC 6238.
pub(crate) const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

pub(crate) fn client() -> Client {
    Client::new("c", "s", TokenEndpointAuthMethod::ClientSecretBasic)
}

/// The environment `e` with this policy and the user `u`.
pub(crate) fn of(policy: Policy, devices: impl IntoIterator<Item = Device>) -> Caller {
    Caller::of(data(policy, devices))
}

pub(crate) fn data(policy: Policy, devices: impl IntoIterator<Item = Device>) -> Data {
    let user = devices.into_iter().fold(User::new("u"), User::device);
    Data::with_policy("e", policy).client(client()).user(user)
}

pub(crate) fn policy() -> Policy {
    Policy::new("p").relying_party_id(RP_ID)
}

pub(crate) fn phone() -> Device {
    Device::new("phone", "MOBILE")
}

/// A phone whose app makes codes too.
pub(crate) fn phone_with_codes() -> Device {
    phone().member("otpEnabled", json!(true)).hidden("secret", json!(SECRET))
}

pub(crate) fn mail() -> Device {
    Device::new("mail", "EMAIL").member("email", json!("ad****@example.com"))
}

pub(crate) fn totp() -> Device {
    Device::new("totp", "TOTP").hidden("secret", json!(SECRET))
}

pub(crate) fn passkey(authenticator: &Authenticator) -> Device {
    Device::new("passkey", "FIDO2")
        .member("rp", json!({ "id": RP_ID }))
        .member("credentialId", json!(authenticator.credential_id()))
        .hidden("publicKey", authenticator.public_key())
}

pub(crate) fn browser() -> Device {
    Device::new("browser", "BROWSER").member("name", json!("Firefox")).hidden("cookie", json!("rm=123"))
}

/// Begins for the user `u`, with further members of the body.
pub(crate) fn begin(caller: &Caller, members: Value) -> Reply {
    let mut body = json!({ "user": { "id": "u" } });
    for (name, value) in members.as_object().unwrap() {
        body[name] = value.clone();
    }
    caller.initialize(body)
}

/// A code that no test device makes or is sent, unless it is `code`.
pub(crate) fn other_than(code: &str) -> &'static str {
    if code == "111111" { "222222" } else { "111111" }
}
